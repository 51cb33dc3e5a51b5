"""Reference cases of competing risks: cumulative incidence, Gray's test, Fine and Gray's regression.

Expected values: R 4.2.2 with survival 3.5-3, cmprsk 2.2-11, mstate 0.3.3, KMsurv 0.1.5, riskRegression 2022.11.28; the
call stands with each case.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from shapes import Case, Row, crr, cuminc, each, gray
from sources import data, drawn

from posolog.stats import cumulative_incidence, fine_gray, incidence_at, observed


def simulated(_: str) -> Iterator[Row]:
    """V0: 1,000 rows drawn by numpy's default_rng(21260)."""
    d = drawn()
    sample = observed(d["time"], d["event"], group=d["arm"])
    read = incidence_at(cumulative_incidence(sample), [180, 365, 730, 1095])
    yield from each("V0 CIF", read.value, (0.126404341324, 0.224138833979, 0.347466833224, 0.407135047244), "cuminc")
    yield from each("V0 CIF variance", read.se[:1] ** 2, (0.000110932904,), "cuminc$var", 5e-9)
    delta = incidence_at(cumulative_incidence(sample, variance="greenwood"), 180)
    yield from each("V0 CIF error, Greenwood", delta.se, (0.010526384062,), "mstate::Cuminc", 1e-10)
    yield from gray("V0 Gray", sample, (19.6298097494436, 2.6248602841951))
    in_days = observed(np.maximum(1, np.ceil(d["time"])), d["event"], group=d["arm"])
    yield from gray("V0 Gray, days", in_days, (19.62621532764717,))
    x = np.column_stack([d["arm"], d["age"], d["sex"]])
    fit = fine_gray(sample, x).fit
    yield from each("V0 Fine-Gray arm, error", (fit.coef[0], fit.se[0]), (-0.471358687975, 0.109859634276), "mets::cifreg", 2e-11)
    rules = [fine_gray(in_days, x, ties=rule).fit.coef[0] for rule in ("crr", "finegray")]  # type: ignore[arg-type]
    yield from each("V0 Fine-Gray, days, by tie rule", rules, (-0.4710580021, -0.4710674979), "crr(gtol = 1e-13); finegray", 2e-10)


def mgus2(folder: str) -> Iterator[Row]:
    """V1: survival::mgus2."""
    d = data(folder, "survival", "mgus2")
    time = np.where(d["pstat"] == 0, d["futime"], d["ptime"])
    event = np.where(d["pstat"] == 0, 2 * d["death"], 1)
    male = d["sex"] == "M" if d["sex"].dtype.kind == "U" else d["sex"] == 2
    sample = observed(time, event, group=male)
    at = (60, 120, 240, 360)
    value = (0.0341037129743, 0.0637221680131, 0.0998137159355, 0.1340416443261)
    variance = (2.39202128437e-05, 4.62325046121e-05, 9.61598846207e-05, 0.000455249272306)
    yield from cuminc("V1 mgus2 pcm", sample, 1, at, value, variance)
    value = (0.3203670102679, 0.5318177040802, 0.7240279761425, 0.784208246833)
    variance = (0.000158040533867, 0.000197836059077, 0.000244882627827, 0.000463440921728)
    yield from cuminc("V1 mgus2 death", sample, 2, at, value, variance)
    yield from gray("V1 mgus2 Gray by sex", sample, (1.19450782508, 11.65125901213), "cuminc(etime, ev, sex)$Tests")
    strata = observed(time, event, group=male, strata=d["age"] >= 70)
    yield from gray("V1 mgus2 Gray, strata", strata, (1.737305398899, 23.471984502337), "cuminc(etime, ev, sex, strata)$Tests")
    x = np.column_stack([d["age"], male])
    call = "crr(etime, ev, cbind(age, male), gtol = 1e-12)"
    numbers = (-0.0173381532194, -0.2600382378279, 0.00573710324168, 0.18568103479413, -790.12131517)
    yield from crr("V1 mgus2 crr, cause 1", sample, x, numbers, call)
    numbers = (0.0585844004055, 0.3707968459047, 0.00367941920119, 0.06678946378602, -5539.29685582)
    yield from crr("V1 mgus2 crr, cause 2", sample, x, numbers, call, cause=2)
    tied = fine_gray(sample, x, ties="finegray").fit
    call = "coxph(eps = 1e-14) on finegray(...), Breslow"
    yield from each("V1 mgus2 finegray", tied.coef, (-0.017300733154866, -0.259700914593098), call)


def bmt(folder: str) -> Iterator[Row]:
    """V2: KMsurv::bmt."""
    d = data(folder, "KMsurv", "bmt")
    event = np.where(d["d2"] == 1, 1, np.where(d["d1"] == 1, 2, 0))
    sample = observed(d["t2"], event, group=d["group"])
    at = (100, 365, 730, 1095)
    value = (0.0802919708029, 0.212165450122, 0.301198522123, 0.308696043976)
    variance = (0.000543348778182, 0.00123496698113, 0.00156548358165, 0.00158850753509)
    yield from cuminc("V2 bmt relapse", sample, 1, at, value, variance)
    value = (0.0948905109489, 0.204785077048, 0.278940254123, 0.296487645693)
    variance = (0.000631839490981, 0.00120266332666, 0.00149448144675, 0.00157530771067)
    yield from cuminc("V2 bmt NRM", sample, 2, at, value, variance)
    yield from gray("V2 bmt Gray by group", sample, (11.92288204859, 0.13741078327), "cuminc(t2, ev, group)$Tests")
    strata = observed(d["t2"], event, group=d["group"], strata=d["z8"])
    yield from gray("V2 bmt Gray, strata z8", strata, (10.5150700785463, 0.1241455555856), "cuminc(..., strata = z8)")
    yield from gray("V2 bmt Gray, rho 1", sample, (13.3006915518713, 0.0976122816238), "cuminc(..., rho = 1)", rho=1)
    x = np.column_stack([d["group"] == 3, d["group"] == 2])
    numbers = (0.508514758872, -0.803372064825, 0.366181989115, 0.428455818888, -193.228251863)
    yield from crr("V2 bmt crr", sample, x, numbers, "crr(t2, ev, cbind(high, low), gtol = 1e-12)")
    acute = np.where(d["da"] == 1, d["ta"], d["t2"])
    read = incidence_at(cumulative_incidence(observed(acute, np.where(d["da"] == 1, 1, 2 * d["d3"]))), [30, 60, 100])
    yield from each("V2 bmt acute GVHD", read.value, (0.116788321168, 0.160583941606, 0.189781021898), "cuminc")


def melanoma(folder: str) -> Iterator[Row]:
    """V5: riskRegression::Melanoma."""
    d = data(folder, "riskRegression", "Melanoma")
    male = d["sex"] == "Male"
    sample = observed(d["time"], d["status"], group=male)
    for cause, value in (
        (1, (0.1274571359575, 0.2301396343966, 0.3096201656577)),
        (2, (0.0342670852451, 0.0504564445319, 0.0581114290468)),
    ):
        read = incidence_at(cumulative_incidence(sample), [1000, 2000, 3000], cause=cause)
        yield from each(f"V5 Melanoma CIF {cause}", read.value, value, "cuminc(time, status)")
    yield from gray("V5 Melanoma Gray by sex", sample, (5.814020855548, 0.854365595107))
    x = np.column_stack([male, np.log(d["thick"]), d["ulcer"] == "present"])
    coef, error = (0.352553875166, 0.514773405122, 0.912541869758), (0.280179345392, 0.166135725439, 0.312020158678)
    yield from crr("V5 Melanoma crr", sample, x, (*coef, *error, -266.517654771), "crr(..., gtol = 1e-12)")


def sksurv_bmt(folder: str) -> Iterator[Row]:
    """V8: scikit-survival bmt."""
    d = data(folder, "sksurv", "bmt")
    sample = observed(d["ftime"], d["status"], group=d["dis"])
    yield from gray("V8 bmt Gray by disease", sample, (1.30163454362, 7.08227802511))
    yield from crr("V8 bmt crr, cause 1", sample, d["dis"], (0.765170285613, 0.698790210341, -29.8586520991), "crr(dis)")
    numbers = (-1.604466218662, 0.640313040766, -43.9472780031)
    yield from crr("V8 bmt crr, cause 2", sample, d["dis"], numbers, "crr(dis)", cause=2)


def cgvhd(folder: str) -> Iterator[Row]:
    """V9: scikit-survival cgvhd."""
    d = data(folder, "sksurv", "cgvhd")
    by = {"group": d["tx"] == "PB"}
    end = np.minimum(d["reltime"], d["survtime"])
    over = (d["rcens"] == 1) | (d["stat"] == 1)
    acute = (d["agvhdgd"] >= 3) & (d["agvhtime"] <= end) & (d["agvh"] == 1)
    sample = observed(np.where(acute, d["agvhtime"], end), np.where(acute, 1, 2 * over), **by)
    yield from gray("V9 acute GVHD III-IV, Gray", sample, (1.17621481927,))
    parts = [incidence_at(cumulative_incidence(part), 0.25).value[0] for part in sample.by_group()]
    yield from each("V9 acute GVHD III-IV at .25 y", parts, (0.2196878751501, 0.2857142857143), "cuminc")
    relapse = observed(end, np.where(d["rcens"] == 1, 1, 2 * d["stat"]), **by)
    yield from gray("V9 relapse and NRM, Gray", relapse, (0.115582950041, 0.598272485126))


CASES: tuple[Case, ...] = (simulated, mgus2, bmt, melanoma, sksurv_bmt, cgvhd)

"""Reference cases of competing risks, multi-state and crossover estimators.

Simulated and hand-made data are always run. Public data sets are read from `--data FOLDER` (NAME.csv with the columns
of the R data set) or from an installed R package; where neither is there the case is skipped by name. The data are not
part of this repository: their packages are under the GPL.

Expected values: R 4.2.2 with survival 3.5-3, cmprsk 2.2-11, mstate 0.3.3, KMsurv 0.1.5, riskRegression 2022.11.28,
rpsftm 1.2.9, trtswitch 0.2.7; the call stands with each case. The cases of ebmt3, ebmt4 and immdef (V3, V4, V7) could
not be run when they were written, for want of the data: how they prepare their rows is unverified.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from posolog.stats import (
    Crossover,
    Spells,
    cox,
    crossover,
    cumulative_incidence,
    expected_stay,
    fine_gray,
    gray_test,
    incidence_at,
    ipe,
    log_rank,
    observed,
    occupation,
    rank_z,
    rpsftm,
    spells,
    transition_probabilities,
)

# (case, found, expected, tolerance as a share of the value, the R call); found is None where the case is skipped.
Row = tuple[str, float | None, float, float, str]
Table = dict[str, np.ndarray]
DIGITS = 1e-9


class Missing(Exception):
    """A data set that is neither in the folder nor in an installed R package."""


@cache
def data(folder: str, package: str, name: str) -> Table:
    """Columns of a data set; words as numbers where they are numbers, NaN for NA. *Raises:* Missing."""
    if package == "sksurv":
        return _arff(folder, name)
    path = Path(folder) / f"{name}.csv" if folder else None
    if path and path.is_file():
        return _columns(path)
    if shutil.which("Rscript"):
        with tempfile.TemporaryDirectory() as made:
            out = Path(made) / "d.csv"
            load = f'e <- new.env(); data("{name}", package = "{package}", envir = e); get("{name}", envir = e)'
            found = f"tryCatch({package}::{name}, error = function(x) {{ {load} }})"
            script = f'write.csv({found}, "{out}", row.names = FALSE)'
            done = subprocess.run(["Rscript", "-e", script], capture_output=True, timeout=120)
            if done.returncode == 0 and out.is_file():
                return _columns(out)
    raise Missing(f"{package}::{name}: no {name}.csv in --data FOLDER and no R package {package}")


def _columns(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as lines:
        return _table(list(csv.DictReader(lines)))


def _arff(folder: str, name: str) -> Table:
    """A data set of scikit-survival: NAME.arff in the folder, or in the installed package (which is not imported)."""
    package = find_spec("sksurv")
    places = [Path(folder)] if folder else []
    places += [Path(package.origin).parent / "datasets" / "data"] if package and package.origin else []
    for path in (place / f"{name}.arff" for place in places):
        if path.is_file():
            lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
            names = [line.split()[1] for line in lines if line.upper().startswith("@ATTRIBUTE")]
            body = lines[[line.upper() for line in lines].index("@DATA") + 1 :]
            return _table([dict(zip(names, line.split(","), strict=True)) for line in body if line])
    raise Missing(f"sksurv {name}: no {name}.arff in --data FOLDER and no package scikit-survival")


def _table(rows: list[dict[str, str]]) -> Table:
    made = {}
    for name in rows[0]:
        words = ["nan" if row[name] in ("NA", "") else row[name] for row in rows]
        try:
            made[name] = np.array(words, dtype=np.float64)
        except ValueError:
            made[name] = np.array(words)
    return made


def each(
    case: str, found: Sequence[float], expected: Sequence[float], call: str, tolerance: float = DIGITS
) -> Iterator[Row]:
    """One row for each number of a vector."""
    for k, (value, reference) in enumerate(zip(found, expected, strict=True), 1):
        yield (f"{case} {k}" if len(expected) > 1 else case, float(value), reference, tolerance, call)


def cif(
    case: str, sample: object, cause: int, at: Sequence[float], value: Sequence[float], variance: Sequence[float]
) -> Iterator[Row]:
    """cuminc: estimate and variance at times."""
    read = incidence_at(cumulative_incidence(sample), at, cause=cause)  # type: ignore[arg-type]
    yield from each(f"{case} estimate", read.value, value, "cuminc(time, event)")
    yield from each(f"{case} variance", read.se**2, variance, "cuminc(time, event)$var")


def simulated(_: str) -> Iterator[Row]:
    """V0: 1,000 rows drawn by numpy's default_rng(21260)."""
    draw = np.random.default_rng(21260)
    n = 1000
    arm, age, sex = draw.integers(0, 2, n), draw.normal(size=n), draw.integers(0, 2, n)
    draw.integers(1, 5, n)
    first = draw.exponential(1 / (0.0009 * np.exp(-0.35 * arm + 0.2 * age)))
    second = draw.exponential(1 / (0.0006 * np.exp(0.25 * arm + 0.3 * age + 0.1 * sex)))
    censored = np.minimum(draw.uniform(365, 1460, n), draw.exponential(10000, n))
    time = np.minimum(np.minimum(first, second), censored)
    event = np.where(censored == time, 0, np.where(first == time, 1, 2))
    x, days = np.column_stack([arm, age, sex]), np.maximum(1, np.ceil(time))
    sample = observed(time, event, group=arm)
    read = incidence_at(cumulative_incidence(sample), [180, 365, 730, 1095])
    yield from each("V0 CIF", read.value, (0.126404341324, 0.224138833979, 0.347466833224, 0.407135047244), "cuminc")
    yield from each("V0 CIF variance", read.se[:1] ** 2, (0.000110932904,), "cuminc$var", 5e-9)
    delta = incidence_at(cumulative_incidence(sample, variance="greenwood"), 180)
    yield from each("V0 CIF error, Greenwood", delta.se, (0.010526384062,), "mstate::Cuminc", 1e-10)
    yield from each(
        "V0 Gray",
        [gray_test(sample, cause=k).statistic for k in (1, 2)],
        (19.6298097494436, 2.6248602841951),
        "cuminc$Tests",
    )
    in_days = observed(days, event, group=arm)
    yield from each("V0 Gray, days", [gray_test(in_days).statistic], (19.62621532764717,), "cuminc$Tests")
    fit = fine_gray(sample, x).fit
    yield from each(
        "V0 Fine-Gray arm, error", (fit.coef[0], fit.se[0]), (-0.471358687975, 0.109859634276), "mets::cifreg", 2e-11
    )
    rules = [fine_gray(in_days, x, ties=rule).fit.coef[0] for rule in ("crr", "finegray")]  # type: ignore[arg-type]
    yield from each(
        "V0 Fine-Gray, days, by tie rule", rules, (-0.4710580021, -0.4710674979), "crr(gtol = 1e-13); finegray", 2e-10
    )


def mgus2(folder: str) -> Iterator[Row]:
    """V1: survival::mgus2."""
    d = data(folder, "survival", "mgus2")
    time = np.where(d["pstat"] == 0, d["futime"], d["ptime"])
    event = np.where(d["pstat"] == 0, 2 * d["death"], 1)
    male = d["sex"] == "M" if d["sex"].dtype.kind == "U" else d["sex"] == 2
    sample = observed(time, event, group=male)
    at = (60, 120, 240, 360)
    yield from cif(
        "V1 mgus2 pcm",
        sample,
        1,
        at,
        (0.0341037129743, 0.0637221680131, 0.0998137159355, 0.1340416443261),
        (2.39202128437e-05, 4.62325046121e-05, 9.61598846207e-05, 0.000455249272306),
    )
    yield from cif(
        "V1 mgus2 death",
        sample,
        2,
        at,
        (0.3203670102679, 0.5318177040802, 0.7240279761425, 0.784208246833),
        (0.000158040533867, 0.000197836059077, 0.000244882627827, 0.000463440921728),
    )
    yield from each(
        "V1 mgus2 Gray by sex",
        [gray_test(sample, cause=k).statistic for k in (1, 2)],
        (1.19450782508, 11.65125901213),
        "cuminc(etime, ev, sex)$Tests",
    )
    strata = observed(time, event, group=male, strata=d["age"] >= 70)
    yield from each(
        "V1 mgus2 Gray, strata",
        [gray_test(strata, cause=k).statistic for k in (1, 2)],
        (1.737305398899, 23.471984502337),
        "cuminc(etime, ev, sex, strata)$Tests",
    )
    x = np.column_stack([d["age"], male])
    for cause, numbers in (
        (1, (-0.0173381532194, -0.2600382378279, 0.00573710324168, 0.18568103479413, -790.12131517)),
        (2, (0.0585844004055, 0.3707968459047, 0.00367941920119, 0.06678946378602, -5539.29685582)),
    ):
        fit = fine_gray(sample, x, cause=cause).fit
        yield from each(
            f"V1 mgus2 crr, cause {cause}",
            (*fit.coef, *fit.se, fit.loglik),
            numbers,
            "crr(etime, ev, cbind(age, male), gtol = 1e-12)",
            2e-9,
        )
    tied = fine_gray(sample, x, ties="finegray").fit
    yield from each(
        "V1 mgus2 finegray",
        tied.coef,
        (-0.017300733154866, -0.259700914593098),
        "coxph(eps = 1e-14) on finegray(...), Breslow",
    )


def bmt(folder: str) -> Iterator[Row]:
    """V2: KMsurv::bmt."""
    d = data(folder, "KMsurv", "bmt")
    event = np.where(d["d2"] == 1, 1, np.where(d["d1"] == 1, 2, 0))
    sample = observed(d["t2"], event, group=d["group"])
    at = (100, 365, 730, 1095)
    yield from cif(
        "V2 bmt relapse",
        sample,
        1,
        at,
        (0.0802919708029, 0.212165450122, 0.301198522123, 0.308696043976),
        (0.000543348778182, 0.00123496698113, 0.00156548358165, 0.00158850753509),
    )
    yield from cif(
        "V2 bmt NRM",
        sample,
        2,
        at,
        (0.0948905109489, 0.204785077048, 0.278940254123, 0.296487645693),
        (0.000631839490981, 0.00120266332666, 0.00149448144675, 0.00157530771067),
    )
    yield from each(
        "V2 bmt Gray by group",
        [gray_test(sample, cause=k).statistic for k in (1, 2)],
        (11.92288204859, 0.13741078327),
        "cuminc(t2, ev, group)$Tests",
    )
    strata = observed(d["t2"], event, group=d["group"], strata=d["z8"])
    yield from each(
        "V2 bmt Gray, strata z8",
        [gray_test(strata, cause=k).statistic for k in (1, 2)],
        (10.5150700785463, 0.1241455555856),
        "cuminc(..., strata = z8)",
    )
    yield from each(
        "V2 bmt Gray, rho 1",
        [gray_test(sample, cause=k, rho=1).statistic for k in (1, 2)],
        (13.3006915518713, 0.0976122816238),
        "cuminc(..., rho = 1)",
    )
    fit = fine_gray(sample, np.column_stack([d["group"] == 3, d["group"] == 2])).fit
    yield from each(
        "V2 bmt crr",
        (*fit.coef, *fit.se, fit.loglik),
        (0.508514758872, -0.803372064825, 0.366181989115, 0.428455818888, -193.228251863),
        "crr(t2, ev, cbind(high, low), gtol = 1e-12)",
        2e-9,
    )
    acute = np.where(d["da"] == 1, d["ta"], d["t2"])
    read = incidence_at(cumulative_incidence(observed(acute, np.where(d["da"] == 1, 1, 2 * d["d3"]))), [30, 60, 100])
    yield from each("V2 bmt acute GVHD", read.value, (0.116788321168, 0.160583941606, 0.189781021898), "cuminc")


def ebmt3(folder: str) -> Iterator[Row]:
    """V3: mstate::ebmt3, platelet recovery and relapse or death."""
    d = data(folder, "mstate", "ebmt3")
    rows = []
    for k, (t, s, t2, s2) in enumerate(zip(d["prtime"], d["prstat"], d["rfstime"], d["rfsstat"], strict=True)):
        if s == 1:
            rows.append((k, 0, t, "Tx", "PR"))
            rows.append((k, t, t2, "PR", "RelDeath" if s2 == 1 else None))
        else:
            rows.append((k, 0, t2, "Tx", "RelDeath" if s2 == 1 else None))
    given = _years(rows, ("Tx", "PR", "RelDeath"))
    made = transition_probabilities(given, at=[1, 5], variance="aalen")
    call = "probtrans(msfit(...), predt = 0)"
    yield from each("V3 ebmt3 1 y", made.probability[0, 0], (0.302383254864, 0.415067640381, 0.282549104755), call)
    yield from each(
        "V3 ebmt3 1 y error, Aalen", made.se[0, 0], (0.0098224664045, 0.0105512676501, 0.0097396297292), call
    )
    yield from each("V3 ebmt3 5 y", made.probability[1, 0], (0.237235772349, 0.338732001697, 0.424032225953), call)
    yield from each(
        "V3 ebmt3 5 y error, Aalen", made.se[1, 0], (0.0100772976242, 0.0108666970265, 0.0121362675078), call
    )
    greenwood = transition_probabilities(given, at=[1])
    yield from each("V3 ebmt3 1 y error, Greenwood", greenwood.se[0, 0, :1], (0.0098759088112,), call)


def _years(rows: list[tuple[int, float, float, str, str | None]], states: tuple[str, ...]) -> Spells:
    kept = [(k, a / 365.25, b / 365.25, state, target) for k, a, b, state, target in rows if b > a]
    return spells(*zip(*kept, strict=True), states=states)


def ebmt4(folder: str) -> Iterator[Row]:
    """V4: mstate::ebmt4, six states."""
    d = data(folder, "mstate", "ebmt4")
    states = ("Tx", "Rec", "AE", "Rec+AE", "Rel", "Death")
    rows: list[tuple[int, float, float, str, str | None]] = []
    for k in range(d["rec"].size):
        moments = [
            (d[name][k], place, d[f"{name}.s"][k] == 1) for place, name in enumerate(("rec", "ae", "rel", "srv"))
        ]
        state, since = "Tx", 0.0
        # Of an end that falls on the day of another event the terminal state is taken.
        for time, place, happened in sorted(moments, key=lambda part: (part[0], part[1])):
            if not happened:
                continue
            target = {
                0: "Rec" if state == "Tx" else "Rec+AE",
                1: "AE" if state == "Tx" else "Rec+AE",
                2: "Rel",
                3: "Death",
            }[place]
            rows.append((k, since, time, state, target))
            state, since = target, time
            if place >= 2:
                break
        if state in states[:4] and since < d["srv"][k]:
            rows.append((k, since, d["srv"][k], state, None))
    given = _years(rows, states)
    made = transition_probabilities(given, at=[1, 5])
    call = 'probtrans(msfit(..., vartype = "greenwood"), predt = 0)'
    yield from each(
        "V4 ebmt4 1 y",
        made.probability[0, 0],
        (0.164592378928, 0.197293592674, 0.118277702869, 0.217239447472, 0.113825457599, 0.188771420459),
        call,
    )
    yield from each(
        "V4 ebmt4 1 y error",
        made.se[0, 0],
        (0.00779118911548, 0.00837811712756, 0.00678034301168, 0.00866538162593, 0.00672624058398, 0.0082319246857),
        call,
    )
    yield from each(
        "V4 ebmt4 5 y",
        made.probability[1, 0],
        (0.145586557448, 0.179019041407, 0.0994707811101, 0.185473018881, 0.163992595743, 0.226458005411),
        call,
    )
    later = transition_probabilities(given, at=[1], since=100 / 365.25)
    yield from each(
        "V4 ebmt4 from AE at day 100",
        later.probability[0, 2, 2:],
        (0.64987011846, 0.104684902576, 0.074868015173, 0.170576963791),
        call,
    )
    yield from each(
        "V4 ebmt4 from AE at day 100, error",
        later.se[0, 2, 2:],
        (0.0235331708174, 0.0139974642606, 0.0122513006289, 0.0181029552662),
        call,
    )
    yield from each(
        "V4 ebmt4 expected stay to 5 y",
        expected_stay(made, 5)[0],
        (0.843720239467, 0.941596073992, 0.569585028433, 0.99157506949, 0.66078707916, 0.992736509458),
        "ELOS(tau = 5)",
    )


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
    yield from each(
        "V5 Melanoma Gray by sex",
        [gray_test(sample, cause=k).statistic for k in (1, 2)],
        (5.814020855548, 0.854365595107),
        "cuminc$Tests",
    )
    x = np.column_stack([male, np.log(d["thick"]), d["ulcer"] == "present"])
    fit = fine_gray(sample, x).fit
    yield from each(
        "V5 Melanoma crr",
        (*fit.coef, *fit.se, fit.loglik),
        (
            0.352553875166,
            0.514773405122,
            0.912541869758,
            0.280179345392,
            0.166135725439,
            0.312020158678,
            -266.517654771,
        ),
        "crr(..., gtol = 1e-12)",
        2e-9,
    )


def immdef(folder: str) -> Iterator[Row]:
    """V7: rpsftm::immdef."""
    d = data(folder, "rpsftm", "immdef")
    given: Crossover = crossover(d["progyrs"], d["prog"], d["imm"], 1 - d["xoyrs"] / d["progyrs"], d["censyrs"])
    plain = observed(d["progyrs"], d["prog"], group=d["imm"])
    fit = cox(plain, d["imm"]).fit
    yield from each(
        "V7 immdef, as randomised: Cox",
        (fit.coef[0], fit.se[0]),
        (-0.217134779935, 0.113675000351),
        "coxph(Surv(progyrs, prog) ~ imm)",
        2e-9,
    )
    yield from each(
        "V7 immdef, as randomised: log-rank", [log_rank(plain).statistic], (3.6629417335,), "survdiff", 2e-9
    )
    path = {
        -1: 7.529582716516,
        -0.5: 3.658525953781,
        -0.2: 0.120385708926,
        -0.1: -1.001378577839,
        0: -1.913881326912,
        0.2: -3.567877898315,
        0.5: -5.874620550312,
        1: -8.255321954762,
    }
    yield from each(
        "V7 immdef z, both recensored",
        [rank_z(given, psi, recensor="both") for psi in path],
        tuple(path.values()),
        "log-rank z of U(psi)",
    )
    auto = {0.0023: -1.963547068175, 0.2: -3.702020707296, 0.5: -6.248521584021}
    yield from each(
        "V7 immdef z, auto", [rank_z(given, psi) for psi in auto], tuple(auto.values()), "log-rank z of U(psi)"
    )
    found = rpsftm(given, low=-1, high=1)
    yield from each(
        "V7 immdef psi, limits",
        (found.psi.value, found.psi.lower, found.psi.upper),
        (-0.18117795, -0.34965535, 0.0020479),
        "sign changes on a grid of .0005",
        1e-4,
    )
    yield from each(
        "V7 immdef psi upper, both",
        [rpsftm(given, recensor="both", low=-1, high=1).psi.upper],
        (0.010335,),
        "sign changes",
        2e-4,
    )
    yield from each(
        "V7 immdef hazard ratio",
        (found.ratio.value, found.ratio.lower, found.ratio.upper),
        (0.761099218066, 0.575476880485, 1.006594772761),
        "trtswitch::rpsftm(gridsearch = FALSE)",
        1e-4,
    )
    iterated = ipe(given)
    yield from each(
        "V7 immdef IPE",
        (iterated.psi.value, iterated.ratio.value),
        (-0.182931048781, 0.765789818926),
        'trtswitch::ipe(aft_dist = "weibull")',
        1e-4,
    )


def sksurv_bmt(folder: str) -> Iterator[Row]:
    """V8: scikit-survival bmt."""
    d = data(folder, "sksurv", "bmt")
    sample = observed(d["ftime"], d["status"], group=d["dis"])
    yield from each(
        "V8 bmt Gray by disease",
        [gray_test(sample, cause=k).statistic for k in (1, 2)],
        (1.30163454362, 7.08227802511),
        "cuminc$Tests",
    )
    for cause, numbers in (
        (1, (0.765170285613, 0.698790210341, -29.8586520991)),
        (2, (-1.604466218662, 0.640313040766, -43.9472780031)),
    ):
        fit = fine_gray(sample, d["dis"], cause=cause).fit
        yield from each(f"V8 bmt crr, cause {cause}", (fit.coef[0], fit.se[0], fit.loglik), numbers, "crr(dis)", 2e-9)


def cgvhd(folder: str) -> Iterator[Row]:
    """V9: scikit-survival cgvhd."""
    d = data(folder, "sksurv", "cgvhd")
    by = {"group": d["tx"] == "PB"}
    end = np.minimum(d["reltime"], d["survtime"])
    over = (d["rcens"] == 1) | (d["stat"] == 1)
    acute = (d["agvhdgd"] >= 3) & (d["agvhtime"] <= end) & (d["agvh"] == 1)
    sample = observed(np.where(acute, d["agvhtime"], end), np.where(acute, 1, 2 * over), **by)
    yield from each("V9 acute GVHD III-IV, Gray", [gray_test(sample).statistic], (1.17621481927,), "cuminc$Tests")
    parts = [incidence_at(cumulative_incidence(part), 0.25).value[0] for part in sample.by_group()]
    yield from each("V9 acute GVHD III-IV at .25 y", parts, (0.2196878751501, 0.2857142857143), "cuminc")
    relapse = observed(end, np.where(d["rcens"] == 1, 1, 2 * d["stat"]), **by)
    yield from each(
        "V9 relapse and NRM, Gray",
        [gray_test(relapse, cause=k).statistic for k in (1, 2)],
        (0.115582950041, 0.598272485126),
        "cuminc$Tests",
    )


def current(_: str) -> Iterator[Row]:
    """V10: current GRFS, hand-made."""
    text = """1 0-100g 100-200r 200-700c|2 0-60f|3 0-120g 120-400f|4 0-500c|5 0-90g 90-300r 300-450g 450-600r 600-800c
    |6 0-250f|7 0-150g 150-900c|8 0-350c|9 0-100g 100-180r 180-420f|10 0-650c"""
    names = {"g": "GVHD", "f": "failed", "r": "free again", "c": None}
    rows = []
    for line in text.split("|"):
        ident, *spans = line.split()
        state = "free"
        for span in spans:
            start, stop = span[:-1].split("-")
            rows.append((ident, float(start), float(stop), state, names[span[-1]]))
            state = names[span[-1]] or state
    given = spells(*zip(*rows, strict=True), states=("free", "free again", "GVHD", "failed"))
    made = occupation(given, at=[60, 100, 150, 200, 300, 365, 450, 600])
    call = "survfit(Surv(t1, t2, ev) ~ 1, id = id)"
    yield from each(
        "V10 current GRFS", made.of("free", "free again")[0], (0.9, 0.6, 0.4, 0.6, 0.6, 0.6, 0.4, 0.5), call
    )
    yield from each("V10 GRFS", made.probability[:, 0], (0.9, 0.6, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3), call)
    yield from each(
        "V10 GRFS error",
        made.se[:5, 0],
        (0.0948683298, 0.1549193338, 0.1549193338, 0.1549193338, 0.1449137675),
        call,
        1e-9,
    )


CASES: tuple[Callable[[str], Iterator[Row]], ...] = (
    simulated,
    mgus2,
    bmt,
    ebmt3,
    ebmt4,
    melanoma,
    immdef,
    sksurv_bmt,
    cgvhd,
    current,
)


def rows(folder: str = "") -> Iterator[Row]:
    """Every case; one row with None for a data set that is not there."""
    for case in CASES:
        try:
            yield from case(folder)
        except Missing as missing:
            yield (f"{(case.__doc__ or '').split(',')[0].rstrip('.')} skipped", None, float("nan"), 0.0, str(missing))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="folder with bmt.csv, ebmt3.csv, ...")
    good = total = skipped = 0
    for case, found, expected, tolerance, call in rows(parser.parse_args().data):
        if found is None:
            skipped += 1
            print(f"{case:44} {call}")
            continue
        met = abs(found - expected) <= tolerance * max(abs(expected), 1e-3)
        good, total = good + met, total + 1
        print(f"{case:44} {expected:>22.13g} {found:>22.13g}  {'met' if met else 'NOT MET':8} {call}")
    print(f"{good} of {total} reference values met; {skipped} data sets skipped")
    return 0 if good == total else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""Reference cases of survival: curves, tests, Cox regression, exposure that begins later, the 3+3 design.

Expected values: R 4.2.2 with survival 3.5-3, unless the call says otherwise. Public data come from installed R packages
and are not part of this repository.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from shapes import DIGITS, Case, Row, each
from sources import Table, data, drawn

from posolog.stats import (
    cox,
    exact_three_plus_three,
    kaplan_meier,
    landmark,
    log_rank,
    observed,
    predict_survival,
    proportionality,
    quantile,
    rmst,
    split_at_exposure,
    step_at,
    survival_at,
)

PRINTED = 1e-8  # values that R prints with 9 digits


def simulated(_: str) -> Iterator[Row]:
    """V0, 1,000 patients drawn from seed 21260, an event of either cause, continuous times."""
    d = drawn()
    happened = d["event"] > 0
    given = observed(d["time"], happened, group=d["arm"])
    days = observed(np.maximum(1, np.ceil(d["time"])), happened, group=d["arm"])
    yield from each("V0 log-rank", [log_rank(given).statistic], (8.86855718147573,), "survdiff(Surv(time, event) ~ arm)")
    yield from each("V0 log-rank, days", [log_rank(days).statistic], (8.85454332312339,), "the same on ceiling(time)")


def colon(folder: str) -> Iterator[Row]:
    """V6 colon, deaths of 929 patients in three arms."""
    d = _rows(data(folder, "survival", "colon"), "etype", 2)
    arms = ("Obs", "Lev", "Lev+5FU")
    given = observed(d["time"], d["status"], group=d["rx"], groups=arms)
    yield from each("V6 colon log-rank", [log_rank(given).statistic], (11.683092710639,), "survdiff(~ rx)")
    yield from each("V6 colon log-rank rho 1", [log_rank(given, rho=1).statistic], (10.2757505060254,), "survdiff(rho = 1)")
    within = observed(d["time"], d["status"], group=d["rx"], strata=d["sex"], groups=arms)
    yield from each("V6 colon log-rank by sex", [log_rank(within).statistic], (11.767054037128,), "survdiff(~ rx + strata(sex))")
    curves = [kaplan_meier(part) for part in given.by_group()]
    at = [survival_at(curve, [1825]).survival[0] for curve in curves]
    yield from each("V6 colon survival 1825 d", at, (0.525668529460, 0.535370684776, 0.634014686620), "survfit(~ rx)", DIGITS)
    areas = [rmst(curve, 1825) for curve in curves]
    means = (1338.548922862, 1322.410281079, 1449.880479206)
    errors = (33.44127877722, 34.17978694302, 32.99847220632)
    yield from each("V6 colon restricted mean", [area.value for area in areas], means, "summary(survfit, rmean = 1825)")
    yield from each("V6 colon restricted mean SE", [area.se for area in areas], errors, "the same")
    medians = [quantile(curve) for curve in curves[:2]]
    yield from each("V6 colon median", [m.value for m in medians], (2083, 2152), "quantile(survfit, conf.type = 'log-log')")
    yield from each("V6 colon median lower", [m.lower for m in medians], (1548, 1509), "the same")
    yield from _colon_regression(d)


def _colon_regression(d: Table) -> Iterator[Row]:
    lev, both = (d["rx"] == "Lev").astype(float), (d["rx"] == "Lev+5FU").astype(float)
    x = np.column_stack((lev, both, d["age"], d["sex"], d["node4"]))
    given = observed(d["time"], d["status"])
    fit = cox(given, x).fit
    call = "coxph(Surv(time, status) ~ rx + age + sex + node4)"
    coef = (-0.03972198397736, -0.38335648903192, 0.00611684055629, 0.02797116485173, 0.97361916023004)
    yield from each("V6 colon Cox", fit.coef, coef, call)
    error = (0.110366909350183, 0.118868694559605, 0.0040350230747939, 0.0943702928874501, 0.0972771345242779)
    yield from each("V6 colon Cox SE", fit.se, error, call)
    yield from each("V6 colon Cox loglik", (fit.loglik_null, fit.loglik), (-2930.1916509, -2878.25373371), call)
    robust = (0.1108196807324033, 0.1207429160711332, 0.0042536935146902, 0.0950845797622335, 0.0990261859797096)
    yield from each("V6 colon Cox robust SE", cox(given, x, robust=True).fit.se, robust, "coxph(robust = TRUE)")
    model = cox(given, x[:, [0, 1, 2, 4]])
    tested = proportionality(model)
    chisq = (0.0625608785781488, 1.2563738985496016, 0.4394894252942752, 5.7365170780094532, 8.4151689587068077)
    yield from each("V6 colon proportional", [*tested.statistic, tested.overall[0]], chisq, "cox.zph(coxph(~ rx + age + node4))")
    line = predict_survival(model, [0, 1, 60, 1])
    read = [step_at(line.time, values, [200, 1000, 2500], initial=1) for values in (line.survival, line.se)]
    curve = (0.959203665002218, 0.575409802071350, 0.349634543041031)
    spread = (0.00855318549857492, 0.03589678998525260, 0.04014464779482079)
    yield from each("V6 colon predicted", read[0], curve, "survfit(coxph, newdata)")
    yield from each("V6 colon predicted SE", read[1], spread, "survfit(coxph, newdata)$std.err")


def heart(folder: str) -> Iterator[Row]:
    """Stanford heart transplants, rows (start, stop]."""
    d = data(folder, "survival", "heart")
    x = np.column_stack([d[name] for name in ("age", "year", "surgery", "transplant")])
    fit = cox(observed(d["stop"], d["event"], start=d["start"]), x, cluster=d["id"]).fit
    call = "coxph(Surv(start, stop, event) ~ age + year + surgery + transplant + cluster(id))"
    coef = (0.0271666409576767, -0.1463463456741959, -0.6372098899669668, -0.0102507724090828)
    robust = (0.0138918929240809, 0.0730798592393642, 0.3582102023844259, 0.3168823490624897)
    yield from each("heart Cox", fit.coef, coef, call)
    yield from each("heart Cox SE by patient", fit.se, robust, call)
    yield from each("heart Cox loglik", (fit.loglik_null, fit.loglik), (-298.121355672984, -290.565616218489), call)


def mgus2(folder: str) -> Iterator[Row]:
    """V1 mgus2, deaths of 1,384 patients."""
    d = data(folder, "survival", "mgus2")
    given = observed(d["futime"], d["death"], group=d["sex"])
    yield from each("V1 mgus2 log-rank by sex", [log_rank(given).statistic], (9.66546733345639,), "survdiff(~ sex)")
    at = survival_at(kaplan_meier(given), [60, 120, 240])
    call = "survfit(Surv(futime, death) ~ 1, conf.type = 'log-log')"
    yield from each("V1 mgus2 survival", at.survival, (0.6614999717757437, 0.4156456482379446, 0.186888849506740), call)
    yield from each("V1 mgus2 SE", at.se, (0.0127453293597418, 0.0139604668784642, 0.014738829028539), call)
    yield from each("V1 mgus2 lower", at.lower, (0.6358530415056618, 0.3881810984996440, 0.158951127805773), call)


def bmt(folder: str) -> Iterator[Row]:
    """V2 KMsurv::bmt, 137 transplants."""
    d = data(folder, "KMsurv", "bmt")
    free = observed(d["t2"], d["d3"], group=d["group"])
    yield from each("V2 bmt log-rank", [log_rank(free).statistic], (13.803721887222,), "survdiff(Surv(t2, d3) ~ group)")
    yield from each("V2 bmt log-rank rho 1", [log_rank(free, rho=1).statistic], (15.6724713063,), "survdiff(rho = 1)")
    alive = kaplan_meier(observed(d["t1"], d["d1"]))
    at = survival_at(alive, [100, 365, 730, 1095])
    call = "survfit(Surv(t1, d1) ~ 1, conf.type = 'log-log')"
    value = (0.875912408759, 0.634142708178, 0.463798340663, 0.431574138334)
    yield from each("V2 bmt survival", at.survival, value, call)
    at_730 = (at.se[2], at.lower[2], at.upper[2])
    yield from each("V2 bmt survival 730 d", at_730, (0.042809494622, 0.378216831157, 0.544919109184), call)
    median = quantile(alive)
    yield from each("V2 bmt median", (median.value, median.lower, median.upper), (641, 418, 1279), call)
    first = np.minimum.reduce([np.where(d[f] == 1, d[t], np.inf) for f, t in (("da", "ta"), ("dc", "tc"), ("d3", "t2"))])
    grfs = observed(np.minimum(first, d["t2"]), first <= d["t2"], group=d["group"])
    yield from each("V2 bmt GRFS-like events", [float(grfs.event.sum())], (117,), "any GVHD, relapse, death")
    read = survival_at(kaplan_meier(grfs), [100, 180, 365, 730]).survival
    value = (0.620437956204, 0.372262773723, 0.224319031511, 0.149546021008)
    yield from each("V2 bmt GRFS-like", read, value, "survfit")
    yield from each("V2 bmt GRFS-like log-rank", [log_rank(grfs).statistic], (14.626566135731,), "survdiff(~ group)")
    yield from _bmt_exposure(d, observed(d["t2"], d["d3"]))


def _bmt_exposure(d: Table, given: object) -> Iterator[Row]:
    """Landmark at day 100; acute and chronic GVHD and platelet recovery as time-dependent covariates."""
    at = {name: np.where(d[flag] == 1, d[time], np.nan) for name, flag, time in (("ag", "da", "ta"), ("cg", "dc", "tc"), ("pr", "dp", "tp"))}
    kept = landmark(given, 100, at["ag"])  # type: ignore[arg-type]
    fit = cox(kept.sample, kept.exposed).fit
    yield from each("V2 bmt landmark 100", (fit.coef[0], fit.se[0]), (0.114517483588, 0.333757738658), "coxph(Surv(t2, d3) ~ ag)")
    split = split_at_exposure(given, np.column_stack([at["ag"], at["cg"], at["pr"]]))  # type: ignore[arg-type]
    group, z8 = d["group"][split.rows], d["z8"][split.rows]
    fit = cox(split.sample, np.column_stack((group == 2, group == 3, z8, split.exposed))).fit
    coef = (-0.816157367109, 0.00530908924, 0.691619631460, 0.208326368272, -0.167504205615, -0.954073492288)
    yield from each("V2 bmt time-dependent rows", [float(split.sample.n)], (341,), "tmerge")
    yield from each("V2 bmt time-dependent", fit.coef, coef, "coxph(~ factor(group) + z8 + ag + cg + pr)")


def designs(_: str) -> Iterator[Row]:
    """V11 3+3, exact."""
    p = (0.25, 0.35, 0.50, 0.65, 0.80)
    down, only = (exact_three_plus_three(p, variant=variant) for variant in ("step-down", "escalate-only"))
    call = "exact recursion, six decimals; near PMC5383510 table 3"
    expected = (0.444466, 0.358991, 0.170199, 0.025429, 0.000911)
    yield from each("V11 3+3 step-down", (down.none, *down.declared[:4]), expected, call, 2e-3)
    expected = (0.400146, 0.362038, 0.196941, 0.038703, 0.002152)
    yield from each("V11 3+3 escalate-only", (only.none, *only.declared[:4]), expected, call, 1e-3)
    patients = (down.treated.sum(), only.treated.sum())
    yield from each("V11 3+3 patients", patients, (9.3864, 8.0036), call, 1e-5)


def _rows(d: Table, name: str, value: float) -> Table:
    """The rows with one value in a column."""
    return {column: values[d[name] == value] for column, values in d.items()}


CASES: tuple[Case, ...] = (simulated, mgus2, bmt, colon, heart, designs)

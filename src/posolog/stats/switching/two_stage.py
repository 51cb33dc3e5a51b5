"""The simple two-stage method: the drug's effect after progression is estimated among those who could switch, and
taken out of the switchers' times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox import Cox, cox
from posolog.stats.numbers import normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Estimate
from posolog.stats.sample import Bools, Floats, Sample, observed
from posolog.stats.survival.weibull import Weibull, weibull
from posolog.stats.switching.crossover import Crossover

NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class TwoStage:
    """`psi`: minus the log time factor of switching; `ratio`: hazard ratio on the adjusted times, Cox (Efron) and Wald.

    `first`: the regression after progression; `second`: the Cox model; `sample`: the adjusted times.
    """

    psi: Estimate
    ratio: Estimate
    first: Weibull
    second: Cox
    sample: Sample


def two_stage(
    given: Crossover, progressed_at: ArrayLike, switched_at: ArrayLike, covariates: ArrayLike | None = None, *,
    offset: float = 0.0, recensor: bool = True, level: float = 0.95,
) -> TwoStage:  # fmt: skip
    """Adjust the control arm's times for switching after progression (the secondary baseline).

    `progressed_at`, `switched_at` (n,): NaN for never; a switch needs a progression not after it. `covariates` (n, p):
    known at progression. 1. Weibull regression of the time from progression, among control patients who progressed,
    on having switched and the covariates: exp(-psi) is the factor by which switching stretches that time. 2. The
    switchers' times become s + (T - s) exp(psi); with `recensor` all control times end at min(C, C exp(psi)). 3. Cox.
    `offset` is added to the time from progression (1 where days are counted and death can fall on the day itself).

    Assumes no unmeasured confounding at progression. The Wald interval takes psi as known and is too narrow.
    `share` of `given` is not used.

    *Source:* Latimer et al. 2017, Statistical Methods in Medical Research 26:724 (simple two-stage estimation).
    """
    from_baseline, switched, extra, reasons = _checked(given, progressed_at, switched_at, covariates)
    time, event = given.sample.time, given.sample.event
    rows = (given.arm == 0) & np.isfinite(from_baseline) & (time - from_baseline + offset > 0)
    design = np.column_stack([np.isfinite(switched), extra])
    after = observed(time[rows] - from_baseline[rows] + offset, event[rows], causes=(1,))
    names = ("switched", *(f"x{j}" for j in range(1, extra.shape[1] + 1)))
    first = weibull(after, design[rows], names=names)
    reasons = reasons or tuple(f"after progression: {words}" for words in first.reasons)
    psi, se = (NAN, NAN) if reasons else (-float(first.coef[1]), float(first.se[1]))
    sample = given.sample if reasons else _adjusted(given, switched, psi, recensor)
    second = cox(sample, sample.group.astype(np.float64), names=("arm",), level=level)
    return TwoStage(*_estimates(given, rows, psi, se, second, reasons, level, recensor), first, second, sample)


def _checked(
    given: Crossover, progressed_at: ArrayLike, switched_at: ArrayLike, covariates: ArrayLike | None
) -> tuple[Floats, Floats, Floats, tuple[str, ...]]:
    n = given.arm.size
    none = np.full(n, np.nan)
    try:
        progressed, switched = np.asarray(progressed_at, dtype=np.float64), np.asarray(switched_at, dtype=np.float64)
        extra = np.zeros((n, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    except (TypeError, ValueError):
        return none, none, np.zeros((n, 0)), ("progressed_at, switched_at or covariates: not numbers",)
    extra = extra[:, None] if extra.ndim == 1 else extra
    if given.reasons:
        return none, none, np.zeros((n, extra.shape[1] if extra.ndim == 2 else 0)), given.reasons
    if progressed.shape != (n,) or switched.shape != (n,) or extra.ndim != 2 or extra.shape[0] != n:
        return none, none, np.zeros((n, 0)), (f"progressed_at, switched_at or covariates: not {n} rows",)
    for words, bad in (
        ("progressed_at: after the row's time or below 0", (progressed > given.sample.time) | (progressed < 0)),
        ("switched_at: after the row's time", switched > given.sample.time),
        ("switched_at: without a progression before", np.isfinite(switched) & ~(progressed <= switched)),
        ("switched_at: in the experimental arm", np.isfinite(switched) & (given.arm == 1)),
    ):
        if bad.any():
            return progressed, switched, extra, (f"{words} ({int(bad.sum())} of {n} rows)",)
    at_baseline = (given.arm == 0) & np.isfinite(progressed)
    if not np.isfinite(extra[at_baseline]).all():
        return progressed, switched, extra, ("covariates: missing or infinite after progression",)
    return progressed, switched, extra, ()


def _adjusted(given: Crossover, switched: Floats, psi: float, recensor: bool) -> Sample:
    sample, control = given.sample, given.arm == 0
    time, event, factor = sample.time.copy(), sample.event.copy(), float(np.exp(psi))
    away = control & np.isfinite(switched)
    time[away] = switched[away] + (time[away] - switched[away]) * factor
    if recensor:
        limit = given.follow_up * min(1.0, factor)
        late = control & (time > limit)
        time[late], event[late] = limit[late], 0
    return Sample(time, event, sample.group, sample.stratum, sample.groups, sample.strata)


def _estimates(
    given: Crossover, rows: Bools, psi: float, se: float, second: Cox, reasons: tuple[str, ...],
    level: float, recensor: bool,
) -> tuple[Estimate, Estimate]:  # fmt: skip
    z = normal_quantile(level)
    progressed = int(rows.sum())
    rule = "control arm recensored at min(C, C exp(psi))" if recensor else "not recensored"
    said = Conventions(
        "simple two-stage estimation, Weibull regression from progression", variance="inverse observed information",
        interval=f"Wald, {100 * level:g} %", notes=(f"{progressed} control patients followed past progression", rule),
    )  # fmt: skip
    first = Estimate(
        psi, se, psi - z * se, psi + z * se, said, reasons, float(two_sided_p(psi / se)) if se > 0 else NAN
    )
    words = Conventions(
        "hazard ratio, experimental to control, adjusted for switching", ties="Efron",
        variance="inverse information, psi taken as known", interval=f"Wald, {100 * level:g} %", notes=(rule,),
    )  # fmt: skip
    why = reasons or second.fit.reasons
    if why:
        return first, Estimate(NAN, NAN, NAN, NAN, words, why)
    fit = second.fit
    ratio, spread, lower, upper, p = (float(part[0]) for part in (fit.ratio, fit.se, fit.lower, fit.upper, fit.p))
    return first, Estimate(ratio, spread, lower, upper, words, (), p)

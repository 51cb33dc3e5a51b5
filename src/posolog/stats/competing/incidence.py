"""Cumulative incidence of competing causes: Aalen–Johansen, with the variance rule named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.competing.incidence_numerics import (
    cause_counts,
    gray_variances,
    greenwood_variances,
    incidences,
    survival_steps,
)
from posolog.stats.numbers import INTERVAL_WORDS, Interval, probability_bounds, step_at
from posolog.stats.results import EVENTS_FIRST, Conventions
from posolog.stats.risk import risk_table
from posolog.stats.sample import Floats, Sample

IncidenceVariance = Literal["gray", "greenwood"]
VARIANCE_WORDS = {
    "gray": "Gray (the martingale form with a tie correction, as cmprsk prints)",
    "greenwood": "Greenwood (delta method, as mstate and statsmodels print)",
}
_VARIANCES = {"gray": gray_variances, "greenwood": greenwood_variances}


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Curves of all causes, C causes and T distinct times with an event of any cause.

    estimate, variance, events: (C, T), row by row as `causes`; at_risk (T,): just before each time;
    survival (T,): free of every cause, just after. Step functions: a value holds from its time on, up to `last_time`,
    the longest follow-up. `n` rows, `censored` of them without an event. `group` is its name where there is one.
    """

    causes: tuple[int, ...]
    time: Floats
    at_risk: Floats
    events: Floats
    estimate: Floats
    variance: Floats
    survival: Floats
    last_time: float
    n: int
    censored: int
    group: str
    conventions: Conventions
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ProbabilityAt:
    """A probability read at chosen times, each array (m,); NaN where `reasons` says why."""

    time: Floats
    value: Floats
    se: Floats
    lower: Floats
    upper: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def cumulative_incidence(given: Sample, *, variance: IncidenceVariance = "gray") -> Incidence:
    """Probability of each cause by time t when the other causes can come first; groups and strata are not regarded.

    Ties are exact and delayed entry is taken into account. The causes and survival sum to 1 at every time.
    `variance`: "gray" or "greenwood"; they differ in the third digit or later (n = 1000: .00011093, .00011080).

    *Source:* Aalen and Johansen 1978; variances: `incidence_numerics`. Same as R `cmprsk::cuminc` for "gray".

    >>> from posolog.stats import observed
    >>> cumulative_incidence(observed([1, 2, 3, 4], [1, 2, 0, 1])).estimate.tolist()
    [[0.25, 0.25, 0.75], [0.0, 0.25, 0.25]]
    """
    if variance not in get_args(IncidenceVariance):
        raise ValueError(f"variance {variance!r} is not one of {', '.join(get_args(IncidenceVariance))}")
    table = risk_table(given, times="events")
    counts = cause_counts(table)
    survival_before, survival = survival_steps(counts)
    estimate = incidences(counts, survival_before)
    spread = _VARIANCES[variance](counts, survival_before, survival, estimate)
    last = float(given.time.max()) if given.n else float("nan")
    group = given.groups[0] if len(given.groups) == 1 else "all"
    said = _conventions(variance, estimate, survival)
    return Incidence(
        given.causes, table.time, counts.at_risk, counts.events, estimate, spread, survival, last, given.n,
        int((given.event == 0).sum()), group, said, (*given.reasons, *_remarks(given, survival)),
    )  # fmt: skip


def _conventions(variance: str, estimate: Floats, survival: Floats) -> Conventions:
    notes: tuple[str, ...] = ()
    if survival.size:
        off = float(np.abs(estimate.sum(axis=0) + survival - 1.0).max())
        notes = (f"causes and survival sum to 1 at every time (largest difference {off:.0e})",)
    words = VARIANCE_WORDS[variance]
    return Conventions("Aalen–Johansen cumulative incidence", ties=EVENTS_FIRST, variance=words, notes=notes)


def _remarks(given: Sample, survival: Floats) -> tuple[str, ...]:
    """With delayed entry the risk set can run empty before everybody has entered: nothing is left to estimate."""
    if given.start is None or not survival.size:
        return ()
    ended = np.flatnonzero(survival <= 0)
    if ended.size and ended[0] < survival.size - 1:
        return ("the risk set runs empty while others enter later: survival is 0 from then on (delayed entry)",)
    return ()


def incidence_at(
    curve: Incidence, times: ArrayLike, *, cause: int | None = None, interval: Interval = "log-log", level: float = 0.95
) -> ProbabilityAt:
    """One cause's curve at `times` (m,), with intervals; NaN past the longest follow-up unless nobody is left free.

    `cause`: a code of `curve.causes`, the first if not named. *Raises:* ValueError for a cause that is not there.
    """
    code = curve.causes[0] if cause is None else cause
    if code not in curve.causes:
        raise ValueError(f"cause {code} is not one of {', '.join(map(str, curve.causes))}")
    row = curve.causes.index(code)
    asked = np.atleast_1d(np.asarray(times, dtype=np.float64))
    value = step_at(curve.time, curve.estimate[row], asked, initial=0.0)
    se = np.sqrt(step_at(curve.time, curve.variance[row], asked, initial=0.0))
    reasons = curve.reasons
    unknown = np.isnan(asked) | (asked < 0) | ~(asked <= curve.last_time)
    if curve.survival.size and curve.survival[-1] <= 0:
        unknown &= ~(asked > curve.last_time)
    if unknown.any():
        value, se = np.where(unknown, np.nan, value), np.where(unknown, np.nan, se)
        if curve.n:
            reasons = (*reasons, f"not known past the longest follow-up ({curve.last_time:g})")
    lower, upper = probability_bounds(value, se, kind=interval, level=level)
    said = replace(curve.conventions, interval=f"{INTERVAL_WORDS[interval]}, {100 * level:g} %")
    return ProbabilityAt(asked, value, se, lower, upper, said, reasons)

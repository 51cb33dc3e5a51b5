"""The Kaplan-Meier curve: survival with Greenwood's variance, read at times and at quantiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.numbers import INTERVAL_WORDS, Interval, normal_quantile, probability_bounds, step_at
from posolog.stats.results import Conventions, Estimate, events_words
from posolog.stats.risk import risk_table
from posolog.stats.sample import Bools, Floats, Ints, Sample

NAN = float("nan")
FLAT = 1e-12  # survival this near to 1 - p counts as equal to it
GREENWOOD_END = "survival has reached 0: Greenwood's variance is not defined there"


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """A curve at the m distinct times of its sample; every array has shape (m,).

    `survival` is S(t) from t on, `se` its standard error, `lower` and `upper` its bounds at `level` by the transform
    `interval`, worked out when they are asked for; `at_risk` just before t, `events` and `censored` at t. `n` rows,
    `total_events` of them with an event. Before the first time S is 1. `group`: the sample's group where it has one.
    """

    time: Floats
    survival: Floats
    se: Floats
    at_risk: Ints
    events: Ints
    censored: Ints
    n: int
    total_events: int
    interval: Interval
    level: float
    group: str
    conventions: Conventions
    reasons: tuple[str, ...] = ()

    @property
    def lower(self) -> Floats:
        """The lower bound of S, shape (m,)."""
        return self.bounds()[0]

    @property
    def upper(self) -> Floats:
        """The upper bound of S, shape (m,)."""
        return self.bounds()[1]

    def bounds(self) -> tuple[Floats, Floats]:
        """Both bounds of S, each (m,)."""
        return probability_bounds(self.survival, self.se, kind=self.interval, level=self.level)

    @property
    def last(self) -> float:
        """The last time of follow-up; NaN for no rows."""
        return float(self.time[-1]) if self.time.size else NAN


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalAt:
    """A curve read at T times; every array has shape (T,). NaN after the last follow-up unless S has reached 0."""

    time: Floats
    survival: Floats
    se: Floats
    lower: Floats
    upper: Floats
    reasons: tuple[str, ...] = ()


def kaplan_meier(
    given: Sample, *, interval: Interval = "log-log", level: float = 0.95, cause: int | None = None
) -> Survival:
    """S(t) = prod over t_k <= t of (1 - d_k/r_k), of all rows together (`given.by_group()` gives one for each group).

    Greenwood: V(S) = S^2 sum d_k / (r_k (r_k - d_k)). `interval`: log-log (R's default is log), log or plain.
    `cause`: count events of this code only, the others as censorings (which is no survival; see cumulative
    incidence); without it an event of any code ends survival. Strata are not looked at.

    *Source:* Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, section 1.4.

    >>> from posolog.stats import observed
    >>> kaplan_meier(observed([1, 2, 2, 3], [1, 1, 0, 1])).survival.tolist()
    [0.75, 0.5, 0.0]
    """
    one = given.of_cause(cause)
    table = risk_table(one)
    at_risk, events, censored = table.totals()
    survival, se = _product(at_risk, events)
    normal_quantile(level)
    reasons = given.reasons + ((GREENWOOD_END,) if survival.size and survival[-1] == 0 else ())
    conventions = Conventions(
        "Kaplan-Meier", events=events_words(one),
        variance="Greenwood", interval=f"{INTERVAL_WORDS[interval]}, {100 * level:g} %",
    )  # fmt: skip
    name = given.groups[0] if len(given.groups) == 1 else "all"
    return Survival(
        table.time, survival, se, at_risk, events, censored,
        given.n, int(events.sum()), interval, level, name, conventions, reasons,
    )  # fmt: skip


def _product(at_risk: Ints, events: Ints) -> tuple[Floats, Floats]:
    """The product-limit estimate and Greenwood's standard error, both (m,)."""
    left: Floats = np.subtract(at_risk, events, dtype=np.float64)
    with np.errstate(all="ignore"):
        survival = left / at_risk
        np.cumprod(survival, out=survival)
        left *= at_risk
        se = np.divide(events, left, out=left)
        np.cumsum(se, out=se)
        np.sqrt(se, out=se)
        se *= survival
    return survival, se


def survival_at(curve: Survival, times: ArrayLike) -> SurvivalAt:
    """The curve at some times, shape (T,), in the unit of its sample.

    After the last follow-up a curve above 0 is not known: NaN, with the reason.
    """
    at = np.atleast_1d(np.asarray(times, dtype=np.float64))
    low, high = curve.bounds()
    read = [
        step_at(curve.time, values, at, initial=start)
        for values, start in ((curve.survival, 1.0), (curve.se, 0.0), (low, 1.0), (high, 1.0))
    ]
    unknown = _beyond(curve, at)
    survival, se, lower, upper = (np.where(unknown, NAN, values) for values in read)
    words = ", ".join(f"{time:g}" for time in at[unknown])
    reasons = curve.reasons if np.isnan(se).any() else ()
    return SurvivalAt(at, survival, se, lower, upper, reasons + ((_after(curve, words),) if words else ()))


def _beyond(curve: Survival, at: Floats) -> Bools:
    """Which times are not known; all of them where there is no row."""
    if curve.n == 0:
        return np.ones(at.shape, dtype=np.bool_)
    ended = curve.survival[-1] == 0
    return np.asarray(~(at >= 0) | ((at > curve.last) & (not ended)))


def _after(curve: Survival, words: str) -> str:
    if curve.n == 0:
        return f"no rows: nothing is known at {words}"
    return f"not known at {words}: follow-up goes from 0 to {curve.last:g}"


def quantile(curve: Survival, p: float = 0.5) -> Estimate:
    """The time by which a fraction `p` (between 0 and 1) has had the event: 0.5 the median. `se` is NaN.

    The first time with S(t) <= 1 - p; where the curve is flat at exactly 1 - p, the middle of the stretch (as R).
    The bounds are the same quantile of the curve's bounds. NaN where curve or bound does not come down to 1 - p.

    *Source:* Brookmeyer and Crowley 1982.
    """
    if not 0 < p < 1:
        raise ValueError(f"a quantile of {p} is not between 0 and 1")
    value, lower, upper = (_crossing(curve, bound, 1 - p) for bound in (curve.survival, *curve.bounds()))
    reasons = curve.reasons if curve.n == 0 else ()
    named = (("median" if p == 0.5 else f"{p:g} quantile", value), ("lower bound", lower), ("upper bound", upper))
    missing = [name for name, found in named if np.isnan(found)]
    if missing and curve.n:
        reasons += (f"not reached: {', '.join(missing)} (survival stays above {1 - p:g} to the end of follow-up)",)
    rule = f"{curve.conventions.interval}; first time with S <= {1 - p:g}, the middle of a stretch that equals it"
    conventions = Conventions("quantile of Kaplan-Meier", variance="Brookmeyer-Crowley", interval=rule)
    return Estimate(value, NAN, lower, upper, conventions, reasons)


def _crossing(curve: Survival, values: Floats, target: float) -> float:
    """First time at which `values` is at or below the target."""
    known = np.where(np.isnan(values), np.where(curve.survival == 0, -1.0, 2.0), values)
    below = np.flatnonzero(known <= target + FLAT)
    if below.size == 0 or (np.isnan(values[below[0]]) and values is not curve.survival):
        return NAN
    first = int(below[0])
    if abs(values[first] - target) > FLAT:
        return float(curve.time[first])
    after = np.flatnonzero(values[first:] < target - FLAT)
    end = curve.time[first + int(after[0])] if after.size else curve.last
    return float((curve.time[first] + end) / 2)


def number_at_risk(given: Sample, times: ArrayLike) -> Ints:
    """Rows of each group under observation just before each time: shape (K, T); at time 0 all that start there."""
    at = np.atleast_1d(np.asarray(times, dtype=np.float64))
    counts = np.zeros((len(given.groups), at.size), dtype=np.intp)
    for k in range(len(given.groups)):
        rows = given.group == k
        counts[k] = rows.sum() - np.searchsorted(np.sort(given.time[rows]), at, side="left")
        if given.start is not None:
            entry = np.sort(given.start[rows])
            entered = np.searchsorted(entry, at, side="left")
            counts[k] -= entry.size - np.where(at == 0, np.searchsorted(entry, at, side="right"), entered)
    return counts

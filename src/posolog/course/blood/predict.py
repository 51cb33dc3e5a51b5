"""What a fit says of the course: nadir, its depth, recovery, each with an interval from draws.

Draws come from the t distribution of the fitted logarithms, and from the scatter of the baseline where it was not
fitted; parameters taken from the literature stay fixed, so the intervals leave out what is not known of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from posolog.course.blood.fit import Fit, parameter_rows
from posolog.course.blood.grades import bounds
from posolog.course.blood.model import counts_at

if TYPE_CHECKING:
    import numpy as np

    from posolog.course.blood.model import Array

STEP_H = 6.0


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate with its interval; None: not reached within the horizon."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """The day after the first injection from which the count stays at `bound` or above, after its nadir."""

    bound: float
    day: Range
    never: float  # share of the draws that do not recover within the horizon


@dataclass(frozen=True, slots=True)
class Prediction:
    """The fitted course by day, with a band, and what is read off it. Days count from the first injection."""

    fit: Fit
    days: tuple[float, ...]
    estimate: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    nadir_day: Range
    nadir: Range
    recoveries: tuple[Recovery, ...]
    level: float
    draws: int
    horizon_day: float


def predict(
    fit: Fit, rng: np.random.Generator, *, draws: int = 400, level: float = 0.95, horizon_day: float | None = None
) -> Prediction:
    """The course of a fit to `horizon_day` (12 weeks, or 4 weeks after the last count) with `level` intervals.

    `rng` is the one source of randomness. *Raises:* ValueError for fewer than 50 draws or a level outside (0, 1).
    """
    import numpy as np

    if draws < 50 or not 0 < level < 1:
        raise ValueError("at least 50 draws, and a level between 0 and 1")
    last = horizon_day or max(84.0, max(fit.data.times_h) / 24 + 28)
    times = np.arange(0.0, last * 24 + STEP_H, STEP_H)
    rows = np.vstack([_best(fit), _drawn(fit, rng, draws)])
    paths = counts_at(times, rows, fit.injections)
    days = times / 24
    tails = (100 * (1 - level) / 2, 100 * (1 + level) / 2)
    band = np.percentile(paths[1:], tails, axis=0)
    lowest = paths.argmin(axis=1)
    recoveries = tuple(
        _recovery(float(bound), paths, days, lowest, tails) for _, bound in bounds(fit.data.analyte, "10^9/L")
    )
    return Prediction(
        fit, tuple(days.tolist()), tuple(paths[0].tolist()), tuple(band[0].tolist()), tuple(band[1].tolist()),
        _range(days[lowest], tails), _range(paths.min(axis=1), tails), recoveries, level, draws, last,
    )  # fmt: skip


def _best(fit: Fit) -> Array:
    import numpy as np

    return np.array([[value for _, value in fit.values]])


def _drawn(fit: Fit, rng: np.random.Generator, draws: int) -> Array:
    """Parameter rows, shape (draws, 4), positive."""
    import numpy as np

    from posolog.course.blood.fit import BOUNDS

    values = dict(fit.values)
    centre = np.log([values[name] for name in fit.free])
    spread = rng.multivariate_normal(np.zeros(len(centre)), np.array(fit.covariance), size=draws, method="svd")
    tails = np.sqrt(fit.df / rng.chisquare(fit.df, size=(draws, 1)))
    low, high = (np.array([BOUNDS[name][side] for name in fit.free]) for side in (0, 1))
    rows = parameter_rows(np.clip(np.exp(centre + spread * tails), low, high), fit.free, values)
    if "circ0" not in fit.free:
        rows[:, 0] *= np.exp(rng.normal(0.0, fit.sigma / max(1, fit.data.n_baseline) ** 0.5, draws))
    return rows


def _range(values: Any, tails: tuple[float, float]) -> Range:
    """The first value is the estimate, the others the draws; infinity stands for never."""
    import numpy as np

    low, high = np.percentile(values[1:], tails, method="closest_observation")
    return Range(*(float(value) if np.isfinite(value) else None for value in (values[0], low, high)))


def _recovery(bound: float, paths: Array, days: Array, lowest: Any, tails: tuple[float, float]) -> Recovery:
    """First day after the nadir at or above the bound; 0 where the count never falls below it."""
    import numpy as np

    found = np.full(len(paths), np.inf)
    for at, (path, start) in enumerate(zip(paths, lowest, strict=True)):
        if path[start] >= bound:
            found[at] = 0.0
            continue
        above = np.flatnonzero(path[start:] >= bound)
        if len(above):
            found[at] = days[start + above[0]]
    return Recovery(bound, _range(found, tails), float(np.mean(np.isinf(found[1:]))))

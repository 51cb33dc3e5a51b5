"""The model of `model.py` fitted to one patient's counts: few counts free few parameters, too few free none.

Counts are compared as log(count + floor), so that a count of nearly nothing weighs no more than others; a count that
the laboratory gives as "less than" only pulls where the model is above it. No randomness: see `predict.py` for draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from posolog.course.blood.model import NAMES, Injections, counts_at
from posolog.evidence.shipped import claim

if TYPE_CHECKING:
    from posolog.course.blood.model import Array

FLOOR = {"neutrophils": 0.05, "platelets": 2.0, "leucocytes": 0.1, "lymphocytes": 0.05}  # in 10^9/L
SMALLEST_SIGMA = 0.1  # of a log count: what counting itself scatters, however well the model fits
FARTHEST = 1.0  # scatter of a log count from which there is no fit to speak of
WIDEST = 1.0  # standard error of a log parameter from which it is not told by the counts
BOUNDS = {"circ0": (1e-3, 5e3), "slope": (1e-3, 1e3), "mtt_h": (24.0, 600.0), "gamma": (0.02, 0.6)}
# Free parameters by the number of counts after the first injection; gamma needs a recovery, which it describes.
TIERS = ((11, ("slope", "mtt_h", "gamma", "circ0")), (8, ("slope", "mtt_h", "gamma")), (5, ("slope", "mtt_h")),
         (3, ("slope",)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Data:
    """Counts after the first injection: `times_h` ascending and positive, `values` in 10^9/L, `below` for "less than".

    `baseline`: geometric mean of `n_baseline` counts up to the first injection.
    """

    analyte: str
    times_h: tuple[float, ...]
    values: tuple[float, ...]
    below: tuple[bool, ...]
    baseline: float
    n_baseline: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Estimates by name; `free` were fitted and have `errors` (standard errors of their logarithms).

    `covariance` is that of the logarithms of `free`, row by row; `sigma` the scatter of a log count on `df` degrees
    of freedom; `dropped` were free at first and let go because the counts did not tell them.
    """

    data: Data
    injections: Injections
    values: tuple[tuple[str, float], ...]
    free: tuple[str, ...]
    errors: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    sigma: float
    df: int
    dropped: tuple[str, ...] = ()


class NotIdentified(Exception):
    """The counts do not tell the parameters; the message says why, in words for the user."""


def reference(analyte: str) -> dict[str, float]:
    """Published values for parameters that are not fitted. *Source:* friberg2002 (docetaxel; read in a copy).

    The mean transit time is one of neutrophils: other counts have none here, and need it fitted.
    """
    values = {"gamma": float(claim("friberg2002", "feedback exponent (docetaxel)").value)}
    if analyte in ("neutrophils", "leucocytes"):
        values["mtt_h"] = float(claim("friberg2002", "mean transit time (docetaxel)").value)
    return values


def fit(data: Data, injections: Injections) -> Fit:
    """The best fit with as many free parameters as the counts tell.

    *Raises:* NotIdentified when not even the slope is told.
    """
    fixed = reference(data.analyte)
    free = _first_choice(data, fixed)
    dropped: tuple[str, ...] = ()
    while True:
        found = _fit(data, injections, free, fixed, dropped)
        wide = [name for name, error in zip(found.free, found.errors, strict=True) if not error < WIDEST]
        if found.sigma > FARTHEST:
            raise NotIdentified("no course of the model comes near these counts")
        if not wide:
            return found
        fewer = free[:-1]
        if not fewer or ("mtt_h" not in fewer and "mtt_h" not in fixed):
            raise NotIdentified(f"the counts do not tell {' and '.join(wide)}: they fit with values far apart")
        free, dropped = fewer, (free[-1], *dropped)


def _first_choice(data: Data, fixed: dict[str, float]) -> tuple[str, ...]:
    number = len(data.values)
    for needed, names in TIERS:
        if number < needed or ("gamma" in names and not _recovered(data)):
            continue
        if "mtt_h" not in names and "mtt_h" not in fixed:
            break
        return names
    least = 3 if "mtt_h" in fixed else 5
    raise NotIdentified(f"{number} counts after the first injection; at least {least} are needed")


def _recovered(data: Data) -> bool:
    """Whether the last count stands clearly above the lowest."""
    return data.values[-1] > 2 * min(data.values) + FLOOR[data.analyte]


def _fit(data: Data, injections: Injections, free: tuple[str, ...], fixed: dict[str, float], dropped: Any) -> Fit:
    import numpy as np
    from scipy.optimize import least_squares

    start = {"circ0": data.baseline, **fixed}
    start.setdefault("mtt_h", 120.0)

    def rows(logs: Any) -> Array:
        """Full parameter rows of several points of the free ones' logarithms, shape (points, free)."""
        return parameter_rows(np.exp(np.atleast_2d(logs)), free, start)

    def residuals(logs: Any) -> Any:
        return _residuals(data, injections, rows(logs))[0]

    def jacobian(logs: Any) -> Any:
        step = 1e-4
        points = np.vstack([logs + step * np.eye(len(logs)), logs - step * np.eye(len(logs))])
        both = _residuals(data, injections, rows(points))
        return ((both[: len(logs)] - both[len(logs) :]) / (2 * step)).T

    low, high = (np.log([BOUNDS[name][side] for name in free]) for side in (0, 1))
    first = _grid(data, injections, free, start)
    done = least_squares(residuals, np.clip(first, low + 1e-6, high - 1e-6), jacobian, bounds=(low, high), x_scale=1.0)
    df = max(1, len(data.values) + ("circ0" in free) - len(free))
    sigma = max(SMALLEST_SIGMA, float(np.sqrt(2 * done.cost / df)))
    slopes = jacobian(done.x)
    covariance = sigma**2 * np.linalg.pinv(slopes.T @ slopes, rcond=1e-10)
    blind = np.linalg.norm(slopes, axis=0) < 1e-6
    errors = np.where(blind, np.inf, np.sqrt(np.diag(covariance)))
    values = dict(zip(NAMES, rows(done.x)[0].tolist(), strict=True))
    return Fit(
        data, injections, tuple(values.items()), free, tuple(errors.tolist()),
        tuple(tuple(row) for row in covariance.tolist()), sigma, df, dropped,
    )  # fmt: skip


def parameter_rows(points: Array, free: tuple[str, ...], others: dict[str, float]) -> Array:
    """Rows of all parameters, shape (points, 4), from those of the free ones, shape (points, free)."""
    import numpy as np

    columns = [points[:, free.index(name)] if name in free else np.full(len(points), others[name]) for name in NAMES]
    return np.column_stack(columns)


def _residuals(data: Data, injections: Injections, rows: Array) -> Array:
    """Shape (points, counts + 1): log of the model minus log of the count, 0 where "less than" is kept.

    The last column is the baseline's, weighted by the number of counts that it is the mean of.
    """
    import numpy as np

    floor = FLOOR[data.analyte]
    model = counts_at(np.array(data.times_h), rows, injections)
    found = np.log(np.maximum(model, 0.0) + floor) - np.log(np.array(data.values) + floor)
    found = np.where(np.array(data.below) & (found < 0), 0.0, found)
    start = np.log(rows[:, :1] + floor) - np.log(data.baseline + floor)
    return np.hstack([found, start * data.n_baseline**0.5])


def _grid(data: Data, injections: Injections, free: tuple[str, ...], start: dict[str, float]) -> Array:
    """The best of a coarse grid of slopes and transit times, as logarithms: the squares have several valleys."""
    import numpy as np

    slopes = np.geomspace(0.02, 60.0, 24)
    transits = np.geomspace(60.0, 300.0, 9) if "mtt_h" in free else np.array([start["mtt_h"]])
    pairs = np.array([(slope, transit) for slope in slopes for transit in transits])
    points = np.ones((len(pairs), len(free)))
    for at, name in enumerate(free):
        points[:, at] = pairs[:, 0] if name == "slope" else pairs[:, 1] if name == "mtt_h" else start[name]
    squares = (_residuals(data, injections, parameter_rows(points, free, start)) ** 2).sum(axis=1)
    best: Array = np.log(points[int(np.argmin(squares))])
    return best

"""The candidate curves, their bounds, and the exponentials of which they are made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Injections = tuple[tuple[float, float], ...]
ONE_INJECTION: Injections = ((0.0, 1.0),)


@dataclass(frozen=True, slots=True)
class Model:
    """f(t) = sum over i of (signs @ amplitude)_i exp(-rate_i t), amplitudes >= 0.

    `signs` has a row per exponential and a column per amplitude: uptake is one amplitude with +1 and -1, so that
    the curve starts at zero. The number of parameters is exponentials + amplitudes.
    """

    name: str
    signs: tuple[tuple[float, ...], ...]
    grid: int

    @property
    def rates(self) -> int:
        return len(self.signs)

    @property
    def amplitudes(self) -> int:
        return len(self.signs[0])

    @property
    def parameters(self) -> int:
        return self.rates + self.amplitudes

    @property
    def least_points(self) -> int:
        """One point to spare, two for three exponentials: beyond that a curve bends between the points as it likes."""
        return self.parameters + (1 if self.rates < 3 else 2)

    @property
    def matrix(self) -> Floats:
        return np.array(self.signs)

    @property
    def starts(self) -> Floats:
        """What each amplitude adds to f(0)."""
        return np.asarray(self.matrix.sum(axis=0))


MODELS = (
    Model("mono-exponential", ((1.0,),), 24),
    Model("bi-exponential", ((1.0, 0.0), (0.0, 1.0)), 16),
    Model("uptake and clearance", ((1.0,), (-1.0,)), 16),
    Model("uptake and two clearances", ((1.0, 0.0), (0.0, 1.0), (-1.0, -1.0)), 12),
    Model("tri-exponential", ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), 12),
    Model("uptake after a start, and clearance", ((1.0, 1.0), (0.0, -1.0)), 16),
)

# What is injected into blood cannot rise there afterwards; the whole body likewise. Organs may take up.
CLEARANCE = (MODELS[0], MODELS[1], MODELS[4])


@dataclass(frozen=True, slots=True)
class Bounds:
    """Rates from `slowest` (the physical decay: nothing stays longer) to `fastest`; f(0) at most `ceiling`.

    Arrays have one value a curve; rates per hour, the ceiling in the unit of the curve.
    """

    slowest: Floats
    fastest: Floats
    ceiling: Floats


def bounds(
    times_h: Floats, values: Floats, used: NDArray[np.bool_], *, physical_per_h: float, ceiling: Floats | None
) -> Bounds:
    """The bounds of each curve.

    The fastest rate leaves 5 % of a term at the first sample (exp(-3)): what is gone before anyone looked cannot be
    fitted. The rule for 0 to the first sample: the curve is followed back to 0, at most to `ceiling` (the injected
    activity where it is known), else to three times the highest value corrected for decay to 0.
    """
    many = len(times_h)
    first = np.where(used & (times_h > 0), times_h, np.inf).min(axis=1)
    fastest = np.maximum(3.0 / np.where(np.isfinite(first), first, 1.0), 4 * physical_per_h)
    if ceiling is None:
        back = np.where(used, values * np.exp(physical_per_h * times_h), 0.0)
        top = 3.0 * back.max(axis=1)
    else:
        top = np.broadcast_to(np.asarray(ceiling, dtype=float), (many,)).copy()
    return Bounds(np.full(many, physical_per_h), fastest, np.maximum(top, 1e-300))


def exponentials(times_h: Floats, rates: Floats, injections: Injections = ONE_INJECTION) -> tuple[Floats, Floats]:
    """exp(-rate t) and its derivative by log rate, shape (curves, times, rates).

    `times_h` has shape (curves, times), `rates` (curves, rates) per hour. Each of `injections` is (hours after the
    first, amount relative to the first): later ones add the same response again (superposition).
    """
    whole = np.zeros((*times_h.shape, rates.shape[1]))
    slope = np.zeros_like(whole)
    for start, share in injections:
        since = times_h - start
        after = (since >= 0)[:, :, None]
        exponent = np.maximum(since, 0.0)[:, :, None] * rates[:, None, :]
        term = np.where(after, share * np.exp(-exponent), 0.0)
        whole += term
        slope -= exponent * term
    return whole, slope

"""The trapezoid with a tail: a curve that assumes no model between the points, beside the exponential fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trapezoid:
    """Integral from 0 to infinity and its parts, in the curve's unit times hours.

    `before` reaches from 0 to the first point, `between` over the points, `tail` beyond the last. `u` holds the
    measurements' sigmas, and for `before` the half-width of the two rules (flat but for decay; rising from zero).
    """

    value: float
    u: float
    before: float
    between: float
    tail: float
    tail_rate_per_h: float


def trapezoid(
    times_h: ArrayLike, values: ArrayLike, sigmas: ArrayLike, *, physical_per_h: float, shift_per_h: float = 0.0
) -> Trapezoid:
    """Integrate one curve of at least two points, times ascending.

    0 to the first point: the first value, corrected for decay only. Tail: the rate of the last two points, never
    slower than physical decay. `shift_per_h` changes the nuclide as in `Averaged.integral`.
    *Raises:* ValueError for fewer than two points, or times that do not ascend.
    """
    t, y, u = (np.asarray(given, dtype=float) for given in (times_h, values, sigmas))
    if len(t) < 2 or (np.diff(t) <= 0).any():
        raise ValueError("at least two points, at ascending times")
    decay = physical_per_h + shift_per_h
    factor = np.exp(-shift_per_h * t)
    y, u = y * factor, u * factor
    rate = max(np.log(y[-2] / y[-1]) / (t[-1] - t[-2]), decay) if y[-1] > 0 and y[-2] > 0 else decay
    first = (np.exp(decay * t[0]) - 1) / decay  # of the first value, followed back by decay
    steps = np.diff(t) / 2
    weight = np.concatenate([[0.0], steps]) + np.concatenate([steps, [0.0]])
    before, between, tail = first * y[0], float(weight @ y), y[-1] / rate
    weight[0] += first
    weight[-1] += 1 / rate
    rule = (before - y[0] * t[0] / 2) / 2
    spread = float(np.sqrt(((weight * u) ** 2).sum() + rule**2 / 3))
    return Trapezoid(float(before + between + tail), spread, float(before), between, float(tail), float(rate))

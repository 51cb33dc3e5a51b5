"""Rates that may not fall from one dose level to the next: the isotonic estimate, and the dose nearest to a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample import Floats

PRIOR_EVENTS, PRIOR_N = 0.05, 0.1  # keeps a level without events off 0, as designs of model-assisted escalation do


def isotonic(values: ArrayLike, weights: ArrayLike) -> Floats:
    """The weighted least-squares fit that does not fall; arrays of shape (n,), weights above 0.

    Neighbours in the wrong order are pooled until none is left.

    *Source:* Barlow, Bartholomew, Bremner and Brunk 1972 (pool adjacent violators).

    >>> isotonic([0.1, 0.5, 0.2], [1, 1, 1]).tolist()
    [0.1, 0.35, 0.35]
    """
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(np.asarray(values, np.float64), np.asarray(weights, np.float64), strict=True):
        blocks.append((float(value), float(weight), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (low, w1, n1), (high, w2, n2) = blocks[-2], blocks[-1]
            blocks[-2:] = [((low * w1 + high * w2) / (w1 + w2), w1 + w2, n1 + n2)]
    return np.array([value for value, _, count in blocks for _ in range(count)])


@dataclass(frozen=True, slots=True, eq=False)
class IsotonicDose:
    """`rates` (J,) isotonic, NaN at levels without patients; `chosen` the level nearest to the target, from 0."""

    rates: Floats
    chosen: int | None
    margin: float
    reasons: tuple[str, ...] = ()


def isotonic_dose(events: ArrayLike, n: ArrayLike, *, target: float) -> IsotonicDose:
    """Rates by level, (J,) in ascending order of dose, and the tried level whose rate lies nearest to `target`.

    Rate before pooling: (y + 0.05)/(n + 0.1), weight the inverse of its variance under Beta(y + 0.05, n - y + 0.05).
    Of equal rates the higher level is chosen when they lie below the target, else the lower. `margin` is by how much
    the chosen level is nearer than the next: a small one means that the choice hangs on little.

    *Source:* Liu and Yuan 2015, Applied Statistics 64:507 (selection in BOIN).
    """
    if not 0 < target < 1:
        raise ValueError(f"a target of {target} is not between 0 and 1")
    y, m = np.asarray(events, np.float64), np.asarray(n, np.float64)
    tried = np.flatnonzero(m > 0)
    rates = np.full(m.size, np.nan)
    if not tried.size:
        return IsotonicDose(rates, None, float("nan"), ("nobody was treated at any level",))
    a, b = y[tried] + PRIOR_EVENTS, m[tried] - y[tried] + PRIOR_N - PRIOR_EVENTS
    variance = a * b / ((a + b) ** 2 * (a + b + 1))
    rates[tried] = isotonic(a / (a + b), 1 / variance)
    nudged = rates[tried] + np.arange(tried.size) * 1e-10
    distance = np.abs(nudged - target)
    order = np.argsort(distance, kind="stable")
    margin = float(distance[order[1]] - distance[order[0]]) if tried.size > 1 else float("nan")
    return IsotonicDose(rates, int(tried[order[0]]), margin)

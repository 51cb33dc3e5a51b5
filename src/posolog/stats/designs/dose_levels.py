"""Toxicity by dose level: rates with exact intervals, isotonic rates, the level nearest to a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.binomial import proportion
from posolog.stats.results import Conventions, Estimate
from posolog.stats.sample import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class DoseLevels:
    """J levels, lowest first. `treated`, `toxic` (J,); `rates`: exact estimates; `isotonic` (J,): rates that never
    fall with dose, NaN for a level nobody was treated at. `chosen`: number of the level (1 the lowest) whose isotonic
    rate is nearest to `target`, None where there is none.
    """

    treated: Ints
    toxic: Ints
    rates: tuple[Estimate, ...]
    isotonic: Floats
    target: float | None
    chosen: int | None
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def isotonic(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """The non-decreasing sequence nearest to `values` in weighted squares, by pooling adjacent violators. O(n).

    *Source:* Ayer et al. 1955; Barlow et al. 1972.

    >>> isotonic([0.1, 0.3, 0.2, 0.5]).tolist()
    [0.1, 0.25, 0.25, 0.5]
    """
    y = np.asarray(values, dtype=np.float64)
    w = np.ones_like(y) if weights is None else np.asarray(weights, dtype=np.float64)
    if y.ndim != 1 or w.shape != y.shape or (w <= 0).any():
        raise ValueError("values and weights must be of one length, weights above 0")
    blocks: list[list[float]] = []  # mean, weight, how many
    for value, weight in zip(y.tolist(), w.tolist(), strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, mass, count = blocks.pop()
            last = blocks[-1]
            total = last[1] + mass
            blocks[-1] = [(last[0] * last[1] + mean * mass) / total, total, last[2] + count]
    return np.repeat([block[0] for block in blocks], [int(block[2]) for block in blocks])


def dose_levels(
    treated: ArrayLike, toxic: ArrayLike, *, target: float | None = None, level: float = 0.95
) -> DoseLevels:
    """Rates of dose-limiting toxicity by level, and with `target` the level nearest to it by isotonic rates.

    Weights of the isotonic rates are the numbers treated. Of levels equally near, the highest is taken where their
    rate is below the target, the lowest where it is not.

    *Source:* Leung and Wang 2001; Stylianou and Flournoy 2002 (isotonic estimate of the target dose).
    """
    n, y = np.asarray(treated, dtype=np.float64), np.asarray(toxic, dtype=np.float64)
    conventions = Conventions(
        "rate of toxicity by dose level", times="", interval=f"Clopper-Pearson (exact), {100 * level:g} %",
        notes=("isotonic: adjacent violators pooled, weights the numbers treated",),
    )  # fmt: skip
    if target is not None and not 0 < target < 1:
        raise ValueError(f"a target of {target} is not between 0 and 1")
    fault = _fault(n, y)
    none = np.zeros(0, dtype=np.intp)
    if fault:
        return DoseLevels(none, none, (), np.zeros(0), target, None, conventions, fault)
    rates = tuple(proportion(int(k), int(m), level=level) for k, m in zip(y, n, strict=True))
    tried = n > 0
    smooth = np.full(n.size, np.nan)
    smooth[tried] = isotonic(y[tried] / n[tried], n[tried])
    chosen = _nearest(smooth, target) if target is not None and tried.any() else None
    reasons = () if tried.any() else ("nobody was treated",)
    return DoseLevels(n.astype(np.intp), y.astype(np.intp), rates, smooth, target, chosen, conventions, reasons)


def _fault(n: Floats, y: Floats) -> tuple[str, ...]:
    if n.ndim != 1 or n.shape != y.shape or not n.size:
        return ("treated and toxic must be two columns of one length",)
    whole = np.isfinite(n).all() and np.isfinite(y).all() and (n == np.floor(n)).all() and (y == np.floor(y)).all()
    if not whole or (y < 0).any() or (y > n).any():
        return ("counts must be whole numbers, toxicities no more than patients treated",)
    return ()


def _nearest(rates: Floats, target: float) -> int:
    """Number of the level, 1 the lowest."""
    distance = np.where(np.isnan(rates), np.inf, np.abs(rates - target))
    near = np.flatnonzero(distance <= distance.min() + 1e-12)
    below = near[rates[near] < target - 1e-12]
    return int(below[-1] if below.size else near[0]) + 1

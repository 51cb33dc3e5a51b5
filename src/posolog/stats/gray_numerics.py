"""Gray's test on tie-grouped counts: score and variance in linear time of the event times."""

from __future__ import annotations

import numpy as np

from posolog.stats.incidence_numerics import before
from posolog.stats.risk import RiskTable
from posolog.stats.sample import Floats


def group_counts(table: RiskTable, cause: int) -> tuple[Floats, Floats, Floats]:
    """At risk, events of the cause and competing events, each (K, T), from a table made with times="events"."""
    place = table.causes.index(cause)
    own = np.ascontiguousarray(table.events[:, :, place].T, dtype=np.float64)
    every = np.ascontiguousarray(table.events.sum(axis=2).T, dtype=np.float64)
    return np.ascontiguousarray(table.at_risk.T, dtype=np.float64), own, every - own


def gray_score(at_risk: Floats, own: Floats, other: Floats, *, rho: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """Gray's score (K,), its variance (K, K) and expected events (K,) from counts (K, T).

    Score and variance sum to zero over groups. With S, F the Kaplan–Meier and the incidence of a group, u = Y/S(t-),
    R = u (1-F(t-)), F0 the pooled incidence with steps d/sum(u) and W = (1-F0(t-))^rho, group i scores
    sum W (d_i - R_i d/sum(R)). To first order the score is a sum over groups r of martingale steps of the cause,
    weighted a_ir + (1 - (1-F0)/S_r) Q_ir, and of competing causes, weighted (1-F0)/S_r Q_ir, where
    a_ir = W u_i (delta_ir - u_r/sum(u)) and Q_ir(t) sums a_ir dF0/(1-F0-) over later times. The steps have variance
    dF0/u_r and d2_r/u_r², each times a factor for ties, 1 - (d-1)/(sum(u) S_r(t-) - 1) and 1 - (d2_r-1)/(Y_r-1).

    *Source:* Gray 1988, Annals of Statistics 16:1141, section 2 (score) and 3 (variance under the null hypothesis).
    Meets `cmprsk::cuminc` to rounding.
    """
    present = at_risk > 0
    risk = np.where(present, at_risk, 1.0)
    survival: Floats = np.asarray(np.cumprod(1.0 - (own + other) / risk, axis=1))
    survival_before = before(survival, 1.0)
    size = np.divide(at_risk, survival_before, out=np.zeros_like(risk), where=present & (survival_before > 0))
    at_incidence = before(np.cumsum(survival_before * own / risk, axis=1), 0.0)
    total: Floats = own.sum(axis=0)
    total_size: Floats = size.sum(axis=0)
    pooled_step = np.divide(total, total_size, out=np.zeros_like(total), where=total_size > 0)
    pooled: Floats = np.cumsum(pooled_step)
    pooled_before = before(pooled, 0.0)
    free = np.maximum(1.0 - pooled_before, 0.0)
    weight = np.power(free, rho, out=np.zeros_like(free), where=free > 0) if rho else np.ones_like(free)
    expected = size * (1.0 - at_incidence)
    per_risk = np.divide(total, expected.sum(axis=0), out=np.zeros_like(total), where=expected.sum(axis=0) > 0)
    expected *= per_risk
    score = ((own - expected) * weight).sum(axis=1)
    steps = _steps(at_risk, survival, survival_before, size, total_size, pooled_step, total, other)
    alive = 1.0 - pooled_before
    hazard = np.divide(pooled_step, alive, out=np.zeros_like(total), where=alive > 0)
    variance = _variance(size, total_size, weight, hazard, 1.0 - pooled, survival, *steps)
    return score, variance, expected.sum(axis=1)


def _steps(
    at_risk: Floats, survival: Floats, survival_before: Floats, size: Floats, total_size: Floats,
    pooled_step: Floats, total: Floats, other: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Variances of the martingale steps, each (K, T): of the cause under the null, and of the competing causes."""
    there = size > 0
    spread = np.maximum(total_size * survival_before - 1.0, 0.0)
    own_ties = 1.0 - np.divide(total - 1.0, spread, out=np.zeros_like(size), where=(total > 1) & (spread > 0))
    own_step = np.divide(own_ties * pooled_step, size, out=np.zeros_like(size), where=there)
    ties = 1.0 - np.divide(other - 1.0, at_risk - 1.0, out=np.zeros_like(size), where=other > 1)
    # A competing step that ends a group's survival weighs nothing.
    other_step = np.divide(ties * other, size**2, out=np.zeros_like(size), where=there & (survival > 0))
    return own_step, other_step


def _variance(
    size: Floats, total_size: Floats, weight: Floats, hazard: Floats, free: Floats, survival: Floats,
    own_step: Floats, other_step: Floats,
) -> Floats:  # fmt: skip
    """Sum the K x K variance over groups r; per r the weights of all groups are arrays (K, T)."""
    n_groups = size.shape[0]
    share = np.divide(size, total_size, out=np.zeros_like(size), where=total_size > 0)
    variance = np.zeros((n_groups, n_groups))
    for r in range(n_groups):
        ratio = np.divide(free, survival[r], out=np.zeros_like(free), where=survival[r] > 0)
        other_weight = ratio**2 * other_step[r]
        # Rows add up to zero: K - 1 of them are computed, the last is what is left.
        cause_rows, competing_rows = np.zeros_like(size), np.zeros_like(size)
        for i in range(n_groups - 1):
            direct = weight * size[i] * ((1.0 if i == r else 0.0) - share[r])
            later = direct * hazard
            later = later.sum() - np.cumsum(later)
            cause_rows[i] = direct + (1.0 - ratio) * later
            competing_rows[i] = later
        cause_rows[-1], competing_rows[-1] = -cause_rows.sum(axis=0), -competing_rows.sum(axis=0)
        variance += (cause_rows * own_step[r]) @ cause_rows.T + (competing_rows * other_weight) @ competing_rows.T
    return variance

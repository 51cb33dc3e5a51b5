"""Gray's test on tie-grouped counts: score and variance in linear time of the event times."""

from __future__ import annotations

import numpy as np

from posolog.stats.competing.incidence_numerics import before
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
    survival = np.asarray(np.cumprod(1.0 - _ratio(own + other, at_risk), axis=1))
    survival_before = before(survival, 1.0)
    size = _ratio(at_risk, survival_before)
    total: Floats = own.sum(axis=0)
    total_size: Floats = size.sum(axis=0)
    pooled_step = _ratio(total, total_size)
    pooled: Floats = np.cumsum(pooled_step)
    alive = np.maximum(1.0 - before(pooled, 0.0), 0.0)
    weight = np.power(alive, rho, out=np.zeros_like(alive), where=alive > 0) if rho else np.ones_like(alive)
    expected = size * (1.0 - before(np.cumsum(_ratio(own, size), axis=1), 0.0))
    expected *= _ratio(total, expected.sum(axis=0))
    score = (own - expected) @ weight
    steps = _steps(at_risk, survival, survival_before, size, total_size, pooled_step, total, other)
    variance = _variance(size, total_size, weight, _ratio(pooled_step, alive), 1.0 - pooled, survival, *steps)
    return score, variance, expected.sum(axis=1)


def _ratio(top: Floats, bottom: Floats) -> Floats:
    """top / bottom, 0 where bottom is 0 (a group of whom nobody is left)."""
    there = bottom > 0
    if there.all():
        return np.asarray(top / bottom)
    shape = np.broadcast_shapes(top.shape, bottom.shape)
    return np.divide(top, bottom, out=np.zeros(shape), where=there)


def _steps(
    at_risk: Floats, survival: Floats, survival_before: Floats, size: Floats, total_size: Floats,
    pooled_step: Floats, total: Floats, other: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Variances of the martingale steps, each (K, T): of the cause under the null, and of the competing causes."""
    own_step = _ratio(pooled_step, size)
    if total.max() > 1:
        spread = np.maximum(total_size * survival_before - 1.0, 0.0)
        own_step *= 1.0 - np.where(total > 1, _ratio(total - 1.0, spread), 0.0)
    other_step = _ratio(other, size)
    other_step = _ratio(other_step, size)
    if other.max() > 1:
        other_step *= 1.0 - np.where(other > 1, _ratio(other - 1.0, np.maximum(at_risk - 1.0, 0.0)), 0.0)
    # A competing step that ends a group's survival weighs nothing.
    other_step *= survival > 0
    return own_step, other_step


def _variance(
    size: Floats, total_size: Floats, weight: Floats, hazard: Floats, free: Floats, survival: Floats,
    own_step: Floats, other_step: Floats,
) -> Floats:  # fmt: skip
    """Sum the K x K variance over groups r; rows and columns add up to zero, so K - 1 are computed, as (K - 1, T)."""
    part = np.zeros((size.shape[0] - 1, size.shape[0] - 1))
    for r in range(size.shape[0]):
        ratio = _ratio(free, survival[r])
        share = _ratio(size[r], total_size)
        direct = size[:-1] * share
        np.negative(direct, out=direct)
        if r < part.shape[0]:
            direct[r] += size[r]
        direct *= weight
        later = np.cumsum((direct * hazard)[:, ::-1], axis=1)[:, ::-1]
        later = np.concatenate((later[:, 1:], np.zeros((part.shape[0], 1))), axis=1)
        part += (later * (ratio * ratio * other_step[r])) @ later.T
        later *= 1.0 - ratio
        direct += later
        part += (direct * own_step[r]) @ direct.T
    last = -part.sum(axis=1, keepdims=True)
    return np.block([[part, last], [last.T, -last.sum(axis=0, keepdims=True)]])

"""Cumulative incidence on tie-grouped counts: the Aalen–Johansen estimate and its two variances in linear time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.risk import RiskTable
from posolog.stats.sample import Floats


@dataclass(frozen=True, slots=True, eq=False)
class CauseCounts:
    """Counts at each distinct time with an event; T times, C causes: at_risk (T,); events (C, T), one row per cause."""

    at_risk: Floats
    events: Floats


def cause_counts(table: RiskTable) -> CauseCounts:
    """Counts over all groups of a table made with times="events"."""
    at_risk = table.at_risk.sum(axis=1).astype(np.float64)
    return CauseCounts(at_risk, np.ascontiguousarray(table.events.sum(axis=1).T, dtype=np.float64))


def survival_steps(counts: CauseCounts) -> tuple[Floats, Floats]:
    """All-cause Kaplan–Meier just before and just after each event time: two arrays (T,)."""
    after = np.cumprod(1.0 - counts.events.sum(axis=0) / counts.at_risk)
    return before(after, 1.0), after


def before(steps: Floats, start: float) -> Floats:
    """The left limit of a right-continuous step function given at its jumps (last axis)."""
    shifted = np.empty_like(steps)
    shifted[..., :1] = start
    shifted[..., 1:] = steps[..., :-1]
    return shifted


def incidence(counts: CauseCounts, row: int, survival_before: Floats) -> Floats:
    """F(t) of one cause at the event times, (T,). *Source:* Aalen and Johansen 1978."""
    return np.asarray(np.cumsum(survival_before * counts.events[row] / counts.at_risk))


def greenwood_variance(counts: CauseCounts, row: int, survival_before: Floats, estimate: Floats) -> Floats:
    """Delta-method variance of F(t), (T,), in one pass.

    Var F(t) = sum over u <= t of (F(t)-F(u))² a + b - 2 (F(t)-F(u)) c, with a = d/(r(r-d)) (0 where r = d),
    b = S(u-)² d1 (r-d1)/r³ and c = S(u-) d1/r². The square is expanded, so running sums serve every t.

    *Source:* Marubini and Valsecchi 1995; Choudhury 2002 (Statistics in Medicine 21:1129). Differs from
    `cmprsk::cuminc`, which uses Gray's form (`gray_variance`).
    """
    risk, events = counts.at_risk, counts.events[row]
    all_events = counts.events.sum(axis=0)
    left = risk - all_events
    a = np.divide(all_events, risk * left, out=np.zeros_like(risk), where=left > 0)
    b = survival_before**2 * events * (risk - events) / risk**3
    c = survival_before * events / risk**2
    f = estimate
    linear = np.cumsum(a * f) + np.cumsum(c)
    constant = np.cumsum(a * f * f + b + 2.0 * c * f)
    return np.asarray(np.maximum(f * f * np.cumsum(a) - 2.0 * f * linear + constant, 0.0))


def gray_variance(counts: CauseCounts, row: int, survival_before: Floats, estimate: Floats) -> Floats:
    """Variance of F(t), (T,), from the martingale form with a correction for ties.

    A step of the cause at u weighs 1 + (F(u)-F(t))/S(u), a step of any other cause (F(u)-F(t))/S(u); each has
    variance S(u-)² d (1 - (d-1)/(r-1)) / r². Once S reaches 0 the weights are 1 and 0.

    *Source:* Gray 1988, section 3; Pepe 1991. This is the variance that `cmprsk::cuminc` prints.
    """
    own = counts.events[row]
    other = counts.events.sum(axis=0) - own
    after = survival_before * (1.0 - (own + other) / counts.at_risk)
    alive = after > 0
    inverse = np.divide(1.0, after, out=np.zeros_like(after), where=alive)
    own_step, other_step = (_step_variance(d, counts.at_risk, survival_before) for d in (own, other))
    slope = inverse * estimate
    both = own_step + other_step
    quadratic = np.cumsum(inverse**2 * both)
    linear = np.cumsum(inverse * ((1.0 + slope) * own_step + slope * other_step))
    constant = np.cumsum((1.0 + slope) ** 2 * own_step + slope**2 * other_step)
    f = estimate
    return np.asarray(np.maximum(f * f * quadratic - 2.0 * f * linear + constant, 0.0))


def _step_variance(events: Floats, at_risk: Floats, survival_before: Floats) -> Floats:
    ties = np.where(events > 1, 1.0 - (events - 1.0) / np.maximum(at_risk - 1.0, 1.0), 1.0)
    return np.asarray(survival_before**2 * ties * events / at_risk**2)

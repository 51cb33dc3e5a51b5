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


def incidences(counts: CauseCounts, survival_before: Floats) -> Floats:
    """F(t) of every cause at the event times, (C, T). *Source:* Aalen and Johansen 1978."""
    return np.asarray(np.cumsum(counts.events * (survival_before / counts.at_risk), axis=1))


def greenwood_variances(counts: CauseCounts, survival_before: Floats, survival: Floats, estimate: Floats) -> Floats:
    """Delta-method variance of F(t), (C, T), in one pass.

    Var F(t) = sum over u <= t of (F(t)-F(u))² a + b - 2 (F(t)-F(u)) c, with a = d/(r(r-d)) (0 where r = d),
    b = S(u-)² d1 (r-d1)/r³ and c = S(u-) d1/r². The square is expanded, so running sums serve every t.

    *Source:* Marubini and Valsecchi 1995; Choudhury 2002 (Statistics in Medicine 21:1129). Differs from
    `cmprsk::cuminc`, which uses Gray's form (`gray_variances`).
    """
    risk, all_events = counts.at_risk, counts.events.sum(axis=0)
    left = risk - all_events
    a = np.divide(all_events, risk * left, out=np.zeros_like(risk), where=left > 0)
    per_risk = survival_before / risk
    variance = np.empty_like(estimate)
    for row, (f, events) in enumerate(zip(estimate, counts.events, strict=True)):
        c = per_risk * events / risk
        b = c * per_risk * (risk - events)
        _expanded(f, a.copy(), a * f + c, f * (a * f + 2.0 * c) + b, out=variance[row])
    return variance


def gray_variances(counts: CauseCounts, survival_before: Floats, survival: Floats, estimate: Floats) -> Floats:
    """Variance of F(t), (C, T), from the martingale form with a correction for ties.

    A step of the cause at u weighs 1 + (F(u)-F(t))/S(u), a step of any other cause (F(u)-F(t))/S(u); each has
    variance S(u-)² d (1 - (d-1)/(r-1)) / r². Once S reaches 0 the weights are 1 and 0.

    *Source:* Gray 1988, section 3; Pepe 1991. This is the variance that `cmprsk::cuminc` prints.
    """
    inverse = np.divide(1.0, survival, out=np.zeros_like(survival), where=survival > 0)
    scale = (survival_before / counts.at_risk) ** 2
    steps = [scale * _without_ties(events, counts.at_risk) for events in counts.events]
    variance = np.empty_like(estimate)
    for row, f in enumerate(estimate):
        own = steps[row]
        if len(steps) == 2:
            other = steps[1 - row]
        else:  # the other causes together, so that their ties are too
            other = scale * _without_ties(counts.events.sum(axis=0) - counts.events[row], counts.at_risk)
        square = own + other
        square *= inverse
        square *= inverse
        cross = inverse * own
        linear = f * square
        linear += cross
        cross += linear
        cross *= f
        cross += own
        _expanded(f, square, linear, cross, out=variance[row])
    return variance


def _expanded(f: Floats, square: Floats, linear: Floats, constant: Floats, *, out: Floats) -> None:
    """f² sum(square) - 2 f sum(linear) + sum(constant), sums running; 0 where rounding would make it negative.

    Works in place: the arrays are used up, as fetching fresh memory costs more than the arithmetic.
    """
    np.cumsum(square, out=square)
    square *= f
    np.cumsum(linear, out=linear)
    linear *= 2.0
    square -= linear
    square *= f
    np.cumsum(constant, out=constant)
    square += constant
    np.maximum(square, 0.0, out=out)


def _without_ties(events: Floats, at_risk: Floats) -> Floats:
    """d (1 - (d-1)/(r-1)), which is d where events are not tied."""
    if not events.size or events.max() <= 1:
        return events
    return np.asarray(events * np.where(events > 1, 1.0 - (events - 1.0) / np.maximum(at_risk - 1.0, 1.0), 1.0))

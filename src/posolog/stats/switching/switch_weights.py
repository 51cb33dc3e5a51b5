"""The chance to stay on the arm's treatment, row by row, from a model of switching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.cox import cox
from posolog.stats.cox.weighted import at_risk_sums, rows_at_risk
from posolog.stats.logistic import logistic
from posolog.stats.sample import Bools, Floats, Ints, Sample
from posolog.stats.switching.switch_rows import SwitchRows


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Rows of the outcome model: `rows` places in the switch rows, `start`, `stop`, `event`, and the chance to have
    stayed until then by the model with changing covariates (`denominator`) and without (`numerator`)."""

    rows: Ints
    start: Floats
    stop: Floats
    event: Bools
    denominator: Floats
    numerator: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SwitchWeights:
    """One arm's switch model: coefficients with (`full`) and without (`base`) the changing covariates."""

    arm: int
    switches: int
    full: Floats
    base: Floats
    reasons: tuple[str, ...] = ()


def pooled_weights(given: SwitchRows, degree: int) -> tuple[Parts, tuple[SwitchWeights, ...]]:
    """Pooled logistic regression over eligible rows: covariates and powers of time at the row's end.

    A row's weight is the product over the person's rows before it: to be seen in a row one must not have switched
    at the end of an earlier one.
    """
    stay = np.ones((2, given.start.size))
    models: list[SwitchWeights] = []
    for arm in _switching_arms(given):
        rows = np.flatnonzero((given.arm == arm) & given.eligible)
        clock = given.stop[rows] / given.stop[rows].max()
        time = np.column_stack([clock**power for power in range(degree + 1)])
        base = np.column_stack([time, given.baseline[rows]])
        full = np.column_stack([base, given.changing[rows]])
        outcome = given.switch[rows].astype(np.float64)
        fits = [logistic(design, outcome) for design in (full, base)]
        reasons = tuple(dict.fromkeys(words for fit in fits for words in fit.reasons))
        models.append(SwitchWeights(arm, int(outcome.sum()), fits[0].coef, fits[1].coef, reasons))
        for k, fit in enumerate(fits):
            stay[k, rows] = 1.0 - fit.fitted
    until = [np.exp(_running(np.log(part), given.person)) for part in stay]
    every = np.arange(given.start.size)
    return Parts(every, given.start, given.stop, given.event, until[0], until[1]), tuple(models)


def hazard_weights(given: SwitchRows) -> tuple[Parts, tuple[SwitchWeights, ...]]:
    """Cox regression of switching on eligible rows; the chance to stay is exp(-cumulative hazard), Breslow.

    Rows are split at the arm's switch times, so that the weight is that of the switches before each piece.
    """
    arms, models, hazards = _switching_arms(given), [], {}
    for arm in arms:
        rows = np.flatnonzero((given.arm == arm) & given.eligible)
        model, hazards[arm] = _switch_hazard(given, rows, arm)
        models.append(model)
    pieces = [_split(given, arm, hazards.get(arm)) for arm in (0, 1)]
    joined = [np.concatenate([piece[k] for piece in pieces]) for k in range(5)]
    rows, start, stop = joined[0].astype(np.intp), joined[1], joined[2]
    order = np.lexsort((start, given.person[rows]))
    rows, start, stop = rows[order], start[order], stop[order]
    last = stop == given.stop[rows]
    until = [np.exp(-_running(part[order], given.person[rows])) for part in joined[3:]]
    return Parts(rows, start, stop, given.event[rows] & last, until[0], until[1]), tuple(models)


def _switching_arms(given: SwitchRows) -> list[int]:
    return [arm for arm in (0, 1) if given.switch[given.arm == arm].any()]


def _running(values: Floats, person: Ints) -> Floats:
    """Sum of the values of a person's rows before each row."""
    total = np.cumsum(values) - values
    first = np.concatenate(([True], person[1:] != person[:-1]))
    at_first = np.maximum.accumulate(np.where(first, np.arange(first.size), 0))
    return np.asarray(total - total[at_first])


Hazard = tuple[Floats, Floats, Floats, Floats, Floats]


def _switch_hazard(given: SwitchRows, rows: Ints, arm: int) -> tuple[SwitchWeights, Hazard]:
    """Coefficients, switch times and, by model, jumps of the baseline hazard and each row's relative hazard (n,)."""
    zeros = np.zeros(rows.size, dtype=np.intp)
    start, stop = given.start[rows], given.stop[rows]
    switch = given.switch[rows]
    sample = Sample(stop, switch.astype(np.intp), zeros, zeros, start=start)
    times = np.unique(stop[switch])
    low, high = rows_at_risk(start, stop, times)
    tied = np.bincount(np.searchsorted(times, stop[switch]), minlength=times.size)
    coefs, parts, reasons = [], [], []
    for design in (np.column_stack([given.baseline, given.changing]), given.baseline):
        coef = np.zeros(0)
        if design.shape[1]:
            fit = cox(sample, design[rows], ties="breslow").fit
            reasons += [words for words in fit.reasons if words not in reasons]
            coef = np.where(np.isfinite(fit.coef), fit.coef, 0.0)
        relative = np.exp(np.clip((design - design[rows].mean(axis=0)) @ coef, -300, 300))
        held = at_risk_sums(relative[rows], low, high, times.size)
        jumps = np.divide(tied, held, out=np.zeros_like(held), where=held > 0)
        coefs.append(coef)
        parts += [jumps, relative]
    model = SwitchWeights(arm, int(switch.sum()), coefs[0], coefs[1], tuple(reasons))
    return model, (times, parts[0], parts[1], parts[2], parts[3])


def _split(given: SwitchRows, arm: int, hazard: Hazard | None) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Pieces of an arm's rows: row, start, stop, and the hazard of switching at the end of the piece by both models."""
    rows = np.flatnonzero(given.arm == arm)
    if hazard is None:
        none = np.zeros(rows.size)
        return rows.astype(np.float64), given.start[rows], given.stop[rows], none, none
    times, jumps, relative, base_jumps, base_relative = hazard
    low = np.searchsorted(times, given.start[rows], side="right")
    high = np.searchsorted(times, given.stop[rows], side="left")
    count = high - low + 1  # pieces: one more than the switch times strictly inside
    row = np.repeat(rows, count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    place = np.repeat(low, count) + nth
    ends = np.append(times, np.inf)[place]
    final = nth == np.repeat(count, count) - 1
    stop = np.where(final, given.stop[row], ends)
    start = np.where(nth == 0, given.start[row], np.append(times, 0.0)[np.maximum(place - 1, 0)])
    at_switch_time = (stop == ends) & given.eligible[row]
    full = np.where(at_switch_time, np.append(jumps, 0.0)[place] * relative[row], 0.0)
    base = np.where(at_switch_time, np.append(base_jumps, 0.0)[place] * base_relative[row], 0.0)
    return row.astype(np.float64), start, stop, full, base

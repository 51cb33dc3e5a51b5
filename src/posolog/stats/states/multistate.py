"""Multi-state Aalen–Johansen: transition probabilities, their full covariance, state occupation, expected stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.results import EVENTS_FIRST, Conventions
from posolog.stats.sample import Floats
from posolog.stats.states.multistate_numerics import Jumps, jumps, product_integral
from posolog.stats.states.spells import Spells

JumpVariance = Literal["greenwood", "aalen"]
VARIANCE_WORDS = {"greenwood": "Greenwood (multinomial jumps)", "aalen": "Aalen (Poisson jumps)"}


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """P(since, t) at chosen times: S states, m times.

    `probability` (m, S, S): row state at `since`, column state at t; `se` (m, S, S); `covariance` (m, S, S, S, S):
    [k, i, j, g, h] is the covariance of P_ij and P_gh at time[k]. `jumps`: what the path was made of.
    """

    states: tuple[str, ...]
    since: float
    time: Floats
    probability: Floats
    se: Floats
    covariance: Floats
    jumps: Jumps
    conventions: Conventions
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Occupation:
    """Probability of being in each state at chosen times: `probability`, `se` (m, S); `covariance` (m, S, S).

    `initial` (S,): where persons are at the start.
    """

    states: tuple[str, ...]
    time: Floats
    probability: Floats
    se: Floats
    covariance: Floats
    initial: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()

    def of(self, *states: str) -> tuple[Floats, Floats]:
        """Probability (m,) of being in any of some states, and its standard error (m,)."""
        picked = np.array([name in states for name in self.states], dtype=np.float64)
        if unknown := set(states) - set(self.states):
            raise ValueError(f"no state {', '.join(sorted(unknown))}")
        spread = np.einsum("i,mij,j->m", picked, self.covariance, picked)
        return self.probability @ picked, np.sqrt(np.maximum(spread, 0.0))


def transition_probabilities(
    given: Spells, *, at: ArrayLike | None = None, since: float = 0.0, in_state: str | None = None,
    variance: JumpVariance = "greenwood",
) -> Transitions:  # fmt: skip
    """P(since, t) = product over event times u in (since, t] of (I + dA(u)).

    `at`: times (m,), all event times if not given. `since`: the landmark; P(since, since) = I. `in_state`: only
    persons who are in that state at `since` (landmark estimator), which needs no Markov assumption; that state's row
    is the one to read. NaN before `since` and past the longest follow-up.

    *Source:* Aalen and Johansen 1978; Andersen, Borgan, Gill and Keiding 1993, IV.4; Putter and Spitoni 2018
    (landmark). Greenwood as `mstate::probtrans`; survival's survfit prints infinitesimal jackknife errors instead.
    """
    if variance not in get_args(JumpVariance):
        raise ValueError(f"variance {variance!r} is not one of {', '.join(get_args(JumpVariance))}")
    if in_state is not None and in_state not in given.states:
        raise ValueError(f"no state {in_state}")
    kept = given if in_state is None else _landmark(given, since, in_state)
    found = jumps(kept, since)
    asked = found.time if at is None else np.atleast_1d(np.asarray(at, dtype=np.float64))
    probability, covariance = product_integral(found, asked, poisson=variance == "aalen")
    last = float(kept.stop.max()) if kept.stop.size else np.nan
    unknown = ~((asked >= since) & (asked <= last))
    probability[unknown], covariance[unknown] = np.nan, np.nan
    se = np.sqrt(np.maximum(np.einsum("mijij->mij", covariance), 0.0))
    said = _conventions(variance, since, in_state)
    reasons = _reasons(given, kept, since, in_state, last, bool(unknown.any()))
    return Transitions(given.states, since, asked, probability, se, covariance, found, said, reasons)


def _landmark(given: Spells, since: float, state: str) -> Spells:
    """All spells of the persons who are in the state at the landmark: start <= since < stop."""
    there = (given.start <= since) & (given.stop > since) & (given.origin == given.states.index(state))
    return given.take(np.isin(given.subject, given.subject[there]))


def _conventions(variance: str, since: float, in_state: str | None) -> Conventions:
    name = "Aalen–Johansen transition probabilities"
    if in_state is None:
        notes: tuple[str, ...] = (f"from {since:g} on; Markov: the future depends on the present state only",)
    else:
        notes = (f"landmark: persons in state {in_state} at {since:g}; no Markov assumption for that row",)
    return Conventions(name, ties=EVENTS_FIRST, variance=VARIANCE_WORDS[variance], notes=notes)


def _reasons(
    given: Spells, kept: Spells, since: float, in_state: str | None, last: float, unknown: bool
) -> tuple[str, ...]:
    if given.problems:
        return given.reasons
    if not kept.start.size:
        return (f"nobody is in state {in_state} at {since:g}",)
    return (f"not known before {since:g} and past the longest follow-up ({last:g})",) if unknown else ()


def occupation(
    given: Spells, *, at: ArrayLike | None = None, since: float = 0.0, initial: ArrayLike | None = None,
    variance: JumpVariance = "greenwood",
) -> Occupation:  # fmt: skip
    """Probability of each state at the times `at`: initial' P(since, t). Need not be monotone; states may come back.

    `initial` (S,): the distribution at `since`, taken as known; without it the observed fractions of those present
    just after `since`, whose multinomial variance is then part of the variance. Current GRFS is `of(...)` the states
    free of the disease and of current graft-versus-host disease.

    *Source:* Aalen and Johansen 1978. Valid without the Markov assumption: Datta and Satten 2001.
    """
    made = transition_probabilities(given, at=at, since=since, variance=variance)
    size = len(given.states)
    counts = np.bincount(given.origin[(given.start <= since) & (given.stop > since)], minlength=size)
    present = int(counts.sum())
    drawn = np.zeros((size, size))
    if initial is not None:
        start = np.asarray(initial, dtype=np.float64)
        if start.shape != (size,) or (start < 0).any() or abs(start.sum() - 1) > 1e-9:
            raise ValueError(f"initial must be {size} probabilities that sum to 1")
    else:
        start = counts / present if present else np.full(size, np.nan)
        drawn = (np.diag(start) - np.outer(start, start)) / present if present else drawn
    probability = start @ made.probability
    spread = np.einsum("i,mijgh,g->mjh", start, made.covariance, start)
    spread = spread + np.einsum("mij,ig,mgh->mjh", made.probability, drawn, made.probability)
    se = np.sqrt(np.maximum(np.einsum("mjj->mj", spread), 0.0))
    reasons = made.reasons if present or given.problems else (*made.reasons, f"nobody is present at {since:g}")
    said = made.conventions
    return Occupation(given.states, made.time, np.asarray(probability), se, spread, start, said, reasons)


def expected_stay(made: Transitions, tau: float) -> Floats:
    """Expected time spent in each state between `since` and tau, from each state at `since`: (S, S); rows sum to
    tau - since. NaN where tau lies past the longest follow-up.

    *Source:* the integral of the step function P(since, t) over t, as `mstate::ELOS`.
    """
    path, _ = product_integral(made.jumps, made.jumps.time, covariance=False)
    size = len(made.states)
    if not made.since <= tau <= made.jumps.last:
        return np.full((size, size), np.nan)
    inside = made.jumps.time < tau
    edges = np.concatenate(([made.since], made.jumps.time[inside], [tau]))
    values = np.concatenate((np.eye(size)[None], path[inside]))
    return np.asarray(np.einsum("m,mij->ij", np.diff(edges), values))

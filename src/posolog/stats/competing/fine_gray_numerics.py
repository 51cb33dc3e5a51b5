"""Fine–Gray score equations in linear time: one sort, then running sums.

Rows are sorted by time; x is (p, n), one contiguous row per covariate. The subdistribution risk set at an event time s
holds everybody with T >= s with weight 1, and whoever had a competing event before s with weight G(s-)/G(T-).

*Source:* Fine and Gray 1999, JASA 94:496, sections 3 to 5 and appendix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from posolog.stats.sample import Floats, Ints

CensoringTies = Literal["crr", "finegray"]


@dataclass(frozen=True, slots=True, eq=False)
class Subdistribution:
    """Sorted rows and where their times stand; S distinct times of the cause, U distinct censoring times.

    x (p, n). own, competing, censor_rows: positions of the rows that end so; weight: 1/G(T-) of each competing row.
    At event times: event_time (S,); tied (S,): events of the cause; event_g (S,): G(s-); event_first (S,): first row
    with T >= s; event_competing (S,): competing rows with T < s. events_until (n,): event times <= T of each row.
    At censoring times: censor_time (U,); censored (U,); censor_risk (U,): at risk of being censored, by the tie rule;
    censor_competing (U,): competing rows before; censor_events (U,): event times before. censor_until (n,): as above.
    """

    x: Floats
    own: Ints
    competing: Ints
    weight: Floats
    event_time: Floats
    tied: Floats
    event_g: Floats
    event_first: Ints
    event_competing: Ints
    events_until: Ints
    censor_time: Floats
    censored: Floats
    censor_risk: Floats
    censor_competing: Ints
    censor_events: Ints
    censor_until: Ints
    censor_rows: Ints


def arrange(time: Floats, kind: Ints, x: Floats, ties: CensoringTies) -> Subdistribution:
    """Sort rows and find every position once. time (n,); kind (n,): 0 censored, 1 the cause, 2 competing; x (p, n)."""
    order = np.argsort(time)
    sorted_time, sorted_kind = time[order], kind[order]
    own, competing, censor_rows = (np.flatnonzero(sorted_kind == code) for code in (1, 2, 0))
    event_time, tied = _distinct(sorted_time[own])
    censor_time, censored = _distinct(sorted_time[censor_rows])
    censor_first = np.searchsorted(sorted_time, censor_time, side="left")
    censor_risk = (time.size - censor_first).astype(np.float64)
    if ties == "finegray":
        past = np.searchsorted(sorted_time, censor_time, side="right")
        censor_risk -= past - censor_first - censored
    g = np.concatenate(([1.0], np.cumprod(1.0 - censored / censor_risk)))
    competing_time = sorted_time[competing]
    return Subdistribution(
        x=np.ascontiguousarray(x[:, order]),
        own=own,
        competing=competing,
        weight=1.0 / g[np.searchsorted(censor_time, competing_time, side="left")],
        event_time=event_time,
        tied=tied,
        event_g=g[np.searchsorted(censor_time, event_time, side="left")],
        event_first=np.searchsorted(sorted_time, event_time, side="left"),
        event_competing=np.searchsorted(competing_time, event_time, side="left"),
        events_until=_until(sorted_time, event_time),
        censor_time=censor_time,
        censored=censored,
        censor_risk=censor_risk,
        censor_competing=np.searchsorted(competing_time, censor_time, side="left"),
        censor_events=np.searchsorted(event_time, censor_time, side="left"),
        censor_until=_until(sorted_time, censor_time),
        censor_rows=censor_rows,
    )


def _distinct(sorted_values: Floats) -> tuple[Floats, Floats]:
    """Distinct values of a sorted array, and how often each occurs."""
    if not sorted_values.size:
        return sorted_values, sorted_values
    first = np.flatnonzero(np.concatenate(([True], sorted_values[1:] != sorted_values[:-1])))
    counts = np.diff(np.append(first, sorted_values.size)).astype(np.float64)
    return sorted_values[first], counts


def _until(sorted_time: Floats, marks: Floats) -> Ints:
    """How many of the ascending `marks` are <= each sorted time: counted, not searched."""
    steps = np.zeros(sorted_time.size + 1, dtype=np.intp)
    np.add.at(steps, np.searchsorted(sorted_time, marks, side="left"), 1)
    return np.cumsum(steps[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """One evaluation at `coef`: log partial likelihood, score (p,), information (p, p), and what the sandwich reuses.

    risk (n,): exp(x'b - shift); hazard (S,): d/S0 in that scale; mean (p, S): zbar.
    """

    loglik: float
    score: Floats
    information: Floats
    risk: Floats
    shift: float
    hazard: Floats
    mean: Floats


def evaluate(data: Subdistribution, coef: Floats) -> Fit:
    """Likelihood, score and information at `coef`.

    Each row's total exposure w_i = sum of d/S0 over the event times at which it stands in the risk set (times its
    weight) gives sum d S2/S0 = X diag(r w) X', so that only S0 and S1 need running sums.
    """
    x = data.x
    linear = coef @ x
    shift = float(linear.max())
    risk = np.exp(linear - shift)
    s0 = _in_risk_set(data, risk)
    if not s0.min() > 1e-200:  # a step so far out that a risk set's weight leaves the range of floats
        return Fit(-np.inf, coef, np.outer(coef, coef), risk, shift, s0, x)
    hazard = data.tied / s0
    mean = np.stack([_in_risk_set(data, risk * row) for row in x]) / s0
    exposed = risk * _exposure(data, hazard)
    score = x[:, data.own].sum(axis=1) - x @ exposed
    information = (x * exposed) @ x.T - (mean * data.tied) @ mean.T
    loglik = float(linear[data.own].sum() - (data.tied * np.log(s0)).sum() - shift * data.own.size)
    return Fit(loglik, score, information, risk, shift, hazard, mean)


def _in_risk_set(data: Subdistribution, values: Floats) -> Floats:
    """Weighted sum of `values` (n,) over the risk set of each event time, (S,)."""
    still = np.cumsum(values[::-1])[::-1][data.event_first]
    if not data.competing.size:
        return still
    gone = np.concatenate(([0.0], np.cumsum(values[data.competing] * data.weight)))
    return still + data.event_g * gone[data.event_competing]


def _exposure(data: Subdistribution, hazard: Floats) -> Floats:
    """Sum over event times of `hazard` (S,) times the weight that each row has there, (n,)."""
    held = _prefix(hazard)[data.events_until]
    if data.competing.size:
        later = _suffix(data.event_g * hazard)
        held[data.competing] += data.weight * later[data.events_until[data.competing]]
    return held


def _prefix(values: Floats) -> Floats:
    """Sums of the first 0, 1, ... n values along the last axis."""
    summed = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=summed[..., 1:])
    return summed


def _suffix(values: Floats) -> Floats:
    """Sums of the values from position 0, 1, ... n on along the last axis."""
    summed = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    summed[..., :-1] = np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]
    return summed


def influence(data: Subdistribution, fit: Fit) -> Floats:
    """Each row's part eta in the score when the weights are taken as known, (p, n) in sorted order."""
    hazard, mean = fit.hazard, fit.mean
    eta = np.empty_like(data.x)
    exposure = _exposure(data, hazard)
    for axis, row in enumerate(data.x):
        eta[axis] = fit.risk * (_exposure(data, hazard * mean[axis]) - row * exposure)
        eta[axis, data.own] += row[data.own] - mean[axis, data.events_until[data.own] - 1]
    return eta


def censoring_influence(data: Subdistribution, fit: Fit) -> Floats:
    """Each row's part psi in the score through the estimated censoring distribution, (p, n) in sorted order.

    q(u) = A1(u) B0(u) - A0(u) B1(u): A sums r x^m / G(T-) over competing rows with T < u, B sums G(s-) zbar^m dL over
    event times s >= u. Event times tied with u count (crr's rule; after u in the paper).
    """
    psi = np.zeros_like(data.x)
    if not data.competing.size or not data.censor_time.size:
        return psi
    weighted = fit.risk[data.competing] * data.weight
    a0 = _prefix(weighted)[data.censor_competing]
    ahead = data.event_g * fit.hazard
    b0 = _suffix(ahead)[data.censor_events]
    last = data.censor_until[data.censor_rows] - 1
    for axis, row in enumerate(data.x):
        a1 = _prefix(weighted * row[data.competing])[data.censor_competing]
        b1 = _suffix(ahead * fit.mean[axis])[data.censor_events]
        q = (a1 * b0 - a0 * b1) / data.censor_risk
        psi[axis] = -_prefix(q * data.censored / data.censor_risk)[data.censor_until]
        psi[axis, data.censor_rows] += q[last]
    return psi


def sandwich(information: Floats, parts: Floats) -> Floats:
    """I^-1 (sum of outer products of `parts` (p, n)) I^-1."""
    half = np.linalg.solve(information, parts)
    return np.asarray(half @ half.T)

"""Cox regression on weighted rows (start, stop] with a robust variance by person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.cox.likelihood import Ties
from posolog.stats.sample import Bools, Floats, Ints

STEP = 1e-10
MAX_ITERATIONS = 60
RANK = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class WeightedCox:
    """coef, robust and naive se (p,), robust covariance (p, p)."""

    coef: Floats
    se: Floats
    naive_se: Floats
    covariance: Floats
    loglik: float
    iterations: int
    last_step: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Where each event row stands: `time` (D,) its time's place in `times` (m,), `share` (D,) l/d of Efron, 0 for
    Breslow. `low`, `high` (n,): the row is at risk at the event times low <= k < high."""

    event: Ints
    time: Ints
    share: Floats
    low: Ints
    high: Ints
    count: Floats
    times: Floats


def at_risk_sums(values: Floats, low: Ints, high: Ints, m: int) -> Floats:
    """Sum of `values` (n,) over the rows at risk at each of m times: (m,)."""
    leave = np.bincount(high, weights=values, minlength=m + 1)
    enter = np.bincount(low, weights=values, minlength=m + 1)
    # From the end, where the sums are small and must stay exact.
    return np.asarray(np.cumsum((leave - enter)[:0:-1])[::-1])


def rows_at_risk(start: Floats, stop: Floats, times: Floats) -> tuple[Ints, Ints]:
    """First and past-the-last of `times` at which each row is at risk: start < t <= stop."""
    return np.searchsorted(times, start, side="right"), np.searchsorted(times, stop, side="right")


def weighted_cox(
    start: Floats, stop: Floats, event: Bools, x: Floats, weight: Floats, cluster: Ints, *, ties: Ties = "efron"
) -> WeightedCox:
    """Maximise the weighted partial likelihood; x (n, p), weight (n,) above 0, cluster (n,) numbers from 0.

    Robust variance: score residuals times weight, summed within clusters (Lin and Wei 1989). The weights are taken
    as known. *Source:* Therneau and Grambsch 2000, section 7.3. Same numbers as R
    `coxph(Surv(start, stop, event) ~ x, weights = w, cluster = id)`.
    """
    rows = _prepared(start, stop, event, ties)
    spread = x.std(axis=0)
    if not rows.event.size or (spread <= 1e-12 * np.abs(x).max(axis=0, initial=0.0)).any():
        return _nothing(x.shape[1], "no events, or a covariate with the same value in every row")
    z = (x - x.mean(axis=0)) / spread
    beta, last = np.zeros(x.shape[1]), np.inf
    now = _evaluate(rows, z, weight, beta)
    for iteration in range(1, MAX_ITERATIONS + 1):
        size = np.sqrt(np.maximum(np.diag(now.info), 1e-300))
        if np.linalg.eigvalsh(now.info / np.outer(size, size)).min() < RANK or size.min() < 1e-6:
            break
        step = np.linalg.solve(now.info, now.score)
        last = float(np.abs(step).max())
        if last < STEP:
            return _finished(rows, z, weight, cluster, now, beta + step, spread, iteration, last)
        trial = _evaluate(rows, z, weight, beta + step)
        while not trial.loglik >= now.loglik - 1e-9 * (1 + abs(now.loglik)) and np.abs(step).max() > STEP:
            step = step / 2
            trial = _evaluate(rows, z, weight, beta + step)
        beta, now = beta + step, trial
    return _nothing(x.shape[1], "no finite estimate: a covariate separates, or covariates depend on each other")


def _prepared(start: Floats, stop: Floats, event: Bools, ties: Ties) -> _Rows:
    at = np.flatnonzero(event)
    at = at[np.argsort(stop[at], kind="stable")]
    times, place, count = np.unique(stop[at], return_inverse=True, return_counts=True)
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    among = np.arange(at.size) - first[place] if at.size else at
    share = among / count[place] if ties == "efron" and at.size else np.zeros(at.size)
    low, high = rows_at_risk(start, stop, times)
    return _Rows(at, place, share, low, high, count.astype(np.float64), times)


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    loglik: float
    score: Floats
    info: Floats
    risk: Floats
    mean: Floats
    hazard: Floats


def _evaluate(rows: _Rows, x: Floats, weight: Floats, beta: Floats) -> _Now:
    """Likelihood, score, information; `mean` (D, p) and `hazard` (D,) belong to each event row in Efron's order."""
    linear = x @ beta
    shift = linear.max()
    risk = weight * np.exp(linear - shift)
    m = rows.times.size

    def over(values: Floats) -> Floats:
        everybody = at_risk_sums(values, rows.low, rows.high, m)
        tied = np.bincount(rows.time, weights=values[rows.event], minlength=m)
        return np.asarray(everybody[rows.time] - rows.share * tied[rows.time])

    s0 = over(risk)
    if not s0.min() > 1e-200:  # a step so far out that a risk set's weight leaves the range of floats
        return _Now(-np.inf, beta, np.outer(beta, beta), risk, x[rows.event], s0)
    mean = np.stack([over(risk * column) for column in x.T], axis=1) / s0[:, None]
    own = weight[rows.event]
    average = (np.bincount(rows.time, weights=own, minlength=m) / rows.count)[rows.time]
    score = own @ x[rows.event] - average @ mean
    p = x.shape[1]
    second = np.array([[(average * over(risk * x[:, a] * x[:, b]) / s0).sum() for b in range(p)] for a in range(p)])
    info = second - (mean * average[:, None]).T @ mean
    loglik = float((own * linear[rows.event]).sum() - (average * (np.log(s0) + shift)).sum())
    return _Now(loglik, np.asarray(score), info, risk, mean, average / s0)


def _residuals(rows: _Rows, x: Floats, weight: Floats, now: _Now) -> Floats:
    """Weighted score residuals, (n, p)."""
    m = rows.times.size
    total = np.empty_like(x)
    tied = np.zeros_like(x)
    drop = now.hazard * rows.share

    def spread(steps: Floats) -> Floats:
        summed = np.concatenate(([0.0], np.cumsum(np.bincount(rows.time, weights=steps, minlength=m))))
        return np.asarray(summed[rows.high] - summed[rows.low])

    held = spread(now.hazard)
    eased = np.bincount(rows.time, weights=drop, minlength=m)[rows.time]
    for a in range(x.shape[1]):
        total[:, a] = now.risk * (spread(now.hazard * now.mean[:, a]) - x[:, a] * held)
        # A tied event is at risk for itself and its ties in part only.
        back = np.bincount(rows.time, weights=drop * now.mean[:, a], minlength=m)[rows.time]
        expected = (np.bincount(rows.time, weights=now.mean[:, a], minlength=m) / rows.count)[rows.time]
        own_x = x[rows.event, a]
        tied[rows.event, a] = weight[rows.event] * (own_x - expected) + now.risk[rows.event] * (own_x * eased - back)
    return total + tied


def _finished(
    rows: _Rows, z: Floats, weight: Floats, cluster: Ints, now: _Now, beta: Floats, spread: Floats,
    iteration: int, last: float,
) -> WeightedCox:  # fmt: skip
    naive = np.linalg.inv(now.info)
    parts = _residuals(rows, z, weight, now) @ naive
    sums: Floats = np.stack([np.bincount(cluster, weights=column) for column in parts.T], axis=1)
    covariance = sums.T @ sums / np.outer(spread, spread)
    return WeightedCox(
        beta / spread, np.sqrt(np.diag(covariance)), np.sqrt(np.diag(naive)) / spread, covariance, now.loglik,
        iteration, last,
    )  # fmt: skip


def _nothing(p: int, words: str) -> WeightedCox:
    nan = np.full(p, np.nan)
    return WeightedCox(nan, nan, nan, np.full((p, p), np.nan), np.nan, 0, np.nan, (words,))

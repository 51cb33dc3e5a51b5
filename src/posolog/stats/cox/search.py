"""The maximum of Cox's partial likelihood: Newton's search, columns without information, coefficients without bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.cox.likelihood import AtBeta, Ties, at_beta, information, score
from posolog.stats.cox.rows import CoxRows
from posolog.stats.sample import Bools, Floats

STEP = 1e-10  # largest step, per standard deviation of the covariate, at which a fit has converged
DEPENDENT = 1e-9  # share of a column's information left by the columns before it
STEP_AT_ROUNDING = 1e-7  # the same where no smaller step raises the likelihood any more
VANISHED = 1e-9  # share of a column's information at 0 below which its coefficient has gone to infinity
RISING = 1e-3  # a step above this while the likelihood stands still: the coefficient goes to infinity


@dataclass(slots=True)
class Search:
    """Where Newton's search stands: `active` columns are still estimated, `infinite` ones are held where they are."""

    beta: Floats
    at: AtBeta
    info: Floats
    active: Bools
    infinite: Bools
    iterations: int = 0
    last_step: float = 0.0
    converged: bool = False


def newton(rows: CoxRows, used: Bools, null: AtBeta, info: Floats, ties: Ties, most: int) -> Search:
    """Maximise over the used columns; those whose coefficient grows without bound are found, and held far out."""
    now = Search(np.zeros(used.size), null, info, used.copy(), np.zeros_like(used))
    least = VANISHED * np.diag(info)
    now.converged = not used.any()
    while not now.converged and now.iterations < most:
        before = now.at.loglik
        wanted = inverse_over(now.info, now.active) @ score(rows, now.at)
        taken = _moved(rows, now, wanted, ties)
        now.iterations += 1
        now.last_step = float(np.abs(wanted if taken is None else taken).max(initial=0.0))
        if taken is None:
            now.converged = now.last_step < STEP_AT_ROUNDING
            break
        now.info = information(rows, now.at)
        still = now.at.loglik - before <= 1e-9 * (1 + abs(before))
        rising = now.active & ((np.diag(now.info) <= least) | (still & (np.abs(taken) > RISING)))
        rising |= _degenerate(now.info, now.active & ~rising)
        if rising.any():
            _held(rows, now, rising, taken, ties)
        else:
            now.converged = now.last_step < STEP * max(1.0, float(np.abs(now.beta[now.active]).max(initial=0.0)))
    return now


def _degenerate(info: Floats, active: Bools) -> Bools:
    """Columns that carry a direction in which no information is left, though it was there at 0."""
    found = np.zeros_like(active)
    if active.any():
        part = info[np.ix_(active, active)]
        size = np.sqrt(np.diag(part))
        values, vectors = np.linalg.eigh(part / np.outer(size, size))
        if values[0] < VANISHED / 10:
            weight = np.abs(vectors[:, 0])
            found[np.flatnonzero(active)[weight > 0.3 * weight.max()]] = True
    return found


def _moved(rows: CoxRows, now: Search, step: Floats, ties: Ties) -> Floats | None:
    """Move by the step, halved until the likelihood does not fall (beyond rounding); the step taken, None for none."""
    allowed = 1e-12 * (1 + abs(now.at.loglik))
    for _ in range(40):
        trial = at_beta(rows, now.beta + step, ties)
        if trial.is_finite() and trial.loglik >= now.at.loglik - allowed:
            now.beta, now.at = now.beta + step, trial
            return step
        step = step / 2
    return None


def _held(rows: CoxRows, now: Search, rising: Bools, step: Floats, ties: Ties) -> None:
    """Take columns out of the search, pushed on along the last step, so that the others find their limit."""
    now.infinite |= rising
    now.active &= ~rising
    further = at_beta(rows, now.beta + np.where(rising, 15 * step, 0.0), ties)
    if further.is_finite() and further.loglik >= now.at.loglik - 1e-9:
        now.beta, now.at = now.beta + np.where(rising, 15 * step, 0.0), further
    now.info = information(rows, now.at)
    now.converged = not now.active.any()


def inverse_over(info: Floats, used: Bools) -> Floats:
    """The inverse over the used columns, zero elsewhere; columns are brought to one scale first."""
    result = np.zeros_like(info)
    if used.any():
        part = info[np.ix_(used, used)]
        size = np.sqrt(np.maximum(np.diag(part), np.finfo(float).tiny))
        result[np.ix_(used, used)] = np.linalg.pinv(part / np.outer(size, size), hermitian=True) / np.outer(size, size)
    return result


def independent(info: Floats, names: tuple[str, ...]) -> tuple[Bools, tuple[str, ...]]:
    """Columns that bring information of their own, in order; and words about those that bring none."""
    used = np.zeros(len(names), dtype=np.bool_)
    reasons: tuple[str, ...] = ()
    for j, name in enumerate(names):
        own = float(info[j, j])
        if own <= DEPENDENT * max(1.0, float(np.diag(info).max())):
            reasons += (f"{name} does not vary among those at risk together: not estimable",)
            continue
        before = np.flatnonzero(used)
        row = info[j, before]
        left = own - float(row @ inverse_over(info, used)[np.ix_(before, before)] @ row)
        if left <= DEPENDENT * own:
            weight = np.abs(inverse_over(info, used)[np.ix_(before, before)] @ row)
            partners = ", ".join(names[k] for k, w in zip(before, weight, strict=True) if w > 1e-6)
            reasons += (f"{name} is a linear combination of {partners}: not estimable beside them",)
            continue
        used[j] = True
    return used, reasons

"""Cox's proportional hazards regression: ties, strata, delayed entry, rows (start, stop], robust variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox_likelihood import AtBeta, Ties, at_beta, information, score, score_residuals
from posolog.stats.cox_rows import CoxRows, covariate_matrix, cox_rows
from posolog.stats.numbers import chi2_p, normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Regression, events_words
from posolog.stats.sample import Bools, Floats, Ints, Sample

NAN = float("nan")
STEP = 1e-10  # largest step, per standard deviation of the covariate, at which a fit has converged
DEPENDENT = 1e-9  # share of a column's information left by the columns before it
STEP_AT_ROUNDING = 1e-7  # the same where no smaller step raises the likelihood any more
VANISHED = 1e-9  # share of a column's information at 0 below which its coefficient has gone to infinity
RISING = 1e-3  # a step above this while the likelihood stands still: the coefficient goes to infinity
TIE_WORDS = {"efron": "Efron", "breslow": "Breslow"}


@dataclass(frozen=True, slots=True, eq=False)
class Cox:
    """A fitted model: `fit` holds the coefficients; `lr`, `wald`, `score` are (chi-squared, df, p) of all at once.

    `rows`, `at` and `beta` (standardised) are what baseline, residuals and tests of proportionality need; None where
    nothing could be fitted. `used` (p,) marks the columns that were estimated. `sample`: events of interest as code 1.
    """

    fit: Regression
    lr: tuple[float, int, float]
    wald: tuple[float, int, float]
    score: tuple[float, int, float]
    rows: CoxRows | None
    at: AtBeta | None
    beta: Floats
    used: Bools
    ties: Ties
    sample: Sample


@dataclass(slots=True)
class _Search:
    """Where Newton's search stands: `active` columns are still estimated, `infinite` ones are held where they are."""

    beta: Floats
    at: AtBeta
    info: Floats
    active: Bools
    infinite: Bools
    iterations: int = 0
    last_step: float = 0.0
    converged: bool = False


def cox(
    given: Sample,
    covariates: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    ties: Ties = "efron",
    robust: bool = False,
    cluster: ArrayLike | None = None,
    cause: int | None = None,
    level: float = 0.95,
    max_iterations: int = 50,
) -> Cox:
    """Log hazard ratios of `covariates` (n, p) by partial likelihood, within the strata of the sample.

    Time-dependent covariates: give the sample rows (start, time], see `split_at_exposure`. `robust`: sandwich
    variance; `cluster` (n,): the same, with rows of one label taken together. `cause`: the cause-specific hazard.

    Newton from 0, steps halved where the likelihood falls, until the largest step is below 1e-10 standard deviations.
    A covariate that depends on those before it gets NaN, one whose coefficient grows without bound gets ±infinity;
    `fit.reasons` says so. Differs from R: R stops when the likelihood's relative change is below 1e-9.

    *Source:* Cox 1972; Efron 1977; Breslow 1974; Lin and Wei 1989 (robust).
    """
    if ties not in TIE_WORDS:
        raise ValueError(f"ties {ties!r} is neither efron nor breslow")
    matrix, faults = covariate_matrix(given, covariates)
    named = tuple(names) if names is not None else tuple(f"x{j}" for j in range(1, matrix.shape[1] + 1))
    if len(named) != matrix.shape[1] and not faults:
        raise ValueError(f"{len(named)} names for {matrix.shape[1]} covariates")
    one = given.of_cause(cause)
    events = int((one.event == 1).sum())
    reasons = given.reasons + faults or (("there are no events",) if events == 0 else ())
    conventions = _conventions(one, ties, "inverse information", level)
    if reasons:
        return _nothing(named, one, events, conventions, reasons, ties)
    rows = cox_rows(one, matrix)
    return _fitted(rows, named, one, ties, robust, cluster, level, max_iterations)


def _fitted(
    rows: CoxRows, names: tuple[str, ...], one: Sample, ties: Ties, robust: bool, cluster: ArrayLike | None,
    level: float, max_iterations: int,
) -> Cox:  # fmt: skip
    null = at_beta(rows, np.zeros(len(names)), ties)
    info = information(rows, null)
    used, dependent = _independent(info, names)
    search = _newton(rows, used, null, info, ties, max_iterations)
    rising, sound = search.infinite, search.active & search.converged
    naive = inverse_over(search.info, sound)
    covariance, words = naive, "inverse information"
    if robust or cluster is not None:
        labels, fault = _clusters(cluster, one.n)
        covariance, words = _sandwich(rows, search.at, naive, labels)
        dependent += fault
    reasons = dependent + _rising(names, rising, search.beta) + _unfinished(search)
    conventions = _conventions(one, ties, words, level, search)
    fit = _regression(
        rows, names, search, sound, rising, (naive, covariance), null.loglik, one, conventions, reasons, level
    )
    u = score(rows, null)
    u_stat = float(u[used] @ inverse_over(info, used)[np.ix_(used, used)] @ u[used])
    beta = search.beta[sound]
    w_stat = float(beta @ np.linalg.pinv(covariance[np.ix_(sound, sound)], hermitian=True) @ beta)
    df = int(used.sum())
    return Cox(
        fit, _test(2 * (search.at.loglik - null.loglik), df), _test(w_stat, int(sound.sum())), _test(u_stat, df),
        rows, search.at, search.beta, used, ties, one,
    )  # fmt: skip


def _test(statistic: float, df: int) -> tuple[float, int, float]:
    return (statistic, df, chi2_p(statistic, df)) if df else (NAN, 0, NAN)


def _newton(rows: CoxRows, used: Bools, null: AtBeta, info: Floats, ties: Ties, most: int) -> _Search:
    """Maximise over the used columns; those whose coefficient grows without bound are found, and held far out."""
    now = _Search(np.zeros(used.size), null, info, used.copy(), np.zeros_like(used))
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


def _moved(rows: CoxRows, now: _Search, step: Floats, ties: Ties) -> Floats | None:
    """Move by the step, halved until the likelihood does not fall (beyond rounding); the step taken, None for none."""
    allowed = 1e-12 * (1 + abs(now.at.loglik))
    for _ in range(40):
        trial = at_beta(rows, now.beta + step, ties)
        if trial.is_finite() and trial.loglik >= now.at.loglik - allowed:
            now.beta, now.at = now.beta + step, trial
            return step
        step = step / 2
    return None


def _held(rows: CoxRows, now: _Search, rising: Bools, step: Floats, ties: Ties) -> None:
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


def _independent(info: Floats, names: tuple[str, ...]) -> tuple[Bools, tuple[str, ...]]:
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


def _rising(names: tuple[str, ...], rising: Bools, beta: Floats) -> tuple[str, ...]:
    words = [f"{names[j]} towards {'+' if beta[j] > 0 else '-'}infinity" for j in np.flatnonzero(rising)]
    return (f"separation: the likelihood has no maximum, {', '.join(words)}",) if words else ()


def _unfinished(search: _Search) -> tuple[str, ...]:
    if search.converged:
        return ()
    return (f"not converged after {search.iterations} iterations, last step {search.last_step:.1e}",)


def _clusters(cluster: ArrayLike | None, n: int) -> tuple[Ints | None, tuple[str, ...]]:
    if cluster is None:
        return None, ()
    raw = np.asarray(cluster)
    if raw.shape != (n,):
        return None, (f"cluster: {raw.size} values for {n} rows; rows are taken as independent",)
    return np.unique(raw, return_inverse=True)[1].astype(np.intp), ()


def _sandwich(rows: CoxRows, at: AtBeta, naive: Floats, labels: Ints | None) -> tuple[Floats, str]:
    """D'D with D = score residuals times the inverse information, summed within clusters."""
    residuals = score_residuals(rows, at) @ naive
    if labels is None:
        return residuals.T @ residuals, "robust sandwich, rows independent (Lin-Wei)"
    own = labels[rows.source]
    sums: Floats = np.stack([np.bincount(own, weights=column) for column in residuals.T], axis=1)
    return sums.T @ sums, f"robust sandwich, {int(labels.max()) + 1} clusters (Lin-Wei)"


def _regression(
    rows: CoxRows, names: tuple[str, ...], search: _Search, sound: Bools, rising: Bools,
    variances: tuple[Floats, Floats], loglik_null: float, one: Sample, conventions: Conventions,
    reasons: tuple[str, ...], level: float,
) -> Regression:  # fmt: skip
    naive, covariance = variances
    coef = np.where(sound, search.beta / rows.scale, NAN)
    coef[rising] = np.copysign(np.inf, search.beta[rising])
    unscaled = np.outer(rows.scale, rows.scale)
    known = np.outer(sound, sound)
    variance, plain = np.where(known, covariance / unscaled, NAN), np.where(known, naive / unscaled, NAN)
    with np.errstate(all="ignore"):
        se = np.sqrt(np.diag(variance))
        half = normal_quantile(level) * se
        z = coef / se
        return Regression(
            names, coef, se, np.exp(coef), np.exp(coef - half), np.exp(coef + half), z, two_sided_p(z), variance,
            np.sqrt(np.diag(plain)), loglik_null, search.at.loglik, one.n, rows.event.size, conventions, reasons,
        )  # fmt: skip


def _conventions(one: Sample, ties: Ties, variance: str, level: float, search: _Search | None = None) -> Conventions:
    strata = f", {len(one.strata)} strata" if len(one.strata) > 1 else ""
    found = (search.iterations, search.last_step, search.converged) if search else (None, None, None)
    return Conventions(
        f"Cox partial likelihood{strata}", events=events_words(one), ties=TIE_WORDS[ties], variance=variance,
        interval=f"Wald on the log hazard ratio, {100 * level:g} %",
        iterations=found[0], last_step=found[1], converged=found[2],
    )  # fmt: skip


def _nothing(
    names: tuple[str, ...], one: Sample, events: int, conventions: Conventions, reasons: tuple[str, ...], ties: Ties
) -> Cox:
    none = np.full(len(names), NAN)
    square = np.full((len(names), len(names)), NAN)
    fit = Regression(
        names, none, none, none, none, none, none, none, square, none, NAN, NAN, one.n, events, conventions, reasons
    )
    no_test = (NAN, 0, NAN)
    used = np.zeros(len(names), dtype=np.bool_)
    return Cox(fit, no_test, no_test, no_test, None, None, none, used, ties, one)

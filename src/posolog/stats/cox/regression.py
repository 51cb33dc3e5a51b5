"""Cox's proportional hazards regression: ties, strata, delayed entry, rows (start, stop], robust variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox.likelihood import AtBeta, Ties, at_beta, information, score, score_residuals
from posolog.stats.cox.rows import CoxRows, covariate_matrix, cox_rows
from posolog.stats.cox.search import Search, independent, inverse_over, newton
from posolog.stats.numbers import chi2_p, normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Regression, events_words
from posolog.stats.sample import Bools, Floats, Ints, Sample

NAN = float("nan")
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
    used, dependent = independent(info, names)
    search = newton(rows, used, null, info, ties, max_iterations)
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
    ratio = _test(2 * (search.at.loglik - null.loglik), int(used.sum()))
    wald, scored = _wald(search.beta, covariance, sound), _score_test(rows, null, info, used)
    return Cox(fit, ratio, wald, scored, rows, search.at, search.beta, used, ties, one)


def _wald(beta: Floats, covariance: Floats, sound: Bools) -> tuple[float, int, float]:
    own = beta[sound]
    statistic = float(own @ np.linalg.pinv(covariance[np.ix_(sound, sound)], hermitian=True) @ own)
    return _test(statistic, int(sound.sum()))


def _score_test(rows: CoxRows, null: AtBeta, info: Floats, used: Bools) -> tuple[float, int, float]:
    slope = score(rows, null)[used]
    return _test(float(slope @ inverse_over(info, used)[np.ix_(used, used)] @ slope), int(used.sum()))


def _test(statistic: float, df: int) -> tuple[float, int, float]:
    return (statistic, df, chi2_p(statistic, df)) if df else (NAN, 0, NAN)


def _rising(names: tuple[str, ...], rising: Bools, beta: Floats) -> tuple[str, ...]:
    words = [f"{names[j]} towards {'+' if beta[j] > 0 else '-'}infinity" for j in np.flatnonzero(rising)]
    return (f"separation: the likelihood has no maximum, {', '.join(words)}",) if words else ()


def _unfinished(search: Search) -> tuple[str, ...]:
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
    rows: CoxRows, names: tuple[str, ...], search: Search, sound: Bools, rising: Bools,
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


def _conventions(one: Sample, ties: Ties, variance: str, level: float, search: Search | None = None) -> Conventions:
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

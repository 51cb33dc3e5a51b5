"""Fine–Gray regression: proportional subdistribution hazards of one cause, with the tie and variance rules named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.competing.fine_gray_fit import RANK, maximise
from posolog.stats.competing.fine_gray_numerics import (
    CensoringTies,
    Fit,
    Subdistribution,
    arrange,
    censoring_influence,
    influence,
    sandwich,
)
from posolog.stats.cox.rows import covariate_matrix
from posolog.stats.numbers import normal_quantile, step_at, two_sided_p
from posolog.stats.results import Conventions, Regression
from posolog.stats.sample import Floats, Ints, Sample

FineGrayVariance = Literal["full", "robust", "naive"]
VARIANCE_WORDS = {
    "full": "sandwich with the term for the estimated censoring distribution (as crr)",
    "robust": "sandwich with the weights taken as known (as finegray with cluster)",
    "naive": "inverse information",
}
TIE_WORDS = {
    "crr": "Breslow; censoring distribution with everybody at risk at t (as crr)",
    "finegray": "Breslow; censoring distribution without the events of t (as finegray)",
}
NO_SPREAD = "the sandwich variance vanishes (too few rows): {}; take the naive standard error"


@dataclass(frozen=True, slots=True, eq=False)
class FineGray:
    """`fit`: log subdistribution hazard ratios. Baseline: jumps of the cumulative subdistribution hazard, (S,), at
    `baseline_time`, of a row whose covariates are `centre` (p,), the means."""

    fit: Regression
    baseline_time: Floats
    baseline_jump: Floats
    centre: Floats
    last_time: float


def fine_gray(
    given: Sample, covariates: ArrayLike, *, names: Sequence[str] | None = None, cause: int | None = None,
    ties: CensoringTies = "crr", variance: FineGrayVariance = "full", level: float = 0.95,
) -> FineGray:  # fmt: skip
    """Regression of the subdistribution hazard of `cause` (the first if not named) on `covariates` (n, p).

    `ties`: risk set of the censoring distribution, "crr" or "finegray"; R's programs differ in the 5th digit on whole
    days. `variance`: "full" (default), "robust" or "naive". Newton steps until the largest is below 1e-10, where crr
    stops at 1e-6. Every step costs O(n p²). Groups of the sample are not regarded; strata and delayed entry are
    refused. A covariate that predicts without error has no finite estimate: everything is NaN with a reason.

    *Source:* Fine and Gray 1999, JASA 94:496. Meets `cmprsk::crr(gtol = 1e-12)` to 9 digits and more.
    *Raises:* ValueError for an unknown option or a cause that the sample does not have.
    """
    code = given.causes[0] if cause is None else cause
    if code not in given.causes:
        raise ValueError(f"cause {code} is not one of {', '.join(map(str, given.causes))}")
    if ties not in get_args(CensoringTies) or variance not in get_args(FineGrayVariance):
        raise ValueError(f"ties {ties!r} or variance {variance!r} is not known")
    z = normal_quantile(level)
    matrix, faults = covariate_matrix(given, covariates)
    x, reasons = matrix.T, given.reasons or faults
    labels = tuple(names) if names is not None else tuple(f"x{k + 1}" for k in range(x.shape[0]))
    if len(labels) != x.shape[0] and not reasons:
        raise ValueError(f"{len(labels)} names for {x.shape[0]} covariates")
    kind = np.where(given.event == code, 1, np.where(given.event > 0, 2, 0))
    reasons = reasons or _refused(given, kind, code, x, labels)
    rule = (given, code, ties, variance, labels)
    if reasons:
        return _nothing(*rule, reasons=reasons, iterations=None, last=None)
    centre, scale = x.mean(axis=1), x.std(axis=1)
    data = arrange(given.time, kind, (x - centre[:, None]) / scale[:, None], ties)
    found = maximise(data, labels)
    if found.reasons:
        return _nothing(*rule, reasons=found.reasons, iterations=found.iterations, last=found.last_step)
    fit = found.fit
    naive = np.linalg.inv(fit.information)
    spread = naive if variance == "naive" else _sandwich(data, fit, full=variance == "full")
    unit = np.outer(scale, scale)
    steps = (found.iterations, found.last_step)
    made = _regression(rule, found.coef / scale, spread / unit, naive / unit, z, (found.null, fit.loglik), steps)
    jump = fit.hazard * np.exp(-fit.shift)
    return FineGray(made, data.event_time, jump, centre, float(given.time.max()))


def _refused(given: Sample, kind: Ints, code: int, x: Floats, names: tuple[str, ...]) -> tuple[str, ...]:
    if given.start is not None:
        return ("delayed entry is not supported by Fine–Gray regression",)
    if len(given.strata) > 1:
        return ("strata are not supported by Fine–Gray regression",)
    if not (kind == 1).any():
        return (f"no event of cause {code}",)
    spread = x.std(axis=1)
    flat = [name for name, s, row in zip(names, spread, x, strict=True) if s <= 1e-12 * np.abs(row).max()]
    if flat:
        return (f"the same value in every row: {', '.join(flat)}",)
    eigen = np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(x)))
    if eigen.min() < RANK:
        return ("covariates depend on each other linearly: their effects cannot be told apart",)
    return ()


def _sandwich(data: Subdistribution, fit: Fit, *, full: bool) -> Floats:
    parts = influence(data, fit)
    if full:
        parts += censoring_influence(data, fit)
    return sandwich(fit.information, parts)


def _conventions(
    code: int, ties: str, variance: str, iterations: int | None, last: float | None, converged: bool | None
) -> Conventions:
    return Conventions(
        "Fine–Gray subdistribution hazards regression", f"an event is code {code}; the other causes compete",
        TIE_WORDS[ties], VARIANCE_WORDS[variance], iterations=iterations, last_step=last, converged=converged,
    )  # fmt: skip


def _regression(
    rule: tuple[Sample, int, str, str, tuple[str, ...]], coef: Floats, covariance: Floats, naive: Floats, z: float,
    loglik: tuple[float, float], steps: tuple[int, float],
) -> Regression:  # fmt: skip
    given, code, ties, variance, names = rule
    se, naive_se = np.sqrt(np.diag(covariance)), np.sqrt(np.diag(naive))
    vanished = se < 1e-8 * naive_se
    reasons = (NO_SPREAD.format(", ".join(np.array(names)[vanished])),) if vanished.any() else ()
    se = np.where(vanished, np.nan, se)
    score = coef / se
    with np.errstate(over="ignore"):  # a ratio beyond floats is infinite
        ratio, lower, upper = np.exp(coef), np.exp(coef - z * se), np.exp(coef + z * se)
    return Regression(
        names, coef, se, ratio, lower, upper, score, two_sided_p(score),
        covariance, naive_se, *loglik, given.n, int((given.event == code).sum()),
        _conventions(code, ties, variance, *steps, True), reasons,
    )  # fmt: skip


def _nothing(
    given: Sample, code: int, ties: str, variance: str, names: tuple[str, ...], *,
    reasons: tuple[str, ...], iterations: int | None, last: float | None,
) -> FineGray:  # fmt: skip
    """NaN everywhere, and why."""
    p = len(names)
    nan = np.full(p, np.nan)
    said = _conventions(code, ties, variance, iterations, last, None if iterations is None else False)
    events = int((given.event == code).sum())
    empty = np.full((p, p), np.nan)
    fit = Regression(
        names, nan, nan, nan, nan, nan, nan, nan, empty, nan, np.nan, np.nan, given.n, events, said, reasons
    )
    return FineGray(fit, np.zeros(0), np.zeros(0), nan, np.nan)


def predict_incidence(model: FineGray, covariates: ArrayLike, times: ArrayLike) -> Floats:
    """Incidence of the cause for rows of covariates (m, p) at times (t,): shape (m, t), 1 - exp(-H(t) exp(x'b)).

    NaN past the longest follow-up, and everywhere where the model has no estimate.

    *Source:* Fine and Gray 1999, section 4; Breslow's baseline, as `predict.crr`.
    *Raises:* ValueError where the number of covariates is not the model's.
    """
    x = np.atleast_2d(np.asarray(covariates, dtype=np.float64))
    asked = np.atleast_1d(np.asarray(times, dtype=np.float64))
    if x.shape[1] != len(model.fit.names):
        raise ValueError(f"{x.shape[1]} covariates for a model with {len(model.fit.names)}")
    if model.fit.reasons:
        return np.full((x.shape[0], asked.size), np.nan)
    total = step_at(model.baseline_time, np.cumsum(model.baseline_jump), asked, initial=0.0)
    total = np.where((asked >= 0) & (asked <= model.last_time), total, np.nan)
    linear = (x - model.centre) @ model.fit.coef
    with np.errstate(divide="ignore"):  # no hazard yet: minus infinity, an incidence of 0
        log_hazard = np.minimum(linear[:, None] + np.log(total), 700.0)
    return np.asarray(-np.expm1(-np.exp(log_hazard)))

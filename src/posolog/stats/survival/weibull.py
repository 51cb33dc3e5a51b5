"""Weibull accelerated failure time regression with right censoring, by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox.rows import covariate_matrix
from posolog.stats.results import Conventions
from posolog.stats.sample import Bools, Floats, Sample

NAN = float("nan")
STEP = 1e-10
MAX_ITERATIONS = 100
RANK = 1e-10
FAR = 30.0  # a coefficient (or log scale) beyond this is on its way to infinity


@dataclass(frozen=True, slots=True, eq=False)
class Weibull:
    """log T = intercept + x'b + scale W, W extreme value. `names`: "intercept" first; `coef`, `se` (1 + p,);
    `covariance` (2 + p, 2 + p) of (coef, log scale). `loglik` is that of the times (not of their logarithms)."""

    names: tuple[str, ...]
    coef: Floats
    se: Floats
    covariance: Floats
    scale: float
    loglik: float
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def weibull(given: Sample, covariates: ArrayLike | None = None, *, names: Sequence[str] | None = None) -> Weibull:
    """Fit to events of any code; times must be above 0. Groups and strata are not regarded.

    exp(b) is the factor by which one unit of a covariate stretches time. Standard errors from the observed
    information.

    *Source:* Kalbfleisch and Prentice 2002, section 3.6. Same model and numbers as R `survreg(dist = "weibull")`.
    """
    table = np.zeros((given.n, 0)) if covariates is None else covariates
    matrix, faults = (table, ()) if covariates is None else covariate_matrix(given, covariates)
    x = np.asarray(matrix, dtype=np.float64)
    labels = tuple(names) if names is not None else tuple(f"x{j}" for j in range(1, x.shape[1] + 1))
    if len(labels) != x.shape[1] and not faults:
        raise ValueError(f"{len(labels)} names for {x.shape[1]} covariates")
    event = given.event > 0
    reasons = given.reasons or faults or _refused(given, x)
    if reasons:
        return _nothing(labels, reasons)
    centre, spread = x.mean(axis=0), x.std(axis=0)
    design = np.column_stack([np.ones(given.n), (x - centre) / spread])
    log_time = np.log(given.time)
    theta, info, iterations, last = _newton(log_time, event, design)
    if last >= STEP:
        return _nothing(
            labels, ("no finite estimate: a covariate separates, or the scale goes to 0",), iterations, last
        )
    back = np.eye(x.shape[1] + 2)
    back[0, 1:-1] = -centre / spread
    back[range(1, x.shape[1] + 1), range(1, x.shape[1] + 1)] = 1.0 / spread
    covariance = back @ np.linalg.inv(info) @ back.T
    coef = (back @ theta)[:-1]
    loglik = _evaluate(theta, log_time, event, design)[0] - float(log_time[event].sum())
    se = np.sqrt(np.diag(covariance))[:-1]
    said = _conventions(iterations, last, True)
    return Weibull(("intercept", *labels), coef, se, covariance, float(np.exp(theta[-1])), loglik, said)


def _refused(given: Sample, x: Floats) -> tuple[str, ...]:
    if given.start is not None:
        return ("delayed entry is not supported by the Weibull regression",)
    if (given.time <= 0).any():
        return (f"time: not above 0 ({int((given.time <= 0).sum())} of {given.n} rows)",)
    if int((given.event > 0).sum()) < 2:
        return ("fewer than two events",)
    if x.shape[1]:
        spread = x.std(axis=0)
        if (spread <= 1e-12 * np.abs(x).max(axis=0)).any():
            return ("a covariate has the same value in every row",)
        if np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(x.T))).min() < 1e-9:
            return ("covariates depend on each other linearly",)
    return ()


def _newton(log_time: Floats, event: Bools, design: Floats) -> tuple[Floats, Floats, int, float]:
    """theta = (coefficients, log scale); steps are halved while the likelihood falls."""
    theta = np.zeros(design.shape[1] + 1)
    theta[0] = log_time.mean()
    theta[-1] = np.log(max(log_time.std(), 1e-3))
    now = _evaluate(theta, log_time, event, design)
    last = np.inf
    for iteration in range(1, MAX_ITERATIONS + 1):
        score, info = now[1], now[2]
        size = np.sqrt(np.maximum(np.abs(np.diag(info)), 1e-300))
        eigen, axes = np.linalg.eigh(info / np.outer(size, size))
        # Away from the maximum the information need not be positive: go uphill along every axis all the same.
        step = axes @ ((axes.T @ (score / size)) / np.maximum(np.abs(eigen), 1e-6)) / size
        last = float(np.abs(step).max())
        trial = _evaluate(theta + step, log_time, event, design)
        while not trial[0] >= now[0] - 1e-10 * (1 + abs(now[0])) and np.abs(step).max() > STEP:
            step = step / 2
            trial = _evaluate(theta + step, log_time, event, design)
        theta, now = theta + step, trial
        if np.abs(theta[1:]).max() > FAR or not np.isfinite(now[2]).all():
            return theta, now[2], iteration, np.inf
        if last < STEP:
            return theta, now[2], iteration, last if eigen.min() > RANK else np.inf
    return theta, now[2], MAX_ITERATIONS, last


def _evaluate(theta: Floats, log_time: Floats, event: Bools, design: Floats) -> tuple[float, Floats, Floats]:
    """Log likelihood of log times, score and observed information at theta."""
    scale = float(np.exp(theta[-1]))
    with np.errstate(all="ignore"):  # a step too far gives no finite likelihood and is halved
        z = (log_time - design @ theta[:-1]) / scale
        growth = np.exp(z)
        loglik = float((z[event] - theta[-1]).sum() - growth.sum())
        left = growth - event
        score = np.append(design.T @ left, (z * left).sum() * scale - event.sum() * scale) / scale
        cross = design.T @ (growth * z + left) / scale
        info = np.empty((theta.size, theta.size))
        info[:-1, :-1] = (design.T * growth) @ design / scale**2
        info[:-1, -1] = info[-1, :-1] = cross
        info[-1, -1] = (growth * z**2 + left * z).sum()
    return loglik if np.isfinite(loglik) else -np.inf, score, info


def _conventions(iterations: int | None, last: float | None, converged: bool | None) -> Conventions:
    return Conventions(
        "Weibull accelerated failure time regression", variance="inverse observed information",
        iterations=iterations, last_step=last, converged=converged,
    )  # fmt: skip


def _nothing(
    labels: tuple[str, ...], reasons: tuple[str, ...], iterations: int | None = None, last: float | None = None
) -> Weibull:
    size = len(labels) + 1
    nan = np.full(size, np.nan)
    said = _conventions(iterations, last, None if iterations is None else False)
    return Weibull(("intercept", *labels), nan, nan, np.full((size + 1,) * 2, np.nan), NAN, NAN, said, reasons)

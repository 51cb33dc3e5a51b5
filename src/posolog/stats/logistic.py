"""Logistic regression by Newton's method, for the pooled rows of a switch model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.sample import Floats

STEP = 1e-10
MAX_ITERATIONS = 50
RANK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """coef, se (p,) for the columns of the design; fitted (n,) probabilities."""

    coef: Floats
    se: Floats
    fitted: Floats
    iterations: int
    last_step: float
    reasons: tuple[str, ...] = ()


def logistic(design: Floats, outcome: Floats) -> Logistic:
    """Fit P(outcome = 1) = 1 / (1 + exp(-design b)); design (n, p) with its own column of ones, outcome (n,) 0 or 1.

    No finite estimate (separation, or columns that depend on each other): NaN with a reason.

    *Source:* McCullagh and Nelder 1989, chapter 4. Same numbers as R `glm(family = binomial)`.
    """
    scale = np.sqrt((design**2).mean(axis=0)) if design.size else np.ones(design.shape[1])
    if not design.size or (scale <= 0).any():
        return _nothing(design, "no rows, or a column of zeros")
    x = design / scale
    if np.linalg.eigvalsh(x.T @ x / x.shape[0]).min() < RANK:
        return _nothing(design, "columns depend on each other linearly")
    coef, last = np.zeros(x.shape[1]), np.inf
    for iteration in range(1, MAX_ITERATIONS + 1):
        fitted = 1.0 / (1.0 + np.exp(-np.clip(x @ coef, -500, 500)))
        spread = fitted * (1.0 - fitted)
        info = (x.T * spread) @ x
        if np.linalg.eigvalsh(info / x.shape[0]).min() < RANK * RANK:
            break
        step = np.linalg.solve(info, x.T @ (outcome - fitted))
        last = float(np.abs(step).max())
        coef = coef + step / max(1.0, last / 4.0)
        if last < STEP:
            se = np.sqrt(np.diag(np.linalg.inv(info)))
            return Logistic(coef / scale, se / scale, fitted, iteration, last)
    return _nothing(design, "no finite estimate: the columns separate switches from others")


def _nothing(design: Floats, words: str) -> Logistic:
    nan = np.full(design.shape[1], np.nan)
    return Logistic(nan, nan, np.full(design.shape[0], np.nan), 0, np.nan, (words,))

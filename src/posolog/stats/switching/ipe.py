"""Iterative parameter estimation: the rank-preserving model with a Weibull regression in place of the test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox.rows import covariate_matrix
from posolog.stats.results import Conventions, Estimate
from posolog.stats.roots import Root, sign_changes
from posolog.stats.sample import Floats
from posolog.stats.survival.weibull import Weibull, weibull
from posolog.stats.switching.crossover import RECENSORING_WORDS, Crossover, Recensoring, as_randomised
from posolog.stats.switching.rpsftm import adjusted_ratio, rank_z

NAN = float("nan")
STEP = 1e-9
MAX_ITERATIONS = 100
GRID = np.linspace(-3.0, 3.0, 61)


@dataclass(frozen=True, slots=True, eq=False)
class Ipe:
    """`psi`: the fixed point; `ratio`: hazard ratio as if nobody had switched. `model`: the last Weibull regression.

    `fixed_points`: where the iteration did not settle (recensoring makes the map jump), every place at which fit and
    assumption agree or change sides.
    """

    psi: Estimate
    ratio: Estimate
    model: Weibull
    fixed_points: tuple[Root, ...] = ()


def ipe(
    given: Crossover, covariates: ArrayLike | None = None, *, recensor: Recensoring = "auto", level: float = 0.95
) -> Ipe:
    """psi such that a Weibull regression on the times made with psi gives psi back.

    Times as if nobody had switched are made with psi, log T = a + b arm (+ covariates (n, p)) + scale W is fitted,
    and -b is the next psi; it starts from the observed times and stops at a step below 1e-9. Where that does not
    settle, all fixed points between -3 and 3 are looked for. The standard error is that of the last regression, which
    takes psi as known and is too small: a bootstrap is needed for a valid one.

    *Source:* Branson and Whitehead 2002, Statistics in Medicine 21:2449; recensoring: White 2006 (letter).
    """
    table, faults = (np.zeros((given.arm.size, 0)), ()) if covariates is None else _table(given, covariates)
    psi, steps, last, model = 0.0, 0, np.inf, _fit(given, table, 0.0, "none")
    reasons = given.reasons or faults or model.reasons
    psi = -float(model.coef[1])
    while not reasons and last >= STEP and steps < MAX_ITERATIONS:
        model = _fit(given, table, psi, recensor)
        reasons = model.reasons
        last, psi, steps = abs(psi + float(model.coef[1])), -float(model.coef[1]), steps + 1
    points: tuple[Root, ...] = ()
    if not reasons and last >= STEP:
        points = _fixed_points(given, table, recensor)
        psi, last = (points[0].middle, points[0].upper - points[0].lower) if len(points) == 1 else (NAN, last)
        reasons = () if len(points) == 1 else (f"no fixed point is reached ({len(points)} found between -3 and 3)",)
        model = _fit(given, table, psi, recensor) if len(points) == 1 else model
    psi = NAN if reasons else psi
    said = Conventions(
        "iterative parameter estimation, Weibull regression", variance="of the last regression, psi taken as known",
        notes=(RECENSORING_WORDS[recensor],), iterations=steps, last_step=float(last), converged=not reasons,
    )  # fmt: skip
    z0 = rank_z(given, 0.0, recensor="none") if not given.reasons else NAN
    estimate = Estimate(psi, NAN if reasons else float(model.se[1]), NAN, NAN, said, reasons)
    return Ipe(estimate, adjusted_ratio(given, psi, z0, recensor=recensor, level=level), model, points)


def _table(given: Crossover, covariates: ArrayLike) -> tuple[Floats, tuple[str, ...]]:
    return covariate_matrix(given.sample, covariates)


def _fit(given: Crossover, table: Floats, psi: float, recensor: Recensoring) -> Weibull:
    sample = as_randomised(given, psi, recensor=recensor)
    if table.shape[0] != sample.n:
        table = np.zeros((sample.n, table.shape[1]))
    names = ("arm", *(f"x{j}" for j in range(1, table.shape[1] + 1)))
    return weibull(sample, np.column_stack([sample.group, table]), names=names)


def _fixed_points(given: Crossover, table: Floats, recensor: Recensoring) -> tuple[Root, ...]:
    def gap(psi: float) -> float:
        return -float(_fit(given, table, psi, recensor).coef[1]) - psi

    return sign_changes(gap, GRID, np.array([gap(float(psi)) for psi in GRID]))

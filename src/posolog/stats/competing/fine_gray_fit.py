"""The maximum of the Fine–Gray likelihood by Newton's method, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.competing.fine_gray_numerics import Fit, Subdistribution, evaluate
from posolog.stats.sample import Floats

MAX_ITERATIONS = 60
STEP = 1e-10  # convergence: largest change of a coefficient per standard deviation of its covariate
STILL_MOVING = 1e-4
RANK = 1e-9  # an eigenvalue of a standardised matrix below this counts as zero


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """Where the search ended: `coef` (p,), the evaluation before its last step, and why it is no maximum."""

    coef: Floats
    fit: Fit
    null: float
    iterations: int
    last_step: float
    reasons: tuple[str, ...]


def maximise(data: Subdistribution, names: tuple[str, ...]) -> Maximum:
    """Newton steps from 0, halved while the likelihood falls, until the largest is below STEP.

    The likelihood is concave. Where a covariate separates it has no maximum: the information fades along one direction
    while steps stay of a size, and the covariates still moving are named. Covariates should have unit spread.
    """
    coef, moved = np.zeros(data.x.shape[0]), np.full(data.x.shape[0], np.inf)
    fit = evaluate(data, coef)
    null, unit = fit.loglik, np.sqrt(np.maximum(np.diag(fit.information), 0.0))
    for iteration in range(1, MAX_ITERATIONS + 1):
        if _singular(fit, unit):
            break
        moved = np.asarray(np.linalg.solve(fit.information, fit.score), dtype=np.float64)
        if np.abs(moved).max() < STEP:
            return Maximum(coef + moved, fit, null, iteration, float(np.abs(moved).max()), ())
        moved, fit = _climb(data, coef, moved, fit)
        coef = coef + moved
    names_moving = [name for name, step in zip(names, moved, strict=True) if abs(step) > STILL_MOVING]
    last = float(np.abs(moved).max())
    words = f"Newton's method did not converge (last step {last:.1e})"
    if names_moving:
        words = f"no finite estimate: {', '.join(names_moving)} separates rows with the event from those without"
    return Maximum(coef, fit, null, iteration, last, (words,))


def _climb(data: Subdistribution, coef: Floats, step: Floats, fit: Fit) -> tuple[Floats, Fit]:
    """The step, halved until the likelihood does not fall by more than rounding."""
    floor = fit.loglik - 1e-9 * (1.0 + abs(fit.loglik))
    trial = evaluate(data, coef + step)
    while not trial.loglik >= floor and np.abs(step).max() > STEP:
        step = step / 2
        trial = evaluate(data, coef + step)
    return step, trial


def _singular(fit: Fit, unit: Floats) -> bool:
    """Whether the information, in units of what it was at 0, has lost a direction: the likelihood is flat along it."""
    if not np.isfinite(fit.information).all() or (unit <= 0).any():
        return True
    return bool(np.linalg.eigvalsh(fit.information / np.outer(unit, unit)).min() < RANK)

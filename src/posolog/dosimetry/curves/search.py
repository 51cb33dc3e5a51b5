"""Variable projection: amplitudes are solved for, rates searched on a grid and then refined, many curves at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.curves import amplitudes
from posolog.dosimetry.curves.models import Bounds, Injections, Model, exponentials

Floats = NDArray[np.float64]
CHUNK = 256
STEPS = 60
GAIN = 1e-12  # relative gain in chi² below which a search ends
EXACT = 1e-26  # chi² over the weighted data's square: the curve goes through every point


@dataclass(frozen=True, slots=True)
class Data:
    """Curves of equal length; points not used have weight 0. Shapes (curves, times); `weight` is 1/sigma."""

    times_h: Floats
    values: Floats
    weight: Floats
    injections: Injections

    def of(self, rows: NDArray[np.int_]) -> Data:
        return Data(self.times_h[rows], self.values[rows], self.weight[rows], self.injections)


@dataclass(frozen=True, slots=True)
class Found:
    """The best rates and amplitudes of one model, (curves, ...); chi² is infinite where the model has no place."""

    rates: Floats
    amplitudes: Floats
    chi2: Floats


def best(data: Data, model: Model, limits: Bounds) -> Found:
    """Fit one model to every curve that has enough points for it."""
    enough = np.flatnonzero((data.weight > 0).sum(axis=1) >= model.least_points)
    starts = np.full((2, len(data.values), model.rates), np.nan)
    for at in range(0, len(enough), CHUNK):
        rows = enough[at : at + CHUNK]
        starts[:, rows] = _grid(data.of(rows), model, _limits(limits, rows))
    first = _refined(data, model, limits, starts[0])
    if model.rates == 1:
        return first
    return _lower(first, _refined(data, model, limits, starts[1]))


def _lower(one: Found, other: Found) -> Found:
    """Curve by curve, the fit with the lower chi², one whose terms all count before one that lost a term."""
    whole = (other.amplitudes > 0).all(axis=1) & np.isfinite(other.chi2)
    rather = whole & (~(one.amplitudes > 0).all(axis=1) | (other.chi2 < one.chi2))
    pick = rather[:, None]
    return Found(
        np.where(pick, other.rates, one.rates),
        np.where(pick, other.amplitudes, one.amplitudes),
        np.where(rather, other.chi2, one.chi2),
    )


def _limits(limits: Bounds, rows: NDArray[np.int_]) -> Bounds:
    return Bounds(limits.slowest[rows], limits.fastest[rows], limits.ceiling[rows])


def _grid(data: Data, model: Model, limits: Bounds) -> Floats:
    """Two starts, shape (2, curves, rates): the best combination of rates on a grid equal in log rate, and the best
    one whose fastest rate lies elsewhere. Not-a-number where no amplitude can be positive.
    """
    part = np.linspace(0.0, 1.0, model.grid)
    rates = limits.slowest[:, None] * (limits.fastest / limits.slowest)[:, None] ** part
    whole, _ = exponentials(data.times_h, rates, data.injections)
    whole = whole * data.weight[:, :, None]
    aim = data.values * data.weight
    normal, right = np.einsum("btq,btr->bqr", whole, whole), np.einsum("btq,bt->bq", whole, aim)
    sets = np.array(list(combinations(range(model.grid), model.rates)))
    signs, p = model.matrix, model.amplitudes
    picked = normal[:, sets[:, :, None], sets[:, None, :]]
    small = (signs.T @ picked @ signs).reshape(-1, p, p)
    hand = (right[:, sets] @ signs).reshape(-1, p)
    a = amplitudes.free(small, hand)
    gain = np.where((a > 0).all(axis=1), np.einsum("mp,mp->m", hand, a), -np.inf).reshape(len(aim), -1)
    chosen = []
    for _ in range(2):
        top = gain.argmax(axis=1)
        some = np.isfinite(gain.max(axis=1))[:, None]
        chosen.append(np.where(some, np.take_along_axis(rates, sets[top], axis=1), np.nan))
        near = np.abs(sets[None, :, -1] - sets[top, -1][:, None]) <= 1
        gain = np.where(near, -np.inf, gain)
    return np.array(chosen)


def _solved(data: Data, model: Model, limits: Bounds, rates: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Amplitudes at given rates: (amplitudes, weighted design, weighted slopes by log rate, weighted residuals)."""
    whole, slope = exponentials(data.times_h, rates, data.injections)
    design = whole @ model.matrix * data.weight[:, :, None]
    aim = data.values * data.weight
    size = np.maximum(np.sqrt((design**2).sum(axis=1)), 1e-300)
    unit = design / size[:, None, :]
    normal, right = np.einsum("btp,btr->bpr", unit, unit), np.einsum("btp,bt->bp", unit, aim)
    a = amplitudes.solve(normal, right, model.starts / size, limits.ceiling) / size
    terms = a @ model.matrix.T
    return a, design, slope * terms[:, None, :] * data.weight[:, :, None], aim - np.einsum("btp,bp->bt", design, a)


def _refined(data: Data, model: Model, limits: Bounds, rates: Floats) -> Found:
    """Levenberg-Marquardt in log rate within the bounds, the amplitudes projected out (Kaufman's Jacobian)."""
    many, q = rates.shape
    place = np.asarray(np.isfinite(rates).all(axis=1))
    theta = np.log(np.where(place[:, None], rates, limits.slowest[:, None]))
    low = np.repeat(np.log(limits.slowest)[:, None], q, axis=1)
    high = np.repeat(np.log(limits.fastest)[:, None], q, axis=1)
    chi2, damping = np.full(many, np.inf), np.full(many, 1e-3)
    a = np.zeros((many, model.amplitudes))
    active = np.flatnonzero(place)
    if len(active):
        a[active], _, _, rest = _solved(data.of(active), model, _limits(limits, active), np.exp(theta[active]))
        chi2[active] = (rest**2).sum(axis=1)
    for _ in range(STEPS):
        if not len(active):
            break
        active = _step(data, model, limits, (theta, low, high), a, chi2, damping, active)
    return Found(np.exp(theta), a, chi2)


def _step(
    data: Data, model: Model, limits: Bounds, box: tuple[Floats, Floats, Floats], a: Floats, chi2: Floats,
    damping: Floats, active: NDArray[np.int_],
) -> NDArray[np.int_]:  # fmt: skip
    """One step of every curve still moving; the rows that move on. Arrays are updated in place."""
    theta, low, high = box
    here, some = data.of(active), _limits(limits, active)
    amp, design, slope, rest = _solved(here, model, some, np.exp(theta[active]))
    jacobian = _projected(slope, _open(design, amp, model, some))
    pull = np.einsum("btq,bt->bq", jacobian, rest)
    held = ((theta[active] <= low[active]) & (pull < 0)) | ((theta[active] >= high[active]) & (pull > 0))
    pull = np.where(held, 0.0, pull)
    curve = np.einsum("btq,btr->bqr", jacobian, jacobian)
    curve = np.where(held[:, :, None] | held[:, None, :], 0.0, curve)
    step = _damped(curve, pull, damping[active])
    tried = np.clip(theta[active] + np.clip(step, -2.0, 2.0), low[active], high[active])
    new_amp, _, _, new_rest = _solved(here, model, some, np.exp(tried))
    new = (new_rest**2).sum(axis=1)
    better = new <= chi2[active]
    moved = np.abs(tried - theta[active]).max(axis=1)
    gained = chi2[active] - new
    exact = new <= EXACT * ((here.values * here.weight) ** 2).sum(axis=1)
    settled = better & (((gained <= GAIN * chi2[active]) & (moved < 1e-7)) | exact)
    done = (moved < 1e-13) | settled
    rows, theta_before = active[better], theta[active]
    theta[rows], a[rows], chi2[rows] = tried[better], new_amp[better], new[better]
    took = tried - theta_before
    foreseen = 2 * (took * pull).sum(axis=1) - np.einsum("bq,bqr,br->b", took, curve, took)
    ratio = gained / np.maximum(foreseen, 1e-300)
    change = np.where(ratio > 0.75, 0.1, np.where(ratio > 0.4, 1.0, 4.0))
    damping[active] = np.maximum(damping[active] * np.where(better, change, 10.0), 1e-9)
    simpler = (a[active] <= 0).any(axis=1)  # a term has gone: a smaller candidate stands for this curve
    return np.asarray(active[~done & ~simpler & (damping[active] < 1e9)])


def _open(design: Floats, amp: Floats, model: Model, limits: Bounds) -> Floats:
    """The directions in which amplitudes may still move: none for those at zero; along the ceiling where reached."""
    free = (amp > 0).astype(float)
    columns = design * free[:, None, :]
    at_top = (amp @ model.starts >= limits.ceiling * (1 - 1e-9)) & (model.starts.any())
    if at_top.any():
        normal = free[at_top] * model.starts
        length = np.maximum((normal**2).sum(axis=1, keepdims=True), 1e-300)
        along = np.eye(model.amplitudes) - normal[:, :, None] * normal[:, None, :] / length[:, :, None]
        columns[at_top] = columns[at_top] @ along
    return np.asarray(columns)


def _projected(slope: Floats, columns: Floats) -> Floats:
    """Slopes less their part in the space of the columns (Gram-Schmidt, zero columns left out)."""
    basis: list[Floats] = []
    for at in range(columns.shape[2]):
        vector = columns[:, :, at]
        before = np.sqrt((vector**2).sum(axis=1, keepdims=True))
        for _ in range(2):
            for known in basis:
                vector = vector - known * (known * vector).sum(axis=1, keepdims=True)
        size = np.sqrt((vector**2).sum(axis=1, keepdims=True))
        basis.append(np.where(size > 1e-10 * before, vector / np.maximum(size, 1e-300), 0.0))
    for known in basis:
        slope = slope - known[:, :, None] * np.einsum("bt,btq->bq", known, slope)[:, None, :]
    return slope


def _damped(curve: Floats, pull: Floats, damping: Floats) -> Floats:
    diagonal = np.einsum("bqq->bq", curve)
    floor = np.maximum(diagonal.max(axis=1, keepdims=True) * 1e-12, 1e-300)
    eye = np.eye(curve.shape[1])
    matrix = curve + eye * (damping[:, None] * np.maximum(diagonal, floor) + floor)[:, None, :]
    return np.asarray(np.linalg.solve(matrix, pull[:, :, None])[:, :, 0])

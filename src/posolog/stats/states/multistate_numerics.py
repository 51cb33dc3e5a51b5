"""The product integral of the Aalen–Johansen estimator and the recursion of its covariance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.stats.sample import Floats, Ints
from posolog.stats.states.spells import Spells


@dataclass(frozen=True, slots=True, eq=False)
class Jumps:
    """Transitions at the T distinct times after the landmark, S states.

    time (T,) ascending; at_risk (T, S) just before; and, sorted by time, one entry for each (time, from, to) that
    occurs: entry_time (E,) places in `time`, entry_from, entry_to (E,), entry_count (E,). `last`: longest follow-up.
    """

    time: Floats
    at_risk: Floats
    entry_time: Ints
    entry_from: Ints
    entry_to: Ints
    entry_count: Floats
    last: float


def jumps(given: Spells, since: float) -> Jumps:
    """Count transitions and persons at risk: start < u <= stop, each person once in each state."""
    size = max(len(given.states), 1)
    moved = (given.target >= 0) & (given.stop > since)
    time, place = np.unique(given.stop[moved], return_inverse=True)
    code = (place * size + given.origin[moved]) * size + given.target[moved]
    entries, counts = np.unique(code, return_counts=True)
    at_risk = np.zeros((time.size, len(given.states)))
    for state in range(len(given.states)):
        here = given.origin == state
        begun = np.searchsorted(np.sort(given.start[here]), time, side="left")
        ended = np.searchsorted(np.sort(given.stop[here]), time, side="left")
        at_risk[:, state] = begun - ended
    last = float(given.stop.max()) if given.stop.size else np.nan
    return Jumps(
        time, at_risk, entries // (size * size), entries // size % size, entries % size,
        counts.astype(np.float64), last,
    )  # fmt: skip


def product_integral(
    found: Jumps, at: Floats, *, poisson: bool = False, covariance: bool = True
) -> tuple[Floats, Floats]:
    """P at the times `at` (m,): (m, S, S), and the covariance of its entries, (m, S, S, S, S) (zeros if not wanted).

    At each event time P <- P (I + dA), where only rows of dA with a transition differ from 0, and
    cov P_ij, P_gh <- sum over a, b of T_aj T_bh cov P_ia, P_gb + sum over rows r of P_ir P_gr cov dA_rj, dA_rh,
    with T = I + dA and P as it was before. The covariance of a row of dA is (diag(v) - v v')/Y (multinomial,
    Greenwood) or diag(v)/Y (Poisson, Aalen) over the targets, v = N/Y; the diagonal entry is minus their sum.

    *Source:* Andersen, Borgan, Gill and Keiding 1993, equations 4.4.17 to 4.4.20.
    """
    size = found.at_risk.shape[1]
    p, cov = np.eye(size), np.zeros((size, size, size, size))
    out = np.empty((at.size, size, size))
    cov_out = np.zeros((at.size, size, size, size, size)) if covariance else np.zeros((0,) * 5)
    bounds = np.searchsorted(found.entry_time, np.arange(found.time.size + 1))
    order = np.argsort(at, kind="stable")
    until = np.searchsorted(found.time, at[order], side="right")
    done = 0
    for index, steps in zip(order, until, strict=True):
        for k in range(done, steps):
            rows, moves, spread = _increment(found, k, slice(bounds[k], bounds[k + 1]), poisson)
            if covariance:
                cov = _spread(cov, p, rows, moves, spread)
            p = p + p[:, rows] @ moves
        done = max(done, int(steps))
        out[index] = p
        if covariance:
            cov_out[index] = cov
    return out, cov_out


def _increment(found: Jumps, k: int, entries: slice, poisson: bool) -> tuple[list[int], Floats, Floats]:
    """States left at time k, (R,); their rows of dA, (R, S); the rows' covariances, (R, S, S)."""
    size = found.at_risk.shape[1]
    left, to = found.entry_from[entries], found.entry_to[entries]
    rows = sorted(set(left.tolist()))
    moves, spread = np.zeros((len(rows), size)), np.zeros((len(rows), size, size))
    for r, state in enumerate(rows):
        mine = left == state
        risk = found.at_risk[k, state]
        v = np.zeros(size)
        v[to[mine]] = found.entry_count[entries][mine] / risk
        inner = np.diag(v) if poisson else np.diag(v) - np.outer(v, v)
        inner[state], inner[:, state] = -inner.sum(axis=0), 0.0
        inner[:, state] = -inner.sum(axis=1)
        moves[r], spread[r] = v, inner / risk
        moves[r, state] = -v.sum()
    return rows, moves, spread


def _spread(cov: Floats, p: Floats, rows: list[int], moves: Floats, spread: Floats) -> Floats:
    """One step of the covariance; axes i, j, g, h."""
    size = p.shape[0]
    cov = cov + np.einsum("iagh,aj->ijgh", cov[:, rows], moves)
    cov = cov + np.einsum("ijga,ah->ijgh", cov[:, :, :, rows], moves)
    for r, state in enumerate(rows):
        column = p[:, state]
        cov = cov + (np.outer(column, column)[:, None, :, None] * spread[r].reshape(1, size, 1, size))
    return cov

"""Weighted least squares for a few amplitudes that are never negative and whose start stays below a ceiling."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SLACK = 1e-12


def solve(normal: Floats, right: Floats, starts: Floats, ceiling: Floats) -> Floats:
    """Minimise a'Na/2 - r'a with a >= 0 and starts @ a <= ceiling, exactly, for many small problems at once.

    `normal` has shape (m, p, p), `right` and `starts` (m, p), `ceiling` (m,). The free solution is taken where it is
    allowed; the other problems try every set of active bounds (at most 14 for p = 3).
    """
    found = free(normal, right)
    bad = ~_allowed(found, starts, ceiling)
    if bad.any():
        found[bad] = _bounded(normal[bad], right[bad], starts[bad], ceiling[bad])
    return found


def _allowed(a: Floats, starts: Floats, ceiling: Floats) -> NDArray[np.bool_]:
    low = (a >= -SLACK * np.maximum(np.abs(a).max(axis=1, keepdims=True), 1e-300)).all(axis=1)
    return np.asarray(np.isfinite(a).all(axis=1) & low & ((a * starts).sum(axis=1) <= ceiling * (1 + SLACK)))


def free(normal: Floats, right: Floats) -> Floats:
    """Solutions without bounds for p = 1, 2 or 3, in closed form; a singular problem gives not-a-number."""
    size = np.sqrt(np.maximum(np.einsum("mii->mi", normal), 1e-300))
    n, r = normal / (size[:, :, None] * size[:, None, :]), right / size
    if r.shape[1] == 1:
        return np.asarray(r / size)
    if r.shape[1] == 2:
        off = n[:, 0, 1]
        det = 1 - off**2
        a = np.stack([r[:, 0] - off * r[:, 1], r[:, 1] - off * r[:, 0]], axis=1)
    else:
        x, y, z = n[:, 0, 1], n[:, 0, 2], n[:, 1, 2]
        u, v, w = r[:, 0], r[:, 1], r[:, 2]
        det = 1 - x**2 - y**2 - z**2 + 2 * x * y * z
        a = np.stack([
            u * (1 - z**2) + v * (y * z - x) + w * (x * z - y),
            u * (y * z - x) + v * (1 - y**2) + w * (x * y - z),
            u * (x * z - y) + v * (x * y - z) + w * (1 - x**2),
        ], axis=1)  # fmt: skip
    return np.asarray(a / np.where(det > 1e-14, det, np.nan)[:, None] / size)


def _bounded(normal: Floats, right: Floats, starts: Floats, ceiling: Floats) -> Floats:
    many, p = right.shape
    best, lowest = np.zeros((many, p)), np.zeros(many)
    for count in range(1, p + 1):
        for kept in combinations(range(p), count):
            for capped in (False, True):
                tried = _on_face(normal, right, starts, ceiling, kept, capped)
                if tried is None:
                    continue
                cost = np.einsum("mi,mij,mj->m", tried, normal, tried) / 2 - np.einsum("mi,mi->m", right, tried)
                better = _allowed(tried, starts, ceiling) & (cost < lowest)
                best[better], lowest[better] = np.maximum(tried[better], 0.0), cost[better]
    return best


def _on_face(
    normal: Floats, right: Floats, starts: Floats, ceiling: Floats, kept: tuple[int, ...], capped: bool
) -> Floats | None:
    """The solution with only the `kept` amplitudes, and with the ceiling reached where `capped`."""
    pick = list(kept)
    n, r, c = normal[:, pick][:, :, pick], right[:, pick], starts[:, pick]
    made = np.zeros_like(right)
    if capped:
        if not c.any():
            return None
        size = len(pick) + 1
        bordered = np.zeros((len(right), size, size))
        bordered[:, :-1, :-1], bordered[:, :-1, -1], bordered[:, -1, :-1] = n, c, c
        aim = np.concatenate([r, ceiling[:, None]], axis=1)
        try:
            made[:, pick] = np.linalg.solve(bordered, aim[:, :, None])[:, :-1, 0]
        except np.linalg.LinAlgError:
            return None
        return made
    made[:, pick] = free(n, r)
    return made

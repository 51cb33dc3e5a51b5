"""Outlines to voxels: the share of each voxel inside a region drawn slice by slice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.grid import Array, Grid

SAME_PLANE_MM = 0.01


def shares(polygons: Sequence[Array], grid: Grid, *, parts: int = 5) -> Array:
    """Share of each voxel inside, shape of the grid, from `parts`² points a voxel in its plane.

    Each outline holds from half-way to the plane below it to half-way to the plane above; the first and last reach as
    far outwards as inwards. Outlines in one plane combine by the even-odd rule, so that one inside another is a hole.
    What lies outside the grid is cut off. *Raises:* ValueError for an outline of fewer than three points.
    """
    planes = _planes(polygons)
    inside = np.zeros(grid.shape)
    if not planes:
        return inside
    levels = np.array(sorted(planes))
    bounds = _bounds(levels, grid.edge_mm[0])
    z = grid.axes_mm()[2]
    half = grid.edge_mm[0] / 2
    for at, level in enumerate(levels):
        low, high = bounds[at], bounds[at + 1]
        within = np.clip(np.minimum(z + half, high) - np.maximum(z - half, low), 0, None) / grid.edge_mm[0]
        reached = np.flatnonzero(within > 1e-9)
        if reached.size:
            inside[reached] += within[reached, None, None] * _plane(planes[level], grid, parts)
    return np.minimum(inside, 1)


def _planes(polygons: Sequence[Array]) -> dict[float, list[Array]]:
    planes: dict[float, list[Array]] = {}
    for polygon in polygons:
        if polygon.shape[0] < 3:
            raise ValueError(f"an outline of {polygon.shape[0]} points encloses nothing")
        height = float(polygon[:, 2].mean())
        level = next((known for known in planes if abs(known - height) < SAME_PLANE_MM), height)
        planes.setdefault(level, []).append(polygon[:, :2])
    return planes


def _bounds(levels: Array, edge_mm: float) -> Array:
    """Half-way between neighbours; a single plane is as thick as a voxel."""
    if levels.size == 1:
        return np.array([levels[0] - edge_mm / 2, levels[0] + edge_mm / 2])
    middle = (levels[1:] + levels[:-1]) / 2
    return np.concatenate([[2 * levels[0] - middle[0]], middle, [2 * levels[-1] - middle[-1]]])


def _plane(polygons: Sequence[Array], grid: Grid, parts: int) -> Array:
    """Share of each pixel of one plane inside, by counting how often a row crosses the outlines before each point."""
    x, y, _ = grid.axes_mm(parts)
    step = grid.edge_mm[2] / parts
    crossings = np.zeros((y.size, x.size + 1), dtype=np.int64)
    for polygon in polygons:
        rows, at_x = _crossings(polygon, y)
        column = np.clip(np.ceil((at_x - x[0]) / step), 0, x.size).astype(np.int64)
        np.add.at(crossings, (rows, column), 1)
    odd = (np.cumsum(crossings[:, :-1], axis=1) % 2).astype(np.float64)
    share: Array = odd.reshape(grid.shape[1], parts, grid.shape[2], parts).mean(axis=(1, 3))
    return share


def _crossings(polygon: Array, y: Array) -> tuple[NDArray[np.int64], Array]:
    """Where the rows at `y` cross the polygon's edges: (row, x). A corner on a row counts once."""
    start, end = polygon, np.roll(polygon, -1, axis=0)
    crosses = (start[None, :, 1] <= y[:, None]) != (end[None, :, 1] <= y[:, None])
    rows, edges = np.nonzero(crosses)
    along = (y[rows] - start[edges, 1]) / (end[edges, 1] - start[edges, 1])
    return rows, start[edges, 0] + along * (end[edges, 0] - start[edges, 0])

"""Ellipsoids, and how much of each voxel they fill. Positions are (x, y, z) in mm, as in `posolog.dosimetry.grid`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, prod

import numpy as np

from posolog.dosimetry.grid import Array, Grid, Triple


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """Centre and semi-axes in mm, both as (x, y, z); its axes are the patient's."""

    centre_mm: Triple
    semi_mm: Triple

    def __post_init__(self) -> None:
        if not all(np.isfinite((*self.centre_mm, *self.semi_mm))) or min(self.semi_mm) <= 0:
            raise ValueError(f"an ellipsoid needs semi-axes above 0 mm, not {self.semi_mm}")

    @property
    def volume_ml(self) -> float:
        """4/3 pi a b c."""
        return 4 / 3 * pi * prod(self.semi_mm) / 1000

    def depth(self, x_mm: Array, y_mm: Array, z_mm: Array) -> Array:
        """Below 1 inside, 1 on the surface."""
        (cx, cy, cz), (ax, ay, az) = self.centre_mm, self.semi_mm
        return ((x_mm - cx) / ax) ** 2 + ((y_mm - cy) / ay) ** 2 + ((z_mm - cz) / az) ** 2

    def chord(self, x_mm: Array, z_mm: Array) -> tuple[Array, Array]:
        """Where a ray from front to back at (x, z) enters and leaves, y in mm; both the centre's y where it misses."""
        (cx, cy, cz), (ax, ay, az) = self.centre_mm, self.semi_mm
        left = 1 - ((x_mm - cx) / ax) ** 2 - ((z_mm - cz) / az) ** 2
        half = ay * np.sqrt(np.maximum(left, 0))
        return cy - half, cy + half


def grid_around(body: Ellipsoid, edge_mm: float) -> Grid:
    """Cubic voxels that hold the body, with one empty voxel at each side."""
    if not (np.isfinite(edge_mm) and edge_mm > 0):
        raise ValueError(f"a voxel needs an edge above 0 mm, not {edge_mm}")
    counts = [int(np.ceil(2 * semi / edge_mm)) + 2 for semi in body.semi_mm]
    first = [centre - edge_mm * (n - 1) / 2 for centre, n in zip(body.centre_mm, counts, strict=True)]
    return Grid((counts[2], counts[1], counts[0]), (edge_mm,) * 3, (first[0], first[1], first[2]))


def shares(solids: Sequence[Ellipsoid], grid: Grid, *, parts: int = 4) -> Array:
    """Share of each voxel inside any of the ellipsoids, from `parts`³ points a voxel; shape of the grid.

    The points are exact, the share's error falls as parts^-1 or faster; the volume found is within a few 1e-4 of the
    ellipsoid's at `parts` = 4 and 20 voxels a diameter.
    """
    x, y, z = grid.axes_mm(parts)
    inside = np.zeros(grid.shape)
    for at in range(grid.shape[0]):
        slab = z[at * parts : (at + 1) * parts]
        hit = np.zeros((parts, y.size, x.size), dtype=bool)
        for solid in solids:
            hit |= solid.depth(x[None, None, :], y[None, :, None], slab[:, None, None]) <= 1
        if hit.any():
            by_voxel = hit.reshape(parts, grid.shape[1], parts, grid.shape[2], parts)
            inside[at] = by_voxel.mean(axis=(0, 2, 4))
    return inside

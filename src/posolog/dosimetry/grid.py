"""Where voxels lie.

Positions are those of DICOM: millimetres along x (to the patient's left), y (to the back) and z (to the head), and
written (x, y, z). Arrays have the axes (z, y, x).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """Voxels: `shape` (z, y, x), `edge_mm` (z, y, x), `first_mm` the centre of voxel [0, 0, 0] as (x, y, z)."""

    shape: tuple[int, int, int]
    edge_mm: Triple
    first_mm: Triple

    @property
    def voxel_ml(self) -> float:
        return prod(self.edge_mm) / 1000

    def axes_mm(self, parts: int = 1) -> tuple[Array, Array, Array]:
        """Positions (x, y, z) of voxel centres, or of the centres of `parts` slices of each voxel."""
        offsets = (np.arange(parts) + 0.5) / parts - 0.5
        made = []
        for first, edge, count in zip(self.first_mm, reversed(self.edge_mm), reversed(self.shape), strict=True):
            made.append((first + edge * (np.arange(count)[:, None] + offsets)).reshape(-1))
        return made[0], made[1], made[2]

    def around(self, margin_mm: float) -> Grid:
        """The same voxels, with as many more on each side as the margin needs."""
        more = [int(np.ceil(margin_mm / edge)) for edge in self.edge_mm]
        shape = tuple(count + 2 * extra for count, extra in zip(self.shape, more, strict=True))
        first = tuple(
            at - edge * extra for at, edge, extra in zip(self.first_mm, self.edge_mm[::-1], more[::-1], strict=True)
        )
        return Grid((shape[0], shape[1], shape[2]), self.edge_mm, (first[0], first[1], first[2]))

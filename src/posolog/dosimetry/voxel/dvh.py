"""Dose-volume histograms: how much of a region receives at least how much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Region = NDArray[np.floating] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class DoseVolume:
    """A region's voxels from the highest dose down: `dose_mgy` and the share of the volume that receives at least it.

    `volume_ml` is the region's volume; `left_out` the share of it whose dose is not a number (air, outside the map).
    """

    dose_mgy: Array
    share: Array
    mean_mgy: float
    sd_mgy: float
    volume_ml: float
    left_out: float

    def d(self, percent: float) -> float:
        """D_x: the largest dose that at least `percent` of the volume receive; no interpolation between voxels.

        *Raises:* ValueError outside (0, 100].
        """
        if not 0 < percent <= 100:
            raise ValueError(f"D{percent:g}: a percentage above 0 and up to 100 is needed")
        at = int(np.searchsorted(self.share, percent / 100 * (1 - 1e-12)))
        return float(self.dose_mgy[min(at, self.dose_mgy.size - 1)])

    def v(self, dose_mgy: float) -> float:
        """V_d: percent of the volume that receives at least `dose_mgy`."""
        reached = int(np.searchsorted(-self.dose_mgy, -dose_mgy, side="right"))
        return 100 * float(self.share[reached - 1]) if reached else 0.0

    def curve(self, points: int = 200) -> tuple[Array, Array]:
        """(dose_mgy, percent of volume) at equal dose steps from 0 to the maximum, for drawing."""
        dose = np.linspace(0, self.dose_mgy[0], points)
        return dose, np.array([self.v(at) for at in dose])


def dose_volume(dose_mgy: NDArray[np.floating], region: Region, *, voxel_ml: float) -> DoseVolume:
    """The histogram of a region. `region` has the map's shape: True/False, or each voxel's share inside, 0 to 1.

    *Raises:* ValueError for other shapes or shares, and for a region without a voxel that has a dose.
    """
    shares = np.asarray(region, dtype=np.float64)
    if shares.shape != dose_mgy.shape:
        raise ValueError(f"the region has shape {shares.shape}, the dose map {dose_mgy.shape}")
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("a region's voxels are shares between 0 and 1")
    inside = shares > 0
    dose, share = np.asarray(dose_mgy[inside], dtype=np.float64), shares[inside]
    known = np.isfinite(dose)
    if not known.any():
        raise ValueError("the region holds no voxel with a dose")
    left_out = 1 - share[known].sum() / share.sum()
    dose, weight = dose[known], share[known] / share[known].sum()
    order = np.argsort(-dose, kind="stable")
    mean = float(weight @ dose)
    spread = float(np.sqrt(weight @ (dose - mean) ** 2))
    cumulative = np.minimum(np.cumsum(weight[order]), 1.0)
    return DoseVolume(dose[order], cumulative, mean, spread, float(share.sum() * voxel_ml), float(left_out))

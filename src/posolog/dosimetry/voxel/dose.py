"""Absorbed dose maps from time-integrated activity maps.

A water kernel knows no interfaces: near lung, air and bone, and in marrow cavities, import a Monte Carlo map instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from posolog.dosimetry.voxel.convolve import Method, convolve
from posolog.dosimetry.voxel.kernel import VoxelKernel

WATER_G_ML = 1.0
# Below this a voxel is air or airway: dividing by its density gives a number without meaning.
LOWEST_DENSITY_G_ML = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class DoseMap:
    """`dose_mgy` has the activity map's shape (z, y, x) and array type; voxels without a meaningful dose are NaN.

    `edge` is the number of voxels at each end of each axis whose dose may lack what lies outside the image; `method`
    names the convolution and the density rule.
    """

    dose_mgy: Any
    voxel_mm: tuple[float, float, float]
    edge: tuple[int, int, int]
    method: str


def dose_map(
    activity_mbq_s: Any, kernel: VoxelKernel, *, density_g_ml: Any = None, method: Method = "auto",
) -> DoseMap:  # fmt: skip
    """Dose in each voxel, mGy, from time-integrated activity per voxel, MBq s: kernel convolution.

    With `density_g_ml` (same shape) the energy that reaches a voxel is divided by the voxel's own mass: dose in water
    times 1 / density; voxels below 0.2 g/mL become NaN. *Raises:* ValueError for negative or non-finite activity, for
    a density map of another shape, or with negative values. *Source:* Dieudonné et al., J Nucl Med 54:236, 2013
    (density scaling of voxel S values; unverified).
    """
    _check(activity_mbq_s)
    dose = convolve(activity_mbq_s, kernel, method=method)
    rule = "unit density"
    if density_g_ml is not None:
        dose, rule = dose / _density(density_g_ml, dose), "each voxel's own density"
    reach = kernel.reach
    return DoseMap(dose, kernel.voxel_mm, reach, f"{kernel.nuclide} voxel kernel ({kernel.source}), {rule}")


def local_deposition(
    activity_mbq_s: Any, *, delta_mgy_kg_per_mbq_s: float, voxel_mm: tuple[float, float, float],
    density_g_ml: Any = None,
) -> DoseMap:  # fmt: skip
    """Dose when every decay leaves its energy in its own voxel: right where the image blur exceeds the beta range."""
    _check(activity_mbq_s)
    mass_kg = prod(voxel_mm) * 1e-6 * WATER_G_ML
    dose = _float(activity_mbq_s) * (delta_mgy_kg_per_mbq_s / mass_kg)
    rule = "unit density"
    if density_g_ml is not None:
        dose, rule = dose / _density(density_g_ml, dose), "each voxel's own density"
    return DoseMap(dose, voxel_mm, (0, 0, 0), f"local deposition, {rule}")


def _check(activity: Any) -> None:
    lowest = float(activity.min())
    if not np.isfinite(lowest) or not np.isfinite(float(activity.sum())):
        raise ValueError("the activity map holds values that are not finite")
    if lowest < 0:
        raise ValueError(f"the activity map holds negative values, down to {lowest:g} MBq s")


def _density(density: Any, like: Any) -> Any:
    """Densities relative to water, NaN where they are too low to divide by."""
    if tuple(density.shape) != tuple(like.shape):
        raise ValueError(f"the density map has shape {tuple(density.shape)}, the activity map {tuple(like.shape)}")
    if float(density.min()) < 0:
        raise ValueError("the density map holds negative values")
    relative = _float(density) / WATER_G_ML
    relative[relative < LOWEST_DENSITY_G_ML] = float("nan")
    return relative


def _float(array: Any) -> Any:
    """A float32 copy, whatever the library."""
    return array.float().clone() if hasattr(array, "clone") else array.astype("float32")

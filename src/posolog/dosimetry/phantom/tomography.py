"""What a reconstructed tomogram of a phantom shows: its activity, blurred, with noise if asked for; and its CT."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from posolog.dosimetry.grid import Array, Grid
from posolog.dosimetry.phantom.geometry import shares
from posolog.dosimetry.phantom.model import Phantom

FWHM_PER_SD = 2 * np.sqrt(2 * np.log(2))
AIR_HU, WATER_HU = -1000.0, 0.0


def regions(phantom: Phantom, grid: Grid, *, parts: int = 4) -> dict[str, Array]:
    """Share of each voxel inside each organ, and inside the body (`"body"`, organs included)."""
    made = {organ.name: shares(organ.solids, grid, parts=parts) for organ in phantom.organs}
    return made | {"body": shares((phantom.body,), grid, parts=parts)}


def spect(
    phantom: Phantom, activity_mbq: dict[str, float], grid: Grid, *, fwhm_mm: float = 0.0,
    counts_per_mbq: float | None = None, draw: np.random.Generator | None = None, parts: int = 4,
) -> Array:  # fmt: skip
    """Activity concentration, MBq/mL, of organs of known activity; shape of the grid.

    Each organ's voxels sum to its activity exactly before the blur, which is a Gaussian of `fwhm_mm` that reaches out
    of the image. With `draw`, each voxel's activity is a Poisson number at `counts_per_mbq` counts per MBq, divided
    by it: the noise of counting alone, before the blur of a reconstruction.
    *Raises:* ValueError when one of the two is missing; KeyError for a name that is no organ.
    """
    if (draw is None) != (counts_per_mbq is None):
        raise ValueError("noise needs both a generator and the counts per MBq")
    activity = np.zeros(grid.shape)
    for name, amount in activity_mbq.items():
        inside = shares(phantom.organ(name).solids, grid, parts=parts)
        if not inside.any():
            raise ValueError(f"{name} lies outside the grid")
        activity += amount * inside / inside.sum()
    if draw is not None and counts_per_mbq is not None:
        activity = draw.poisson(activity * counts_per_mbq) / counts_per_mbq
    if fwhm_mm:
        sd = [fwhm_mm / FWHM_PER_SD / edge for edge in grid.edge_mm]
        activity = gaussian_filter(activity, sd, mode="constant", truncate=5)
    return activity / grid.voxel_ml


def ct(phantom: Phantom, grid: Grid, *, parts: int = 2) -> Array:
    """Hounsfield units of a body of water in air; shape of the grid. Organs have the body's own attenuation."""
    body = shares((phantom.body,), grid, parts=parts)
    return AIR_HU + (WATER_HU - AIR_HU) * body

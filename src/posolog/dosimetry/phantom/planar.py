"""Front and back views of a phantom, ray by ray in closed form: no scatter, no blur, parallel rays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.dosimetry.grid import Array, Grid
from posolog.dosimetry.phantom.model import Phantom


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Count rates (per second) and the body's thickness, each (z, x); the back view is not mirrored.

    `transmission` is the share of photons that cross the whole body at each pixel.
    """

    anterior_cps: Array
    posterior_cps: Array
    transmission: Array
    body_cm: Array
    pixel_mm: tuple[float, float]


def views(phantom: Phantom, activity_mbq: dict[str, float], grid: Grid, *, cps_per_mbq: float, parts: int = 4) -> Views:
    """Project organs of known activity to both sides.

    Along a ray at depth y from the front, activity per length attenuates as exp(-mu depth); over a chord from y1 to y2
    the integral is [exp(-mu (y1 - front)) - exp(-mu (y2 - front))] / mu, and likewise from the back. Each pixel is the
    mean of `parts`² rays, so that the counts of an image sum to the organ's own within 0.1 % (noise-free).
    `activity_mbq` names organs; one left out holds none. *Raises:* KeyError for a name that is no organ.
    """
    x, _, z = (axis / 1.0 for axis in grid.axes_mm(parts))
    x_mm, z_mm = x[None, :], z[:, None]
    front, back = phantom.body.chord(x_mm, z_mm)
    total = [np.zeros((z.size, x.size)), np.zeros((z.size, x.size))]
    for name, activity in activity_mbq.items():
        organ = phantom.organ(name)
        per_mm3 = activity * cps_per_mbq / (organ.volume_ml * 1000)
        for solid in organ.solids:
            near, far = solid.chord(x_mm, z_mm)
            for side, (start, end) in zip(total, ((near - front, far - front), (back - far, back - near)), strict=True):
                side += per_mm3 * _attenuated(start, end, phantom.attenuation_per_cm / 10)
    area = grid.edge_mm[0] * grid.edge_mm[2]
    body_cm = (back - front) / 10
    kept = [_binned(image, parts) for image in (*total, np.exp(-phantom.attenuation_per_cm * body_cm), body_cm)]
    return Views(kept[0] * area, kept[1] * area, kept[2], kept[3], (grid.edge_mm[0], grid.edge_mm[2]))


def _attenuated(start_mm: Array, end_mm: Array, per_mm: float) -> Array:
    """Integral of exp(-mu depth) from one depth to another, mm; the length itself where nothing attenuates."""
    if per_mm == 0:
        return end_mm - start_mm
    return np.exp(-per_mm * start_mm) * -np.expm1(-per_mm * (end_mm - start_mm)) / per_mm


def _binned(image: Array, parts: int) -> Array:
    rows, columns = image.shape
    mean: Array = image.reshape(rows // parts, parts, columns // parts, parts).mean(axis=(1, 3))
    return mean

"""From a series of tomograms to a dose map of the nuclide that treats.

Each region's activity is fitted over time and integrated with the therapy nuclide's decay; the region's integral is
laid out over its voxels as the mean tomogram shows it; the map is convolved with the voxel kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from posolog.core.finding import Finding
from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.curves import fit_curves
from posolog.dosimetry.grid import Array, Grid
from posolog.dosimetry.images.measure import REMAINDER, masks, measure
from posolog.dosimetry.images.model import Image, Study
from posolog.dosimetry.images.tags import stop
from posolog.dosimetry.surrogate import shift_per_h
from posolog.dosimetry.voxel import DoseVolume, RegionMaps, dose_volume, region_maps, yttrium_90

SECONDS_PER_HOUR = 3600
LEAST_IMAGES = 3
MEMORY = 5_000_000  # doses held at once while intervals are made


@dataclass(frozen=True, slots=True, eq=False)
class RegionDose:
    """A region's time-integrated activity (MBq h, with its standard uncertainty) and dose-volume histogram (mGy).

    `intervals` are 95 % intervals of mean, D98, D90 and D50 in mGy, from replicates of all regions' integrals.
    """

    name: str
    integral_mbq_h: float
    u_mbq_h: float
    volume: DoseVolume
    intervals: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class ImageDose:
    """`dose_mgy` on the tomograms' grid; `seed` and `replicates` made the intervals; `rules` name every choice."""

    dose_mgy: Array
    grid: Grid
    frame: str
    regions: tuple[RegionDose, ...]
    seed: int
    replicates: int
    rules: tuple[str, ...]


def image_dose(
    study: Study, *, therapy_mbq: float, u_percent: float, injected: datetime | None = None,
    injected_mbq: float | None = None, seed: int = 1, replicates: int = 500,
) -> tuple[ImageDose | None, tuple[Finding, ...]]:  # fmt: skip
    """The 90Y dose map of `therapy_mbq`, from tomograms of 111In given with it.

    `u_percent` is the relative standard uncertainty of one region's activity in one image. `injected` and
    `injected_mbq` stand for what the files do not state. None with findings where anything is missing.
    """
    measured, found = measure(study)
    images = [image for image in study.tomograms if image.unit == "Bq/mL"]
    faults = [*found, *_faults(images, injected, injected_mbq)]
    if faults or not (therapy_mbq > 0 and 0 < u_percent < 100):
        return None, tuple(faults) or (_amounts(),)
    first = images[0]
    start = injected or first.injected
    given = injected_mbq or first.injected_mbq
    assert start is not None and given is not None and first.nuclide, "checked above"
    names = list(dict.fromkeys(row.region for row in measured))
    times = np.array([[(image.acquired - start).total_seconds() / 3600 for image in images]] * len(names))  # type: ignore[operator]
    values = np.array([[row.activity_mbq for row in measured if row.region == name] for name in names])
    early = _before(times, images)
    if early:
        return None, (early,)
    tracer, therapy = NUCLIDES[first.nuclide], NUCLIDES["90Y"]
    fitted = fit_curves(times, values, np.maximum(values, 1e-9) * u_percent / 100, physical_per_h=tracer.rate_per_h)
    integral = fitted.integral(shift_per_h=shift_per_h(tracer, therapy))
    scale = therapy_mbq / given
    return _mapped(study, images, names, integral.value * scale, integral.u * scale, seed, replicates), ()


def _mapped(
    study: Study, images: list[Image], names: list[str], integral_mbq_h: Array, u_mbq_h: Array, seed: int,
    replicates: int,
) -> ImageDose:  # fmt: skip
    """Lay the integrals out, convolve, and draw the replicates."""
    first = images[0]
    inside, _ = masks(study, first)
    shown = np.mean([image.values / image.values.sum() for image in images], axis=0)
    sources = {
        name: _laid_out(shown * inside[name], total * SECONDS_PER_HOUR)
        for name, total in zip(names, integral_mbq_h, strict=True)
    }
    maps = region_maps(sources, yttrium_90(first.grid.edge_mm))
    draws = np.random.default_rng(seed).normal(1, u_mbq_h / integral_mbq_h, size=(replicates, len(names)))
    weights = np.maximum(draws, 0)
    dose = maps.whole(np.ones(len(names))).astype(np.float64)
    regions = [
        RegionDose(
            name, float(total), float(u), dose_volume(dose, inside[name], voxel_ml=first.grid.voxel_ml),
            {} if name == REMAINDER else _intervals(maps, weights, inside[name]),
        )
        for name, total, u in zip(names, integral_mbq_h, u_mbq_h, strict=True)
    ]  # fmt: skip
    rules = (
        "curves: averaged exponentials of each region; after the last image the slowest rate goes on",
        "each region's integral is laid out over its voxels as in the mean of the images",
        "no recovery coefficient; water everywhere; nothing outside the image",
        f"intervals: {replicates} replicates of the regions' integrals, seed {seed}",
    )
    return ImageDose(dose, first.grid, first.frame, tuple(regions), seed, replicates, rules)


def _laid_out(shown: Array, total: float) -> Array:
    held = shown.sum()
    return shown * (total / held) if held > 0 else np.zeros_like(shown)


def _intervals(maps: RegionMaps, weights: Array, inside: Array) -> dict[str, tuple[float, float]]:
    """95 % intervals over the replicates; each voxel counts by its share inside the region."""
    own, share = maps.within(inside > 0), inside[inside > 0]
    step = max(1, MEMORY // own.where.size)
    parts = [_figures(np.asarray(weights[at : at + step] @ own.maps_mgy), share) for at in range(0, len(weights), step)]
    every = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return {name: (float(np.quantile(each, 0.025)), float(np.quantile(each, 0.975))) for name, each in every.items()}


def _figures(doses: Array, share: Array) -> dict[str, Array]:
    """Mean, D98, D90 and D50 of each replicate, as `DoseVolume.d` defines them; `doses` is (replicates, voxels)."""
    order = np.argsort(-doses, axis=1)
    received = np.cumsum(share[order], axis=1) / share.sum()
    made = {"mean": doses @ share / share.sum()}
    for percent in (98, 90, 50):
        at = np.argmax(received >= percent / 100 * (1 - 1e-12), axis=1)
        made[f"D{percent}"] = np.take_along_axis(doses, order, axis=1)[np.arange(len(doses)), at]
    return made


def _faults(images: list[Image], injected: datetime | None, injected_mbq: float | None) -> list[Finding]:
    """What keeps a series of images from giving a dose."""
    where = images[0].files[0] if images else ""
    faults = []
    if len(images) < LEAST_IMAGES:
        message = f"{len(images)} images: a curve needs at least {LEAST_IMAGES}"
        faults.append(stop("IMAGE-FEW", message, "Add images at other times.", where=where))
        return faults
    if len({image.grid for image in images}) > 1 or len({image.frame for image in images}) > 1:
        step = "Resample and register them to one another."
        faults.append(stop("IMAGE-GRIDS", "the tomograms do not lie on one grid", step, where=where))
    if {image.nuclide for image in images} != {"111In"}:
        said = ", ".join(sorted({image.nuclide or "not stated" for image in images}))
        step = "This map is made from 111In for 90Y."
        faults.append(stop("IMAGE-NUCLIDE", f"the images' nuclide: {said}", step, where=where))
    starts, amounts = ({getattr(image, key) for image in images} for key in ("injected", "injected_mbq"))
    if (injected is None and (len(starts) > 1 or None in starts)) or (
        injected_mbq is None and (len(amounts) > 1 or None in amounts)
    ):
        step = "State time and activity of the injection yourself."
        faults.append(stop("IMAGE-INJECTION", "the files do not agree on one injection", step, where=where))
    return faults


def _before(times: Array, images: list[Image]) -> Finding | None:
    if times.min() > 0:
        return None
    where = images[int(times[0].argmin())].files[0]
    step = "Correct the clock of the image or of the injection."
    return stop("IMAGE-BEFORE", f"an image {-times.min():.2g} h before the injection", step, where=where)


def _amounts() -> Finding:
    step = "State an activity above 0 MBq, and an uncertainty between 0 and 100 %."
    return stop("IMAGE-AMOUNT", "the activity or the uncertainty asked for is not possible", step, where="")

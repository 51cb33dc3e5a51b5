"""Activity of outlined regions in each tomogram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import exp

import numpy as np

from posolog.core.finding import Finding
from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.grid import Array
from posolog.dosimetry.images.contours import shares
from posolog.dosimetry.images.model import Image, Study
from posolog.dosimetry.images.tags import stop

BQ_PER_MBQ = 1e6
REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Measured:
    """A region's activity at the start of an acquisition, as the image shows it: no recovery coefficient applied."""

    region: str
    at: datetime
    activity_mbq: float
    volume_ml: float
    series: str
    file: str


def masks(study: Study, image: Image) -> tuple[dict[str, Array], tuple[Finding, ...]]:
    """Share of each voxel of an image inside each region, and which regions cannot be used on it.

    What lies in no region is `remainder`. Regions that overlap are a finding: an activity may be counted once only.
    """
    found: list[Finding] = []
    made: dict[str, Array] = {}
    for contours in study.contours:
        if contours.frame != image.frame:
            message = "the outlines were drawn in another frame of reference than the image"
            step = "Register them, or export both from one study."
            found.append(stop("IMAGE-FRAME", message, step, where=contours.file))
            continue
        for name, polygons in contours.regions.items():
            inside = _region(name, polygons, image, found, contours.file)
            if inside is not None:
                made[name] = inside
    total = sum(made.values(), np.zeros(image.grid.shape))
    if total.max(initial=0) > 1 + 1e-6:
        message = f"regions overlap in {int((total > 1 + 1e-6).sum())} voxels of {image.files[0]}"
        step = "Redraw them: an activity may be counted once only."
        found.append(stop("IMAGE-OVERLAP", message, step, where=image.files[0]))
    made[REMAINDER] = np.maximum(1 - total, 0)
    return made, tuple(found)


def _region(name: str, polygons: tuple[Array, ...], image: Image, found: list[Finding], file: str) -> Array | None:
    if not polygons:
        step = "Draw it, or delete it."
        found.append(stop("IMAGE-REGION", f"{name!r} has no closed outline", step, where=file, words=name))
        return None
    inside = shares(polygons, image.grid)
    if not inside.any():
        step = "Check the registration of outlines and image."
        found.append(stop("IMAGE-REGION", f"{name!r} lies outside the image", step, where=file, words=name))
        return None
    return inside


def measure(study: Study) -> tuple[tuple[Measured, ...], tuple[Finding, ...]]:
    """Every region in every tomogram, by time; what cannot be measured is a finding."""
    found: list[Finding] = []
    if not study.tomograms:
        found.append(stop("IMAGE-NONE", "no usable tomogram was found", "See the other findings.", where=""))
    made: list[Measured] = []
    for image in study.tomograms:
        if image.unit != "Bq/mL":
            message = "the image holds counts, not activity"
            found.append(stop("IMAGE-COUNTS", message, "Calibrate it: export it in Bq/mL.", where=image.files[0]))
            continue
        back = to_acquisition(image)
        if back is None:
            message = "it is corrected to an injection whose time or nuclide the file does not state"
            found.append(stop("IMAGE-DECAY", message, "Export it corrected to its own start.", where=image.files[0]))
            continue
        inside, faults = masks(study, image)
        found += [fault for fault in faults if fault not in found]
        made += _regions(image, inside, back)
    return tuple(made), tuple(found)


def _regions(image: Image, inside: Mapping[str, Array], back: float) -> Iterator[Measured]:
    assert image.acquired is not None, "an image without a clock is refused when it is read"
    for name, share in inside.items():
        held = float((image.values * share).sum()) * image.grid.voxel_ml / BQ_PER_MBQ * back
        volume = float(share.sum()) * image.grid.voxel_ml
        yield Measured(name, image.acquired, held, volume, image.series, image.files[0])


def to_acquisition(image: Image) -> float | None:
    """What an image's values are multiplied by to hold at the start of its acquisition.

    An image corrected to the injection (ADMIN) is decayed again; None when its nuclide or the time of injection is
    not known.
    """
    if image.decay in ("START", "NONE"):
        return 1.0
    if image.injected is None or image.acquired is None or image.nuclide not in NUCLIDES:
        return None
    hours = (image.acquired - image.injected).total_seconds() / 3600
    return exp(-NUCLIDES[image.nuclide].rate_per_h * hours)

"""A folder of DICOM files to checked images: nothing without a time, a scale and a decay reference passes.

*Source:* DICOM PS3.3 (CT, NM, PET and RT Structure Set modules). Axial volumes only: a tilted one is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pydicom import dcmread
from pydicom.errors import InvalidDicomError

from posolog.core.finding import Finding
from posolog.dosimetry.images import tags
from posolog.dosimetry.images.model import Contours, DecayReference, Image, Study
from posolog.dosimetry.images.tags import stop
from posolog.dosimetry.images.volume import Unusable, frames, scaled, slices, unit_of

# What a header that lacks an attribute or holds nonsense raises when it is read; pixels packed in a way that no
# installed decoder knows raise RuntimeError.
SPOILT = (AttributeError, KeyError, IndexError, TypeError, ValueError, RuntimeError)


def read_folder(folder: str | Path, *, decay: DecayReference | None = None) -> tuple[Study, tuple[Finding, ...]]:
    """Every DICOM file below a folder, sorted into CT, tomograms and outlines.

    `decay` is what the user states of tomograms whose files do not say what their decay correction refers to. A file
    that cannot be used is left out with a finding. *Raises:* OSError when the folder cannot be read.
    """
    found: list[Finding] = []
    loaded: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and (data := _opened(path, found)) is not None:
            loaded[f"{data.get('Modality')} {data.get('SeriesInstanceUID')}"].append((str(path), data))
    images, outlines = [], []
    for key, files in loaded.items():
        match key.split()[0]:
            case "CT" | "PT" | "NM":
                images += _usable(partial(_image, files, decay), files[0][0], found)
            case "RTSTRUCT":
                for file in files:
                    outlines += _usable(partial(_contours, *file), file[0], found)
    return _study(images, outlines, found), tuple(found)


def _usable(read: Callable[[], tuple[Any, list[Finding]]], name: str, found: list[Finding]) -> list[Any]:
    """What one series gives, if anything; a header that lacks or spoils what is needed is a finding."""
    try:
        kept, faults = read()
    except SPOILT as error:
        message = f"its header cannot be used: {error}"
        kept, faults = None, [stop("IMAGE-UNREADABLE", message, "Export the file again.", where=name)]
    found += faults
    return [] if kept is None else [kept]


def _opened(path: Path, found: list[Finding]) -> Any:
    try:
        return dcmread(path)
    except InvalidDicomError:
        if path.suffix.lower() == ".dcm":  # a text or CSV file beside the images is no mistake
            found.append(stop("IMAGE-UNREADABLE", "the file is no DICOM file", "Export it again.", where=str(path)))
        return None
    except Exception as error:  # a damaged file may fail anywhere in the parser
        step = "Export the file again."
        found.append(stop("IMAGE-UNREADABLE", f"the file is damaged: {error}", step, where=str(path)))
        return None


def _study(images: list[Image], outlines: list[Contours], found: list[Finding]) -> Study:
    scans = [image for image in images if image.unit == "HU"]
    if len(scans) > 1:
        step = "Leave one CT series in the folder."
        message = f"{len(scans)} CT series: which one is meant?"
        found.append(stop("IMAGE-TWO-CT", message, step, where=scans[1].files[0]))
    tomograms = sorted((image for image in images if image.unit != "HU"), key=lambda image: str(image.acquired))
    return Study(scans[0] if len(scans) == 1 else None, tuple(tomograms), tuple(outlines))


def _image(files: list[tuple[str, Any]], decay: DecayReference | None) -> tuple[Image | None, list[Finding]]:
    name, first = files[0]
    if first.get("Modality") == "NM" and "RECON TOMO" not in " ".join(map(str, first.get("ImageType", ()))):
        step = "Planar views and projections are given as counts of regions, in the CSV file."
        return None, [stop("IMAGE-NOT-TOMOGRAM", "an NM file that is no reconstructed tomogram", step, where=name)]
    try:
        values, grid = frames(files) if "NumberOfFrames" in first else slices(files)
        values, unit = scaled(first, values) if "NumberOfFrames" in first else (values, unit_of(first))
    except Unusable as fault:
        return None, [fault.finding]
    image = Image(
        values, grid, unit, str(first.SeriesInstanceUID), str(first.get("FrameOfReferenceUID", "")),
        tuple(path for path, _ in files), str(first.get("PatientID", "") or ""),
    )  # fmt: skip
    return (image, []) if unit == "HU" else _dated(image, first, decay)


def _dated(image: Image, data: Any, stated: DecayReference | None) -> tuple[Image | None, list[Finding]]:
    """The image with its clock, nuclide and decay reference, or what is missing."""
    where, faults = image.files[0], []
    acquired = tags.moment(data, "Acquisition", "Series")
    if acquired is None:
        step = "State date and time in the header: a dose cannot be computed from an image without a clock."
        faults.append(stop("IMAGE-TIME", "the file states no date and time of acquisition", step, where=where))
    reference = _decay_reference(data) or stated
    if reference is None:
        step = "State in the input file what the decay correction refers to: START, ADMIN or NONE."
        faults.append(stop("IMAGE-DECAY", "the file does not say whether it is decay-corrected", step, where=where))
    item = tags.tracer(data)
    if item is not None:
        name = tags.nuclide(item)
        amount, fault = tags.dose_mbq(data, item, where=where)
        faults += [found for found in (fault, tags.wrong_half_life(item, name, where=where)) if found]
        injected = tags.moment(item, "RadiopharmaceuticalStart")
        image = replace(image, nuclide=name, injected=injected, injected_mbq=amount)
    zone = str(data.get("TimezoneOffsetFromUTC", "") or "")
    image = replace(image, acquired=acquired, decay=reference, zone=zone)
    return (None if faults else image), faults


def _decay_reference(data: Any) -> DecayReference | None:
    """(0054,1102) of PET files; (0018,9758) with its date-time of newer ones."""
    said = str(data.get("DecayCorrection", "")).upper()
    if said in ("START", "ADMIN", "NONE"):
        return said  # type: ignore[return-value]
    return "NONE" if str(data.get("DecayCorrected", "")).upper() == "NO" else None


def _contours(name: str, data: Any) -> tuple[Contours, list[Finding]]:
    names = {int(roi.ROINumber): str(roi.ROIName) for roi in data.get("StructureSetROISequence") or ()}
    regions: dict[str, list[Any]] = defaultdict(list)
    for roi in data.get("ROIContourSequence") or ():
        for contour in _closed(roi.get("ContourSequence") or ()):
            points = np.array([float(at) for at in contour.ContourData]).reshape(-1, 3)
            regions[names.get(int(roi.ReferencedROINumber), "")].append(points)
    placed = [str(item.get("FrameOfReferenceUID", "")) for item in data.get("ReferencedFrameOfReferenceSequence") or ()]
    drawn = {region: tuple(polygons) for region, polygons in regions.items()}
    return Contours(drawn, placed[0] if placed else "", name), []


def _closed(contours: Iterable[Any]) -> Iterable[Any]:
    return (contour for contour in contours if contour.get("ContourGeometricType") == "CLOSED_PLANAR")

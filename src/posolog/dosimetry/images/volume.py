"""The voxels of one series, with their scale and place; or why they cannot be used."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.grid import Grid
from posolog.dosimetry.images.model import Unit
from posolog.dosimetry.images.tags import stop

Array32 = NDArray[np.float32]
AXIAL = np.array([1.0, 0, 0, 0, 1, 0])
BQML_CODES = ("BQML", "Bq/ml", "Bq/mL", "Becquerels/milliliter")


class Unusable(Exception):
    """Carries one finding out of the reading of one series."""

    def __init__(self, code: str, message: str, next_step: str, where: str) -> None:
        super().__init__(message)
        self.finding = stop(code, message, next_step, where=where)


def frames(files: list[tuple[str, Any]]) -> tuple[Array32, Grid]:
    """One multi-frame tomogram: frames are slices."""
    (name, data), *more = files
    if more:
        raise Unusable("IMAGE-SPLIT", f"{len(files)} multi-frame files in one series", "Keep one of them.", name)
    detectors = data.get("DetectorInformationSequence") or [data]
    place = next((item for item in (detectors[0], data) if "ImagePositionPatient" in item), None)
    if place is None:
        raise Unusable("IMAGE-PLACE", "the file does not say where its voxels lie", "Export it with positions.", name)
    _axial(place, name)
    spacing = float(data.get("SpacingBetweenSlices") or data.get("SliceThickness") or 0)
    if spacing == 0:
        raise Unusable("IMAGE-PLACE", "the file does not say how far its slices are apart", "Export it again.", name)
    values = data.pixel_array.astype(np.float32)
    first = [float(at) for at in place.ImagePositionPatient]
    if spacing < 0:  # slices run to the feet: turn them to the head
        values, first[2] = values[::-1], first[2] + spacing * (values.shape[0] - 1)
    row, column = (float(edge) for edge in data.PixelSpacing)
    grid = Grid(tuple(values.shape), (abs(spacing), row, column), (first[0], first[1], first[2]))
    return np.ascontiguousarray(values), grid


def slices(files: list[tuple[str, Any]]) -> tuple[Array32, Grid]:
    """One file a slice: sorted by position, equally spaced, each with its own rescale."""
    name = files[0][0]
    for path, data in files:
        if "ImagePositionPatient" not in data:
            raise Unusable("IMAGE-PLACE", "the file does not say where its voxels lie", "Export it again.", path)
        if "RescaleSlope" not in data:
            raise Unusable("IMAGE-SCALE", "the file states no rescale slope", "Export it again.", path)
        _axial(data, path)
    ordered = sorted((data for _, data in files), key=lambda data: float(data.ImagePositionPatient[2]))
    heights = np.array([float(data.ImagePositionPatient[2]) for data in ordered])
    steps = np.diff(heights)
    if steps.size and (steps.min() <= 0 or np.ptp(steps) > 0.01 * steps.mean()):
        step = "Export the whole series: a slice is missing or there twice."
        raise Unusable("IMAGE-SLICES", "the slices are not equally spaced", step, name)
    values = np.stack(
        [
            data.pixel_array.astype(np.float32) * float(data.RescaleSlope) + float(data.get("RescaleIntercept") or 0)
            for data in ordered
        ]
    )
    first, (row, column) = ordered[0], (float(edge) for edge in ordered[0].PixelSpacing)
    thick = float(steps.mean()) if steps.size else float(first.SliceThickness)
    x, y, z = (float(at) for at in first.ImagePositionPatient)
    return values, Grid(tuple(values.shape), (thick, row, column), (x, y, z))


def _axial(place: Any, name: str) -> None:
    turned = np.array([float(at) for at in place.get("ImageOrientationPatient", AXIAL)])
    if np.abs(turned - AXIAL).max() > 1e-3:
        step = "Resample it to axial slices, head first, on the back."
        raise Unusable("IMAGE-TILTED", "the volume is not axial", step, name)


def unit_of(data: Any) -> Unit:
    if data.get("Modality") == "CT":
        return "HU"
    return "Bq/mL" if str(data.get("Units", "")) == "BQML" else "counts"


def scaled(data: Any, values: Array32) -> tuple[Array32, Unit]:
    """A multi-frame tomogram in its own unit; a scale that is stated nowhere is not taken for 1."""
    for mapping in data.get("RealWorldValueMappingSequence") or ():
        codes = [str(code.get("CodeValue", "")) for code in mapping.get("MeasurementUnitsCodeSequence") or ()]
        if any(code in BQML_CODES for code in codes):
            scaled = values * float(mapping.RealWorldValueSlope) + float(mapping.RealWorldValueIntercept)
            return scaled, "Bq/mL"
    if "RescaleSlope" in data:
        return values * float(data.RescaleSlope) + float(data.get("RescaleIntercept") or 0), unit_of(data)
    if str(data.get("Units", "")) == "CNTS":
        return values, "counts"
    where = str(getattr(data, "filename", ""))
    raise Unusable("IMAGE-SCALE", "the file states no rescale slope and no unit", "Export it as Bq/mL.", where)

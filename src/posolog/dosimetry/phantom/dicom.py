"""A phantom's CT, tomograms and outlines as DICOM files, as a camera's workstation would export them.

The same phantom gives the same bytes. Times are the phantom's own clock: injection on 2027-01-11 at 09:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import (
    UID,
    CTImageStorage,
    ExplicitVRLittleEndian,
    NuclearMedicineImageStorage,
    RTStructureSetStorage,
    generate_uid,
)

from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.grid import Array, Grid
from posolog.dosimetry.phantom.geometry import Ellipsoid
from posolog.dosimetry.phantom.model import Phantom

INJECTED = datetime(2027, 1, 11, 9, 0)
CODES = {"111In": "^111^Indium", "90Y": "^90^Yttrium"}
POINTS = 120  # of an outline


def uid(*words: str) -> str:
    return generate_uid(entropy_srcs=["posolog phantom", *words])


FRAME = uid("frame of reference")


def write_ct(folder: Path, hounsfield: Array, grid: Grid) -> None:
    """One file a slice."""
    for at, plane in enumerate(np.rint(hounsfield).astype("<i2")):
        data = _new(CTImageStorage, "CT", uid("CT", str(at)), INJECTED)
        data.SeriesInstanceUID = uid("CT series")
        data.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        data.RescaleIntercept, data.RescaleSlope, data.RescaleType = 0, 1, "HU"
        data.ImagePositionPatient = [*grid.first_mm[:2], grid.first_mm[2] + at * grid.edge_mm[0]]
        data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        _pixels(data, plane, grid, bits=16, signed=True)
        _save(data, folder / f"ct-{at:03d}.dcm")


def write_tomogram(
    folder: Path, mbq_per_ml: Array, grid: Grid, *, time_h: float, nuclide: str, injected_mbq: float
) -> None:
    """One multi-frame NM file, in Bq/mL, not decay-corrected."""
    at = INJECTED + timedelta(hours=time_h)
    data = _new(NuclearMedicineImageStorage, "NM", uid("NM", str(time_h)), at)
    data.SeriesInstanceUID = uid("NM series", str(time_h))
    data.ImageType = ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"]
    data.Units, data.DecayCorrection = "BQML", "NONE"
    data.NumberOfFrames, data.SpacingBetweenSlices = grid.shape[0], grid.edge_mm[0]
    highest = float(mbq_per_ml.max()) * 1e6
    slope = float(f"{max(highest, 1e-9) / 65535:.8e}") * (1 + 1e-7)
    data.RescaleSlope, data.RescaleIntercept = f"{slope:.9e}", 0
    place = Dataset()
    place.ImagePositionPatient, place.ImageOrientationPatient = list(grid.first_mm), [1, 0, 0, 0, 1, 0]
    data.DetectorInformationSequence = Items([place])
    data.RadiopharmaceuticalInformationSequence = Items([_tracer(nuclide, injected_mbq)])
    _pixels(data, np.rint(mbq_per_ml * 1e6 / slope).astype("<u2"), grid, bits=16, signed=False)
    _save(data, folder / f"nm-{time_h:05.1f}h.dcm")


def write_outlines(folder: Path, phantom: Phantom, grid: Grid) -> None:
    """The organs' outlines on the planes of the grid."""
    data = _new(RTStructureSetStorage, "RTSTRUCT", uid("RTSTRUCT"), INJECTED)
    data.SeriesInstanceUID, data.StructureSetLabel = uid("RTSTRUCT series"), "organs"
    reference = Dataset()
    reference.FrameOfReferenceUID = FRAME
    data.ReferencedFrameOfReferenceSequence = Items([reference])
    names, outlines = [], []
    for number, organ in enumerate(phantom.organs, 1):
        name, outline = Dataset(), Dataset()
        name.ROINumber, name.ROIName, name.ReferencedFrameOfReferenceUID = number, organ.name, FRAME
        name.ROIGenerationAlgorithm = "AUTOMATIC"
        outline.ReferencedROINumber = number
        outline.ContourSequence = Items([_contour(points) for solid in organ.solids for points in rings(solid, grid)])
        names.append(name)
        outlines.append(outline)
    data.StructureSetROISequence, data.ROIContourSequence = Items(names), Items(outlines)
    _save(data, folder / "outlines.dcm")


def rings(solid: Ellipsoid, grid: Grid) -> Sequence[Array]:
    """Outlines (n, 3) in mm on each plane of the grid that cuts the ellipsoid."""
    angle = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    (cx, cy, cz), (ax, ay, az) = solid.centre_mm, solid.semi_mm
    made = []
    for z in grid.axes_mm()[2]:
        left = 1 - ((z - cz) / az) ** 2
        if left > 0:
            scale = np.sqrt(left)
            ring = [cx + ax * scale * np.cos(angle), cy + ay * scale * np.sin(angle), np.full(POINTS, z)]
            made.append(np.stack(ring, axis=1))
    return made


def _contour(points: Array) -> Dataset:
    item = Dataset()
    item.ContourGeometricType, item.NumberOfContourPoints = "CLOSED_PLANAR", len(points)
    item.ContourData = [f"{at:.4f}" for at in points.reshape(-1)]
    return item


def _tracer(nuclide: str, injected_mbq: float) -> Dataset:
    code, item = Dataset(), Dataset()
    code.CodeMeaning = CODES[nuclide]
    item.RadionuclideCodeSequence = Items([code])
    item.RadionuclideHalfLife = f"{NUCLIDES[nuclide].half_life_h * 3600:.1f}"
    item.RadionuclideTotalDose = f"{injected_mbq:.6g}"  # MBq in an NM file
    item.RadiopharmaceuticalStartDateTime = INJECTED.strftime("%Y%m%d%H%M%S")
    return item


def _new(kind: str, modality: str, ident: str, at: datetime) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = UID(kind), UID(ident)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID, data.Modality = kind, ident, modality
    data.PatientID, data.PatientName = "PHANTOM", "Phantom^Analytic"
    data.StudyInstanceUID, data.FrameOfReferenceUID = uid("study"), FRAME
    data.StudyDate = data.SeriesDate = data.AcquisitionDate = at.strftime("%Y%m%d")
    data.StudyTime = data.SeriesTime = data.AcquisitionTime = at.strftime("%H%M%S")
    return data


def _pixels(data: Dataset, values: Any, grid: Grid, *, bits: int, signed: bool) -> None:
    data.Rows, data.Columns = grid.shape[1:]
    data.PixelSpacing, data.SliceThickness = list(grid.edge_mm[1:]), grid.edge_mm[0]
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = bits
    data.HighBit, data.PixelRepresentation = bits - 1, int(signed)
    data.PixelData = values.tobytes()


def _save(data: FileDataset, path: Path) -> None:
    data.save_as(path, enforce_file_format=True)

"""A dose map as a DICOM RT Dose file, which planning systems and viewers place over the CT.

*Source:* DICOM PS3.3, RT Dose module (C.8.8.3). The file refers to no plan: `DoseSummationType` PLAN is the only value
of the standard that viewers accept for a sum of injections.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, RTDoseStorage, generate_uid

from posolog import __version__
from posolog.dosimetry.grid import Grid

LEVELS = 2**32 - 1
COMMENT = "Research use, not a medical device."
COMMENT_LENGTH = 64  # of a DICOM long string


def rtdose(
    dose_gy: NDArray[np.floating], grid: Grid, *, patient: str, frame: str, study: str = "", created: datetime,
    comment: str = "",
) -> bytes:  # fmt: skip
    """The file's bytes; the same arguments give the same bytes.

    `dose_gy` has the grid's shape; voxels without a dose (NaN) are written as 0, which is all the format can hold.
    `frame` is the FrameOfReferenceUID of the CT that the dose lies on. *Raises:* ValueError for another shape, for
    negative or infinite doses.
    """
    known = np.nan_to_num(np.asarray(dose_gy, dtype=np.float64), nan=0.0, posinf=np.inf)
    if known.shape != grid.shape:
        raise ValueError(f"the dose map has shape {known.shape}, its grid {grid.shape}")
    if not np.isfinite(known).all() or known.min() < 0:
        raise ValueError("doses must be finite and not negative")
    step = float(f"{max(known.max(), 1e-12) / LEVELS:.9e}") * (1 + 1e-8)  # DS holds 16 characters: rounded up
    stored = np.rint(known / step).astype("<u4")
    seed = [patient, frame, study, created.isoformat(), stored.tobytes().hex()[:4096], str(step)]
    data = _head(patient, frame, study or generate_uid(entropy_srcs=["study", *seed]), created, seed)
    _geometry(data, grid)
    _pixels(data, stored, step, f"{COMMENT} {comment}".strip())
    out = BytesIO()
    data.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _head(patient: str, frame: str, study: str, created: datetime, seed: list[str]) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = RTDoseStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=seed)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPClassUID, data.SOPInstanceUID = RTDoseStorage, meta.MediaStorageSOPInstanceUID
    data.SpecificCharacterSet = "ISO_IR 192"
    data.Modality, data.Manufacturer, data.SoftwareVersions = "RTDOSE", "posolog", __version__
    data.PatientName, data.PatientID, data.PatientBirthDate, data.PatientSex = patient, patient, "", ""
    data.StudyInstanceUID, data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = study, "", "", ""
    data.SeriesInstanceUID = generate_uid(entropy_srcs=["series", *seed])
    data.SeriesNumber, data.InstanceNumber, data.OperatorsName = None, 1, ""
    data.StudyDate = data.ContentDate = data.InstanceCreationDate = created.strftime("%Y%m%d")
    data.StudyTime = data.ContentTime = data.InstanceCreationTime = created.strftime("%H%M%S")
    data.FrameOfReferenceUID, data.PositionReferenceIndicator = frame, ""
    return data


def _geometry(data: Dataset, grid: Grid) -> None:
    thick, row, column = grid.edge_mm
    data.ImagePositionPatient = [f"{at:.6f}" for at in grid.first_mm]
    data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    data.PixelSpacing = [f"{row:.8f}", f"{column:.8f}"]
    data.SliceThickness = f"{thick:.8f}"
    data.NumberOfFrames, data.Rows, data.Columns = grid.shape
    data.FrameIncrementPointer = 0x3004000C
    data.GridFrameOffsetVector = [f"{at * thick:.6f}" for at in range(grid.shape[0])]


def _pixels(data: Dataset, stored: NDArray[Any], step: float, comment: str) -> None:
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 32, 32, 31, 0
    data.DoseUnits, data.DoseType, data.DoseSummationType = "GY", "PHYSICAL", "PLAN"
    data.DoseComment = comment[:COMMENT_LENGTH]
    data.DoseGridScaling = f"{step:.9e}"
    data.PixelData = stored.tobytes()

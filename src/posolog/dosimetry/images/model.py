"""What is taken from DICOM files, once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.grid import Array, Grid

# START: corrected to the start of the acquisition; ADMIN: to the injection; NONE: not corrected.
DecayReference = Literal["START", "ADMIN", "NONE"]
Unit = Literal["HU", "Bq/mL", "counts"]


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A volume with axes (z, y, x). `files` are what it was read from; times are the files' own local clock."""

    values: NDArray[np.float32]
    grid: Grid
    unit: Unit
    series: str
    frame: str
    files: tuple[str, ...]
    patient: str = ""
    acquired: datetime | None = None
    zone: str = ""
    nuclide: str = ""
    decay: DecayReference | None = None
    injected: datetime | None = None
    injected_mbq: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """Closed outlines of regions: for each name, polygons (n, 3) of (x, y, z) mm, each in one axial plane."""

    regions: Mapping[str, tuple[Array, ...]]
    frame: str
    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """All usable images of a folder: the CT if there is one, tomograms by time, outlines of regions."""

    ct: Image | None = None
    tomograms: tuple[Image, ...] = ()
    contours: tuple[Contours, ...] = field(default=())

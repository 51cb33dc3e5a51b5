"""A region's activity curve, its points and what bears on all of them."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.core.finding import Place
from posolog.dosimetry.study.model import Region, Row


@dataclass(frozen=True, slots=True)
class Factor:
    """A systematic influence: the value of a curve goes with factor**power; `rel_u` its standard uncertainty."""

    name: str
    power: float
    rel_u: float


@dataclass(frozen=True, slots=True)
class Point:
    """One point: hours after the first injection of the measured nuclide, as measured (not decay corrected)."""

    time_h: float
    value: float
    u: float  # random part
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A region's points in MBq, or MBq/mL for blood and samples."""

    region: Region
    unit: str
    points: tuple[Point, ...]
    factors: tuple[Factor, ...]
    recovery: float | None
    recovery_slope: float  # d ln R/d ln V
    volume_counts: bool  # the activity was concentration times volume
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A value on its way, and its relative random uncertainty."""

    value: float
    rel_u: float | None


def place_of(row: Row) -> Place:
    """Where a row stands: its file, line, region and time."""
    return Place("measurement", f"{row.region}, {row.at.isoformat(timespec='minutes')}", row.file, row.line)

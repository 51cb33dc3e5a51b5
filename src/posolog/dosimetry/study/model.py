"""What a dosimetry file says of one patient: plain data, activities in MBq, masses in g, volumes in mL, times in h."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from posolog.dosimetry.amounts import Amount
from posolog.dosimetry.bed import Tissue
from posolog.dosimetry.constants import Nuclide

KINDS = ("organ", "paired organ", "lesion", "red marrow", "marrow site", "blood", "whole body")
ACQUISITION, INJECTION = "acquisition", "injection"


@dataclass(frozen=True, slots=True)
class Injection:
    """One administration. `net` is the activity that reached the patient, at `start`; times are aware."""

    ident: str
    nuclide: str
    start: datetime
    duration_h: float
    net: Amount
    planned: bool
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planar:
    """Conjugate view: sensitivity in cps per MBq, effective attenuation per cm, window widths in keV."""

    sensitivity: Amount | None = None
    attenuation: Amount | None = None
    peak_kev: float | None = None
    low_kev: float | None = None
    high_kev: float | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A source region. `size_from_volume`: the mass is volume times density, so both err together."""

    name: str
    kind: str
    mass: Amount | None = None
    volume: Amount | None = None
    size_from_volume: bool = False
    share: Amount | None = None  # of the red marrow, for a marrow site
    source_cm: float | None = None
    body_cm: float | None = None
    transmission: Amount | None = None
    confirmed: bool = False  # a person confirmed an uptake that looks like a slip of the unit
    line: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement as written. `values` by column name; planar rows carry count rates, tidy rows one value."""

    region: str
    at: datetime
    quantity: str
    values: tuple[tuple[str, float], ...]
    u_percent: float | None
    reference: str
    source: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Recovery coefficients by volume (mL, ascending), with standard uncertainties."""

    volume_ml: tuple[float, ...]
    coefficient: tuple[float, ...]
    u: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SValue:
    """One row of a user's table: target <- source, nuclide, mGy/(MBq h)."""

    target: str
    source: str
    nuclide: str
    value: float


@dataclass(frozen=True, slots=True)
class Study:
    """A patient's dosimetry file, complete."""

    title: str
    patient: str
    sex: str
    measured: Nuclide
    therapy: Nuclide
    injections: tuple[Injection, ...]
    regions: tuple[Region, ...]
    rows: tuple[Row, ...]
    haematocrit: Amount | None = None
    marrow_blasts: Amount | None = None
    marrow_method: str = ""
    marrow_fraction: float | None = None
    cameras: tuple[tuple[str, float], ...] = ()  # relative standard uncertainty of each calibration
    well_counter: Amount | None = None  # cps per MBq/mL
    planar: Planar = field(default_factory=Planar)
    recovery: Recovery | None = None
    tissues: tuple[tuple[str, Tissue], ...] = ()
    limits: tuple[tuple[str, float], ...] = ()  # Gy
    blast_limit: float | None = None
    between_injections: float | None = None  # relative SD of kinetics from one injection to the next
    after_second: str = "superposition"
    s_values: tuple[SValue, ...] = ()
    criterion: str = "aic"
    inputs_hash: str = ""

    def region(self, name: str) -> Region | None:
        return next((region for region in self.regions if region.name == name), None)

    def tissue(self, name: str) -> Tissue | None:
        return next((tissue for known, tissue in self.tissues if known == name), None)

    def of(self, nuclide: str) -> tuple[Injection, ...]:
        return tuple(one for one in self.injections if one.nuclide == nuclide)

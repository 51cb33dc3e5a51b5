"""What comes out: doses with their uncertainty, what they rest on, and what a protocol's limit makes of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posolog.core.finding import Finding
from posolog.dosimetry.bed import Tissue
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.model import Study

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """One line of an uncertainty budget: the input's relative u, d ln D/d ln input, and its percent of the variance."""

    name: str
    rel_u: float
    sensitivity: float
    percent: float


@dataclass(frozen=True, slots=True)
class Biological:
    """BED and EQD2 over all injections with repair, Gy; `u_bed_gy` from the dose and alpha/beta."""

    bed_gy: float
    u_bed_gy: float
    eqd2_gy: float
    tissue: Tissue


@dataclass(frozen=True, slots=True)
class Dose:
    """The absorbed dose of one region by one method, from the therapy nuclide.

    `residence_h` is the integral per MBq injected; `by_injection_gy` one value an injection, in order; `self_gy`,
    `remainder_gy` and `cross_gy` (from a user's S values) add up to `dose_gy`. `u_gy` by propagation, `u_drawn_gy`
    by the parametric bootstrap, whose 2.5 and 97.5 percentiles are `interval_gy`.
    """

    region: str
    method: str
    chosen: bool
    mass_g: float | None
    phi: float
    residence_h: float
    by_injection_gy: tuple[float, ...]
    self_gy: float
    remainder_gy: float
    cross_gy: float
    u_gy: float
    u_drawn_gy: float
    interval_gy: tuple[float, float]
    gy_per_gbq: float
    biological: Biological | None
    budget: tuple[Share, ...]
    steps: tuple[str, ...]
    draws: Floats

    @property
    def dose_gy(self) -> float:
        return self.self_gy + self.remainder_gy + self.cross_gy


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that the protocol states, and the chance that the dose of all injections passes it."""

    region: str
    method: str
    limit_gy: float
    dose_gy: float
    u_gy: float
    probability: float


@dataclass(frozen=True, slots=True)
class OwnDose:
    """The measured nuclide's own dose to a target, from a user's S values; None where it cannot be computed."""

    region: str
    dose_mgy: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a report shows."""

    study: Study
    fitted: tuple[Fitted, ...]
    doses: tuple[Dose, ...]
    limits: tuple[Limit, ...]
    own: tuple[OwnDose, ...]
    remainder_h: float | None
    findings: tuple[Finding, ...]
    draws: int
    seed: int

    def dose(self, region: str, method: str = "") -> Dose | None:
        """The chosen dose of a region, or that of a method."""
        mine = [dose for dose in self.doses if dose.region == region]
        if method:
            return next((dose for dose in mine if dose.method == method), None)
        return next((dose for dose in mine if dose.chosen), mine[0] if mine else None)

"""Physical constants, decay data and reference masses, each with its source.

Units stand in the names. What was not compared with its primary source says "unverified".
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

LN2 = log(2)
MEV_J = 1.602176634e-13  # exact, SI 2019
ELECTRON_MEV = 0.51099895  # CODATA 2018, rounded to 1 eV
CLASSICAL_RADIUS_CM = 2.8179403e-13  # CODATA 2018
AVOGADRO = 6.02214076e23  # exact, SI 2019
FINE_STRUCTURE = 1 / 137.036
WATER_MOLAR_G = 18.01528
SECONDS_PER_HOUR = 3600.0
MGY_PER_GY = 1000.0


@dataclass(frozen=True, slots=True)
class Nuclide:
    """A radionuclide. `beta_mev` is the mean energy of its beta particles per decay, None where none is needed.

    `beta_sd_percent` is the spread of published mean energies, used as the uncertainty of the energy per decay.
    """

    name: str
    half_life_h: float
    source: str
    beta_mev: float | None = None
    beta_source: str = ""
    beta_sd_percent: float = 0.0

    @property
    def rate_per_h(self) -> float:
        """Physical decay constant."""
        return LN2 / self.half_life_h

    @property
    def delta_gy_kg_per_mbq_h(self) -> float:
        """Mean energy emitted per unit of time-integrated activity, Gy kg/(MBq h). *Raises:* ValueError without beta.

        >>> round(NUCLIDES["90Y"].delta_gy_kg_per_mbq_h / 3600e6 * 1e13, 4)  # J per decay, times 1e13
        1.4949
        """
        if self.beta_mev is None:
            raise ValueError(f"{self.name}: no beta energy is given, so no dose is computed from it")
        return self.beta_mev * MEV_J * 1e6 * SECONDS_PER_HOUR


NUCLIDES = {
    "90Y": Nuclide(
        "90Y", 64.10, "ICRP Publication 107", 0.93306,
        "computed beta spectrum (posolog.dosimetry.generate.spectrum); ICRP Publication 107 gives 0.93299",
        # Published means: 0.9267 (DDEP, unverified), 0.9330 (ICRP 107), 0.9349 MeV: a spread of 0.9 %.
        0.45,
    ),
    "111In": Nuclide("111In", 67.313, "ICRP Publication 107"),
}  # fmt: skip

# Reference masses, g (male, female). *Source:* ICRP Publication 89, unverified; body masses agree with the
# total-body S values of OLINDA-2 (self-absorbed fraction 1.00).
REFERENCE_MASS_G: dict[str, tuple[float, float | None]] = {
    "liver": (1800.0, 1400.0),
    "spleen": (150.0, 130.0),
    "kidneys": (310.0, 275.0),
    "lungs": (1200.0, 950.0),
    "red marrow": (1170.0, 900.0),
    "whole body": (73000.0, 60000.0),
    "blood": (5600.0, 4100.0),
    "brain": (1450.0, None),
    "pancreas": (140.0, None),
    "thyroid": (20.0, None),
    "testes": (35.0, None),
    "adrenals": (14.0, None),
}
PAIRED = frozenset({"kidneys", "testes", "adrenals", "lungs"})

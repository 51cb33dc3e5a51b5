"""The beta spectrum of 90Y, computed: a unique first-forbidden transition to the ground state of 90Zr."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import loggamma

from posolog.dosimetry.constants import ELECTRON_MEV, FINE_STRUCTURE

Floats = NDArray[np.float64]

ENDPOINT_MEV = 2.2785
DAUGHTER_Z = 40
MASS_NUMBER = 90
BINS = 4000


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Betas per decay in equal bins of kinetic energy: `energy_mev` at mid-bin, `per_mev` the density (integral 1)."""

    energy_mev: Floats
    per_mev: Floats

    @property
    def width_mev(self) -> float:
        return float(self.energy_mev[1] - self.energy_mev[0])

    @property
    def mean_mev(self) -> float:
        return float((self.energy_mev * self.per_mev).sum() * self.width_mev)

    def quantile(self, part: float) -> float:
        """Kinetic energy in MeV below which `part` (0 to 1) of the betas lie."""
        cumulated = np.concatenate([[0.0], np.cumsum(self.per_mev) * self.width_mev])
        edges = np.arange(len(cumulated)) * self.width_mev
        return float(np.interp(part, cumulated, edges))


def shape_ratio(kinetic_mev: Floats | float) -> Floats:
    """L2: the Coulomb factor of the p² term of the shape factor, 1 without charge (dimensionless).

    *Source:* ratio of Fermi functions of orders 1 and 0 for a point charge at the nuclear radius.
    """
    w, p = _total_and_momentum(np.asarray(kinetic_mev, dtype=float))
    g1, g2 = _gamma(1), _gamma(2)
    eta, pr = FINE_STRUCTURE * DAUGHTER_Z * w / p, p * _radius()
    lead = (2 + g2) / (2 * (1 + g1)) * 144 * (2 * pr) ** (2 * (g2 - 2) - 2 * (g1 - 1))
    size = 2 * (loggamma(g2 + 1j * eta).real - loggamma(g1 + 1j * eta).real)
    norm = 2 * (loggamma(1 + 2 * g1) - loggamma(1 + 2 * g2)).real
    return np.asarray(lead * np.exp(size + norm))


def spectrum(*, bins: int = BINS, endpoint_mev: float = ENDPOINT_MEV, forbidden: bool = True) -> Spectrum:
    """N(T) ~ F p W q² (q² + L2 p²), in units of the electron mass; F is the Fermi function.

    No screening, exchange or radiative correction. With `forbidden` False the allowed shape (no bracket).
    *Source:* Fermi theory, unique first-forbidden shape factor; end point 2.2785 MeV.
    """
    edges = np.linspace(0.0, endpoint_mev, bins + 1)
    kinetic = (edges[1:] + edges[:-1]) / 2
    w, p = _total_and_momentum(kinetic)
    q = 1 + endpoint_mev / ELECTRON_MEV - w
    density = _fermi(w, p) * p * w * q**2
    if forbidden:
        density = density * (q**2 + shape_ratio(kinetic) * p**2)
    return Spectrum(kinetic, density / (density.sum() * (edges[1] - edges[0])))


def _fermi(w: Floats, p: Floats) -> Floats:
    g1 = _gamma(1)
    eta = FINE_STRUCTURE * DAUGHTER_Z * w / p
    logs = 2 * (g1 - 1) * np.log(2 * p * _radius()) + np.pi * eta
    logs = logs + 2 * loggamma(g1 + 1j * eta).real - 2 * loggamma(2 * g1 + 1).real
    return np.asarray(2 * (1 + g1) * np.exp(logs))


def _total_and_momentum(kinetic_mev: Floats) -> tuple[Floats, Floats]:
    w = 1 + kinetic_mev / ELECTRON_MEV
    return w, np.sqrt(w**2 - 1)


def _gamma(k: int) -> float:
    return float(np.sqrt(k**2 - (FINE_STRUCTURE * DAUGHTER_Z) ** 2))


def _radius() -> float:
    """Nuclear radius in units of the reduced Compton wavelength of the electron."""
    a = MASS_NUMBER ** (1 / 3)
    return float(0.0029 * a + 0.0063 / a - 0.017 / MASS_NUMBER)

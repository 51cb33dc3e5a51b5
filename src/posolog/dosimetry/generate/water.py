"""How electrons slow down and turn in water: stopping powers, hard losses, elastic scattering (10 keV to 2.5 MeV)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.constants import AVOGADRO, CLASSICAL_RADIUS_CM, ELECTRON_MEV, FINE_STRUCTURE, WATER_MOLAR_G

Floats = NDArray[np.float64]

HARD_MEV = 0.020  # single losses above this are sampled one by one
CUT_MEV = 0.010  # below this the rest is deposited on the spot
MEAN_EXCITATION_MEV = 75e-6  # liquid water, ICRU Report 37
# 2 pi r_e² m n, MeV cm²/g, with n = 10 electrons a molecule
K = 2 * np.pi * CLASSICAL_RADIUS_CM**2 * ELECTRON_MEV * 10 * AVOGADRO / WATER_MOLAR_G
BOHR_MOMENTUM_MEV = 3.7289e-3  # hbar c / a0
# Radiative stopping power, MeV cm²/g. Unverified: a coarse table from memory of ESTAR; it decides the 0.5 % of the
# energy that leaves as bremsstrahlung and little else.
RADIATIVE_T_MEV = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5)
RADIATIVE_S = (3.9e-3, 4.0e-3, 4.2e-3, 4.6e-3, 6.0e-3, 12.8e-3, 19.7e-3, 26.8e-3, 34e-3)


def collision(kinetic_mev: Floats | float) -> Floats:
    """Collision stopping power, MeV cm²/g.

    *Source:* Bethe formula for electrons with Møller exchange, ICRU Report 37; density effect of Sternheimer.

    >>> bool(abs(collision(1.0) / 1.849 - 1) < 0.01)
    True
    """
    t = np.asarray(kinetic_mev, dtype=float)
    tau, b2 = _tau_beta2(t)
    f = 1 - b2 + (tau**2 / 8 - (2 * tau + 1) * np.log(2)) / (tau + 1) ** 2
    return np.asarray(K / b2 * (_log_term(tau) + f - density_effect(t)))


def restricted(kinetic_mev: Floats | float, cut_mev: float = HARD_MEV) -> Floats:
    """Collision stopping power of losses below `cut_mev`, MeV cm²/g (the whole of it below twice the cut)."""
    t = np.asarray(kinetic_mev, dtype=float)
    tau, b2 = _tau_beta2(t)
    h = np.minimum(cut_mev / t, 0.5)
    g = -1 - b2 + np.log(4 * h * (1 - h)) + 1 / (1 - h)
    g = g + (1 - b2) * (tau**2 * h**2 / 2 + (2 * tau + 1) * np.log(1 - h))
    return np.asarray(K / b2 * (_log_term(tau) + g - density_effect(t)))


def radiative(kinetic_mev: Floats | float) -> Floats:
    """Radiative stopping power, MeV cm²/g, linear in log T. Unverified, see `RADIATIVE_S`."""
    return np.asarray(np.interp(np.log(kinetic_mev), np.log(RADIATIVE_T_MEV), RADIATIVE_S))


def density_effect(kinetic_mev: Floats | float) -> Floats:
    """Density-effect correction of liquid water. *Source:* Sternheimer, Berger, Seltzer 1984 (parameters)."""
    t = np.asarray(kinetic_mev, dtype=float)
    x = np.log10(np.sqrt(t * (t + 2 * ELECTRON_MEV)) / ELECTRON_MEV)
    x0, x1, c, a, k = 0.2400, 2.8004, 3.5017, 0.09116, 3.4773
    bend = a * np.clip(x1 - x, 0, None) ** k
    return np.asarray(np.where(x < x0, 0.0, 4.6052 * x - c + bend))


def hard(kinetic_mev: Floats | float, cut_mev: float = HARD_MEV) -> Floats:
    """Hard collisions (loss above `cut_mev`) per unit mass thickness, cm²/g. *Source:* Møller, integrated."""
    t = np.asarray(kinetic_mev, dtype=float)
    tau, b2 = _tau_beta2(t)
    e0 = np.minimum(cut_mev / t, 0.5)
    g3, g4 = moller_terms(tau)
    total = g3 / 2 + 1 / e0 - 1 / (1 - e0) - g3 * e0 + g4 * np.log(e0 / (1 - e0))
    return np.asarray(np.where(t > 2 * cut_mev, K / (b2 * t) * total, 0.0))


def moller_terms(tau: Floats) -> tuple[Floats, Floats]:
    return (tau / (tau + 1)) ** 2, (2 * tau + 1) / (tau + 1) ** 2


def turning(kinetic_mev: Floats | float) -> Floats:
    """First transport coefficient of elastic scattering (inverse of the transport mean free path), cm²/g.

    *Source:* screened Rutherford with Molière's screening angle and the spin factor 1 - beta²(1 - cos)/2; Z(Z+1)
    counts scattering on electrons, and those above the hard cut twice: part of the 2 % model uncertainty.
    """
    t = np.asarray(kinetic_mev, dtype=float)
    _, b2 = _tau_beta2(t)
    p2 = t * (t + 2 * ELECTRON_MEV)
    total = np.zeros_like(t)
    for atoms, z in ((2, 1), (1, 8)):
        radius = 0.885 * z ** (-1 / 3)  # Thomas-Fermi, in Bohr radii
        screening = BOHR_MOMENTUM_MEV**2 / (p2 * radius**2) * (1.13 + 3.76 * (FINE_STRUCTURE * z) ** 2 / b2) / 4
        logs = np.log(1 + 1 / screening)
        shape = logs - 1 / (1 + screening)
        spin = 1 - 2 * screening * logs + screening / (1 + screening)
        total = total + atoms * z * (z + 1) * (shape - b2 * spin)
    lead = AVOGADRO / WATER_MOLAR_G * 2 * np.pi * CLASSICAL_RADIUS_CM**2 * ELECTRON_MEV**2
    return np.asarray(lead / (p2 * b2) * total)


def _tau_beta2(t: Floats) -> tuple[Floats, Floats]:
    tau = t / ELECTRON_MEV
    return tau, tau * (tau + 2) / (tau + 1) ** 2


def _log_term(tau: Floats) -> Floats:
    return np.asarray(np.log(tau**2 * (tau + 2) / (2 * (MEAN_EXCITATION_MEV / ELECTRON_MEV) ** 2)))

"""Counts to activity: scatter windows, conjugate views, recovery of small volumes, blood samples.

Plain functions of floats or arrays; every one returns a value in the unit of its name.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
MARROW_CELLULARITY = 0.19  # red-marrow extracellular fluid fraction. *Source:* Sgouros, J Nucl Med 34:689, 1993


def scatter_corrected(
    peak_cps: ArrayLike, low_cps: ArrayLike, high_cps: ArrayLike, *, peak_kev: float, low_kev: float, high_kev: float
) -> Floats:  # fmt: skip
    """Peak counts less the trapezoid under them: triple energy window.

    Count rates in three windows and the windows' widths in keV; a dual window is `high_cps` = 0.
    *Source:* Ogawa, IEEE Trans Med Imaging 10:408, 1991: (low/w_low + high/w_high) w_peak/2.
    """
    scatter = (np.asarray(low_cps, float) / low_kev + np.asarray(high_cps, float) / high_kev) * peak_kev / 2
    return np.asarray(np.asarray(peak_cps, float) - scatter)


def background_corrected(cps: ArrayLike, background_cps: ArrayLike, *, source_cm: float, body_cm: float) -> Floats:
    """Counts less those of the tissue in front of and behind the source, (1 - source/body) of the background.

    `background_cps` is for an area as large as the region's. Without thicknesses (0) all of it is taken away.
    *Source:* Buijs, Nucl Med Commun 19:743, 1998 (unverified).
    """
    share = 1 - source_cm / body_cm if body_cm > 0 else 1.0
    return np.asarray(np.asarray(cps, float) - share * np.asarray(background_cps, float))


def self_attenuation(attenuation_per_cm: float, source_cm: float) -> float:
    """(mu t/2)/sinh(mu t/2): a source of thickness t in the geometric mean.

    *Source:* MIRD pamphlet 16 (unverified).
    """
    half = attenuation_per_cm * source_cm / 2
    return float(half / np.sinh(half)) if half > 1e-6 else 1.0


def conjugate_view(
    anterior_cps: ArrayLike, posterior_cps: ArrayLike, *, sensitivity_cps_per_mbq: float,
    attenuation_per_cm: float = 0.0, body_cm: float = 0.0, source_cm: float = 0.0, transmission: float | None = None,
) -> Floats:  # fmt: skip
    """Activity in MBq from opposed views: sqrt(ant post exp(mu T)) f/C.

    `transmission` (transmitted over incident counts through the region, or from CT) replaces exp(-mu T) where it is
    known; f is `self_attenuation`. Count rates already corrected for scatter and background.
    *Raises:* ValueError for count rates below zero, a sensitivity or transmission not above zero.
    *Source:* MIRD pamphlet 16 (unverified).

    >>> round(float(conjugate_view(100, 64, sensitivity_cps_per_mbq=8, transmission=0.25)), 6)
    20.0
    """
    ant, post = np.asarray(anterior_cps, float), np.asarray(posterior_cps, float)
    if (ant < 0).any() or (post < 0).any() or not sensitivity_cps_per_mbq > 0:
        raise ValueError("count rates below zero, or no sensitivity")
    if transmission is not None and not 0 < transmission <= 1:
        raise ValueError(f"a transmission of {transmission}")
    through = np.exp(-attenuation_per_cm * body_cm) if transmission is None else transmission
    mean = np.sqrt(ant * post / through)
    return np.asarray(mean * self_attenuation(attenuation_per_cm, source_cm) / sensitivity_cps_per_mbq)


def recovery(volume_ml: float, volumes: ArrayLike, coefficients: ArrayLike, u: ArrayLike) -> tuple[float, float, float]:
    """Recovery coefficient of a volume, its standard uncertainty, and d ln R/d ln V there (for the budget).

    Linear in log volume between the table's rows; above the last row its coefficient holds.
    *Raises:* ValueError below the first row: a volume smaller than any measured is not extrapolated.
    """
    v, r, du = (np.asarray(given, float) for given in (volumes, coefficients, u))
    if volume_ml < v[0]:
        raise ValueError(f"{volume_ml:g} mL is smaller than the smallest sphere of the table ({v[0]:g} mL)")
    x, nodes = np.log(volume_ml), np.log(v)
    value = float(np.interp(x, nodes, r))
    at = int(np.clip(np.searchsorted(nodes, x, side="right") - 1, 0, len(v) - 2))
    slope = (r[at + 1] - r[at]) / (nodes[at + 1] - nodes[at]) if x < nodes[-1] else 0.0
    return value, float(np.interp(x, nodes, du)), float(slope / value)


def marrow_to_blood(haematocrit: float) -> float:
    """RMBLR: activity concentration of red marrow over that of blood, nothing bound in the marrow: 0.19/(1 - Hct).

    *Source:* Sgouros, J Nucl Med 34:689, 1993 (0.36 at a haematocrit of 0.47).

    >>> round(marrow_to_blood(0.47), 2)
    0.36
    """
    if not 0 <= haematocrit < 1:
        raise ValueError(f"a haematocrit of {haematocrit}")
    return MARROW_CELLULARITY / (1 - haematocrit)

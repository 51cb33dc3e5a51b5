"""From a measured nuclide to the one that treats: the same biology, each with its own decay.

A(therapy, t) = A(therapy, 0) f(t) exp(-lam_therapy t), f the decay-corrected fraction of the measured nuclide.
"""

from __future__ import annotations

from posolog.dosimetry.constants import Nuclide


def shift_per_h(measured: Nuclide, therapy: Nuclide) -> float:
    """What is added to every rate of a measured curve to make it the therapy nuclide's."""
    return therapy.rate_per_h - measured.rate_per_h


def integral_ratio(measured: Nuclide, therapy: Nuclide, *, biological_per_h: float) -> float:
    """Time-integrated activity, therapy over measured nuclide, of one biological clearance (0: none).

    >>> from posolog.dosimetry.constants import LN2, NUCLIDES
    >>> round(integral_ratio(NUCLIDES["111In"], NUCLIDES["90Y"], biological_per_h=LN2 / 80), 4)
    0.9735
    """
    return (measured.rate_per_h + biological_per_h) / (therapy.rate_per_h + biological_per_h)

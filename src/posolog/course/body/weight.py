"""The weight that a dose per kg is computed from: actual, ideal or adjusted."""

from __future__ import annotations

from decimal import Decimal

from posolog.course.body.model import Body

INCH_CM = Decimal("2.54")
WEIGHTS = ("actual weight", "ideal weight", "adjusted weight 25 %", "adjusted weight 50 %")


def body_mass_index(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Weight in kg over the square of the height in m.

    >>> body_mass_index(Decimal(80), Decimal(172))
    Decimal('268.75')
    """
    metres = height_cm / 100
    return weight_kg / (metres * metres)


def ideal_weight(height_cm: Decimal, sex: str) -> Decimal:
    """Ideal weight in kg: 50 (male) or 45.5 (female) + 2.3 for each inch over 60 inches.

    *Raises:* ValueError when the sex is not known, or below 60 inches (152.4 cm), where it is not defined.
    *Source:* Devine BJ. Drug Intell Clin Pharm 1974;8:650-655 (unverified: HAZARDS section 5).

    >>> round(ideal_weight(Decimal(172), "male"), 2)
    Decimal('67.75')
    """
    base = {"male": Decimal(50), "female": Decimal("45.5")}.get(sex)
    if base is None:
        raise ValueError("the ideal weight needs the sex")
    inches = height_cm / INCH_CM
    if inches < 60:
        raise ValueError("the ideal weight is not defined below 152.4 cm (60 inches)")
    return base + Decimal("2.3") * (inches - 60)


def adjusted_weight(actual_kg: Decimal, ideal_kg: Decimal, percent: int) -> Decimal:
    """Ideal weight plus `percent` (25 or 50) of what the actual weight has above it, in kg.

    *Source:* HAZARDS section 5 (unverified). Below the ideal weight the same formula applies.
    """
    return ideal_kg + Decimal(percent) / 100 * (actual_kg - ideal_kg)


def dosing_weight(kind: str, body: Body) -> Decimal:
    """The weight of `kind` (one of WEIGHTS) in kg. *Raises:* ValueError in words when it cannot be had."""
    if body.weight_kg is None:
        raise ValueError("the weight is not known")
    if kind == "actual weight":
        return body.weight_kg
    if kind not in WEIGHTS:
        raise ValueError(f"{kind!r} is none of {', '.join(WEIGHTS)}")
    if body.height_cm is None:
        raise ValueError(f"the {kind} needs the height")
    ideal = ideal_weight(body.height_cm, body.sex)
    if kind == "ideal weight":
        return ideal
    return adjusted_weight(body.weight_kg, ideal, 25 if "25" in kind else 50)

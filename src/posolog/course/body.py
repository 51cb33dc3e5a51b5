"""Body size: surface by named formulas, ideal and adjusted weights, and whether the numbers can be true.

Nothing here has a default: a missing height or weight is a finding, never a number (hazards H6 and H17).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from posolog.core.finding import Finding
from posolog.course.words import ask, note, short, stop

PRECISION = 28
DIGITS = 20  # kept of a surface, so that products with whole counts stay exact and totals reconcile
INCH_CM = Decimal("2.54")
POUND_KG = Decimal("0.45359237")
FORMULAS: dict[str, str] = {
    "Du Bois": "0.007184 × (height in cm)^0.725 × (weight in kg)^0.425",
    "Mosteller": "√(height in cm × weight in kg ÷ 3600)",
    "Haycock": "0.024265 × (height in cm)^0.3964 × (weight in kg)^0.5378",
    "Gehan-George": "0.0235 × (height in cm)^0.42246 × (weight in kg)^0.51456",
    "Boyd": "0.0003207 × (height in cm)^0.3 × (weight in g)^(0.7285 − 0.0188 × log10(weight in g))",
}
SOURCES: dict[str, str] = {
    "Du Bois": "dubois1916",
    "Mosteller": "mosteller1987",
    "Haycock": "haycock1978",
    "Gehan-George": "gehan1970",
    "Boyd": "boyd1935",
}
WEIGHTS = ("actual weight", "ideal weight", "adjusted weight 25 %", "adjusted weight 50 %")


@dataclass(frozen=True, slots=True)
class Body:
    """What was measured, and when: `weight_from` and `height_from` say it in words."""

    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    sex: str = ""
    weight_from: str = "patient file"
    height_from: str = "patient file"


def formula_name(words: str) -> str | None:
    """The formula that `words` name, spaces, hyphens and case aside, or None.

    >>> formula_name("dubois")
    'Du Bois'
    """
    wanted = "".join(letter for letter in words.casefold() if letter.isalpha())
    for name in FORMULAS:
        if "".join(letter for letter in name.casefold() if letter.isalpha()) == wanted:
            return name
    return None


@lru_cache(maxsize=512)
def surface(formula: str, height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Body surface area in m², to 20 digits and otherwise unrounded.

    `formula` is a name of FORMULAS; `height_cm` in cm, `weight_kg` in kg, both positive.
    *Raises:* KeyError for another formula, ValueError for a size that is not positive.
    *Source:* SOURCES[formula]; the text of each formula is FORMULAS[formula].

    >>> short(surface("Du Bois", Decimal(172), Decimal(80)), 6)
    '1.931691'
    """
    if height_cm <= 0 or weight_kg <= 0:
        raise ValueError(f"height {height_cm} cm and weight {weight_kg} kg must be positive")
    with localcontext() as context:
        context.prec = PRECISION
        value = _surface(formula, height_cm, weight_kg)
        context.prec = DIGITS
        return +value


def _surface(formula: str, height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    if formula == "Du Bois":
        return Decimal("0.007184") * _power(height_cm, "0.725") * _power(weight_kg, "0.425")
    if formula == "Mosteller":
        return (height_cm * weight_kg / 3600).sqrt()
    if formula == "Haycock":
        return Decimal("0.024265") * _power(height_cm, "0.3964") * _power(weight_kg, "0.5378")
    if formula == "Gehan-George":
        return Decimal("0.0235") * _power(height_cm, "0.42246") * _power(weight_kg, "0.51456")
    if formula == "Boyd":
        return _boyd(height_cm, weight_kg)
    raise KeyError(formula)


def _power(base: Decimal, exponent: str) -> Decimal:
    return (base.ln() * Decimal(exponent)).exp()


def _boyd(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    grams = weight_kg * 1000
    exponent = Decimal("0.7285") - Decimal("0.0188") * grams.log10()
    return Decimal("0.0003207") * _power(height_cm, "0.3") * (grams.ln() * exponent).exp()


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

    >>> short(ideal_weight(Decimal(172), "male"), 2)
    '67.75'
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


def plausible(
    body: Body, *, age_years: int | None = None, previous_kg: Decimal | None = None, formula: str = ""
) -> tuple[Finding, ...]:
    """Findings on the size of one body: stops where it cannot be true, asks where it is rare (H6, H17).

    Bounds are of plausibility for every age: 30 to 250 cm, 0.8 to 350 kg, BMI 8 to 80. The BMI catches
    swapped height and weight, which the symmetric Mosteller formula cannot see.
    """
    weight, height = body.weight_kg, body.height_cm
    found = list(_change(weight, previous_kg))
    if height is not None and weight is not None and _swapped(height, weight):
        return (_swap(height, weight), *found)
    found += _height(height) + _weight(weight)
    if found and any(finding.severity == "stop" for finding in found):
        return tuple(found)
    if height is not None and weight is not None:
        found += _mass_index(height, weight, age_years)
        if any(finding.severity == "stop" for finding in found):
            return tuple(found)
        found += _area(height, weight, age_years, formula)
    return tuple(found + _adult(height, weight, age_years))


def missing(what: str, needed_by: str) -> Finding:
    """The finding for a height or weight that is not known."""
    return stop(
        "BODY-MISSING",
        f"the {what} is not known, and {needed_by} needs it: no dose is computed",
        f"enter the {what} in the patient file",
        hazard="H17",
    )


def _sound(height: Decimal, weight: Decimal) -> bool:
    inside = 30 <= height <= 250 and Decimal("0.8") <= weight <= 350
    return inside and 8 <= body_mass_index(height, weight) <= 80


def _swapped(height: Decimal, weight: Decimal) -> bool:
    return height > 0 and weight > 0 and not _sound(height, weight) and _sound(weight, height)


def _swap(height: Decimal, weight: Decimal) -> Finding:
    index = short(body_mass_index(height, weight), 2)
    return stop(
        "BODY-SWAPPED",
        f"a height of {short(height)} cm with a weight of {short(weight)} kg gives a BMI of {index}: "
        "height and weight are probably swapped",
        "measure again and enter height in cm and weight in kg",
        hazard="H6",
    )


def _height(height: Decimal | None) -> list[Finding]:
    if height is None or 30 <= height <= 250:
        return []
    hint = " (in metres?)" if 0 < height < 3 else " (in millimetres?)" if 300 < height < 2600 else ""
    hint = " (in feet?)" if 3 <= height < 8 else hint
    message = f"a height of {short(height)} cm{hint} is outside 30 to 250 cm"
    return [stop("BODY-HEIGHT", message, "enter the height in cm", hazard="H6")]


def _weight(weight: Decimal | None) -> list[Finding]:
    if weight is None or Decimal("0.8") <= weight <= 350:
        return []
    hint = " (in grams?)" if weight >= 1000 else " (in pounds?)" if 350 < weight < 770 else ""
    message = f"a weight of {short(weight)} kg{hint} is outside 0.8 to 350 kg"
    return [stop("BODY-WEIGHT", message, "enter the weight in kg", hazard="H6")]


def _mass_index(height: Decimal, weight: Decimal, age: int | None) -> list[Finding]:
    index = body_mass_index(height, weight)
    high = 30 if height < 130 or (age is not None and age < 10) else 50
    if 12 <= index <= high:
        return []
    message = f"{short(height)} cm with {short(weight)} kg gives a BMI of {short(index, 2)}" + _units_hint(
        height, weight
    )
    make = ask if 8 <= index <= 80 else stop
    return [make("BODY-BMI", message, "measure height and weight again, in cm and kg", hazard="H6")]


def _units_hint(height: Decimal, weight: Decimal) -> str:
    if 17 <= body_mass_index(height, weight * POUND_KG) <= 35:
        return f"; {short(weight)} pounds would be {short(weight * POUND_KG, 1)} kg"
    if 17 <= body_mass_index(height * INCH_CM, weight) <= 35:
        return f"; {short(height)} inches would be {short(height * INCH_CM, 1)} cm"
    return ""


def _area(height: Decimal, weight: Decimal, age: int | None, formula: str) -> list[Finding]:
    name = formula_name(formula) or "Mosteller"
    area = surface(name, height, weight)
    said = f"the body surface area of {short(area, 2)} m² ({name})"
    if not Decimal("0.2") <= area <= 3:
        message = f"{said} is outside 0.2 to 3 m²"
        return [stop("BODY-BSA", message, "measure height and weight again", hazard="H6")]
    if age is not None and age >= 18 and not Decimal("1.2") <= area <= Decimal("2.6"):
        message = f"{said} is rare in an adult (1.2 to 2.6 m²)"
        return [ask("BODY-BSA", message, "confirm height and weight", hazard="H6")]
    return []


def _adult(height: Decimal | None, weight: Decimal | None, age: int | None) -> list[Finding]:
    if age is None:
        return []
    if age < 18:
        message = f"the patient is {age} years old: height and weight are held to bounds for every age only"
        return [note("BODY-CHILD", message, "check height and weight against a growth chart", hazard="H6")]
    found = []
    if height is not None and not 120 <= height <= 220:
        message = f"a height of {short(height)} cm is rare in an adult (120 to 220 cm)"
        found.append(ask("BODY-HEIGHT", message, "confirm the height", hazard="H6"))
    if weight is not None and not 30 <= weight <= 200:
        message = f"a weight of {short(weight)} kg is rare in an adult (30 to 200 kg)"
        found.append(ask("BODY-WEIGHT", message, "confirm the weight", hazard="H6"))
    return found


def _change(weight: Decimal | None, previous: Decimal | None) -> list[Finding]:
    if weight is None or previous is None or previous <= 0:
        return []
    percent = (weight - previous) / previous * 100
    if abs(percent) <= 10:
        return []
    message = f"the weight changed by {short(percent, 1)} %, from {short(previous)} to {short(weight)} kg"
    step = 'weigh again and record an event "weight confirmed"'
    return [ask("WEIGHT-CHANGE", message, step, hazard="H6")]

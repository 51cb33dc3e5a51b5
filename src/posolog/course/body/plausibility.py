"""Whether height and weight can be true (hazards H6 and H17)."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.finding import Finding
from posolog.course.body.area import formula_name, surface
from posolog.course.body.model import Body
from posolog.course.body.weight import INCH_CM, body_mass_index
from posolog.course.words import ask, note, short, stop

POUND_KG = Decimal("0.45359237")


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

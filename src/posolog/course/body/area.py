"""Body surface area by named formulas."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

PRECISION = 28
DIGITS = 20  # kept of a surface, so that products with whole counts stay exact and totals reconcile
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

    >>> round(surface("Du Bois", Decimal(172), Decimal(80)), 6)
    Decimal('1.931691')
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

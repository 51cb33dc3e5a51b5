"""A closed set of units. Drug mass, activity, absorbed dose, cells and time never convert into each other.

*Source:* UCUM 2.1 for the codes; conversion factors are the SI prefixes, and 1 Ci = 3.7e10 Bq exactly
(BIPM, SI Brochure 9th ed., table 8 of the 8th ed.).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `symbol` is what people read, `factor` brings a value to the first unit of its `kind`."""

    symbol: str
    ucum: str
    kind: str
    factor: Decimal


def _unit(symbol: str, ucum: str, kind: str, factor: str = "1") -> Unit:
    return Unit(symbol, ucum, kind, Decimal(factor))


UNITS: tuple[Unit, ...] = (
    _unit("mg", "mg", "mass"),
    _unit("g", "g", "mass", "1000"),
    _unit("mcg", "ug", "mass", "0.001"),
    _unit("ng", "ng", "mass", "0.000001"),
    _unit("IU", "[iU]", "units"),
    _unit("MU", "10*6.[iU]", "units", "1000000"),
    _unit("mL", "mL", "volume"),
    _unit("L", "L", "volume", "1000"),
    _unit("MBq", "MBq", "activity"),
    _unit("GBq", "GBq", "activity", "1000"),
    _unit("kBq", "kBq", "activity", "0.001"),
    _unit("mCi", "mCi", "activity", "37"),
    _unit("mcCi", "uCi", "activity", "0.037"),
    _unit("Ci", "Ci", "activity", "37000"),
    _unit("Gy", "Gy", "absorbed dose"),
    _unit("cGy", "cGy", "absorbed dose", "0.01"),
    _unit("mmol", "mmol", "substance"),
    _unit("mEq", "meq", "equivalents"),
    _unit("cells", "{cells}", "cells"),
    _unit("AUC", "mg.min/mL", "carboplatin AUC"),
    _unit("tablet", "{tablet}", "tablets"),
    _unit("drop", "[drp]", "drops"),
    _unit("puff", "{puff}", "puffs"),
    _unit("h", "h", "time"),
    _unit("min", "min", "time", "0.016666666666666666666666666667"),
    _unit("day", "d", "time", "24"),
    _unit("week", "wk", "time", "168"),
)

_ALIASES = {
    "milligram": "mg", "milligrams": "mg", "mgs": "mg", "gram": "g", "grams": "g", "gr": "g", "gm": "g",
    "µg": "mcg", "μg": "mcg", "ug": "mcg", "microgram": "mcg", "micrograms": "mcg", "mcgs": "mcg",
    "nanogram": "ng", "nanograms": "ng", "u": "IU", "unit": "IU", "units": "IU", "iu": "IU", "miu": "MU",
    "ml": "mL", "cc": "mL", "millilitre": "mL", "milliliter": "mL", "litre": "L", "liter": "L",
    "mbq": "MBq", "gbq": "GBq", "kbq": "kBq", "mci": "mCi", "µci": "mcCi", "μci": "mcCi", "uci": "mcCi",
    "ci": "Ci", "gy": "Gy", "cgy": "cGy", "rad": "cGy", "rads": "cGy", "gray": "Gy", "meq": "mEq", "cell": "cells",
    "auc": "AUC", "tablets": "tablet", "tab": "tablet", "tabs": "tablet", "capsule": "tablet", "capsules": "tablet",
    "drops": "drop", "puffs": "puff", "hour": "h", "hours": "h", "minute": "min", "minutes": "min",
    "days": "day", "weeks": "week",
}
_BY_SYMBOL = {unit.symbol: unit for unit in UNITS}


def find_unit(words: str) -> Unit | None:
    """The unit that `words` name (case matters only where it must), or None.

    >>> find_unit("µg").symbol
    'mcg'
    """
    if words in _BY_SYMBOL:
        return _BY_SYMBOL[words]
    lowered = words.lower()
    name = _ALIASES.get(lowered) or _ALIASES.get(lowered.rstrip("."))
    if name:
        return _BY_SYMBOL[name]
    return _BY_SYMBOL.get(lowered)

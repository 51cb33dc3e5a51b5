"""Amounts as written in a dosimetry file: "1650 g ± 5 %", "185 MBq", "0.31 +- 0.01". A unit is never assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

# Each kind's units, as factors to the first one.
KINDS: dict[str, dict[str, float]] = {
    "activity": {"MBq": 1, "GBq": 1e3, "kBq": 1e-3, "Bq": 1e-6, "mCi": 37.0},
    "concentration": {"MBq/mL": 1, "kBq/mL": 1e-3, "Bq/mL": 1e-6, "MBq/L": 1e-3, "kBq/L": 1e-6},
    "mass": {"g": 1, "kg": 1e3, "mg": 1e-3},
    "volume": {"mL": 1, "ml": 1, "cm3": 1, "cm³": 1, "L": 1e3, "l": 1e3},
    "time": {"h": 1, "min": 1 / 60, "s": 1 / 3600, "d": 24, "day": 24, "days": 24},
    "dose": {"Gy": 1, "mGy": 1e-3, "cGy": 1e-2},
    "length": {"cm": 1, "mm": 0.1},
    "per length": {"/cm": 1, "per cm": 1, "/mm": 10, "per mm": 10},
    "energy": {"keV": 1, "MeV": 1e3},
    "rate": {"cps": 1, "cpm": 1 / 60, "kcps": 1e3},
    "sensitivity": {"cps/MBq": 1, "cps per MBq": 1, "cpm/MBq": 1 / 60, "cps/kBq": 1e3, "cps per kBq": 1e3},
    "counter": {"cps per MBq/mL": 1, "cps per kBq/mL": 1e3, "cpm per kBq/mL": 1e3 / 60},
    "share": {"": 1, "%": 0.01},
    "density": {"g/mL": 1, "g/cm3": 1, "g/cm³": 1},
    "S value": {"mGy/(MBq.h)": 1, "mGy/(MBq h)": 1, "mGy/MBq/s": 3600, "mGy/(MBq.s)": 3600, "mGy/(MBq s)": 3600},
}
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_WRITTEN = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<unit>[^\d±+\s][^±+]*?)?\s*(?:(?:±|\+/?-)\s*(?P<u>{_NUMBER})\s*(?P<u_unit>\S.*)?)?"
)


class UnitError(ValueError):
    """The number is there, its unit is missing or of another kind."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in the first unit of its kind, with its standard uncertainty in the same unit (0: none stated)."""

    value: float
    u: float = 0.0
    words: str = ""

    @property
    def relative_u(self) -> float:
        return self.u / abs(self.value) if self.value else 0.0


def read_amount(words: str, kind: str, *, positive: bool = True) -> Amount:
    """Read an amount of a kind. *Raises:* ValueError that says what is wrong, in words for a person.

    >>> read_amount("1650 g ± 5 %", "mass")
    Amount(value=1650.0, u=82.5, words='1650 g ± 5 %')
    >>> read_amount("0.185 GBq", "activity").value
    185.0
    """
    text = " ".join(str(words).split())
    if re.search(r"\d,\d", text):
        raise ValueError(f"{text!r} has a comma, which may be a decimal mark: write 1650 or 1.65")
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a number with a unit, such as {_example(kind)}")
    factor = _factor(found["unit"] or "", kind, text)
    value = _float(found["value"]) * factor
    u = 0.0
    if found["u"]:
        given = (found["u_unit"] or "").strip()
        percent = given == "%"
        if percent and kind == "share" and (found["unit"] or "").strip() == "%":
            raise ValueError(f"{text!r}: is that a part of the value, or points? Write 0.067 ± 8 %, or 0.31 ± 0.01")
        share = _float(found["u"])
        u = abs(value) * share / 100 if percent else share * _factor(given or found["unit"] or "", kind, text)
    if positive and not value > 0:
        raise ValueError(f"{text!r} is not above zero")
    if u < 0 or u > max(abs(value), 1e-12):
        raise ValueError(f"{text!r}: the uncertainty is negative, or larger than the value")
    return Amount(value, u, text)


def _factor(unit: str, kind: str, text: str) -> float:
    units = KINDS[kind]
    if unit.strip() in units:
        return units[unit.strip()]
    if not unit.strip():
        raise UnitError(f"{text!r} has no unit: write {_example(kind)}")
    other = next((name for name, known in KINDS.items() if unit.strip() in known and name != kind), "")
    said = f" ({unit.strip()} is a unit of {other})" if other else ""
    raise UnitError(f"{text!r} is not in a unit of {kind}{said}: use {', '.join(filter(None, units))}")


def _float(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text} is too large a number")
    return value


def _example(kind: str) -> str:
    return f"'1 {next(iter(KINDS[kind]))}'".replace("1 '", "0.3'")

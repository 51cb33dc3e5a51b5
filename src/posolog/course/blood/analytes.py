"""Blood counts in a timeline: names and units as laboratories write them. A count without a unit is no count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from posolog.core.finding import Finding, Place
from posolog.core.timeline import Event, Timeline
from posolog.course.words import ask, stop

ANALYTES = ("neutrophils", "platelets", "haemoglobin", "lymphocytes", "leucocytes")
_NAMES = {
    "neutrophils": ("neutrophil", "anc", "pnn", "absolute neutrophil count", "neutrophil count"),
    "platelets": ("platelet", "plt", "thrombocytes", "plaquettes", "platelet count"),
    "haemoglobin": ("hemoglobin", "hb", "hgb"),
    "lymphocytes": ("lymphocyte", "alc", "lymphocyte count", "absolute lymphocyte count"),
    "leucocytes": (
        "leukocytes",
        "wbc",
        "white cells",
        "white blood cells",
        "white cell count",
        "white blood cell count",
    ),
}
_OF_NAME = {name: analyte for analyte, names in _NAMES.items() for name in (analyte, *names)}
CELLS, HB_MASS, HB_MOLE = "10^9/L", "g/L", "mmol/L"
# Factor to 10^9/L (cells) or to g/L (haemoglobin).
_CELL_UNITS = {
    "10^9/l": "1", "10*9/l": "1", "x10^9/l": "1", "×10^9/l": "1", "109/l": "1", "g/l": "1", "giga/l": "1",
    "/nl": "1", "10^3/µl": "1", "10*3/ul": "1", "x10^3/µl": "1", "k/µl": "1", "10^3/mm3": "1", "thousand/µl": "1",
    "/µl": "0.001", "/mm3": "0.001", "cells/µl": "0.001", "cells/mm3": "0.001", "10^6/l": "0.001",
}  # fmt: skip
_HB_UNITS = {"g/l": (HB_MASS, "1"), "g/dl": (HB_MASS, "10"), "mmol/l": (HB_MOLE, "1")}
# Beyond these a count is a mistake of unit or typing; they are wide, in 10^9/L and g/L (mmol/L).
_PLAUSIBLE = {"neutrophils": 200, "platelets": 3000, "lymphocytes": 1000, "leucocytes": 1500, HB_MASS: 260, HB_MOLE: 16}
_LEAST = {HB_MASS: Decimal(25), HB_MOLE: Decimal("1.5")}
_VALUE = re.compile(r"\s*(?P<below><=|<|≤)?\s*(?P<number>\d+(?:[.,]\d+)?(?:[eE]\+?\d{1,2})?)\s*(?P<unit>.*)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # 24,000: twenty-four, or twenty-four thousand?


@dataclass(frozen=True, slots=True)
class Count:
    """One count: `value` in `unit` (10^9/L; haemoglobin g/L or mmol/L). `below`: the laboratory says "less than"."""

    analyte: str
    at: datetime
    value: Decimal
    unit: str
    below: bool = False
    ident: str = ""


def analyte_of(kind: str) -> str:
    """The analyte that an event's name means, "" for any other event.

    >>> analyte_of("Absolute neutrophil count")
    'neutrophils'
    """
    words = " ".join(kind.casefold().split())
    return _OF_NAME.get(words, "")


def counts(timeline: Timeline) -> tuple[tuple[Count, ...], tuple[Finding, ...]]:
    """Every count in order of time, and a finding for each that cannot be used."""
    found, findings = [], []
    for event in timeline.events:
        analyte = analyte_of(event.kind)
        if not analyte:
            continue
        try:
            value, unit, below = measured(analyte, event.value, event.unit)
            found.append(Count(analyte, event.at, value, unit, below, event.ident))
        except ValueError as error:
            findings.append(_refused(event, str(error)))
    return tuple(found), tuple(findings)


def limits(timeline: Timeline) -> tuple[dict[str, Decimal], tuple[Finding, ...]]:
    """The laboratory's lower limits of normal (events "LLN" with the analyte as subject), by analyte and unit."""
    found: dict[str, Decimal] = {}
    findings = []
    for event in timeline.named("LLN"):
        analyte = analyte_of(event.subject)
        try:
            if not analyte:
                raise ValueError(f"LLN of {event.subject!r}: the subject is none of {', '.join(ANALYTES)}")
            value, unit, _ = measured(analyte, event.value, event.unit)
            found[f"{analyte} {unit}"] = value
        except ValueError as error:
            findings.append(_refused(event, str(error)))
    return found, tuple(findings)


def measured(analyte: str, value: str, unit: str) -> tuple[Decimal, str, bool]:
    """Value and unit in the analyte's own unit. *Raises:* ValueError in words.

    >>> measured("neutrophils", "850", "/µL")
    (Decimal('0.850'), '10^9/L', False)
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        raise ValueError(f"{analyte} {value!r} is no number")
    number = Decimal(match["number"].replace(",", "."))
    if unit.strip() and match["unit"].strip() not in ("", unit.strip()):
        raise ValueError(f"{analyte} {value!r} is no number in {unit}")
    written = (unit or match["unit"]).strip()
    name, factor = _unit(analyte, written)
    if _THOUSANDS.fullmatch(match["number"]) and ("," in match["number"] or factor == "0.001"):
        raise ValueError(f"{analyte} {value}: is the mark a decimal or a thousands mark? Write it without")
    try:
        result = number * Decimal(factor)
    except InvalidOperation as error:
        raise ValueError(f"{analyte} {value!r} is no number") from error
    largest = _PLAUSIBLE[name if analyte == "haemoglobin" else analyte]
    if result > largest:
        raise ValueError(f"{analyte} {value} {written} is beyond {largest} {name}: is the unit right?")
    if result < _LEAST.get(name, Decimal(0)):
        raise ValueError(f"{analyte} {value} {written} is below {_LEAST[name]} {name}: is the unit right?")
    return result, name, match["below"] is not None


def _unit(analyte: str, written: str) -> tuple[str, str]:
    """The unit's own name and the factor to it. Haemoglobin in g/L is a mass, white cells in G/L are giga."""
    if not written:
        said = "g/L or g/dL" if analyte == "haemoglobin" else "10^9/L or /µL"
        raise ValueError(f"{analyte} has no unit: write {said}")
    plain = (
        written.casefold().replace("μ", "µ").replace("⁹", "^9").replace("³", "3").replace(" ", "").replace("ul", "µl")
    )
    plain = re.sub(r"\be9", "10^9", plain)
    if analyte == "haemoglobin":
        if plain in _HB_UNITS:
            return _HB_UNITS[plain]
    elif plain in _CELL_UNITS and not (plain == "g/l" and written.startswith("g")):
        return CELLS, _CELL_UNITS[plain]
    raise ValueError(f"{analyte} in {written!r} cannot be read")


def _refused(event: Event, why: str) -> Finding:
    place = Place("count", f"{event.value} {event.unit}".strip(), event.ident)
    step = "Write number and unit: 0.85 10^9/L, 850 /µL or 0.85 G/L; haemoglobin in g/L, g/dL or mmol/L."
    make = ask if "no unit" in why else stop
    return make("COUNT-UNREAD", f"{event.at:%Y-%m-%d}: {why}; it is not graded and not fitted", step, place)


def of(found: Iterable[Count], analyte: str) -> tuple[Count, ...]:
    """The counts of one analyte, in order."""
    return tuple(count for count in found if count.analyte == analyte)

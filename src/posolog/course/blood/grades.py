"""Grades of cytopenia from counts, by CTCAE version 5.0 (research label: a grade is given by a person)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from posolog.core.because import Because, Cited, Computed
from posolog.core.quantity import plain
from posolog.course.blood.analytes import CELLS, HB_MASS, Count
from posolog.evidence.shipped import resolve

TERMS = {
    "neutrophils": "Neutrophil count decreased", "platelets": "Platelet count decreased", "haemoglobin": "Anaemia",
    "lymphocytes": "Lymphocyte count decreased", "leucocytes": "White blood cell decreased",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one count. `grade` is None where it is not known; `words` says what is known then."""

    count: Count
    grade: int | None
    words: str
    because: Because


@cache
def bounds(analyte: str, unit: str) -> tuple[tuple[int, Decimal], ...]:
    """Grade and the value below which it holds, highest grade first: ((4, 0.5), (3, 1.0), (2, 1.5)).

    *Source:* ctcae5 (read in copies of the table). Anaemia has no grade 4 by a count.
    """
    found = []
    for one in resolve("ctcae5").claims:
        name, _, rest = one.quantity.partition(" grade ")
        if name == analyte and one.unit == unit:
            found.append((int(rest[0]), Decimal(one.value)))
    return tuple(sorted(found, reverse=True))


def grade(count: Count, limits: Mapping[str, Decimal]) -> Grade:
    """The grade of a count; `limits` are the laboratory's lower limits by "analyte unit".

    Grade 1 lies between the laboratory's lower limit and a fixed bound: without that limit a count above the bound
    is grade 0 or 1, not known which. A count of "less than" a bound has the grade that the whole range shares.
    *Source:* ctcae5.
    """
    unit, value = count.unit, count.value
    table = bounds(count.analyte, unit)
    said = f"{'<' if count.below else ''}{plain(value)} {unit}"
    where = TERMS[count.analyte]
    for number, bound in table:
        if value < bound or (count.below and value <= bound):
            rule = f"{said} is below {plain(bound)} {unit}"
            more = " or more: grade 4 is a clinical judgement" if (count.analyte, number) == ("haemoglobin", 3) else ""
            if count.below and number < table[0][0]:
                more = " or more: the laboratory says less than"
            return Grade(count, number, f"grade {number}{more}", _why(rule, where))
    lowest = table[-1][1]
    limit = limits.get(f"{count.analyte} {unit}")
    if count.below:
        rule = f"{said}: how far below is not known"
        return Grade(count, None, "not known", _why(rule, where))
    if limit is None:
        rule = f"{said} is not below {plain(lowest)} {unit}; the laboratory's lower limit is not known"
        return Grade(
            count, None, "grade 0 or 1, not known which without the laboratory's lower limit", _why(rule, where)
        )
    number = 1 if value < limit else 0
    rule = f"{said} is {'below' if number else 'not below'} the laboratory's lower limit of {plain(limit)} {unit}"
    return Grade(count, number, f"grade {number}", _why(rule, where))


def _why(rule: str, where: str) -> Because:
    return Computed("grade by CTCAE 5.0", rule, (Cited("ctcae5", where),))


def worst(grades: tuple[Grade, ...]) -> Grade | None:
    """The first of the highest known grades, None where none is known."""
    known = [one for one in grades if one.grade is not None]
    return max(known, key=lambda one: (one.grade or 0, -one.count.at.timestamp())) if known else None


def unit_of(analyte: str) -> str:
    """The unit in which counts of an analyte are shown."""
    return HB_MASS if analyte == "haemoglobin" else CELLS

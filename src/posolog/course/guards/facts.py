"""Conditions on a fact or on something that happened once."""

from __future__ import annotations

import re
from decimal import Decimal
from operator import ge, gt, le, lt

from posolog.core.guard import Guard
from posolog.course.guards.known import UNSAID, Known, age_of, day_of, fact, missing_fact, occurred, yes_no
from posolog.course.words import short
from posolog.protocol.condition import Compare, Is

_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}


def compared(condition: Compare, known: Known) -> Guard:
    """A number held against a bound; the age by the calendar."""
    asked = f"{condition.fact} {condition.op} {short(condition.value)} {condition.unit}".strip()
    if condition.fact.casefold() == "age":
        age = age_of(known)
        if age is None:
            return missing_fact("age")
        value, said = Decimal(age[0]), f"age {age[0]} {age[1]}"
    else:
        words = fact(condition.fact, known)
        if words is None:
            return missing_fact(condition.fact)
        digits = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\D*", words)
        if digits is None:
            return missing_fact(f"{condition.fact} as a number (recorded: {words!r})")
        value, said = Decimal(digits[1]), f"{condition.fact} {words}"
    yes = _COMPARE[condition.op](value, condition.value)
    return yes_no(yes, f"{said}: {asked} is {'true' if yes else 'not true'}")


def is_one_of(condition: Is, known: Known) -> Guard:
    """A fact that has one of the listed values."""
    words = fact(condition.fact, known)
    if words is None:
        return missing_fact(condition.fact)
    yes = words.casefold() in {value.casefold() for value in condition.values}
    return yes_no(yes, f"{condition.fact} is {words}")


def recorded(kind: str, known: Known, missing: str) -> Guard:
    """A yes or no on the record; `missing` says what is asked where there is none."""
    event = known.timeline.last(kind)
    words = event.value.strip().casefold() if event else ""
    if event is None or words in UNSAID - {""}:
        return missing_fact(missing)
    return yes_no(occurred(event), f"{kind}: {event.value or 'recorded'} on {day_of(event, known)}")

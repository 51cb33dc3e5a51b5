"""Numbers as people type them: a decimal point, never a comma; a unit where it is the right one."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.core.quantity import Quantity
from posolog.core.units import find_unit

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_MEASURE = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(\D.*)?")


def number(text: str) -> Decimal:
    """A plain decimal number. *Raises:* ValueError in words (comma decimals, grouping, exponents)."""
    words = text.strip()
    if _NUMBER.fullmatch(words):
        return Decimal(words)
    if "," in words:
        raise ValueError(f"{words!r} has a comma: write the decimal point, and no thousands separator")
    raise ValueError(f"{words!r} is not a number")


def measure(text: str, unit: str) -> Decimal:
    """A number in `unit` ("kg" or "cm"), written with or without it. *Raises:* ValueError for another unit.

    >>> measure("80 kg", "kg")
    Decimal('80')
    """
    words = text.strip()
    found = _MEASURE.fullmatch(words)
    if found is None or "," in words:
        return number(words)
    written = (found[2] or "").strip()
    if written and written.casefold() != unit:
        raise ValueError(f"{words!r} is in {written}, not in {unit}: convert it and write {unit}")
    return Decimal(found[1])


def amount(text: str) -> Quantity:
    """A number with a unit that posolog knows: "256 mg". *Raises:* ValueError in words."""
    words = text.strip()
    found = _MEASURE.fullmatch(words)
    if found is None or "," in words:
        number(words)
        raise ValueError(f"{words!r} has no unit")
    written = (found[2] or "").strip()
    unit = find_unit(written) if written else None
    if unit is None:
        raise ValueError(f"{words!r} has {'an unknown unit' if written else 'no unit'}")
    return Quantity(Decimal(found[1]), unit)

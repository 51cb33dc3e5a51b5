"""Decimal amounts with a unit. Adding or comparing across kinds is a programmer's mistake and raises."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering

from posolog.core.units import Unit, find_unit


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """`value` in `unit`; equality is by magnitude (1 g equals 1000 mg)."""

    value: Decimal
    unit: Unit

    def to(self, unit: Unit) -> Quantity:
        """The same quantity in `unit`. *Raises:* ValueError when the kinds differ (mg is not MBq)."""
        if unit.kind != self.unit.kind:
            raise ValueError(f"{self.unit.symbol} ({self.unit.kind}) is not {unit.symbol} ({unit.kind})")
        return Quantity(self.value * self.unit.factor / unit.factor, unit)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __mul__(self, factor: Decimal | int) -> Quantity:
        return Quantity(self.value * factor, self.unit)

    def __truediv__(self, divisor: Decimal | int) -> Quantity:
        return Quantity(self.value / divisor, self.unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity) or other.unit.kind != self.unit.kind:
            return NotImplemented
        return self.value * self.unit.factor == other.value * other.unit.factor

    def __lt__(self, other: Quantity) -> bool:
        return self.value < other.to(self.unit).value

    def __hash__(self) -> int:
        return hash((self.value * self.unit.factor, self.unit.kind))

    def rounded(self, step: Decimal) -> Quantity:
        """The nearest multiple of `step` in this unit, halves away from zero (the one rounding, at the end)."""
        return Quantity((self.value / step).quantize(Decimal(1), ROUND_HALF_UP) * step, self.unit)

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit.symbol}"


def quantity(text: str) -> Quantity:
    """Read "2 g" or "370 MBq". *Raises:* ValueError with the words that do not fit."""
    number, _, unit_words = text.strip().partition(" ")
    unit = find_unit(unit_words.strip())
    if unit is None:
        raise ValueError(f"unknown unit {unit_words.strip()!r} in {text!r}")
    return Quantity(Decimal(number), unit)


def plain(value: Decimal) -> str:
    """A number without exponent or trailing zeros: the form of protocol files and data (H10: 5, never 5.0)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

"""What the three comparisons share: schedule, times a day, equality within rounding, a finding with its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import Quantity
from posolog.protocol.model import Amount, Frequency
from posolog.reader.tokens.amounts import amounts
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.schedule import schedule
from posolog.reader.tokens.token import Token


def times_a_day(frequency: Frequency) -> Decimal:
    """Administrations in 24 hours."""
    hours = {"hour": 1, "day": 24, "week": 168, "month": 730}[frequency.unit]  # only compared with 24 hours
    return 24 * frequency.count / (frequency.every * hours)


def schedule_of(text: str, start: int, end: int) -> list[Token]:
    """Tokens of the schedule; a day may follow an amount at once ("75 mg/m2 days 1-7")."""
    return schedule(text, start, end, frozenset(token.end for token in amounts(text, start, end)))


def close(one: Quantity, other: Quantity) -> bool:
    """Equal within the rounding of a printed total (1 %)."""
    a, b = one.value, other.to(one.unit).value
    return abs(a - b) <= max(a, b) / 100


def unit_words(amount: Amount) -> str:
    """mg, mg/m²."""
    return amount.unit.symbol + (f"/{amount.per.value}" if amount.per.value else "")


def finding_of(code: str, severity: Severity, message: str, step: str, hazard: str) -> Finding:
    """A finding that has no place yet."""
    return Finding(code, severity, message, step, (), hazard)


def placed(finding: Finding, block: Block, start: int, end: int) -> Finding:
    """The finding at a stretch of the text."""
    place = Place("here", block.text[start:end].strip(), span=Span("", *block.raw(start, end)))
    return replace(finding, places=(place,))

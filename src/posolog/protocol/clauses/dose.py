"""Clauses that say how much and how: amount, weight, route, infusion, caps, rounding."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.quantity import Quantity
from posolog.core.routes import ROUTES
from posolog.protocol.amount_text import read_amount, read_exact, read_unit
from posolog.protocol.clauses.fields import Fields, put
from posolog.protocol.lexer import Cursor
from posolog.protocol.model import Amount
from posolog.protocol.numbers_text import read_number

_HOURS = {"hour": Decimal(1), "hours": Decimal(1), "day": Decimal(24), "days": Decimal(24)}
_MINUTES = ("minute", "minutes", "min")


def amount(cursor: Cursor, fields: Fields) -> None:
    """ "30 mg/m²/day"."""
    start = cursor.at
    put(cursor, fields, start, amount=read_amount(cursor))


def weight(cursor: Cursor, fields: Fields) -> None:
    """ "of ideal weight"."""
    start = cursor.at
    cursor.expect("of")
    put(cursor, fields, start, weight=read_weight(cursor))


def read_weight(cursor: Cursor) -> str:
    """ "actual weight", "ideal weight", "adjusted weight 25 %" or "adjusted weight 50 %". *Raises:* Refusal."""
    for kind in ("actual", "ideal"):
        if cursor.take(kind, "weight"):
            return f"{kind} weight"
    cursor.expect("adjusted", "weight")
    share = cursor.word()
    if share not in ("25", "50"):
        cursor.fail("the adjusted weights known are 25 % and 50 %")
    cursor.at += 1
    cursor.expect("%")
    return f"adjusted weight {share} %"


def route(cursor: Cursor, fields: Fields) -> None:
    """ "IV"."""
    start = cursor.at
    for name in ROUTES:
        if cursor.take(*name.split()):
            put(cursor, fields, start, route=name)
            return


def infusion(cursor: Cursor, fields: Fields) -> None:
    """ "over 2 hours; over 30 minutes"."""
    start = cursor.at
    cursor.expect("over")
    number = read_number(cursor)
    unit = cursor.next("word", "hours, minutes or days").text
    if number == 0 or not (unit in _HOURS or unit in _MINUTES):
        cursor.at -= 1
        cursor.fail("an infusion lasts some hours, minutes or days", known=(*_HOURS, *_MINUTES))
    hours = number / 60 if unit in _MINUTES else number * _HOURS[unit]
    put(cursor, fields, start, infusion_h=hours)


def bolus(cursor: Cursor, fields: Fields) -> None:
    """ "as a bolus"."""
    start = cursor.at
    cursor.expect("as", "a", "bolus")
    put(cursor, fields, start, infusion_h=Decimal(0))


def continuous(cursor: Cursor, fields: Fields) -> None:
    """ "by continuous infusion"."""
    start = cursor.at
    cursor.expect("by", "continuous", "infusion")
    put(cursor, fields, start, continuous=True)


def cap(cursor: Cursor, fields: Fields) -> None:
    """ "at most 2 g/day"."""
    cursor.expect("at", "most")
    fields["caps"] = (*fields.get("caps", ()), read_exact(cursor))


def bsa_cap(cursor: Cursor, fields: Fields) -> None:
    """ "with BSA at most 2 m²"."""
    start = cursor.at
    cursor.expect("with", "BSA", "at", "most")
    value = read_number(cursor)
    if value == 0 or not (cursor.take("m²") or cursor.take("m2")):
        cursor.fail("the body surface is capped at some m²")
    put(cursor, fields, start, bsa_cap_m2=value)


def rounded(cursor: Cursor, fields: Fields) -> None:
    """ "rounded to 5 mg"."""
    start = cursor.at
    cursor.expect("rounded", "to")
    value = read_number(cursor)
    if value == 0:
        cursor.at -= 1
        cursor.fail("a rounding step is above nought")
    put(cursor, fields, start, round_to=Quantity(value, read_unit(cursor)))


def in_unit_of(step: Quantity, amount: Amount | None, cursor: Cursor) -> Decimal:
    """The rounding step in the amount's unit. *Raises:* Refusal when there is no such amount."""
    if amount is None or amount.unit.kind != step.unit.kind:
        cursor.fail(f"a dose that is not in {step.unit.symbol} cannot be rounded to {step}")
    return step.value if amount.unit == step.unit else step.to(amount.unit).value


def starts_route(cursor: Cursor) -> bool:
    return cursor.kind() == "word" and any(cursor.sees(*name.split()) for name in ROUTES)


def starts_weight(cursor: Cursor) -> bool:
    return cursor.sees("of") and cursor.word(1) in ("actual", "ideal", "adjusted")

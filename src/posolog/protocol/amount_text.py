"""Amounts in words: number, unit, what it is multiplied by, and what it refers to."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.quantity import plain
from posolog.core.units import UNITS, Unit, find_unit
from posolog.protocol.lexer import DASHES, Cursor
from posolog.protocol.model import Amount, Basis, Per
from posolog.protocol.numbers_text import read_number

_PER = {"m²": Per.M2, "m2": Per.M2, "kg": Per.KG}
_BASIS = {
    "dose": Basis.DOSE,
    "day": Basis.DAY,
    "hour": Basis.HOUR,
    "h": Basis.HOUR,
    "week": Basis.WEEK,
    "course": Basis.COURSE,
}


def parse_amount(text: str) -> Amount:
    """ "5 mg/kg/day", "at least 20 mg/m²/day", "levels 1, 2 MBq/m²". *Raises:* Refusal."""
    cursor = Cursor(text)
    amount = read_amount(cursor)
    cursor.finish((*_PER, *_BASIS))
    return amount


def starts_amount(cursor: Cursor) -> bool:
    """Whether an amount (not a cap) comes next; a bare number counts, so that a missing unit is told."""
    if cursor.kind() == "number":
        return cursor.word(1) != "times"
    return cursor.sees("at", "least") or cursor.sees("up", "to") or cursor.sees("levels") or cursor.sees("AUC")


def read_amount(cursor: Cursor) -> Amount:
    """An amount in any of its forms. *Raises:* Refusal."""
    if cursor.take("levels"):
        return _read_levels(cursor)
    at_least = cursor.take("at", "least")
    up_to = not at_least and cursor.take("up", "to")
    named_first = cursor.take("AUC")
    low, high = _read_range(cursor, may_range=not (at_least or up_to))
    unit = find_unit("AUC") if named_first else read_unit(cursor)
    assert unit is not None
    per, basis = read_per(cursor)
    return Amount(None if up_to else low, None if at_least else high, unit, per, basis)


def read_exact(cursor: Cursor) -> Amount:
    """One number with its unit: a cap. *Raises:* Refusal."""
    value = _read_positive(cursor)
    unit = read_unit(cursor)
    per, basis = read_per(cursor)
    return Amount(value, value, unit, per, basis)


def _read_range(cursor: Cursor, *, may_range: bool) -> tuple[Decimal, Decimal]:
    low = _read_positive(cursor)
    if not (may_range and cursor.take("to")):
        return low, low
    high = _read_positive(cursor)
    if high <= low:
        cursor.at -= 1
        cursor.fail("a range of amounts ends above its start")
    return low, high


def _read_levels(cursor: Cursor) -> Amount:
    levels = [_read_positive(cursor)]
    while cursor.take(",") or cursor.take("and"):
        levels.append(_read_positive(cursor))
    unit = read_unit(cursor)
    per, basis = read_per(cursor)
    return Amount(None, None, unit, per, basis, tuple(levels))


def _read_positive(cursor: Cursor) -> Decimal:
    value = read_number(cursor)
    if value == 0:
        cursor.at -= 1
        cursor.fail("an amount is above nought")
    return value


def read_unit(cursor: Cursor) -> Unit:
    """A unit of a dose. *Raises:* Refusal with UNIT-UNKNOWN."""
    word = cursor.word()
    if len(word) == 1 and word in DASHES:
        cursor.fail("a dash between numbers", next_step="Write 'to' for a range of amounts.")
    unit = find_unit(word) if cursor.kind() == "word" else None
    if unit is None or unit.kind == "time":
        names = [known.symbol for known in UNITS if known.kind != "time"]
        step = "Use one of: " + ", ".join(names) + ". Decimals take a point."
        cursor.fail("no unit of a dose is known by this name", code="UNIT-UNKNOWN", next_step=step)
    cursor.at += 1
    return unit


def read_per(cursor: Cursor) -> tuple[Per, Basis]:
    """What follows the slashes: "/kg/day". *Raises:* Refusal on a word that is neither."""
    per, basis = Per.FLAT, Basis.UNSTATED
    while cursor.take("/"):
        word = cursor.word()
        if word in _PER and per is Per.FLAT and basis is Basis.UNSTATED:
            per = _PER[word]
        elif word in _BASIS and basis is Basis.UNSTATED:
            basis = _BASIS[word]
        else:
            step = "After a slash write m² or kg, then dose, day, hour, week or course."
            cursor.fail("an amount is per m² or per kg, then per dose, day, hour, week or course", next_step=step)
        cursor.at += 1
    return per, basis


def print_amount(amount: Amount) -> str:
    """The words that `parse_amount` reads back.

    >>> print_amount(parse_amount("9 ug/day"))
    '9 mcg/day'
    """
    tail = "".join(f"/{word}" for word in (amount.per.value, amount.basis.value) if word)
    unit = amount.unit.symbol
    if amount.levels:
        return "levels " + ", ".join(map(plain, amount.levels)) + f" {unit}{tail}"
    if amount.exact is not None:
        number = plain(amount.exact)
        return f"AUC {number}{tail}" if unit == "AUC" else f"{number} {unit}{tail}"
    if amount.high is None and amount.low is not None:
        return f"at least {plain(amount.low)} {unit}{tail}"
    if amount.low is None and amount.high is not None:
        return f"up to {plain(amount.high)} {unit}{tail}"
    if amount.low is None or amount.high is None:
        raise ValueError("an amount has a number")
    return f"{plain(amount.low)} to {plain(amount.high)} {unit}{tail}"


def print_cap(cap: Amount) -> str:
    """A cap without its "at most": "2 AUC/dose", "50 mg/m²/dose"."""
    if cap.exact is None:
        raise ValueError("a cap is one number")
    tail = "".join(f"/{word}" for word in (cap.per.value, cap.basis.value) if word)
    return f"{plain(cap.exact)} {cap.unit.symbol}{tail}"

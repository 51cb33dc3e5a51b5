"""Clauses that say when and how often: frequency, counts, days, weeks, cycles, taper."""

from __future__ import annotations

from decimal import Decimal

from posolog.protocol.clauses.fields import Fields, put
from posolog.protocol.days_text import read_day, read_days
from posolog.protocol.lexer import Cursor
from posolog.protocol.model import Count, Frequency, Window
from posolog.protocol.numbers_text import read_number, read_whole, read_wholes

TIMES = {"once": 1, "twice": 2}
_SPANS = {"hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week"}


def every(cursor: Cursor, fields: Fields) -> None:
    """ "every 12 hours"."""
    start = cursor.at
    put(cursor, fields, start, frequency=_read_every(cursor, 1))


def times(cursor: Cursor, fields: Fields) -> None:
    """ "twice a day"."""
    start = cursor.at
    if cursor.kind() == "number":
        number = read_whole(cursor)
        cursor.expect("times")
    else:
        number = TIMES[cursor.word()]
        cursor.at += 1
    if cursor.sees("every"):
        frequency = _read_every(cursor, number)
    else:
        if not (cursor.take("a") or cursor.take("an")):
            cursor.fail("'a day', 'a week' or 'every ...' is expected here")
        frequency = Frequency(number, Decimal(1), _read_span(cursor))
    put(cursor, fields, start, frequency=frequency)


def _read_every(cursor: Cursor, number: int) -> Frequency:
    cursor.expect("every")
    length = read_number(cursor) if cursor.kind() == "number" else Decimal(1)
    if length == 0:
        cursor.at -= 1
        cursor.fail("a time between doses is above nought")
    return Frequency(number, length, _read_span(cursor))


def _read_span(cursor: Cursor) -> str:
    word = cursor.word()
    if word not in _SPANS:
        cursor.fail("hours, days or weeks are expected here", known=_SPANS)
    cursor.at += 1
    return _SPANS[word]


def count(cursor: Cursor, fields: Fields) -> None:
    """ "for 6 doses; for up to 5 days"."""
    start = cursor.at
    cursor.expect("for")
    at_most = cursor.take("up", "to")
    stated = Count(read_whole(cursor), at_most)
    if cursor.take("doses") or cursor.take("dose"):
        put(cursor, fields, start, doses=stated)
    elif cursor.take("days") or cursor.take("day"):
        put(cursor, fields, start, for_days=stated)
    else:
        cursor.fail("'doses' or 'days' is expected here", known=("doses", "days"))


def days(cursor: Cursor, fields: Fields) -> None:
    """ "on D-5 to D-1"."""
    start = cursor.at
    cursor.expect("on")
    put(cursor, fields, start, days=read_days(cursor))


def from_day(cursor: Cursor, fields: Fields) -> None:
    """ "from D+6 to D+100"."""
    start = cursor.at
    cursor.expect("from")
    first = read_day(cursor)
    put(cursor, fields, start, from_day=first)
    if cursor.take("to"):
        last = read_day(cursor)
        if last <= first:
            cursor.at -= 1
            cursor.fail("the last day comes after the first")
        put(cursor, fields, start, to_day=last)


def weeks(cursor: Cursor, fields: Fields) -> None:
    """ "in weeks 1 to 4"."""
    start = cursor.at
    cursor.at += 2
    put(cursor, fields, start, weeks=read_wholes(cursor))


def cycles(cursor: Cursor, fields: Fields) -> None:
    """ "in cycles 1 and 2"."""
    start = cursor.at
    put(cursor, fields, start, cycles=read_in_cycles(cursor))


def read_in_cycles(cursor: Cursor) -> tuple[int, ...]:
    """ "in cycle 1", "in cycles 1 and 2". *Raises:* Refusal."""
    cursor.expect("in")
    if not (cursor.take("cycle") or cursor.take("cycles")):
        cursor.fail("'cycle' is expected here", known=("cycle", "cycles"))
    return read_wholes(cursor)


def taper(cursor: Cursor, fields: Fields) -> None:
    """ "tapered from D+90 to D+180"."""
    start = cursor.at
    cursor.expect("tapered", "from")
    first = read_day(cursor)
    cursor.expect("to")
    last = read_day(cursor)
    if last <= first:
        cursor.at -= 1
        cursor.fail("a taper ends after it starts")
    put(cursor, fields, start, taper=Window(first, last))


def starts_times(cursor: Cursor) -> bool:
    return (cursor.kind() == "word" and cursor.word() in TIMES) or (
        cursor.kind() == "number" and cursor.word(1) == "times"
    )


def starts_for(cursor: Cursor) -> bool:
    return cursor.sees("for") and (cursor.kind(1) == "number" or cursor.word(1) == "up")

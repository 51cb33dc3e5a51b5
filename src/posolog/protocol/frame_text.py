"""The short lines of the frame: cycles, time points and visit windows."""

from __future__ import annotations

from posolog.protocol.lexer import Cursor
from posolog.protocol.model import Cycles, TimePoint
from posolog.protocol.numbers_text import counted, read_whole

_UNITS = {
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
}


def parse_cycles(text: str) -> Cycles:
    """ "up to 2 cycles of 42 days", "1 cycle", "cycles of 28 days", "cycles". *Raises:* Refusal."""
    cursor = Cursor(text)
    at_most = cursor.take("up", "to")
    count = read_whole(cursor) if at_most or cursor.kind() == "number" else None
    if not (cursor.take("cycles") or cursor.take("cycle")):
        cursor.fail("'cycles' is expected here", known=("cycle", "cycles"))
    length = None
    if cursor.take("of"):
        length = read_whole(cursor)
        if not (cursor.take("days") or cursor.take("day")):
            cursor.fail("the length of a cycle is in days", known=("day", "days"))
    cursor.finish(("of",))
    return Cycles(count, length, at_most)


def print_cycles(cycles: Cycles) -> str:
    """The words back. *Raises:* ValueError for "up to" without a number."""
    if cycles.count is None and cycles.at_most:
        raise ValueError("'up to' needs a number of cycles")
    words = "cycles" if cycles.count is None else counted(cycles.count, "cycle")
    length = f" of {counted(cycles.length_days, 'day')}" if cycles.length_days is not None else ""
    return ("up to " if cycles.at_most else "") + words + length


def parse_time_point(text: str) -> TimePoint:
    """ "baseline", "90 days", "1 month", "2 years". *Raises:* Refusal."""
    cursor = Cursor(text)
    if cursor.take("baseline"):
        cursor.finish()
        return TimePoint(0, "baseline")
    number = read_whole(cursor)
    if cursor.word() not in _UNITS:
        cursor.fail("days, weeks, months or years are expected here", known=_UNITS)
    unit = _UNITS[cursor.word()]
    cursor.at += 1
    cursor.finish()
    return TimePoint(number, unit)


def print_time_point(point: TimePoint) -> str:
    return "baseline" if point.unit == "baseline" else counted(point.number, point.unit)


def parse_window(text: str) -> tuple[int, int]:
    """ "-7 to +7 days": days before and days after. *Raises:* Refusal."""
    cursor = Cursor(text)
    before = _signed(cursor, "-")
    cursor.expect("to")
    after = _signed(cursor, "+")
    cursor.expect("days")
    cursor.finish()
    return before, after


def print_window(before: int, after: int) -> str:
    return f"{'-' if before else ''}{before} to {'+' if after else ''}{after} days"


def _signed(cursor: Cursor, sign: str) -> int:
    if cursor.word() == "0":
        cursor.at += 1
        return 0
    if not cursor.take(sign):
        cursor.fail("a window is days before and after", next_step="Write it as '-7 to +7 days'.")
    return read_whole(cursor)

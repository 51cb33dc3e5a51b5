"""Days in words: a set and a range are different types, and a dash between days is refused (hazard H3)."""

from __future__ import annotations

from posolog.core.days import DayItem, DayRange, DaySet, label
from posolog.protocol.lexer import DASHES, Cursor
from posolog.protocol.numbers_text import listed

FURTHEST_DAY = 9999


def parse_days(text: str) -> DaySet:
    """Days as written.

    >>> parse_days("D1 to D4 and D11").items
    (DayRange(first=1, last=4), 11)
    """
    cursor = Cursor(text)
    days = read_days(cursor)
    cursor.finish(("and", "to"))
    return days


def print_days(days: DaySet, *, day_zero: bool) -> str:
    """The same words back; `day_zero` says whether the anchor has a day 0 (D+6) or not (D6)."""
    return listed([_print_item(item, day_zero) for item in days.items])


def print_day(day: int, *, day_zero: bool) -> str:
    return label(day) if day_zero else f"D{day}"


def _print_item(item: DayItem, day_zero: bool) -> str:
    if isinstance(item, DayRange):
        return print_day(item.first, day_zero=day_zero) + " to " + print_day(item.last, day_zero=day_zero)
    return print_day(item, day_zero=day_zero)


def read_days(cursor: Cursor) -> DaySet:
    """One or more days or ranges, joined by "and" and commas. *Raises:* Refusal."""
    items = [_read_item(cursor)]
    while True:
        if cursor.sees("and") or (cursor.sees(",") and (cursor.kind(1) == "day" or _is_dash(cursor.word(2)))):
            cursor.at += 1
        elif cursor.sees(",", "and") and cursor.kind(2) == "day":
            cursor.at += 2
        else:
            return DaySet(tuple(items))
        items.append(_read_item(cursor))


def read_day(cursor: Cursor) -> int:
    """D-13, D0, D+6 or D6. *Raises:* Refusal."""
    if cursor.kind() != "day":
        cursor.fail("a day is expected here", next_step="Write days as D-13, D0, D+6 or, in cycles, D1.")
    digits = cursor.word()[1:].replace("\u2212", "-")
    if len(digits) > 5 or abs(int(digits)) > FURTHEST_DAY:
        cursor.fail(f"no day is further than {FURTHEST_DAY} days from its anchor")
    cursor.at += 1
    if _is_dash(cursor.word()):
        _refuse_dash(cursor)
    return int(digits)


def _read_item(cursor: Cursor) -> DayItem:
    first = read_day(cursor)
    if not cursor.take("to"):
        return first
    last = read_day(cursor)
    if last <= first:
        cursor.at -= 1
        cursor.fail("a range of days ends after it starts")
    return DayRange(first, last)


def _is_dash(word: str) -> bool:
    return len(word) == 1 and word in DASHES


def _refuse_dash(cursor: Cursor) -> None:
    cursor.fail(
        "a dash between days can mean each day or only the two named",
        code="DAY-DASH",
        next_step="Write 'to' for every day between, or 'and' for the two days alone.",
        hazard="H3",
    )

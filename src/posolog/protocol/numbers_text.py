"""Numbers and lists of whole numbers in a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from posolog.core.units import find_unit
from posolog.protocol.lexer import LONGEST_NUMBER, Cursor


def read_number(cursor: Cursor) -> Decimal:
    """A number, with a point for the decimals. *Raises:* Refusal."""
    if cursor.kind() == "number" and len(cursor.word()) > LONGEST_NUMBER:
        cursor.fail("this number is too long to be meant")
    return Decimal(cursor.next("number", "a number").text)


def read_whole(cursor: Cursor) -> int:
    """A whole number from 1 to 9999. *Raises:* Refusal."""
    text = cursor.word()
    if cursor.kind() == "number" and not (text.isdecimal() and len(text) <= 4 and int(text) > 0):
        cursor.fail("a whole number from 1 to 9999 is expected here")
    return int(cursor.next("number", "a whole number").text)


def read_wholes(cursor: Cursor) -> tuple[int, ...]:
    """ "1, 3 and 5" or "1 to 4"; a comma before an amount or a frequency ends the list."""
    found = _whole_or_range(cursor)
    while True:
        if cursor.sees("and") or (cursor.sees(",") and cursor.kind(1) == "number" and not _says_more(cursor)):
            cursor.at += 1
        else:
            return tuple(found)
        found += _whole_or_range(cursor)


def _says_more(cursor: Cursor) -> bool:
    """Whether the number after the comma has a unit or "times" behind it: another clause, not a list's next number."""
    behind = cursor.word(4) if cursor.word(2) == "to" and cursor.kind(3) == "number" else cursor.word(2)
    return behind == "times" or find_unit(behind) is not None


def _whole_or_range(cursor: Cursor) -> list[int]:
    first = read_whole(cursor)
    if not cursor.take("to"):
        return [first]
    last = read_whole(cursor)
    if last <= first:
        cursor.at -= 1
        cursor.fail("a range ends after it starts")
    return list(range(first, last + 1))


def listed(words: Sequence[str]) -> str:
    """ "1", "1 and 2", "1, 3 and 5"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(number: int, noun: str) -> str:
    """ "1 day", "2 days"."""
    return f"{number} {noun}" + ("" if number == 1 else "s")

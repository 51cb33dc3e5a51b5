"""Where clauses put what they read, and how they start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from posolog.protocol.lexer import Cursor

Fields = dict[str, Any]


def put(cursor: Cursor, fields: Fields, start: int, **values: object) -> None:
    """Put what a clause said; the same said twice is refused at its start. *Raises:* Refusal."""
    for name, value in values.items():
        if name in fields:
            cursor.at = start
            cursor.fail("this is said twice in one line", next_step="Keep one of the two, or write two lines.")
        fields[name] = value


def starts_with(*lead: str) -> Callable[[Cursor], bool]:
    """Whether these words stand next."""
    return lambda cursor: cursor.kind() == "word" and cursor.sees(*lead)


def starts_in(what: str) -> Callable[[Cursor], bool]:
    """ "in week", "in cycles"."""
    return lambda cursor: cursor.sees("in") and cursor.word(1) in (what, what + "s")

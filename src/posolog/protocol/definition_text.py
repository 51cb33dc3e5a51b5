"""The events of a definition in words: "acute GVHD of grade III or above", "death without relapse"."""

from __future__ import annotations

from collections.abc import Sequence

from posolog.core.finding import Refusal
from posolog.protocol.definition import Outcome
from posolog.protocol.lexer import Cursor, quoted, unquoted

_STOPS = ("is", "after", "without", "or", ",")
_PHRASES = (("of", "grade"), ("with", "systemic", "therapy"))
_GRADES = ("I", "II", "III", "IV", "1", "2", "3", "4", "5")


def parse_outcome(text: str) -> Outcome:
    """Read an event that counts. *Raises:* Refusal.

    >>> parse_outcome("acute GVHD of grade III or above").grade
    'III'
    """
    cursor = Cursor(text)
    event = _name(cursor)
    values = _names(cursor) if cursor.take("is") else ()
    grade = _grade(cursor) if cursor.take("of", "grade") else ""
    therapy = cursor.take("with", "systemic", "therapy")
    after = _names(cursor) if cursor.take("after") else ()
    without = _names(cursor) if cursor.take("without") else ()
    cursor.finish(("is", "of", "with", "after", "without"))
    if grade and values:
        cursor.fail("an event is limited by its value or by its grade, not by both")
    return Outcome(event, values, grade, therapy, after, without)


def _grade(cursor: Cursor) -> str:
    grade = cursor.word()
    if grade not in _GRADES:
        cursor.fail("a grade is expected here", known=_GRADES, next_step="Write 'of grade III or above'.")
    cursor.at += 1
    cursor.expect("or", "above")
    return grade


def _names(cursor: Cursor) -> tuple[str, ...]:
    """ "relapse", "relapse or progression", "CR, CRp or PR"."""
    found = [_name(cursor)]
    while cursor.take(",") or cursor.take("or"):
        found.append(_name(cursor))
    return tuple(found)


def _name(cursor: Cursor) -> str:
    """The words up to the next clause; words between quotation marks stand for themselves."""
    token = cursor.peek()
    if token is not None and token.kind == "quoted" and unquoted(token.text).strip():
        cursor.at += 1
        return unquoted(token.text)
    start = cursor.at
    while not cursor.end() and not _stops(cursor) and cursor.kind() != "quoted":
        cursor.at += 1
    if cursor.at == start:
        cursor.fail("the name of an event or value is expected here")
    return " ".join(cursor.text[cursor.tokens[start].start : cursor.tokens[cursor.at - 1].end].split())


def _stops(cursor: Cursor) -> bool:
    return any(cursor.sees(word) for word in _STOPS) or any(cursor.sees(*phrase) for phrase in _PHRASES)


def print_outcome(outcome: Outcome) -> str:
    """The words back."""
    words = [_shown(outcome.event)]
    words += [f"is {_or(outcome.values)}"] if outcome.values else []
    words += [f"of grade {outcome.grade} or above"] if outcome.grade else []
    words += ["with systemic therapy"] if outcome.therapy else []
    words += [f"after {_or(outcome.after)}"] if outcome.after else []
    words += [f"without {_or(outcome.without)}"] if outcome.without else []
    return " ".join(words)


def _or(names: Sequence[str]) -> str:
    shown = [_shown(name) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _shown(name: str) -> str:
    """The name, between quotation marks where it would not read back as itself."""
    try:
        cursor = Cursor(name)
        plain = _name(cursor) == name and cursor.end()
    except Refusal:
        plain = False
    return name if plain and '"' not in name else quoted(name)

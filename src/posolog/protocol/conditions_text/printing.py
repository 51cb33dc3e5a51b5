"""A condition to words that read back as the same condition."""

from __future__ import annotations

from collections.abc import Sequence

from posolog.core.quantity import plain
from posolog.protocol.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Happened,
    Is,
    NeverAbove,
    NoActive,
    Stated,
    StoppedFor,
    Within,
)
from posolog.protocol.conditions_text.pieces import balanced, split, wrapped
from posolog.protocol.conditions_text.reading import parse_condition, read_clause
from posolog.protocol.lexer import quoted, refusal
from posolog.protocol.numbers_text import counted


def print_condition(condition: Condition) -> str:
    """The condition in words. *Raises:* Refusal for one that no words say and read back the same."""
    text = _print(condition)
    if parse_condition(text) != condition:
        raise refusal(
            "LINE-UNREAD",
            f"no words say this condition and read back the same: {text!r}",
            "Name its facts in plain words, without 'and', 'or' or 'not'.",
            words=text,
        )
    return text


def _print(condition: Condition) -> str:
    match condition:
        case All(of):
            return ", and ".join(map(_print_inner, of))
        case AnyOf(of):
            return ", or ".join(map(_print_inner, of))
        case Stated(words):
            return _print_stated(words)
        case Compare(fact, op, value, unit):
            return f"{fact} {op} {plain(value)}" + (f" {unit}" if unit else "")
        case Is(fact, values):
            return f"{fact} is {_or(values)}"
        case Within(events, number, unit, of):
            return f"{_or(events)} within {counted(number, unit)} of {of}"
        case StoppedFor(state, number, unit):
            return f"{state} stopped for at least {counted(number, unit)}"
        case NoActive(state):
            return f"no active {state}"
        case NeverAbove(state, grade):
            return f"{state} never above grade {grade}"
        case Happened(event):
            return f"{event} has happened"


def _or(words: Sequence[str]) -> str:
    return " or ".join(words)


def _print_inner(condition: Condition) -> str:
    words = _print(condition)
    return f"({words})" if isinstance(condition, All | AnyOf) else words


def _print_stated(words: str) -> str:
    """The words as they stand where they read back as themselves, also beside others; else between quotation marks."""
    joins = split(words)[1]
    if '"' in words or joins or not balanced(words) or wrapped(words) or words.endswith(","):
        return quoted(words)
    if words.startswith(("and ", "or ")) or words != " ".join(words.split()):
        return quoted(words)
    return words if read_clause(words) == Stated(words) else quoted(words)

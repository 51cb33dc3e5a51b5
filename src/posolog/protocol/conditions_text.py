"""Conditions in words. Words that fit no form are kept whole as `Stated`, and a person answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

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
from posolog.protocol.lexer import quoted, refusal, unquoted
from posolog.protocol.numbers_text import counted

LONGEST = 2000  # characters
DEEPEST = 50  # opening parentheses

_OPS = {"<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">="}
_SPAN = r"(?P<number>[1-9][0-9]{0,3}) (?P<unit>day|week|month|year)s?"
_COMPARE = re.compile(
    r"(?P<fact>.+?) ?(?P<op><=|>=|[<>≤≥]) ?(?P<value>-?[0-9]{1,15}(?:\.[0-9]{1,10})?)(?: (?P<unit>.+))?"
)
_WITHIN = re.compile(rf"(?P<events>.+?) within {_SPAN} (?:of|after) (?P<of>.+)")
_STOPPED = re.compile(rf"(?P<state>.+?) stopped for at least {_SPAN}")
_NO_ACTIVE = re.compile(r"no active (?P<state>.+)")
_NEVER = re.compile(r"(?P<state>.+?) never above grade (?P<grade>[IVX]+[a-d]?|[0-9]{1,2}[a-d]?)")
_HAPPENED = re.compile(r"(?P<event>.+?) has happened")
_IS = re.compile(r"(?P<fact>.+?) is (?P<values>.+)")

_JOINS = frozenset({"and", "or"})
_HELD = frozenset(
    {
        "and",
        "or",
        "no",
        "not",
        "never",
        "without",
        "unless",
        "except",
        "if",
        "but",
        "is",
        "has",
        "within",
        "stopped",
    }
)
_VAGUE = frozenset({"at", "above", "below", "over", "under", "between", "more", "less", "known", "in", "any", "after"})
_NOBODY = frozenset({"there", "it", "he", "she", "patient", "subject"})


def parse_condition(text: str) -> Condition:
    """Read a condition. *Raises:* Refusal when `, and` and `, or` stand side by side without parentheses.

    >>> parse_condition("age > 60 years, and response is CR or CRp").of[1].values
    ('CR', 'CRp')
    """
    words = " ".join(text.split())
    if not words:
        raise refusal("LINE-UNREAD", "a condition is empty", "Write the condition, or leave the property out.")
    if len(words) > LONGEST or words.count("(") > DEEPEST:
        raise refusal("LINE-UNREAD", "a condition is too long to be read safely", "Split the line or the condition.")
    return _read(words)


def _read(words: str) -> Condition:
    pieces, joins = _split(words)
    if len(set(joins)) > 1:
        raise refusal(
            "LINE-UNREAD",
            f"', and' beside ', or' can be read in two ways: {words!r}",
            "Put one of the two in parentheses.",
            words=words,
            end=len(words),
        )
    if joins:
        of = tuple(_read(piece) for piece in pieces)
        return All(of) if joins[0] == "and" else AnyOf(of)
    if _wrapped(words):
        return _read(words[1:-1].strip())
    return _read_clause(words)


def _read_clause(words: str) -> Condition:
    """One form; or forms joined by a bare "and" or "or", when every one of them is known; else the words."""
    if found := _form(words):
        return found
    for join, whole in (("and", All), ("or", AnyOf)):
        pieces = words.split(f" {join} ")
        of = tuple(form for piece in pieces if (form := _form(piece)) is not None)
        if len(pieces) > 1 and len(of) == len(pieces):
            return whole(of)
    return Stated(unquoted(words) if _quotes_all(words) else words)


def _split(words: str) -> tuple[list[str], list[str]]:
    """The clauses between ", and" and ", or" outside parentheses and quotation marks, and those joins."""
    pieces, joins, depth, start, at, inside = [], [], 0, 0, 0, False
    while at < len(words):
        inside ^= words[at] == '"'
        depth += 0 if inside else (words[at] == "(") - (words[at] == ")")
        join = _join_at(words, at) if depth == 0 and not inside else ""
        if join and words[start:at].strip():
            pieces.append(words[start:at].strip())
            joins.append(join)
            at += len(join) + 3
            start = at
        else:
            at += 1
    if inside or depth or not words[start:].strip():
        return [words], []
    return [*pieces, words[start:].strip()], joins


def _join_at(words: str, at: int) -> str:
    return next((join for join in ("and", "or") if words.startswith(f", {join} ", at)), "")


def _wrapped(words: str) -> bool:
    """Whether one pair of parentheses holds all the words."""
    if not (words.startswith("(") and words.endswith(")") and words[1:-1].strip()):
        return False
    depth, inside = 0, False
    for at, character in enumerate(words):
        inside ^= character == '"'
        depth += 0 if inside else (character == "(") - (character == ")")
        if depth == 0 and at < len(words) - 1:
            return False
    return depth == 0


def _balanced(words: str) -> bool:
    """Whether every parenthesis has its partner, in order."""
    depth = 0
    for character in words:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _quotes_all(words: str) -> bool:
    return re.fullmatch(r'"(?:[^"]|"")+"', words) is not None


def _form(words: str) -> Condition | None:
    """The form that fits all the words, or None."""
    if '"' in words:
        return None
    return _compare(words) or _within(words) or _state_form(words) or _is(words)


def _plain_name(words: str, *, but: frozenset[str] = _HELD) -> bool:
    """Whether words can name a fact, an event or a state: nothing in them joins, denies or compares."""
    return not (but & set(words.lower().split())) and not re.search(r'[<>≤≥=,;:"()]', words)


def _compare(words: str) -> Condition | None:
    match = _COMPARE.fullmatch(words)
    if match is None or not _plain_name(match["fact"]):
        return None
    unit = match["unit"] or ""
    if unit and (len(unit.split()) > 3 or not _plain_name(unit)):
        return None
    return Compare(match["fact"], _OPS[match["op"]], Decimal(match["value"]), unit)


def _within(words: str) -> Condition | None:
    match = _WITHIN.fullmatch(words)
    if match is None or not _plain_name(match["of"]):
        return None
    events = _alternatives(match["events"])
    if not all(_plain_name(event) for event in events):
        return None
    return Within(events, int(match["number"]), match["unit"], match["of"])


def _state_form(words: str) -> Condition | None:
    if (match := _STOPPED.fullmatch(words)) and _plain_name(match["state"]):
        return StoppedFor(match["state"], int(match["number"]), match["unit"])
    if (match := _NO_ACTIVE.fullmatch(words)) and _plain_name(match["state"]):
        return NoActive(match["state"])
    if (match := _NEVER.fullmatch(words)) and _plain_name(match["state"]):
        return NeverAbove(match["state"], match["grade"])
    if (match := _HAPPENED.fullmatch(words)) and _plain_name(match["event"]):
        return Happened(match["event"])
    return None


def _is(words: str) -> Condition | None:
    match = _IS.fullmatch(words)
    if match is None or not _plain_name(match["fact"]) or match["fact"].lower() in _NOBODY:
        return None
    values = _alternatives(match["values"])
    for value in values:
        if not _plain_name(value, but=_HELD | _JOINS) or value.split()[0].lower() in _VAGUE:
            return None
    return Is(match["fact"], values)


def _alternatives(words: str) -> tuple[str, ...]:
    """ "CR or CRp", "CR, CRp or PR"; without an "or" a comma joins nothing."""
    pieces = words.split(" or ")
    if len(pieces) > 1:
        pieces = [*pieces[0].split(", "), *pieces[1:]]
    return tuple(pieces)


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
    joins = _split(words)[1]
    if '"' in words or joins or not _balanced(words) or _wrapped(words) or words.endswith(","):
        return quoted(words)
    if words.startswith(("and ", "or ")) or words != " ".join(words.split()):
        return quoted(words)
    return words if _read_clause(words) == Stated(words) else quoted(words)

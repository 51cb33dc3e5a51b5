"""The forms of a single condition: what words fit each, and what may not stand in a name."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.protocol.condition import (
    Compare,
    Condition,
    Happened,
    Is,
    NeverAbove,
    NoActive,
    StoppedFor,
    Within,
)

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


def form_of(words: str) -> Condition | None:
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

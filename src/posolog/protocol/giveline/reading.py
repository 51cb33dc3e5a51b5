"""A give line read strictly."""

from __future__ import annotations

import re

from posolog.core.units import find_unit
from posolog.protocol.clauses import (
    LEADS,
    Fields,
    in_unit_of,
    read_clause,
    starts_clause,
)
from posolog.protocol.lexer import Cursor, unquoted
from posolog.protocol.model import Give

_FRENCH_DAY = re.compile(r"J[+-]?[0-9]+")
_DOSE_KINDS = ("mass", "activity", "absorbed dose")


def parse_give(text: str) -> Give:
    """Read a give line. *Raises:* Refusal, with the words, their place and what to do.

    >>> parse_give("fludarabine 30 mg/m2/day on D-5 to D-1").amount.per.value
    'm²'
    """
    cursor = Cursor(text)
    agent = _read_agent(cursor)
    fields: Fields = {}
    while not cursor.end():
        cursor.take(",")
        read_clause(cursor, fields)
    if "round_to" in fields:
        fields["round_to"] = in_unit_of(fields["round_to"], fields.get("amount"), cursor)
    if "infusion_h" in fields and "continuous" in fields:
        cursor.fail("an infusion is continuous or has a stated length, not both")
    return Give(agent, **fields)


def _read_agent(cursor: Cursor) -> str:
    token = cursor.peek()
    if token is not None and token.kind == "quoted" and (words := unquoted(token.text)):
        cursor.at += 1
        return words
    first = cursor.at
    while not cursor.end() and not cursor.sees(",") and not starts_clause(cursor):
        _check_agent_word(cursor)
        cursor.at += 1
    if cursor.at == first:
        cursor.fail("a give line starts with the name of what is given")
    found = cursor.tokens[first : cursor.at]
    return " ".join(cursor.text[found[0].start : found[-1].end].split())


def _check_agent_word(cursor: Cursor) -> None:
    word, kind = cursor.word(), cursor.kind()
    advice = "Put a name with unusual words in quotation marks."
    if kind not in ("word", "mark") or (kind == "mark" and word not in "/()+"):
        cursor.fail("this cannot stand in the name of what is given", known=LEADS, next_step=advice)
    if _FRENCH_DAY.fullmatch(word):
        cursor.fail("this looks like a day", next_step="Write D for the French J: D-8, D+6.")
    if word in LEADS or is_dose_unit(word):
        cursor.fail(
            "the name of what is given cannot hold this word, and no clause can be read here",
            next_step=advice,
        )


def is_reserved(word: str) -> bool:
    """A word that no name may hold without quotation marks: it would be read as a clause, a unit or a day."""
    return word in LEADS or is_dose_unit(word) or _FRENCH_DAY.fullmatch(word) is not None


def is_dose_unit(word: str) -> bool:
    """A unit of a dose: mg, MBq, Gy."""
    unit = find_unit(word)
    return unit is not None and unit.kind in _DOSE_KINDS

"""Words to a condition; words that fit no form are kept whole."""

from __future__ import annotations

from posolog.protocol.condition import (
    All,
    AnyOf,
    Condition,
    Stated,
)
from posolog.protocol.conditions_text.forms import form_of
from posolog.protocol.conditions_text.pieces import quotes_all, split, wrapped
from posolog.protocol.lexer import refusal, unquoted

LONGEST = 2000  # characters
DEEPEST = 50  # opening parentheses


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
    pieces, joins = split(words)
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
    if wrapped(words):
        return _read(words[1:-1].strip())
    return read_clause(words)


def read_clause(words: str) -> Condition:
    """One form; or forms joined by a bare "and" or "or", when every one of them is known; else the words."""
    if found := form_of(words):
        return found
    for join, whole in (("and", All), ("or", AnyOf)):
        pieces = words.split(f" {join} ")
        of = tuple(form for piece in pieces if (form := form_of(piece)) is not None)
        if len(pieces) > 1 and len(of) == len(pieces):
            return whole(of)
    return Stated(unquoted(words) if quotes_all(words) else words)

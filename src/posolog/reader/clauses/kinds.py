"""Kinds of schedule tokens: what places a dose in time, what says when, and what turns with the cycle."""

from __future__ import annotations

from posolog.protocol.model import Frequency
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import Token

PLACED = ("days", "every", "times", "for", "doses", "weeks", "dayspercycle", "weeksonoff", "dailyx")
WHEN = ("days", "weeks", "every", "times", "dayspercycle", "weeksonoff")
STRETCHES = (
    *("for", "days", "doses", "weeks", "every", "cycles", "open", "until", "incycle"),
    *("dayspercycle", "weeksonoff", "dailyx"),
)


def turns_with_cycle(token: Token) -> bool:
    """A count of cycles, or a rhythm of two weeks and more: "every 28 days"."""
    if token.kind == "cycles":
        return True
    frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else None
    if frequency is None or frequency.unit == "hour":
        return False
    return bool(frequency.every * {"week": 7, "month": 30}.get(frequency.unit, 1) >= 14)


def skips_days(token: Token) -> bool:
    """ "every other day", "weekly": never the rhythm of an amount per day."""
    frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else token.value
    if not isinstance(frequency, Frequency):
        return False
    return frequency.unit == "week" or (frequency.unit == "day" and 1 < frequency.every < 7)


def days_of(token: Token | None) -> set[int]:
    """The days that a token names."""
    return set(token.value.days.days()) if token is not None and isinstance(token.value, DayWords) else set()

"""Cycles of a statement or a sentence, and stretches told in months."""

from __future__ import annotations

import re

from posolog.protocol.model import Count, Cycles, Frequency
from posolog.reader.drafts import Draft, Sentence
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import Token

_SHORTEST_CYCLE = 14  # days; what comes more often is a rhythm within a cycle
_APART = re.compile(r"apart|interval|separated")
_REST_UNTIL = re.compile(r"(?:to|-|through)\s?(\d{1,3})\)")  # "a rest period (days 12 to 21)"
_ONE_CYCLE = re.compile(r"only|first|1\b|1st|2nd|initial|subsequent|following|later|last", re.I)
_MONTHLY = re.compile(r"\bmonthly\b")


def cycles_of_draft(draft: Draft) -> Cycles | None:
    """Count and length of the cycles that the statement's own words or the whole text give it."""
    count, length, at_most = None, None, False
    # "3 days on, 4 days off ... each cycle is 7 weeks": what is called a cycle comes before what the days give
    for token in sorted(draft.tokens, key=lambda t: t.kind != "cycles"):
        value = token.value
        if token.kind == "cycles" and isinstance(value, tuple):
            count, length, at_most = count or value[0], length or value[1], at_most or value[2]
        else:
            length = length or _length(token, draft)
    if length is None:
        length = _last_day_after_rest(draft.tokens)
    only = draft.get("incycle")
    if only is not None and _ONE_CYCLE.search(only.words):
        count = _cycles_numbered(only.words) if draft.has("days") else None  # else said of one cycle
    return Cycles(count, length, at_most) if count or length else None


def _cycles_numbered(words: str) -> int | None:
    """ "cycles 1-6", "cycles 9 to 11": how many these are."""
    match = re.search(r"cycles?\s(\d{1,2})\s?(?:-|–|to|through)\s?(?:cycle\s)?(\d{1,2})\b", words, re.I)
    return int(match[2]) - int(match[1]) + 1 if match and int(match[1]) < int(match[2]) else None


def _length(token: Token, draft: Draft) -> int | None:
    """The days of a cycle that one token of the statement tells."""
    value = token.value
    if token.kind in ("weeksonoff", "dayspercycle") and isinstance(value, tuple):
        return int(value[1]) if value[1] is not None else None
    if token.kind == "every" and _APART.search(token.words):
        return None  # "two doses 28 days apart" turn with no cycle
    if token.kind == "incycle" and isinstance(value, int):
        return value
    if token.kind == "rest" and (last := _REST_UNTIL.search(token.words)):
        return int(last[1])
    days = _long_interval(token) if token.kind == "every" else None
    return days if days and _turns_within(draft, days) else None


def _turns_within(draft: Draft, days: int) -> bool:
    """Whether the administrations fit into cycles of so many days: they are listed, or last less long."""
    listed = draft.has("days", "dailyx", "weeksonoff", "dayspercycle")
    lasts = next((t.value.number for t in draft.tokens if t.kind == "for" and isinstance(t.value, Count)), None)
    return listed or (lasts or days) < days


def _last_day_after_rest(tokens: list[Token]) -> int | None:
    """The last of several days that stand right behind a rest: "followed by rest on days 15-28"."""
    rest = next((i for i, token in enumerate(tokens) if token.kind == "rest"), None)
    after = tokens[rest + 1] if rest is not None and rest + 1 < len(tokens) else None
    if after is None or after.kind != "days" or not isinstance(after.value, DayWords):
        return None
    listed = after.value.days.days()
    return max(listed) if len(listed) > 1 else None


def cycles_of(sentence: Sentence) -> Cycles | None:
    """Number and length of cycles; a stated infusion and rest add up to the length (28 days and 2 weeks' rest: 42)."""
    count, length, at_most = None, None, False
    rest = None
    for token in sentence.tokens:
        if token.kind == "cycles" and isinstance(token.value, tuple):
            count, length, at_most = token.value[0] or count, token.value[1] or length, at_most or token.value[2]
        if token.kind == "rest" and isinstance(token.value, int):
            rest = token.value
    lasts = next((t.value for t in sentence.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
    if length is None and rest is not None and isinstance(lasts, int):
        length = lasts + rest
    return Cycles(count, length, at_most) if count or length else None


def lasting(draft: Draft) -> int | None:
    """The days of "for 6 months" or "for one year": 30 to a month, 365 to a year or twelve months."""
    return next((t.value for t in draft.tokens if t.kind == "for" and isinstance(t.value, int)), None)


def monthly(draft: Draft) -> int | None:
    """The days of "every 2 months": thirty to a month. In a line months stay what they are."""
    for token in draft.tokens:
        frequency = token.value[0] if token.kind == "every" and isinstance(token.value, tuple) else None
        if isinstance(frequency, Frequency) and frequency.unit == "month":
            return int(30 * frequency.every)
        if token.kind == "doses" and _MONTHLY.search(token.words.lower()):
            return 30
    return None


def _long_interval(token: Token) -> int | None:
    """The days of "every 21 days", None below two weeks."""
    frequency = token.value[0] if isinstance(token.value, tuple) else None
    if not isinstance(frequency, Frequency) or frequency.unit not in ("day", "week"):
        return None
    days = int(frequency.every * (7 if frequency.unit == "week" else 1))
    return days if days >= _SHORTEST_CYCLE else None

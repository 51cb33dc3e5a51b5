"""A stated duration beside listed days: "for 7 days (days 0 to 7)".

Split ranges are joined before counting, and day 0 is a stated convention, never an assumption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from posolog.atlas.conflicts.common import finding_of, placed, schedule_of
from posolog.core.days import DayRange, DaySet
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Count
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import Token

_BESIDE = re.compile(
    r"[\s,;:([]*(?:(?:on|by|as|a|i\.e\.|total|in all|daily|IV|PO|SC|orally|each)[\s,;:([]*){0,2}\Z", re.I
)
_IN_DAYS = re.compile(r"\bd(?:ays?)?\b|\d\s?d\b", re.I)
_A_WEEK = re.compile(
    r"\s?(?:a|per|/|each|every|of each|of every)\s?(?:week|wk|cycle|month|course)|\s?(?:before|prior|after|post)", re.I
)
_GOES_ON = re.compile(r"\s?[-–:]")  # "(day 4 to day 15 - loading dose ...; day 16 to ...": not the whole list
_LASTS = ("for", "dailyx")  # "for 7 days", and the "x 7 days" of "daily x 7 days"


def durations(block: Block, start: int, end: int) -> Iterator[Finding]:
    """ "for 7 days (days 0 to 7)" and "days 0 to 7 (7 days)"."""
    tokens = schedule_of(block.text, start, end)
    continuous = any(token.kind == "continuous" for token in tokens)
    pairs = [token for token in tokens if token.kind in (*_LASTS, "days")]
    how = [token for token in tokens if token.kind in ("continuous", "infusion", "route", "times")]
    for left, right in pairwise(pairs):
        span, days = (right, left) if left.kind == "days" else (left, right)
        if (
            (left.kind == "days") == (right.kind == "days")
            or _GOES_ON.match(block.text, right.end)
            or not _beside(block.text, left, right, how)
        ):
            continue
        if _in_days(block.text, span) and isinstance(span.value, Count) and isinstance(days.value, DayWords):
            finding = _duration(span.value, days.value.days, continuous)
            if finding is not None:
                yield placed(finding, block, left.start, right.end)


def _beside(text: str, left: Token, right: Token, how: list[Token]) -> bool:
    """Nothing but the way of giving lies between them ("x 3 days by continuous infusion (days 2-5)")."""
    if right.start - left.end > 60:
        return False
    gap = text[left.end : right.start]
    for token in reversed(how):
        if left.end <= token.start and token.end <= right.start:
            gap = gap[: token.start - left.end] + gap[token.end - left.end :]
    return len(gap) <= 24 and _BESIDE.match(gap) is not None


def _in_days(text: str, span: Token) -> bool:
    """A duration in days, not in weeks and not "5 days a week"."""
    return bool(_IN_DAYS.search(text[span.start : span.end])) and not _A_WEEK.match(text, span.end)


def _duration(stated: Count, days: DaySet, continuous: bool) -> Finding | None:
    listed, number = days.days(), stated.number
    across = listed[0] < 0 < listed[-1] and 0 in listed and 0 not in days.items
    if across and number in (len(listed), len(listed) - 1):
        return _day_zero(number, days, len(listed))
    if len(listed) == number or (stated.at_most and len(listed) < number):
        return None
    runs = _runs(listed)
    if all(len(run) == number for run in runs):
        return None  # "for 5 days (days 1-5 and 8-12)" has five days in each block
    if _starts(days, number):
        return None
    if continuous and len(listed) == number + 1:
        message = f"{_days(number)} of continuous infusion are stated, and {_shown(days)} are {_days(len(listed))}: "
        message += f"{number * 24} hours that start during the first day touch {len(listed)} days."
        return finding_of("STATED-DAYS", Severity.NOTE, message, "Ask for the starting hour.", "H18")
    message = f"{_days(number)} are stated, and {_shown(days)} are {_days(len(listed))}."
    if len(runs) > 1:
        message = message[:-1] + ", " + " and ".join(str(len(run)) for run in runs) + " in its blocks."
    return finding_of("STATED-DAYS", Severity.ASK, message, "Ask which of the two holds.", "H3")


def _day_zero(number: int, days: DaySet, listed: int) -> Finding:
    fits = "with" if number == listed else "without"
    message = (
        f"{_days(number)} are stated for {_shown(days)}: {_days(listed)} with a day 0, {_days(listed - 1)} without; "
    )
    step = f"The count fits only a numbering {fits} a day 0; confirm it before the days are dated."
    return finding_of(
        "STATED-DAYS", Severity.NOTE, f"{message}the count fits only the numbering {fits} day 0.", step, "H18"
    )


def _starts(days: DaySet, number: int) -> bool:
    """Single days that lie further apart than the duration are the days on which it starts."""
    singles = [item for item in days.items if isinstance(item, int)]
    far = all(b - a >= number for a, b in pairwise(sorted(singles)))
    return len(singles) == len(days.items) and far and len(singles) < number


def _runs(days: tuple[int, ...]) -> list[list[int]]:
    found: list[list[int]] = []
    for day in days:
        if found and found[-1][-1] + 1 == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _shown(days: DaySet) -> str:
    """days 1 to 5 and 8 to 12."""
    words = [f"{i.first} to {i.last}" if isinstance(i, DayRange) else str(i) for i in days.items]
    return "days " + (", ".join(words[:-1]) + " and " if len(words) > 1 else "") + words[-1]

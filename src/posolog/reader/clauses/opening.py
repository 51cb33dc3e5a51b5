"""Days that begin something ("start on day 6"), and days that are bare numbers ("day 0 (500 mg), 1 (250 mg)")."""

from __future__ import annotations

import re
from itertools import pairwise

from posolog.core.days import DaySet
from posolog.protocol.model import Basis
from posolog.reader.clauses.core import Core
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import Token

_BEGINS = re.compile(
    r"\b(?:initiat|start|begin|commenc)\w*\s(?:with\s|on\s|taking\s|treatment\swith\s|oral\s)?$", re.I
)
_NUMBERED = re.compile(r"\)\s?,?\s?(?:and\s)?(?P<day>\d{1,3})\s?\(\Z")


def begins(text: str, start: int, core: Core) -> None:
    """ "will initiate X 0.5 mg/day on day 1": a daily dose that begins on this day."""
    draft = core.draft
    days = draft.get("days")
    if days is None or draft.has("open", "for", "until") or not isinstance(days.value, DayWords):
        return
    daily = (draft.amount is not None and draft.amount.basis is Basis.DAY) or draft.has("times")
    if daily and len(days.value.days.days()) == 1 and _BEGINS.search(text[max(start, draft.start - 40) : draft.start]):
        draft.tokens.append(Token("open", days.start - 1, days.start))


def numbered_days(text: str, cores: list[Core]) -> None:
    """ "day 0 (500 mg), 1 (250 mg) and 2 (125 mg)": a bare number before a bracket goes on with the days."""
    for left, right in pairwise(cores):
        match = _NUMBERED.search(text[left.end : right.start])
        goes_on = left.draft.has("days") and not right.draft.has("days") and right.draft.agent == left.draft.agent
        if match is None or not goes_on:
            continue
        start, end = left.end + match.start("day"), left.end + match.end("day")
        words = DayWords(start, end, DaySet((int(match["day"]),)), frozenset(), False)
        right.put(Token("days", start, end, words), first=True)

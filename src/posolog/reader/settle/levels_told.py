"""Whether amounts that were joined are levels of one statement: told as such, side by side, or only of one agent."""

from __future__ import annotations

import re

from posolog.reader.drafts import Draft
from posolog.reader.settle.compare import schedule_of
from posolog.reader.settle.told import Told

# "20/56 mg/m2": two levels, or the first dose and the later ones.
_STROKE = re.compile(r"\d\s?/\s?\d+(?:\.\d+)?\s?(?:mg|g|mcg|µg|ug|MBq|mCi|Gy|units|IU)(?![A-Za-z])")
_ESCALATION = re.compile(r"levels?\b|cohort|escalat|\bMTD\b|\bdose\s\d|\bphase\s(?:1|I)\b", re.I)
_DOSES = re.compile(r"increas|\bdoses?\sof\b|starting\sdose|\bor\b[^.]{0,12}\d\s?\w+/?\w*\s(?:of|IV|PO)\b", re.I)
_BETWEEN = re.compile(
    r"\d[^\d]{0,6}(?:patients|subjects|participants)\b|morning|evening|\bfor\s(?:patients|subjects)\b", re.I
)
_NEAR, _LONG = 60, 80


def doubt_of_levels(one: Told, draft: Draft) -> str:
    """Why the levels of a draft may be none, "" where they are told as levels or stand side by side."""
    if draft.amount is None or not draft.amount.levels:
        return ""
    start, end = max(0, draft.start - one.start), draft.end - one.start
    words = one.words[start:end]
    if _STROKE.search(one.words, max(0, draft.at[0] - one.start), draft.at[1] - one.start):
        return "a stroke between two amounts: levels, or the first dose and the later ones"
    others = any(draft.start < a.start < draft.end and a.words not in draft.agent.words for a in one.found.agents)
    near = one.words[max(0, start - _NEAR) : end + _NEAR]
    if _ESCALATION.search(near):
        return ""
    if others or _BETWEEN.search(words) or (len(words) > _LONG and not _DOSES.search(near)):
        return "whether these amounts are levels of one statement"
    return ""


_ONE_LEVEL = re.compile(r"\bdose\s?levels?\b|\blevel\s\S{1,3}\Z", re.I)


def doubt_one_level(lines: list[Draft]) -> None:
    """Doubts several amounts of one agent on the same days under one level's heading: levels whose labels were lost."""
    levels = [one for one in lines if one.amount is not None and _ONE_LEVEL.search(one.when)]
    for one in levels:
        same = [other for other in levels if other.agent.name == one.agent.name and other.when == one.when]
        others = [other for other in same if other.amount != one.amount and schedule_of(other) == schedule_of(one)]
        if others and not any(other is not one and other.amount == one.amount for other in same):
            one.doubts.append("several amounts of one agent under one level")

"""What looks like a day number and is none: "for 5 days 2 ...", "diluted with D5"."""

from __future__ import annotations

import re

_LEAD_NUMBER = re.compile(r"\d\s\Z")
_IN_CYCLE = re.compile(r"\b(?:cycle|course|part|phase|period)\s\d{1,2},?\s\Z", re.I)
_NO_DAY = re.compile(
    r"(?:dilut\w*|mixed|dissolv\w*|dextrose|vitamin|solution|stage)\s(?:\w+\s){0,2}\Z|\bwith\s\Z", re.I
)
_COUNT_BEFORE = re.compile(r"(?:[x×]|\bfor)\s?\d{1,2}\s\Z", re.I)
_TWO_DAYS = re.compile(r"days?\s\d{1,2}\s?(?:-|–|to\b|,|and\b)\s?\d", re.I)
_TWO_LABELS = re.compile(r"(?:days?|d)\s(?=[DJdj]\s?[-+−–]?\s?\d)", re.I)


def no_day(text: str, start: int, ends: frozenset[int]) -> bool:
    """ "for 5 days 2 ..." and "diluted with D5" are no day numbers; "AUC 4 days 1 and 8" are."""
    label = text[start : start + 4].lower()
    if label.startswith("day") and _IN_CYCLE.search(text[max(0, start - 16) : start]):
        return False
    counted = label.startswith("day") and _COUNT_BEFORE.search(text[max(0, start - 8) : start])
    if counted and _TWO_DAYS.match(text, start):
        return False  # "x 4 days 2-3"
    if label.startswith("day") and _LEAD_NUMBER.search(text[max(0, start - 3) : start]) and start - 1 not in ends:
        return True
    return (
        text[start] in "Dd"
        and not label.startswith("day")
        and _NO_DAY.search(text[max(0, start - 40) : start]) is not None
    )


def second_label(text: str, match: re.Match[str]) -> int:
    """ "per day d1-5", "once a day D-5": the first word belongs to the frequency, the days begin after it."""
    two = _TWO_LABELS.match(match.group())
    if two and re.search(r"(?:\bper|\ba|/|\.|\beach|\bevery)\s?\Z", text[max(0, match.start() - 8) : match.start()]):
        return match.start() + two.end()
    return match.start()

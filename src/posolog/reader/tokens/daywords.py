
"""Day sets as registries write them: "D-13", "J-12 to J-9", "days 1-4 and 11 to 14", "days -6, -5 and -4", "D + 3".

Recursive descent over a short stretch of text. Sets and ranges stay apart; a sign belongs to a number only where the
words make it one ("days 1-5" is a range, "days -5" is a negative day).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from posolog.core.days import DayItem, DayRange, DaySet

LABEL = r"(?:days?(?:\ss(?=\s[-+−–\d]))?|jours?|dag|[DJ](?![A-Za-z])|dd?(?=\s?[-+−–]?\s?\d))"
START = re.compile(
    rf"""(?=[tdj])(?<![A-Za-z0-9])(?<![^2²gG]/)(?<![^2²gG]/\s)(?<!\d-)(?:the\s+)?{LABEL}\s?(?:[DJ]\s?)?\#?\s?
        (?:[-+−–]\s?|minus\s|plus\s)?\(?[-+−–]?\d""",
    re.I | re.X,
)
_ITEM = re.compile(
    rf"""\s*(?:the\s+)?(?P<label>(?:{LABEL}\s?)*)(?:\#\s?)?(?P<open>\()?(?P<sign>[-+−–]|minus\s|plus\s)?\s?
        (?P<number>\d{{1,3}})(?(open)\))(?!
            [\d.]\d|\d|(?:W|NS|LR)\b
            |\s?(?:
                 %|mg|g\b(?!-)|mcg|µg|μg|ug\b|kg|ml\b|mL|MBq|GBq|mCi|c?Gy|hours?\b|h\b|minutes?\b|min\b
                 |weeks?\b(?!\s\d)|wk|months?\b(?!\s\d)|years?\b|times\b|doses\b
                 |dose\b(?!\s(?:will|is|was|of|level|schedule|cohort|group))
                 |(?:cycles?|courses?)\b(?!\s?(?:\d|\w+\sonly))
                 |patients?\b|cm\b|IU\b|units?\b|x\s?10|:\d|th\b|st\b|nd\b|rd\b|-?\s?days?\b(?!\s?\d)|-hour|-week
                 |-month|\s?/\s?m))""",
    re.I | re.X,
)
_SET = re.compile(r"\s*(?:,\s*(?:and|&|or)\b|,|and\b|&|/(?=\s?[-+]?\d))", re.I)
_RANGE = re.compile(
    r"\s*(?:to\b|through\b|thru\b|throughout\b|until\b|till\b|up to\b|~|–|—|−|-{1,2}|à|au|\.\.\.?)",
    re.I,
)
_MOST = 400  # days listed one by one; nobody lists more, and a list without end must not be read again and again


_FALLS = "falls"


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day set as read: `[start, end)` in the block's text, the items, and whether French J labels occurred."""

    start: int
    end: int
    days: DaySet
    labels: frozenset[str]
    tight_dash: bool  # a range written with a dash between bare numbers, "days 4-11" (hazard H3)
    falling: bool = False  # positive days that run downwards ("days 7, 6, 5"): a minus sign may be lost


def read_days(text: str, start: int) -> DayWords | None:
    """The day set whose first label stands at `start`, or None."""
    first = _item(text, start, need_label=True)
    if first is None:
        return None
    position, day, label = first
    items: list[DayItem] = [day]
    labels = {label} if label else set()
    dash = False
    while len(items) < _MOST:
        step = _next(text, position, items)
        if step is None:
            break
        position, label, dashed = step
        labels |= {label} if label else set()
        dash = dash or dashed
    lost = _minus_lost(items)
    if lost is not None:
        items, labels = lost, labels | {_FALLS}
    firsts = [item.last if isinstance(item, DayRange) else item for item in items]
    falling = _FALLS in labels or (len(firsts) > 1 and firsts[-1] > 0 and firsts == sorted(firsts, reverse=True))
    return DayWords(start, position, DaySet(tuple(items)), frozenset(labels - {_FALLS}), dash, falling)


def _minus_lost(items: list[DayItem]) -> list[DayItem] | None:
    """ "days -9, 8, 7": the first minus is meant for all, where the numbers go on downwards by one; doubtful."""
    days = [item for item in items if isinstance(item, int)]
    if len(days) != len(items) or len(days) < 2 or days[0] >= -1 or any(day <= 0 for day in days[1:]):
        return None
    downwards = all(abs(a) - b == 1 for a, b in pairwise(days))
    return [days[0], *(-day for day in days[1:])] if downwards else None


def _item(text: str, position: int, *, need_label: bool = False) -> tuple[int, int, str] | None:
    match = _ITEM.match(text, position)
    if match is None or (need_label and not match["label"]):
        return None
    sign = -1 if (match["sign"] or "").strip().lower() in ("-", "−", "–", "minus") else 1
    letters = re.findall(r"[dj]", match["label"].lower()[-3:])
    label = (
        letters[-1].upper()
        if letters and (len(match["label"].strip()) <= 2 or " " in match["label"].strip())
        else ""
    )
    return match.end(), sign * int(match["number"]), label


def _next(text: str, position: int, items: list[DayItem]) -> tuple[int, str, bool] | None:
    """One more item of the list, appended to `items` (a range replaces its first day)."""
    joined = _RANGE.match(text, position)
    if joined:
        found = _item(text, joined.end())
        if found and isinstance(items[-1], int):
            return _close_range(items, found, joined.group().strip())
        return None
    joined = _SET.match(text, position)
    if joined is None:
        return None
    found = _item(text, joined.end())
    if found is None:
        return None
    end, day, label = found
    items.append(day)
    return end, label, False


def _close_range(items: list[DayItem], found: tuple[int, int, str], joint: str) -> tuple[int, str, bool]:
    end, last, label = found
    first = items[-1]
    assert isinstance(first, int)
    low, high = min(first, last), max(first, last)
    items[-1] = DayRange(low, high) if low != high else low
    label = _FALLS if first > last > 0 else label
    return end, label, joint in ("-", "–", "—", "−", "--", "~") and not label

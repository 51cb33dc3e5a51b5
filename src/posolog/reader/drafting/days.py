"""Days of an administration: listed, from one day to another, of a taper, of each cycle, after the step before."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from posolog.core.days import DayRange, DaySet
from posolog.protocol.model import Count, Frequency, Give, Window
from posolog.reader.drafts import Draft
from posolog.reader.tokens.daywords import DayWords

_FIRST_DAYS = re.compile(r"(?:for|during|on|over)\s(?:the\s)?first\s", re.I)
_OF_CYCLE = re.compile(r"\s(?:of|in)\s(?:each|every|the|a)\s(?:[\w-]+\s){0,3}(?:cycle|course)\b", re.I)
_WHOLE_STRETCH = (("day", 1), ("hour", 12), ("hour", 8))  # rhythms that fill every day of a stretch
_LONGEST_CYCLE = 60


def take_days(fields: dict[str, object], value: object, previous: str, draft: Draft) -> None:
    """Days as listed, or as the word before them (`previous`) has it: from, until or between them."""
    assert isinstance(value, DayWords)
    items = value.days.items
    if previous == "open" and len(items) == 1 and isinstance(items[0], int):
        fields["from_day"] = items[0]
    elif previous == "until" and len(items) == 1 and isinstance(items[0], int):
        fields["to_day"] = items[0]
    elif previous == "until" and "from_day" in fields and isinstance(last := items[-1], int):
        fields["to_day"] = last  # "until days +28 and +84, respectively"
        draft.doubts.append("until one of several days")
    elif previous == "between" and len(items) == 2 and isinstance(items[0], int) and isinstance(items[1], int):
        if draft.has("taper"):
            fields["taper"] = Window(items[0], items[1])
        else:
            fields["from_day"] = items[0]
    elif isinstance(fields.get("days"), DaySet):
        before = fields["days"]
        assert isinstance(before, DaySet)
        fields["days"] = DaySet((*before.items, *(item for item in items if item not in before.items)))
    else:
        fields["days"] = value.days


def take_taper(fields: dict[str, object], tapering: list[tuple[str, DayWords]]) -> list[str]:
    """The days after "tapered" are those of the taper, never days on which the full amount is given.

    "on days 0 to 40, tapered to day 96" tapers from day 40 on.
    """
    listed = [day for _, words in tapering for day in words.days.days()]
    if not listed:
        return []
    given = fields.get("days")
    if len(listed) == 1 and tapering[0][0] == "until" and isinstance(given, DaySet):
        listed.insert(0, given.days()[-1])
    if listed[0] >= listed[-1]:
        return [f"tapered, day {listed[0]}: until which day"]
    fields["taper"] = Window(listed[0], listed[-1])
    return []


def days_of_cycle(text: str, draft: Draft, fields: dict[str, object]) -> None:
    """ "21 of 28 days, starting on day 1" and "for the first 14 days of each cycle" are days of the cycle."""
    lasts, first = fields.get("for_days"), fields.get("from_day")
    if not isinstance(lasts, Count) or "days" in fields or "to_day" in fields or not 1 < lasts.number <= _LONGEST_CYCLE:
        return
    if isinstance(first, int) and first > 0 and draft.has("weeksonoff"):
        del fields["from_day"], fields["for_days"]
        fields["days"] = DaySet((DayRange(first, first + lasts.number - 1),))
    stretch, often = draft.get("for"), fields.get("frequency")
    if isinstance(often, Frequency) and (often.unit, int(often.every)) not in _WHOLE_STRETCH:
        return
    if stretch is None or "from_day" in fields or not _FIRST_DAYS.match(text, stretch.start):
        return
    if _OF_CYCLE.match(text, stretch.end):
        fields["days"] = DaySet((DayRange(1, lasts.number),))


def only_one(fields: dict[str, object]) -> None:
    """ "x 1 starting on day 12" is that day; "one injection for two days" is one at a time."""
    lasts, days = fields.get("for_days"), fields.get("days")
    if isinstance(lasts, Count) and lasts.number > 1:
        del fields["doses"]
        fields.setdefault("frequency", Frequency(1, Decimal(1), "day"))
    elif (isinstance(days, DaySet) and len(days.days()) > 1) or "frequency" in fields:
        del fields["doses"]
    elif days is None and isinstance(first := fields.get("from_day"), int) and "to_day" not in fields:
        del fields["from_day"]
        fields["days"] = DaySet((first,))


def thereafter(give: Give, before: Give, lasts: Count | None) -> Give:
    """The days of a "thereafter": from the day after the step before, to the end of the stated infusion."""
    if before.days is None:
        return give
    first = max(before.days.days()) + 1
    if lasts is None:
        return replace(give, from_day=first)
    last = min(before.days.days()) + lasts.number - 1
    return replace(give, days=DaySet((DayRange(first, last),))) if last > first else replace(give, from_day=first)

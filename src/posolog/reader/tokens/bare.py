"""Schedules in few words: a duration without "for" ("40 mg once daily 2 weeks"), and days of the week."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.protocol.model import Count, Frequency
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.numbers import N
from posolog.reader.tokens.values import in_days

# What may close a bare duration: a stop, a bracket or a further step; "5 days per week" and "3 weeks on" are none.
_CLOSED = r"(?=\s?(?:[,;)(]|\.(?!\d)|$)|\s(?:then|followed|and|starting|beginning)\b)"
# One word of letters may stand between, as the agent of "1 mg/kg once daily prednisolone 4 days"; no preposition.
_PREPOSITIONS = (
    "after|within|every|about|during|until|before|around|least|another|approximately|following|first|next|last|total|"
    "over|each|from|with|than|between|prior|additional|repeated|cycles|cycle|course|courses|weeks|weekly|daily|days"
)
_BARE = re.compile(
    rf"(?:,\s?|\s)(?:(?!(?:{_PREPOSITIONS})\b)[a-z][a-z-]{{4,19}}\s)?(?P<n>{N})\s(?P<u>days?|weeks?|months?){_CLOSED}",
    re.I,
)
_NAMED = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_SHORT = r"(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\.?"
_DAY = rf"(?:{_NAMED}|{_SHORT})"
_WEEKDAYS = re.compile(
    rf"""\b(?:on\s)?(?P<first>{_DAY})\s?(?:to|through|thru|-|–)\s?(?P<last>{_DAY})(?![\w-])
        |\b(?:on\s)?(?P<listed>{_DAY}(?:\s?(?:,\s?and\s|,|/|-|&|\sand\s)\s?{_DAY}){{1,5}})\b
        |\b(?:on|every|each)\s(?P<one>{_NAMED})(?=\s?(?:[,;.)]|$|and\b|of\b|for\b))
        |\b(?P<letters>
             m\s?/\s?w\s?/\s?f|mwf|m-w-f|m\s?/\s?th|tu\s?/\s?th(?:\s?/\s?sa)?|t\s?/\s?th\s?/\s?s|mon-wed-fri)\b""",
    re.I | re.X,
)
_ORDER = ("mo", "tu", "we", "th", "fr", "sa", "su")
_WORDS = frozenset(
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday "
    "sundays mon tue tues wed thu thur thurs fri sat sun mwf m tu t".split()
)


def bare_duration(text: str, position: int, end: int) -> tuple[int, int, Count] | None:
    """(start, end, days) of the duration that stands at once behind a frequency or a route."""
    match = _BARE.match(text, position, end)
    if match is None:
        return None
    count = Count(in_days(match["n"], match["u"]))
    return (match.start("n"), match.end("u"), count) if count.number else None


def weekdays(text: str, start: int, end: int) -> list[tuple[int, int, Frequency]]:
    """(start, end, times a week) of "Monday, Wednesday and Friday", "on Saturdays and Sundays", "M/W/F"."""
    if _WORDS.isdisjoint(words_in(text[start:end])):
        return []
    found = []
    for match in _WEEKDAYS.finditer(text, start, end):
        times = _times_a_week(match)
        if times:
            found.append((match.start(), match.end(), Frequency(times, Decimal(1), "week")))
    return found


def _times_a_week(match: re.Match[str]) -> int:
    if match["first"]:
        first, last = (_ORDER.index(match[name][:2].lower()) for name in ("first", "last"))
        return last - first + 1 if last - first > 1 else 2 if last > first else 0
    if match["listed"]:
        return len({word[:2].lower() for word in re.findall(_DAY, match["listed"], re.I)})
    if match["one"]:
        return 1 if match["one"].lower().endswith("s") or match.group()[:2].lower() != "on" else 0
    return len(re.findall(r"th|tu|sa|[mwfts]", re.sub("mon|wed|fri", "m", match["letters"].lower())))

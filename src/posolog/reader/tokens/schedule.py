"""Everything but amounts that a statement may hold: days, frequencies, counts, infusion, route, cap, taper, rest."""

from __future__ import annotations

import re

from posolog.protocol.model import Count
from posolog.reader.tokens.bare import bare_duration, weekdays
from posolog.reader.tokens.day_lists import no_day, second_label
from posolog.reader.tokens.daywords import START, read_days
from posolog.reader.tokens.kinds import KINDS
from posolog.reader.tokens.matches import matches, token_of
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.values import value_of

_SHORTEST_CYCLE = 7  # days
_ROUTE = next(kind.pattern for kind in KINDS if kind.name == "route")
_CHANGED = re.compile(
    r"""\b(?:increas|escalat|adjust|titrat|rais|doubl)\w*\s(?:
             (?:in\s)?(?:increments?|steps)\s|the\sdose\s|gradually\s)?\Z
        |\b(?:increas|escalat|titrat|rais)\w*\s(?:the\sdose\s)?(?:by|in)\s\d[^.;,]{0,60}\Z""",
    re.I | re.X,
)
_LISTED = re.compile(r"\d\s?(?:/|,|and|or|-|–|to)\s?\Z")
_FOLLOWED = re.compile(
    r"""(?:
            follow(?:ed)?(?:\s|-)?(?:up)?|observ\w+|monitor\w+|surviv\w+|assess\w*|evaluat\w+|\b(?:study|trial)
            |participat\w+)\s
        \Z""",
    re.I | re.X,
)
_OF_EACH = re.compile(r"of\s(?:each|every)\sweek\Z", re.I)
_CHECKED = re.compile(
    r"""(?:
            follow|visit|assess|evaluat|imag|scan|PET\b|MRI\b|CT\b|assay|laborator|monitor|measur|exam|biops
            |question|check|review|test|sampl|diar|seen\b|contact|interview|data\b|number\sof\s(?:patients|subjects)
            |proportion|percent|rates?\b)[^.;]*\Z""",
    re.I | re.X,
)


def schedule(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> list[Token]:
    """Everything else that a statement may hold: days, frequencies, counts, infusion, route, cap, taper, rest.

    `ends` are where amounts end: a day number may follow one at once.
    """
    days = _day_sets(text, start, end, ends)
    found, reached = list(days), start
    for match, kind, value in matches(text, start, end):
        first, last = match.start() + start, match.end() + start
        across = [one for one in days if one.start < last and first < one.end]
        if first < reached or not _may_cross(kind, first, last, across):
            continue
        if kind in ("times", "every") and _CHANGED.search(text[max(start, first - 70) : first]):
            found.append(Token("change", first, last))  # "increased weekly by 100 mg", "escalated every two weeks"
            continue
        if _of_another(kind, match.group(), text, start, first, last):
            continue
        token = token_of(kind, match, first, _said_to(match, start) or last, value)
        if _says_nothing(token):
            continue
        reached = last
        found = [*(other for other in found if other not in across), token, *_route_within(token)]
    found += [token for token in _weekdays(text, start, end) if not _beside_frequency(token, found)]
    found += _durations(text, end, found)
    return sorted(found, key=lambda token: token.start)


def _day_sets(text: str, start: int, end: int, ends: frozenset[int]) -> list[Token]:
    """The day sets, in order."""
    found: list[Token] = []
    position = start
    while match := START.search(text, position, end):
        at = second_label(text, match)
        listed = None if no_day(text, at, ends) else read_days(text, at)
        if listed is None:
            position = match.start() + 1
            continue
        if listed.end > end:
            break
        found.append(Token("days", at, listed.end, listed))
        position = listed.end
    return found


def _may_cross(kind: str, first: int, last: int, across: list[Token]) -> bool:
    """Words of day sets belong to these; only a rest may hold its own days."""
    return not across or (kind == "rest" and all(first < one.start and one.end < last for one in across))


def _of_another(kind: str, words: str, text: str, start: int, first: int, last: int) -> bool:
    """Times of something else than giving: follow-up, controls, days that a list has already."""
    if kind == "relative":  # "3 and 4/5 days after the graft" is more than its last number
        return _LISTED.search(text[max(start, first - 8) : first]) is not None
    if kind == "for":  # "follow up for 12 months"
        return _FOLLOWED.search(text[max(start, first - 24) : first]) is not None
    if kind == "every" and _OF_EACH.search(text[max(start, first - 4) : last]):
        return True  # "on days 1, 3 and 5 of each week"
    rare = kind == "weeks" or (kind == "every" and "month" in words)  # "scans every 3 months"
    return rare and _CHECKED.search(text[max(start, first - 90) : first]) is not None


def _says_nothing(token: Token) -> bool:
    """ "3-day cycle" names a schedule, "every 3-4 weeks" is no one interval, "0 doses" are none."""
    if token.kind == "cycles" and isinstance(token.value, tuple) and 0 < (token.value[1] or 0) < _SHORTEST_CYCLE:
        return True
    if (token.kind in ("times", "for") and token.value is None) or token.value == (None, None):
        return True
    return _counts_none(token.value)


def _weekdays(text: str, start: int, end: int) -> list[Token]:
    return [
        Token("times", first, last, times, words=text[first:last]) for first, last, times in weekdays(text, start, end)
    ]


def _beside_frequency(token: Token, found: list[Token]) -> bool:
    """ "three times a week (Monday, Wednesday and Friday)", "daily, Monday through Friday": said already."""
    near = (token.start - 60, token.end + 30)
    return any(
        (other.start < token.end and token.start < other.end)
        or (other.kind in ("times", "every") and near[0] < other.start < near[1])
        for other in found
    )


def _durations(text: str, end: int, found: list[Token]) -> list[Token]:
    """The durations without "for" at once behind a frequency or a route."""
    more = []
    for token in found:
        said = bare_duration(text, token.end, end) if token.kind in ("times", "every", "route") else None
        if said and not any(other.start < said[1] and said[0] < other.end for other in found):
            more.append(Token("for", *said, words=text[said[0] : said[1]]))
    return more


def _said_to(match: re.Match[str], start: int) -> int:
    """ "two infusions of X per week": where the token ends, so that X stands outside it."""
    return match.end("said") + start if "said" in match.re.groupindex else 0


def _route_within(token: Token) -> list[Token]:
    """ "a single oral dose", "IV push": the route is a token of its own."""
    match = _ROUTE.search(token.words) if token.kind in ("doses", "bolus", "infusion") else None
    return (
        [Token("route", token.start + match.start(), token.start + match.end(), value_of("route", match))]
        if match
        else []
    )


def _counts_none(value: object) -> bool:
    """A count of nought, which is no schedule."""
    counts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(one, Count) and one.number < 1 for one in counts)

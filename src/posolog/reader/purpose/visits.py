"""Follow-up and assessment visits: "at baseline and 1, 3, 6, 12 and 24 months after transplant (engraftment, GVHD)"."""

from __future__ import annotations

import re

from posolog.protocol.model import Source, TimePoint, Visits
from posolog.reader.purpose.endpoints import panel_of
from posolog.reader.purpose.timepoints import Points, read_points
from posolog.reader.tokens.cues import Cues

_CUE = Cues(
    ("follow followed", r"[\s-]up\b"),
    ("followup followedup followed feedback assessed assessment assessments reassessed reassessment reassessments "
     "evaluated evaluation evaluations reevaluated reevaluation reevaluations visit visits monitored monitoring "
     "measured measurement measurements examined examination examinations performed collected obtained", r"\b"),
)  # fmt: skip
_TIME_WORDS = frozenset(
    (
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "baseline",
        "d",
        "j",
        "wk",
        "wks",
        "mo",
        "mos",
        "yr",
        "yrs",
    )
)
_NAME = re.compile(r"\s*(?:\d{1,2}\s?[.)-]\s*)?(?P<name>[A-Za-z][A-Za-z -]{2,40}?)\s*:")
_FOLLOW = re.compile(r"\bfollow(?:ed)?[\s-]?(?:up)?\b", re.I)
_SUBJECT = re.compile(
    r"^\W*(?P<what>[A-Za-z][^.;:]{2,160}?)\s+(?:will\s+be|is|are|was|were)\s+(?:also\s+|then\s+|routinely\s+)?"
    r"(?:re-?)?(?:assessed|evaluated|measured|performed|collected|obtained|monitored|examined)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:patients?|subjects?|participants?|children|women|men|they|all|each|who|which|this|"
    r"these|it)\b",
    re.I,
)
_EVERY = re.compile(
    r"\bevery\s+(?P<step>\d{1,2})\s+(?P<unit>week|month|year)s?\s+for\s+(?:the\s+first\s+)?(?P<span>\d{1,2})\s+"
    r"(?P<last>week|month|year)s?\b",
    re.I,
)
_TREATED = re.compile(
    r"\b(?:after|following)\s+(?:the\s+)?(?:completion|"
    r"end)\s+of\s+(?P<event>(?:study\s+)?(?:treatment|therapy))\b",
    re.I,
)
_OPEN = re.compile(
    r"\bevery\b|\beach\b|\bthereafter\b|\b(?:dai|week|month|quarter|year|annual|periodical)ly\b|"
    r"\bcycles?\b|"
    r"\bcourses?\b|\bthrough(?:out)?\b|\b(?:until|within|indicated)\b",
    re.I,
)
_UNITS = re.compile(
    r"\b(?:minutes?|min|hours?|h|days?|weeks?|months?|years?|discharge|delivery|periods?|phases?)\b|"
    r"\d\s?(?:h|min)\b|[+±]\s?/?-?\s?\d",
    re.I,
)
_GENERIC = re.compile(
    r"\b(?:assessments?|measurements?|visits?|review|parameters|that|which|samples?|"
    r"outcomes?|end-?points?|data|days?|weeks?|months?|years?)\b|^(?:a|an)\s",
    re.I,
)
_MONTHS = {"month": 1, "year": 12}


def asks_visits(text: str, words: frozenset[str]) -> bool:
    """Whether the sentence speaks of assessments and of time at all; `words` are its words in lower case."""
    return not _TIME_WORDS.isdisjoint(words) and _CUE.within(text)


def visits_of(text: str, source: Source) -> Visits | None:
    """The visits that a sentence asks for, or None where it names no time points.

    >>> visits_of("Follow-up will be also 12 months from the RIT.", Source("")).anchor
    'RIT'
    """
    runs = read_points(text)
    at = [point for run in runs for point in run.at]
    if _OPEN.search(text) is not None:
        at = _repeated(text) if not at and _FOLLOW.search(text) else []
    if not at:
        return None
    if all(point.unit == "baseline" for point in at) or len(text) > 400 or _left_over(text, runs):
        return None
    name = _NAME.match(text)
    title = name["name"].strip() if name is not None and _CUE.within(name["name"]) else ""
    return Visits(
        title or ("follow-up" if _FOLLOW.search(text) else "assessment"),
        _anchor(text, runs),
        tuple(dict.fromkeys(at)),
        _assess(text),
        sources=(source,),
    )


def _left_over(text: str, runs: tuple[Points, ...]) -> bool:
    """Other words of time than those read: the visits would be a part of what the sentence asks."""
    if not runs:
        return False
    inside = [(run.start, run.end) for run in runs]
    return any(not any(start <= match.start() < end for start, end in inside) for match in _UNITS.finditer(text))


def _anchor(text: str, runs: tuple[Points, ...]) -> str:
    after = next((run.after for run in runs if run.after), "")
    treated = _TREATED.search(text)
    return after or (f"end of {treated['event'].lower()}" if treated else "")


def _assess(text: str) -> tuple[str, ...]:
    panel = panel_of(text)
    if panel:
        return panel
    subject = _SUBJECT.match(text)
    if subject is None or _PEOPLE.search(subject["what"]) or _GENERIC.search(subject["what"]) or "(" in subject["what"]:
        return ()
    what = re.sub(r"^the\s+", "", subject["what"].strip(), flags=re.I)
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", what)
    return tuple(part for part in parts if part) if all(len(part) <= 60 for part in parts) else ()


def _repeated(text: str) -> list[TimePoint]:
    """The points of one closed repetition ("every 3 months for 2 years"); nothing where a second one follows."""
    match = _EVERY.search(text)
    if match is None or len(re.findall(r"\bevery\b|\bannually\b|\byearly\b|\bperiodically\b", text, re.I)) > 1:
        return []
    step, span, unit, last = int(match["step"]), int(match["span"]), match["unit"].lower(), match["last"].lower()
    if unit != last:
        if unit not in _MONTHS or last not in _MONTHS:
            return []
        span, step, unit = span * _MONTHS[last], step * _MONTHS[unit], "month"
    return [TimePoint(number, unit) for number in range(step, span + 1, step)] if step and span // step <= 40 else []

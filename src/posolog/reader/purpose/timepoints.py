"""Time points in prose: "at 90 days and then 6, 12 and 24 months after transplantation".

Only days, weeks, months and years counted from an event are read. Durations ("for 6 months"), ages and frequencies
without an end ("every 3 months") are no time points and are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.protocol.model import TimePoint

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: value for value, word in enumerate(_WORDS, 1)}
_UNITS = {
    "d": "day",
    "j": "day",
    "wk": "week",
    "wks": "week",
    "mo": "month",
    "mos": "month",
    "yr": "year",
    "yrs": "year",
}

_TOKEN = re.compile(
    r"(?P<base>\bbaseline\b)"
    r"|(?P<day>\b[DdJ]\s?\+\s?(?P<dn>\d{1,4})\b|\b[DJ](?P<dm>\d{1,3})\b)"
    r"|(?P<number>\+?\b(?P<n>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?![.,]\d|%|/))"
    r"|(?P<unit>\b(?:days?|weeks?|months?|years?|wks?|mos?|yrs?)\b)"
    r"|(?P<join>\band\s+then\b|\band\b|\bthen\b|\bat\b|[,&/+-])",
    re.I,
)
_LIKELY = re.compile(r"\b(?:baseline|days?|weeks?|months?|years?|wks?|mos?|yrs?)\b|\b[DJ]\s?\+?\s?\d", re.I)
_LEAD = re.compile(
    r"(?:\b(at|on|by|within|after|until|through|to|from)(?:\s+(?:the|study|least|about|approximately|"
    r"either))?"
    r"|\(at|,|\band)\s*$",
    re.I,
)
_NO_LEAD = re.compile(
    r"\b(?:for|every|each|over|during|least|aged?|than|of|between|from|first|last|per|past|under|"
    r"to|up\s+to|older|previous|prior|next|additional)\s*$",
    re.I,
)
_EVENT = re.compile(
    r"""\s*,?\s*(?:
            (?:after|following|post|from|since)\s+
            |post-
            |(?:of)\s+(?=transplant|randomi|inclusion|enrol|start|initiat))
        (?:the\s+|a\s+|an\s+)?(?P<event>
            (?:(?:start|completion|end|initiation|last\s+dose|first\s+dose)\s+of\s+)?[A-Za-z][\w/-]*(?:
                \s+(?!
                    (?:
                        in|and|or|for|by|with|will|is|are|as|at|to|on|these|the|using|until|then|from|after|was|were
                        |if|when|patients|compared|between|versus|vs)\b)
                (?:[a-z][\w/-]*|[A-Z]{2,6}\b)){0,3})""",
    re.X,
)
_NOT_POINT = re.compile(
    r"\s*(?:-?\s*(?:of\s+age|old|intervals?|cycles?|courses?|or\s+(?:older|more|younger)|of\s+(?:treatment|therapy|"
    r"follow)|period|prior|before|earlier|ago|apart|duration|treatment|study|trial)\b|\s*to\s+\d|\s*-\s*\d|"
    r"\s*\([^()]{1,30}\)\s*,\s*\d)",
    re.I,
)
_OUTCOME_NEXT = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:survival|mortality|incidence|rates?|relapse|death|response|outcomes?|toxicity|OS|PFS|DFS|"
    r"EFS|LFS|RFS|TRM|NRM|control|remission|visits?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Points:
    """A run of time points at text[start:end] (the event's words included) and the event in words, or ""."""

    start: int
    end: int
    at: tuple[TimePoint, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    end: int
    number: int = 0
    unit: str = ""


def read_points(text: str) -> tuple[Points, ...]:
    """All runs of time points in `text`, in order.

    >>> [(point.number, point.unit) for point in read_points("survival at 1 and 2 years after transplant")[0].at]
    [(1, 'year'), (2, 'year')]
    """
    if _LIKELY.search(text) is None:
        return ()
    found: list[Points] = []
    for run in _runs(text, _tokens(text)):
        points = _points(text, run, found[-1].end if found else 0)
        if points is not None:
            found.append(points)
    return tuple(found)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["base"]:
            tokens.append(_Token("base", start, end))
        elif match["day"]:
            tokens.append(_Token("day", start, end, int(match["dn"] or match["dm"]), "day"))
        elif match["number"]:
            words = match["n"].lower()
            tokens.append(_Token("number", start, end, _NUMBERS[words] if words in _NUMBERS else int(words)))
        elif match["unit"]:
            tokens.append(_Token("unit", start, end, 0, _unit(match["unit"])))
        else:
            tokens.append(_Token("join", start, end))
    return tokens


def _unit(words: str) -> str:
    lowered = words.lower()
    return _UNITS.get(lowered) or lowered.rstrip("s")


def _runs(text: str, tokens: list[_Token]) -> list[list[_Token]]:
    """Tokens with only white space between them, without joins at either end."""
    runs: list[list[_Token]] = []
    for token in tokens:
        if runs and runs[-1] and not text[runs[-1][-1].end : token.start].strip():
            runs[-1].append(token)
        else:
            runs.append([token])
    return [run for run in map(_trimmed, runs) if run]


def _trimmed(run: list[_Token]) -> list[_Token]:
    first, last = 0, len(run)
    while first < last and run[first].kind == "join":
        first += 1
    while last > first and run[last - 1].kind == "join":
        last -= 1
    return run[first:last]


def _points(text: str, run: list[_Token], since: int) -> Points | None:
    at = _resolve(text, run)
    if not at:
        return None
    start, end = run[0].start, run[-1].end
    before = text[max(since, start - 24) : start]
    event = _EVENT.match(text, end)
    if _NO_LEAD.search(before) or _NOT_POINT.match(text, end):
        return None
    lead = _LEAD.search(before)
    if lead is not None and (lead[1] or "").lower() == "on" and run[0].kind == "number":
        return None
    prefixed = run[0].kind in ("unit", "day", "base")
    bare = run[0].kind == "day" and "+" not in text[run[0].start : run[0].end]
    if lead is None and event is None and (bare or (run[0].kind == "base" and len(at) == 1)):
        return None
    adjective = "-" in text[start:end] and _OUTCOME_NEXT.match(text, end) is not None
    if lead is None and event is None and not prefixed and not adjective:
        return None
    if event is None and lead is not None and (lead[1] or "").lower() in ("after", "to", "through", "until", "from"):
        return None if not prefixed else Points(start, end, at)
    return Points(start, event.end() if event else end, at, event["event"] if event else "")


def _resolve(text: str, run: list[_Token]) -> tuple[TimePoint, ...]:
    """Numbers take the unit before all of them ("weeks 4, 8") or the next one after ("6 and 12 months")."""
    at: list[TimePoint] = []
    waiting: list[int] = []
    before = ""
    for index, token in enumerate(run):
        if token.kind == "base":
            at.append(TimePoint(0, "baseline"))
        elif token.kind == "day":
            at.append(TimePoint(token.number, "day"))
        elif token.kind == "number":
            waiting.append(token.number)
        elif token.kind == "unit":
            prefix = index + 1 < len(run) and run[index + 1].kind == "number"
            if not prefix and not waiting:
                return ()
            own = waiting[-1:] if before else waiting
            cut = len(waiting) if prefix and before else len(waiting) - len(own)
            at += [TimePoint(number, before) for number in waiting[:cut]]
            at += [TimePoint(number, token.unit) for number in waiting[cut:]]
            waiting, before = [], token.unit if prefix and (before or not own) else ""
        elif _spans(text, run, index):
            return ()
    at += [TimePoint(number, before) for number in waiting if before]
    return tuple(dict.fromkeys(at)) if not waiting or before else ()


def _spans(text: str, run: list[_Token], index: int) -> bool:
    """The join is a dash or stroke between two numbers: a stretch of time, not points."""
    around = 0 < index < len(run) - 1 and run[index - 1].kind == run[index + 1].kind == "number"
    return around and text[run[index].start] in "-/"

"""Objectives and endpoints of one sentence, each with its time points and the event they count from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.protocol.model import Endpoint, Source, TimePoint
from posolog.reader.purpose.guard import has_amount
from posolog.reader.purpose.names import clean_name, is_name, strip_marker
from posolog.reader.purpose.sections import ROLE_WORDS, role_of
from posolog.reader.purpose.timepoints import Points, read_points

_IS = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?(?:(?:of|for|in)\s+(?:the|this|our)\s+(?:[\w-]+\s+){0,3}?(?:study|trial|protocol|"
    r"phase|project)s?"
    r"(?:\s+(?:part|portion))?\s*)?(?:will\s+be|would\s+be|is|are|was|were|include[ds]?|included|:|=|-|–)\s*:?\s*"
    r"(?:as\s+follows\s*:?\s*)?(?P<to>to\s+)?",
    re.I,
)
_REVERSED = re.compile(r"\b(?:is|are|was|were|will\s+be|as|being)\s+(?:considered\s+)?(?:the|a|our|its)?\s*$", re.I)
_ENUMERATED = re.compile(
    r"(?:^|(?<=[\s;,:]))(?:and\s+)?(?:\(\s?(?:[ivx]{1,4}|\d{1,2}|[a-h])\s?\)|(?:\d{1,2}|[a-h])\)|"
    r"(?:[IVX]{1,4}|\d{1,2})\.(?=\s+[A-Z])|[-•*](?=\s+[A-Z]))\s*"
)
_HEADS = (
    r"incidences?|survival|rates?|mortality|deaths?|responses?|remissions?|toxicit(?:y|ies)|relapses?|recurrence|"
    r"progression|engraftment|safety|efficacy|tolerability|number|proportion|percentage|duration|time|"
    r"quality\s+of\s+life"
)
_BOTH = re.compile(
    rf"\b(?P<left>(?:{_HEADS}))\s+and\s+"
    rf"(?P<right>(?:[\w-]+\s+){{0,1}}(?:{_HEADS}))\b(?!\s+rates?)",
    re.I,
)
_PANEL = re.compile(r"\((?P<items>[^()]{8,300})\)")
_NO_ITEM = re.compile(r"\d|(?:assessed|measured|defined|e\.?g|i\.e|according|before|after|at)\b", re.I)
_NEXT = re.compile(r"\.\s+(?:The|This|These|Patients|Subjects|Participants|All|We)\b")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [start, end) of a sentence that name endpoints of one role ("" = exploratory)."""

    start: int
    end: int
    role: str


def roles_in(text: str, base: int) -> tuple[Stretch, ...]:
    """The stretches that the sentence itself gives a role ("The primary endpoint is ...", "... is the primary aim")."""
    matches = list(ROLE_WORDS.finditer(text))
    found: list[Stretch] = []
    for index, match in enumerate(matches):
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        opens = _IS.match(text, match.end())
        reverse = _REVERSED.search(text[max(0, match.start() - 24) : match.start()])
        if reverse is not None and not index and (opens is None or opens.end() >= len(text) - 1):
            end = match.start() - (min(24, match.start()) - reverse.start())
            if end <= 100:
                found.append(Stretch(base, base + end, role_of(match)))
        elif opens is not None:
            found.append(Stretch(base + opens.end(), base + _and_cut(text, opens.end(), stop), role_of(match)))
    return tuple(found)


def _and_cut(text: str, start: int, stop: int) -> int:
    """Where the words before the next role end: "..., and the" belongs to the role that follows."""
    tail = re.search(
        r"[\s,;.]*(?:\b(?:and|with|while|whereas)\b)?\s*(?:\b(?:the|our|its|a|one|"
        r"key)\b)?\s*$",
        text[start:stop],
    )
    return start + tail.start() if tail is not None and stop < len(text) else stop


def endpoints_of(text: str, role: str, source: Source, *, because: str = "") -> tuple[Endpoint, ...]:
    """The endpoints that `text` names, in order; items of an inline list and run-on lines become separate ones."""
    found: list[Endpoint] = []
    over = _NEXT.search(text)
    text = text[: over.start()] if over is not None else text
    for start, end in _items(text):
        item = text[start:end]
        if not role.endswith("endpoint"):
            found += _endpoint(item, read_points(item), role, source, because)
            continue
        for first, last, shared in _run_ons(item):
            found += _endpoint(item[first:last], shared, role, source, because)
    return tuple(dict.fromkeys(found))


def _items(text: str) -> tuple[tuple[int, int], ...]:
    marks = list(_ENUMERATED.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip(" :;,-").count(" ") > 3:
        starts = [strip_marker(text)]
        ends = [len(text)]
    else:
        starts = [mark.end() for mark in marks]
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        spans += _semicolons(text, start, end)
    return tuple(spans)


def _semicolons(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    depth = 0
    for index in range(start, end):
        depth += (text[index] == "(") - (text[index] == ")")
        if text[index] == ";" and depth <= 0:
            spans.append((start, index))
            start = index + 1
    return [*spans, (start, end)]


def _run_ons(item: str) -> list[tuple[int, int, tuple[Points, ...]]]:
    """Cuts after a run of time points that a capitalised word follows, and between two outcomes that share one."""
    runs = read_points(item)
    cuts = [run.end for run in runs if run.after and re.match(r"\s+[A-Z][a-z]", item[run.end : run.end + 8])]
    pieces: list[tuple[int, int, tuple[Points, ...]]] = []
    for start, end in zip([0, *cuts], [*cuts, len(item)], strict=True):
        own = tuple(
            Points(run.start - start, run.end - start, run.at, run.after) for run in runs if start <= run.start < end
        )
        both = _BOTH.search(item, start, end)
        if both is None or "," in item[start : both.start()] or " of " in item[start : both.start()].lower():
            pieces.append((start, end, own))
        else:
            pieces.append((start, both.end("left"), tuple(Points(-1, -1, run.at, run.after) for run in own)))
            shift = both.start("right") - start
            pieces.append(
                (
                    both.start("right"),
                    end,
                    tuple(Points(run.start - shift, run.end - shift, run.at, run.after) for run in own),
                )
            )
    return pieces


def _endpoint(item: str, runs: tuple[Points, ...], role: str, source: Source, because: str) -> list[Endpoint]:
    at: list[TimePoint] = [point for run in runs for point in run.at]
    after = next((run.after for run in runs if run.after), "")
    words = item
    for run in reversed(runs):
        if run.start >= 0:
            words = _without(words, run)
    panel = _PANEL.search(words) if runs else None
    if panel is not None and "," in panel["items"]:
        words = words[: panel.start()] + words[panel.end() :]
    name = clean_name(words)
    if not is_name(name) or len(name) > 300 or has_amount(item.replace("%", "")):
        return []
    return [Endpoint(role, name, tuple(dict.fromkeys(at)), after, sources=(source,), because=because)]


def _without(words: str, run: Points) -> str:
    before = words[: run.start]
    lead = re.search(r"[\s,(]*\b(?:at|on|by|within|and)(?:\s+(?:the|at))?\s*\+?$|[\s,]+$", before[-20:], re.I)
    kept = before[: len(before) - len(before[-20:]) + lead.start()] if lead is not None else before
    after = words[run.end :]
    if kept.count("(") > kept.count(")") and after.startswith(")"):
        after = after[1:]
        kept = kept.rstrip("( ")
    return f"{kept} {after.lstrip()}" if after.strip(" .") else kept + after.strip()


def panel_of(text: str) -> tuple[str, ...]:
    """The items in brackets: "(CD4 lymphocyte levels, CD8, T regulators, Natural Killer cells and B cells)".

    >>> panel_of("reconstitution (CD4, CD8 and B cells)")
    ('CD4', 'CD8', 'B cells')
    """
    for match in _PANEL.finditer(text):
        parts = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["items"].strip())
        parts[0] = re.sub(r"^including\s+", "", parts[0])
        if len(parts) >= 3 and all(0 < len(part) <= 60 and _NO_ITEM.match(part) is None for part in parts):
            return tuple(parts)
    return ()

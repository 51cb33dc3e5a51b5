# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Draft parts, objectives and visits -> one Protocol with anchors, arms and located sources."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.core.days import Anchor, DaySet
from posolog.protocol.condition import Compare
from posolog.protocol.model import Do, Give, Line, Part, Protocol, Rest, Source, TimePoint, Visits
from posolog.reader.drafting.parts import DraftLine, DraftPart
from posolog.reader.model import Purpose
from posolog.reader.tokens.blocks import Block

_GRAFT = re.compile(
    r"\b(?:transplant\w*|graft\b(?!-versus| versus| against)|HSCT|stem cell (?:infusion|transfusion|rescue)|haploidentical)",
    re.I,
)
_FLIPPED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def assemble(
    name: str, document: str, raw: str, blocks: tuple[Block, ...], parts: list[DraftPart], purpose: Purpose
) -> Protocol:
    """The draft protocol. `document` is the source file's name as `from` quotes will find it."""
    day_zero = _has_day_zero(parts) and bool(_GRAFT.search(raw))
    arms = _arms(parts, purpose)
    anchors: dict[str, Anchor] = {}
    for part in parts:
        _complement_ages(part)
    made = [
        _part(part, parts, day_zero, arms, anchors, document, raw, blocks)
        for part in parts
        if part.lines or part.repeats
    ]
    return Protocol(
        name=name,
        documents=(document,) if document else (),
        anchors=tuple(anchors.values()),
        arms=arms,
        parts=tuple(_numbered(part) for part in made),
        visits=_visits(purpose.visits, anchors, arms, parts),
        endpoints=tuple(replace(one, at=_points(one.at)) for one in purpose.endpoints),
        allocation=purpose.allocation,
        notes=purpose.notes,
    )


def _has_day_zero(parts: list[DraftPart]) -> bool:
    """A part with day 0 or negative days counts from a day 0."""
    return any(day <= 0 for part in parts for line in part.lines for day in _days(line.what))


def _days(what: object) -> tuple[int, ...]:
    days = what.days.days() if isinstance(what, Give | Rest | Do) and isinstance(what.days, DaySet) else ()
    if not isinstance(what, Give):
        return days
    taper = (what.taper.first, what.taper.last) if what.taper else ()
    return (*days, *(day for day in (what.from_day, what.to_day, *taper) if day is not None))


def _arms(parts: list[DraftPart], purpose: Purpose) -> tuple[str, ...]:
    """Arms that hold treatment; a single one is no arm."""
    found = list(dict.fromkeys([part.arm for part in parts if part.arm]))
    return tuple(found) if len(found) > 1 else ()


def _complement_ages(part: DraftPart) -> None:
    """ "For subjects > 60 years: lower doses" leaves the first doses of the same agents to the others."""
    limited = {
        line.what.agent: line.condition
        for line in part.lines
        if isinstance(line.what, Give) and isinstance(line.condition, Compare)
    }
    for line in part.lines:
        if isinstance(line.what, Give) and line.condition is None and line.what.agent in limited:
            other = limited[line.what.agent]
            assert isinstance(other, Compare)
            line.condition = replace(other, op=_FLIPPED[other.op])
            line.because = "; ".join(
                filter(None, [line.because, "the other dose of the same agent is limited to the rest of the patients"])
            )


def _part(
    part: DraftPart,
    parts: list[DraftPart],
    day_zero: bool,
    arms: tuple[str, ...],
    anchors: dict[str, Anchor],
    document: str,
    raw: str,
    blocks: tuple[Block, ...],
) -> Part:
    arm = part.arm if part.arm in arms else ""
    sources = tuple(_source(words, document, raw, blocks) for words in part.words)
    same = next(
        (p.name for p in parts if part.repeats and p.lines and (p.arm == "experimental" or p.arm == part.arm)), ""
    )
    same = same or next((p.name for p in parts if part.repeats and p.lines), "")
    again = [other for other in parts if part.repeats and other.name == same]
    anchor = _anchor(part, again, arm, day_zero and not part.repeats, anchors, single=len(parts) == 1)
    return Part(
        part.name,
        anchor,
        tuple(_line(line, document, raw, blocks) for line in part.lines),
        arm,
        part.choice,
        part.cycles,
        part.condition,
        same,
        sources=sources,
        because="the treatment named again is the one described first" if part.repeats else "",
    )


def _anchor(
    part: DraftPart, again: list[DraftPart], arm: str, day_zero: bool, anchors: dict[str, Anchor], *, single: bool
) -> str:
    """The part's anchor, made when first needed; `again` holds the part whose lines it repeats."""
    if day_zero:
        event = next(
            (line.what.name for line in part.lines if isinstance(line.what, Do) and _days(line.what) == (0,)), ""
        )
        old = anchors.get("D0")
        anchors["D0"] = Anchor("D0", event or (old.event if old else "graft transfusion"))
        return "D0"
    first = "D0" if _has_day_zero([part, *again]) else "D1"
    if single:
        name, event = first, f"start of {part.name}"
    elif part.choice:
        name, event = f"{arm or part.choice} {first}", f"start of the chosen {part.choice}"
    else:
        name, event = f"{part.name} {first}", f"start of {part.name}"
    anchors.setdefault(name, Anchor(name, event))
    return name


def _line(line: DraftLine, document: str, raw: str, blocks: tuple[Block, ...]) -> Line:
    sources = tuple(_source(words, document, raw, blocks) for words in line.words)
    return Line("", line.what, line.condition, line.optional, sources, line.unsettled, line.because)


def _source(words: tuple[int, int, int], document: str, raw: str, blocks: tuple[Block, ...]) -> Source:
    block, start, end = words
    text = blocks[block].text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    a, b = blocks[block].raw(start, end)
    return Source(blocks[block].text[start:end], document, a, b)


def _numbered(part: Part) -> Part:
    return replace(part, lines=tuple(replace(line, ident=f"{part.name}/{n}") for n, line in enumerate(part.lines, 1)))


def _visits(
    visits: tuple[Visits, ...], anchors: dict[str, Anchor], arms: tuple[str, ...], parts: list[DraftPart]
) -> tuple[Visits, ...]:
    """Visits name their event in words; here they get the anchor that the event fixes."""
    names = list(anchors)
    if not names:
        return ()
    found = []
    for visit in visits:
        words = visit.anchor.lower()
        exact = [
            n for n in names if any(w in f"{n} {anchors[n].event}".lower() for w in re.findall(r"[a-z]{3,}", words))
        ]
        controls = [p.name for p in parts if p.repeats and p.arm == "control"]
        repeat = [name for name in names if name[:-3] in controls]
        anchor = "D0" if "D0" in names and (_GRAFT.search(words) or not exact) else (repeat or exact or names)[0]
        found.append(replace(visit, anchor=anchor, at=_points(visit.at)))
    return tuple(found)


def _points(points: tuple[TimePoint, ...]) -> tuple[TimePoint, ...]:
    """Day 0, week 0 and month 0 are the baseline."""
    return tuple(point if point.number else TimePoint(0, "baseline") for point in points)

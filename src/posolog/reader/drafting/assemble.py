"""Draft parts, objectives and visits -> one Protocol with anchors, arms and located sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from posolog.core.days import Anchor, DaySet
from posolog.protocol.condition import Compare
from posolog.protocol.model import Do, Give, Line, Part, Protocol, Rest, Source, TimePoint, Visits
from posolog.reader.drafting.parts import DraftLine, DraftPart
from posolog.reader.model import Purpose
from posolog.reader.tokens.blocks import Block

_GRAFT = re.compile(
    r"""\b(?:transplant\w*|graft\b(?!-versus|\ versus|\ against)|HSCT
        |stem\ cell\ (?:infusion|transfusion|rescue)|haploidentical)""",
    re.I | re.X,
)
_FLIPPED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class _Whole:
    """What all parts share: the text they quote, the arms, whether days count from a graft, the anchors made so far."""

    document: str
    raw: str
    blocks: tuple[Block, ...]
    parts: list[DraftPart]
    arms: tuple[str, ...]
    day_zero: bool
    anchors: dict[str, Anchor]

    def source(self, words: tuple[int, int, int]) -> Source:
        """The words of a block `(block, start, end)`, located in the raw text without the blanks around them."""
        block, start, end = self.blocks[words[0]], words[1], words[2]
        text = block.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        return Source(block.text[start:end], self.document, *block.raw(start, end))


def assemble(
    name: str, document: str, raw: str, blocks: tuple[Block, ...], parts: list[DraftPart], purpose: Purpose
) -> Protocol:
    """The draft protocol. `document` is the source file's name as `from` quotes will find it."""
    day_zero = _has_day_zero(parts) and bool(_GRAFT.search(raw))
    whole = _Whole(document, raw, blocks, parts, _arms(parts), day_zero, {})
    for part in parts:
        _complement_ages(part)
    made = [_part(part, whole) for part in parts if part.lines or part.repeats]
    return Protocol(
        name=name,
        documents=(document,) if document else (),
        anchors=tuple(whole.anchors.values()),
        arms=whole.arms,
        parts=tuple(_numbered(part) for part in made),
        visits=_visits(purpose.visits, whole.anchors, parts),
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


def _arms(parts: list[DraftPart]) -> tuple[str, ...]:
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


def _part(part: DraftPart, whole: _Whole) -> Part:
    arm = part.arm if part.arm in whole.arms else ""
    same = _repeated(part, whole.parts) if part.repeats else ""
    return Part(
        part.name,
        _anchor(part, same, arm, whole),
        tuple(_line(line, whole) for line in part.lines),
        arm,
        part.choice,
        part.cycles,
        part.condition,
        same,
        sources=tuple(whole.source(words) for words in part.words),
        because="the treatment named again is the one described first" if part.repeats else "",
    )


def _repeated(part: DraftPart, parts: list[DraftPart]) -> str:
    """The part whose treatment is given again: the experimental one or that of the same arm, else the first."""
    dosed = [other for other in parts if other.lines]
    near = [other for other in dosed if other.arm in ("experimental", part.arm)]
    return next((other.name for other in (*near, *dosed)), "")


def _anchor(part: DraftPart, same: str, arm: str, whole: _Whole) -> str:
    """The part's anchor, made when first needed; `same` names the part whose lines it repeats."""
    if whole.day_zero and not part.repeats:
        return _graft_anchor(part, whole.anchors)
    again = [other for other in whole.parts if part.repeats and other.name == same]
    first = "D0" if _has_day_zero([part, *again]) else "D1"
    if len(whole.parts) == 1:
        name, event = first, f"start of {part.name}"
    elif part.choice:
        name, event = f"{arm or part.choice} {first}", f"start of the chosen {part.choice}"
    else:
        name, event = f"{part.name} {first}", f"start of {part.name}"
    whole.anchors.setdefault(name, Anchor(name, event))
    return name


def _graft_anchor(part: DraftPart, anchors: dict[str, Anchor]) -> str:
    """Day 0 of the whole trial, called after what is done on it where a part says so."""
    done = (line.what.name for line in part.lines if isinstance(line.what, Do) and _days(line.what) == (0,))
    old = anchors.get("D0")
    anchors["D0"] = Anchor("D0", next(done, "") or (old.event if old else "graft transfusion"))
    return "D0"


def _line(line: DraftLine, whole: _Whole) -> Line:
    sources = tuple(whole.source(words) for words in line.words)
    return Line("", line.what, line.condition, line.optional, sources, line.unsettled, line.because)


def _numbered(part: Part) -> Part:
    return replace(part, lines=tuple(replace(line, ident=f"{part.name}/{n}") for n, line in enumerate(part.lines, 1)))


def _visits(visits: tuple[Visits, ...], anchors: dict[str, Anchor], parts: list[DraftPart]) -> tuple[Visits, ...]:
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

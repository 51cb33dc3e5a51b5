"""The parts of all fields of a record as the parts of one draft: arms, anchors and names made to agree."""

from __future__ import annotations

from dataclasses import replace

from posolog.protocol.model import Part
from posolog.reader.record.anchors import anchor_of
from posolog.reader.record.arms import arm_group, strange_arms
from posolog.reader.record.fields import GRAFT, FieldRead
from posolog.reader.record.joining import Joined, Joining, free_name
from posolog.reader.record.same import folded
from posolog.reader.record.undosed import add_undosed
from posolog.records import Record

_FIRST = ("arm: ", "intervention: ", "detailed description", "brief summary")


def joined_parts(record: Record, reads: tuple[FieldRead, ...], document: str) -> Joined:
    """The parts of every field: arms' fields first, so that a line stands where the record says most about it."""
    joining = Joining(record, dict.fromkeys(arm.label for arm in record.arms) if len(record.arms) > 1 else {})
    for anchor in (a for one in reads for a in one.result.protocol.anchors if a.name == GRAFT):
        if not anchor.event.startswith("start of "):  # a day 0 of one field alone is not the trial's
            joining.anchors.setdefault(GRAFT, anchor)
    for one in sorted(reads, key=_rank):
        _add_field(joining, one)
    add_undosed(joining, document)
    used = {part.anchor for part in joining.parts.values()} | {visit.anchor for visit in joining.visits.values()}
    anchors = tuple(anchor for name, anchor in joining.anchors.items() if name in used)
    parts = tuple(_numbered(part) for part in joining.parts.values())
    return Joined(tuple(joining.arms), anchors, parts, tuple(joining.visits.values()), tuple(strange_arms(joining)))


def _rank(one: FieldRead) -> int:
    return next((n for n, start in enumerate(_FIRST) if one.passage.field.startswith(start)), len(_FIRST))


def _add_field(joining: Joining, one: FieldRead) -> None:
    """Parts of one field; the names that they call each other by change with them."""
    protocol = one.result.protocol
    for arm in one.arms if len(joining.arms) > 1 and one.arms else ("",):
        names: dict[str, str] = {}
        anchors: dict[str, str] = {}
        for part in protocol.parts:
            wanted = _title(part, one, arm)
            name = free_name(wanted, joining.parts)
            mine = arm or arm_group(joining, part.arm, one)
            anchors[part.anchor] = anchor_of(joining, part, one, name)
            lines = tuple(line for line in part.lines if not folded(joining, line, mine))
            if lines or part.same_as or any(other.same_as == part.name for other in protocol.parts):
                same = names.get(part.same_as, "")
                made = replace(part, name=name, anchor=anchors[part.anchor], lines=lines, arm=mine, same_as=same)
                names[part.name] = _put(joining, made, wanted)
        for visit in protocol.visits:
            at = anchors.get(visit.anchor) or next(iter(joining.anchors), "")
            if at and not any(visit.at == other.at for other in joining.visits.values()):
                name = free_name(visit.name, joining.visits)
                joining.visits[name] = replace(visit, name=name, anchor=at, arm=arm_group(joining, visit.arm, one))


def _put(joining: Joining, part: Part, wanted: str) -> str:
    """Put the part where one of the wanted name goes on in the same way, else by itself; its name in the draft."""
    old = joining.parts.get(wanted)
    if old is None or replace(part, name=wanted, lines=old.lines, sources=old.sources) != old:
        joining.parts[part.name] = part
        return part.name
    joining.parts[wanted] = replace(old, lines=(*old.lines, *part.lines))
    return wanted


def _title(part: Part, one: FieldRead, arm: str) -> str:
    """A part without a name of its own is called after its arm."""
    plain = part.name in ("treatment", "experimental treatment", "control treatment", part.arm)
    if plain and arm:
        return arm
    return f"{part.name}, {arm}" if len(one.arms) > 1 else part.name


def _numbered(part: Part) -> Part:
    return replace(part, lines=tuple(replace(line, ident=f"{part.name}/{n}") for n, line in enumerate(part.lines, 1)))

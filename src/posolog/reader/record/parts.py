"""The parts of all fields of a record as the parts of one draft: arms, anchors and names made to agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from posolog.core.days import Anchor
from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.formulary import find
from posolog.protocol.giveline import print_give
from posolog.protocol.model import Amount, Basis, Give, Line, Part, Source, Visits
from posolog.reader.model import ReadResult
from posolog.records import Passage, Record

GRAFT = "D0"  # the anchor of the whole trial, where a field speaks of a graft
DRUGS = ("drug", "biological", "radiation", "genetic", "combination product", "dietary supplement")
_PLUS = re.compile(r"(?:\b[Dd]ays?|\b[DdJ])\s?\+\s?\d")
_FIRST = ("arm: ", "intervention: ", "detailed description", "brief summary")


@dataclass(frozen=True, slots=True)
class FieldRead:
    """A field, how it was read, and the arms that it is about (none: all of them)."""

    passage: Passage
    result: ReadResult
    arms: tuple[str, ...] = ()

    def document(self, name: str) -> str:
        """The name of another field of the same record."""
        return self.result.document.removesuffix(self.passage.field) + name


@dataclass(frozen=True, slots=True)
class Joined:
    arms: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    parts: tuple[Part, ...]
    visits: tuple[Visits, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Joining:
    record: Record
    arms: dict[str, None]
    anchors: dict[str, Anchor] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    visits: dict[str, Visits] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)  # an arm of the prose that no arm group names -> its field


def joined_parts(record: Record, reads: tuple[FieldRead, ...], document: str) -> Joined:
    """The parts of every field: arms' fields first, so that a line stands where the record says most about it."""
    joining = _Joining(record, dict.fromkeys(arm.label for arm in record.arms) if len(record.arms) > 1 else {})
    for anchor in (a for one in reads for a in one.result.protocol.anchors if a.name == GRAFT):
        if not anchor.event.startswith("start of "):  # a day 0 of one field alone is not the trial's
            joining.anchors.setdefault(GRAFT, anchor)
    for one in sorted(reads, key=_rank):
        _add_field(joining, one)
    _add_agents(joining, document)
    used = {part.anchor for part in joining.parts.values()} | {visit.anchor for visit in joining.visits.values()}
    anchors = tuple(anchor for name, anchor in joining.anchors.items() if name in used)
    parts = tuple(_numbered(part) for part in joining.parts.values())
    return Joined(tuple(joining.arms), anchors, parts, tuple(joining.visits.values()), tuple(_strangers(joining)))


def _rank(one: FieldRead) -> int:
    return next((n for n, start in enumerate(_FIRST) if one.passage.field.startswith(start)), len(_FIRST))


def _add_field(joining: _Joining, one: FieldRead) -> None:
    """Parts of one field; the names that they call each other by change with them."""
    protocol = one.result.protocol
    for arm in one.arms if len(joining.arms) > 1 and one.arms else ("",):
        names: dict[str, str] = {}
        anchors: dict[str, str] = {}
        for part in protocol.parts:
            wanted = _title(part, one, arm)
            name = _free(wanted, joining.parts)
            mine = arm or _arm(joining, part.arm, one)
            anchors[part.anchor] = _anchor(joining, part, one, name)
            lines = tuple(line for line in part.lines if not _folded(joining, line, mine))
            if lines or part.same_as or any(other.same_as == part.name for other in protocol.parts):
                same = names.get(part.same_as, "")
                made = replace(part, name=name, anchor=anchors[part.anchor], lines=lines, arm=mine, same_as=same)
                names[part.name] = _put(joining, made, wanted)
        for visit in protocol.visits:
            at = anchors.get(visit.anchor) or next(iter(joining.anchors), "")
            if at and not any(visit.at == other.at for other in joining.visits.values()):
                name = _free(visit.name, joining.visits)
                joining.visits[name] = replace(visit, name=name, anchor=at, arm=_arm(joining, visit.arm, one))


def _put(joining: _Joining, part: Part, wanted: str) -> str:
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


def _free(name: str, taken: Iterable[str]) -> str:
    number = 2
    while name in taken:
        name = f"{re.sub(r' [(][0-9]+[)]$', '', name)} ({number})"
        number += 1
    return name


def _arm(joining: _Joining, words: str, one: FieldRead) -> str:
    """The arm group that the prose's arm is ("experimental": the only experimental one); else an arm by itself."""
    if not words or words in joining.arms:
        return words
    kinds = {
        "experimental": ("experimental",),
        "control": ("active comparator", "placebo comparator", "no intervention"),
    }
    meant = [arm.label for arm in joining.record.arms if arm.kind.lower() in kinds.get(words, ())]
    meant = meant or [arm.label for arm in joining.record.arms if re.match(rf"{re.escape(words)}\b", arm.label, re.I)]
    if len(meant) == 1 and meant[0] in joining.arms:
        return meant[0]
    if joining.record.arms:
        joining.strangers.setdefault(words, one.passage.field)
        if len(joining.arms) < 2:
            return ""
    joining.arms[words] = None
    return words


def _anchor(joining: _Joining, part: Part, one: FieldRead, name: str) -> str:
    """The shared day 0 of a graft; else each part of a record starts by itself, as nothing says how they follow."""
    old = next(anchor for anchor in one.result.protocol.anchors if anchor.name == part.anchor)
    if GRAFT in joining.anchors and (old.has_day_zero or _signed(part)):
        return GRAFT
    shared = [other for other in one.result.protocol.parts if other.anchor == part.anchor]
    owner = name if len(shared) == 1 else re.sub(r" D[01]$", "", old.name)
    called = f"{owner} {'D0' if old.has_day_zero else 'D1'}"
    joining.anchors.setdefault(called, Anchor(called, f"start of {owner}" if len(shared) == 1 else old.event))
    return called


def _signed(part: Part) -> bool:
    """Days after the graft are written with a sign ("day +3"), days of a cycle are not."""
    return any(_PLUS.search(source.words) for line in part.lines for source in line.sources)


def _folded(joining: _Joining, line: Line, arm: str) -> bool:
    """Whether earlier lines say all that this one says; then its quotes go to them."""
    found = False
    for name, part in joining.parts.items():
        if arm and part.arm and part.arm != arm:
            continue
        lines = [replace(old, sources=_sources(old, line)) if _says(old, line) else old for old in part.lines]
        if lines != list(part.lines) or any(_says(old, line) for old in part.lines):
            joining.parts[name] = replace(part, lines=tuple(lines))
            found = True
    return found


def _sources(old: Line, new: Line) -> tuple[Source, ...]:
    return tuple(dict.fromkeys((*old.sources, *new.sources)))


def _says(old: Line, new: Line) -> bool:
    """Every field that the new line states stands in the old one, and no condition or question is lost."""
    if type(old.what) is not type(new.what) or new.condition not in (None, old.condition):
        return False
    if set(new.unsettled) - set(old.unsettled) or (new.optional and not old.optional):
        return False
    if not (isinstance(old.what, Give) and isinstance(new.what, Give)):
        return old.what == new.what
    empty = Give(new.what.agent)
    return all(
        (mine := getattr(new.what, f.name)) == getattr(empty, f.name)
        or mine == (theirs := getattr(old.what, f.name))
        or (f.name == "amount" and _amount_says(theirs, mine))
        for f in fields(Give)
        if f.name != "agent"
    ) and _same_agent(old.what.agent, new.what.agent)


def _amount_says(old: Amount | None, new: Amount | None) -> bool:
    """The same amount whose basis the second one leaves out."""
    return old is not None and new is not None and new.basis is Basis.UNSTATED and replace(old, basis=new.basis) == new


def _same_agent(one: str, other: str) -> bool:
    return one == other or (bool(find(one).agents) and find(one).agents == find(other).agents)


def _add_agents(joining: _Joining, document: str) -> None:
    """An intervention of which no field states a dose is a line without amount, in each of its arms."""
    several = len(joining.arms) > 1
    for one in joining.record.interventions:
        if one.kind.lower() not in DRUGS:
            continue
        mine = [label for label in one.arms if label in joining.arms] if several else []
        for arm in mine if set(mine) != set(joining.arms) and mine else ("",):
            if not any(_named(joining, one.name, arm)):
                _add_agent(joining, one.name, arm, document)


def _named(joining: _Joining, name: str, arm: str) -> Iterator[Line]:
    for part in joining.parts.values():
        for line in part.lines if not (arm and part.arm and part.arm != arm) else ():
            if isinstance(line.what, Give) and (_same_agent(line.what.agent, name) or line.what.agent in name.lower()):
                yield line


def _add_agent(joining: _Joining, name: str, arm: str, document: str) -> None:
    match = find(name)
    give = Give(match.agents[0].name if len(match.agents) == 1 else " ".join(name.split()))
    field = f"intervention: {name}"
    source = Source(name, f"{document}, {field}" if document else field, 0, len(name))
    try:
        print_give(give)
    except Refusal:
        return
    line = Line("", give, sources=(source,), because="the record lists it as an intervention and states no dose")
    title = next((p.name for p in joining.parts.values() if p.arm == arm and not p.choice and not p.same_as), "")
    if not title:
        title = _free(arm or "interventions", joining.parts)
        anchor = GRAFT if GRAFT in joining.anchors else f"{title} D1"
        joining.anchors.setdefault(anchor, Anchor(anchor, f"start of {title}"))
        joining.parts[title] = Part(title, anchor, arm=arm)
    part = joining.parts[title]
    joining.parts[title] = replace(part, lines=(*part.lines, line))


def _strangers(joining: _Joining) -> Iterator[Finding]:
    for words, where in joining.strangers.items():
        named = ", ".join(repr(arm.label) for arm in joining.record.arms)
        yield Finding(
            "RECORD-ARM",
            Severity.ASK,
            f"The {where} speaks of the arm {words!r}; the record's arm groups are {named}.",
            "Say in the draft which arm group is meant.",
            (Place("arm", words, where),),
            "H14",
        )


def _numbered(part: Part) -> Part:
    return replace(part, lines=tuple(replace(line, ident=f"{part.name}/{n}") for n, line in enumerate(part.lines, 1)))

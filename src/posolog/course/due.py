"""The one rule: what is due for one patient, from the protocol and what is known at one moment.

`due` is pure. Planner, conduct, deviations and simulation are views of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from posolog.core.finding import Finding, Place, Severity
from posolog.core.guard import Answer, Guard
from posolog.core.timeline import Timeline
from posolog.course.acts import Draft, drafts_of_line
from posolog.course.case import Case, bad_reductions, case_of, join, unknown_guard
from posolog.course.choose import Choices, alternatives
from posolog.course.given import record
from posolog.course.guards import occurred
from posolog.course.limits import judge
from posolog.course.model import Patient, Planned, Status, Total
from posolog.course.moments import DEFAULT_ZONE, Moment, local_date
from posolog.course.totals import totals_of
from posolog.course.visits import visits_of
from posolog.course.words import ask, listed, note, stop
from posolog.protocol.model import Cycles, Line, Part, Protocol

Given = Mapping[str, str] | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Acts in order, findings, totals, and the case they came from."""

    acts: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    totals: tuple[Total, ...]
    case: Case


def due(
    protocol: Protocol,
    patient: Patient,
    timeline: Timeline,
    now: datetime,
    choices: Given = (),
    arm: str = "",
    *,
    hoped: Mapping[str, Moment] | None = None,
    zone: str = DEFAULT_ZONE,
) -> tuple[Planned, ...]:
    """Every act of this patient, past and to come, as it stands at `now` (an aware datetime).

    `timeline` is the record; events known or happening after `now` play no part. `hoped` gives dates (or
    aware datetimes) by anchor name for anchors that are not recorded yet. *Raises:* Refusal for a zone
    that does not exist; everything else is a status, a guard or a finding (see `outcome`).
    """
    return outcome(protocol, patient, timeline, now, choices, arm, hoped=hoped, zone=zone).acts


def outcome(
    protocol: Protocol,
    patient: Patient,
    timeline: Timeline,
    now: datetime,
    choices: Given = (),
    arm: str = "",
    *,
    hoped: Mapping[str, Moment] | None = None,
    zone: str = DEFAULT_ZONE,
) -> Outcome:
    """As `due`, with the findings and totals of the same pass."""
    case = case_of(
        protocol, patient, timeline, now, choices=Choices.of(choices), arm=arm, hoped=hoped or {}, zone=zone
    )
    drafts, findings = _drafts(case)
    drafts, given_findings = record(case, drafts)
    acts, end_findings = _close(case, [draft.act for draft in drafts])
    acts, limit_findings = judge(case, drafts, acts)
    found = (*case.findings, *findings, *bad_reductions(case), *_anchors(case, acts), *given_findings)
    found += (*end_findings, *limit_findings)
    totals = totals_of(case, drafts, acts)
    return Outcome(tuple(sorted(acts, key=_order)), _merged(found), totals, case)


def _order(act: Planned) -> tuple[bool, date, bool, float, str, str, int]:
    day = act.when or act.earliest
    start = act.start.timestamp() if act.start else 0.0
    return (day is None, day or date.max, act.start is None, start, act.part, act.line, act.number or 0)


def _drafts(case: Case) -> tuple[list[Draft], list[Finding]]:
    own = tuple(part for part in case.protocol.parts if not part.arm or part.arm == case.arm)
    parts, choice_findings = alternatives(own, case.choices)
    drafts: list[Draft] = []
    findings = list(choice_findings)
    for part, chosen in parts:
        more, faults = _part(case, part, chosen)
        drafts += more
        findings += faults
    drafts += [Draft(act) for act in visits_of(case)]
    return drafts, findings


def _part(case: Case, part: Part, chosen: Guard | None) -> tuple[list[Draft], list[Finding]]:
    lines, findings = _lines(case.protocol, part)
    if part.anchor not in case.anchors:
        message = f"part {part.name!r} counts its days from {part.anchor!r}, which is no anchor of the protocol"
        place = Place("part", where=part.name, line=part.file_line)
        return [], [stop("ANCHOR-UNKNOWN", message, "name an anchor of the protocol", place)]
    drafts: list[Draft] = []
    repeats, cycle_findings = _cycles(part)
    findings += cycle_findings
    for cycle in repeats:
        guard = join(chosen, _cycle_guard(case, part, cycle))
        for line in lines:
            if cycle is None or _in_cycle(line, cycle):
                more, faults = drafts_of_line(case, part, line, cycle, guard)
                drafts += more
                findings += faults
    return drafts, findings


def _lines(protocol: Protocol, part: Part) -> tuple[tuple[Line, ...], list[Finding]]:
    if not part.same_as:
        return part.lines, []
    other = next((item for item in protocol.parts if item.name == part.same_as), None)
    if other is None or other.same_as:
        message = f"part {part.name!r} repeats {part.same_as!r}, which is no part with lines of its own"
        place = Place("part", where=part.name, line=part.file_line)
        return part.lines, [stop("SAME-AS-UNKNOWN", message, "name a part of the protocol", place)]
    return (*part.lines, *other.lines), []


def _in_cycle(line: Line, cycle: int) -> bool:
    cycles: tuple[int, ...] = getattr(line.what, "cycles", ())
    return not cycles or cycle in cycles


def _cycles(part: Part) -> tuple[tuple[int | None, ...], list[Finding]]:
    """The cycles to lay out: all that are stated, or the first one and a finding."""
    cycles = part.cycles
    if cycles is None:
        return (None,), []
    place = Place("part", where=part.name, line=part.file_line)
    if cycles.count is None:
        message = f"the number of cycles of {part.name} is not stated: only the first is planned"
        return (1,), [ask("CYCLE-COUNT", message, "settle the number of cycles in the protocol file", place)]
    if cycles.count > 1 and cycles.length_days is None:
        message = f"the length of a cycle of {part.name} is not stated: only the first is planned"
        return (1,), [ask("CYCLE-LENGTH", message, "settle the length in the protocol file", place)]
    return tuple(range(1, cycles.count + 1)), []


def _cycle_guard(case: Case, part: Part, cycle: int | None) -> Guard | None:
    """ "Up to 2 cycles": whether a later cycle is given is a person's decision."""
    cycles: Cycles | None = part.cycles
    if cycle is None or cycle == 1 or cycles is None or not cycles.at_most:
        return None
    key = f"{part.name} cycles"
    words = case.choices.get(key)
    if words.isdecimal():
        answer = Answer.YES if int(words) >= cycle else Answer.NO
        return Guard(answer, (f"{key}: {words} chosen",))
    event = case.timeline.last(f"{part.name} cycle {cycle}")
    if event is not None:
        return Guard(Answer.YES if occurred(event) else Answer.NO, (f"{event.kind} recorded",))
    return unknown_guard(f"whether cycle {cycle} of {part.name} is given")


def _close(case: Case, acts: list[Planned]) -> tuple[list[Planned], list[Finding]]:
    """After an end nothing is asked: what is not given is closed, and open stretches stop there."""
    ends = [
        (local_date(event.at, case.zone), kind)
        for kind in case.protocol.ends
        for event in case.timeline.named(kind)
        if occurred(event)
    ]
    if not ends:
        return acts, []
    end, kind = min(ends)
    closed = [_closed(act, end, kind) for act in acts]
    late = [act for act in acts if act.status is Status.GIVEN and act.when and act.when > end]
    if not late:
        return closed, []
    message = f"{listed(sorted({act.name for act in late}), 'and')} recorded as given after {kind} on {end}"
    return closed, [ask("GIVEN-AFTER-END", message, "correct the dates", hazard="H13")]


def _closed(act: Planned, end: date, kind: str) -> Planned:
    if act.status is Status.GIVEN:
        return act
    day = act.when or act.earliest
    if day is None or day >= end:
        return replace(act, status=Status.CLOSED, gate=Guard(Answer.NO, (f"{kind} on {end}",)))
    if act.latest is not None and act.latest >= end:
        return replace(act, latest=end)
    if act.kind == "give" and act.earliest is not None and act.latest is None:
        return replace(act, latest=end)
    return act


def _anchors(case: Case, acts: list[Planned]) -> list[Finding]:
    """Anchors that acts wait for: asked when nothing at all has a date, else worth knowing."""
    used = {act.anchor.name for act in acts if act.anchor and act.status is not Status.CLOSED}
    lacking = [held for name, held in case.anchors.items() if name in used and held.when is None]
    make = note if any(held.when for held in case.anchors.values()) else ask
    return [
        make(
            "ANCHOR-MISSING",
            f"the date of {held.anchor.name} ({held.anchor.event}) is not known: its days have no dates",
            f'give anchor "{held.anchor.name}=YYYY-MM-DD", or record the event',
            Place("anchor", held.anchor.name),
        )
        for held in lacking
    ]


def _merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once; those that say the same of several lines become one with every place (H20)."""
    once = dict.fromkeys(findings)
    merged: dict[object, Finding] = {}
    for finding in once:
        key: object = finding.code if finding.code in _JOINED else finding
        known = merged.get(key)
        merged[key] = finding if known is None else _joined(known, finding)
    rank = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}
    return tuple(sorted(merged.values(), key=lambda finding: rank[finding.severity]))


_JOINED = {"DOSES-PER-DAY": "how many doses make a day is not stated for"}


def _joined(known: Finding, other: Finding) -> Finding:
    lead = _JOINED[known.code]
    names = known.message.removeprefix(lead).strip().split(", ")
    name = other.message.removeprefix(lead).strip()
    message = f"{lead} {', '.join(dict.fromkeys([*names, name]))}"
    return replace(known, message=message, places=tuple(dict.fromkeys([*known.places, *other.places])))


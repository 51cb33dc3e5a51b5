"""From a line of the protocol to dated acts: day to date, hour where one is known, gate, dose, reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from posolog.core.because import Because, Computed, Entered
from posolog.core.days import Anchor, label_in
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer, Guard
from posolog.core.quantity import Quantity
from posolog.course.anchors import Anchored
from posolog.course.body import plausible
from posolog.course.case import Case, body_on, guard_of, join, reduction_on, unknown_guard
from posolog.course.choose import chosen_amount, doses_per_day, optional
from posolog.course.decay import from_vials
from posolog.course.dosing import Dosed, dose
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status, Vial
from posolog.course.moments import at_hour, later, local_date
from posolog.course.schedule import Counts, Slot, counts, slots
from posolog.course.words import note, place, quoted, reads, short, stop
from posolog.evidence.shipped import cited
from posolog.protocol.model import Do, Give, Line, Part, Per, Refer

DoseOn = Callable[[date | None], Dosed]


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before the record is held against it.

    `hoped` is its date under the hoped-for anchor (what was given before a slip was given by that date);
    `dose_on` gives its dose for another date; `give` the line with its chosen amount; `given` is the
    amount that the record says was given.
    """

    act: Planned
    hoped: date | None = None
    dose_on: DoseOn | None = None
    give: Give | None = None
    given: Quantity | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a line stands: its part, cycle and dates."""

    case: Case
    part: Part
    line: Line
    cycle: int | None
    held: Anchored
    shift: int  # days from the anchor's date to the first day of this cycle
    start: date | None  # date of the first day of this cycle
    guard: Guard | None

    @property
    def anchor(self) -> Anchor:
        return self.held.anchor

    def date_of(self, day: int) -> date | None:
        return None if self.start is None else self.start + timedelta(days=self.anchor.offset(day))

    def hoped(self, day: int | None) -> date | None:
        if self.held.hoped is None or day is None:
            return None
        return self.held.hoped + timedelta(days=self.shift + self.anchor.offset(day))


def drafts_of_line(
    case: Case, part: Part, line: Line, cycle: int | None, guard: Guard | None
) -> tuple[list[Draft], list[Finding]]:
    """Every act of one line in one cycle, and what a person should know of it."""
    frame = _frame(case, part, line, cycle, guard)
    try:
        if isinstance(line.what, Give):
            return _give(frame, line.what)
        if isinstance(line.what, Refer):
            return [Draft(_refer(frame, line.what))], []
        kind, name = ("do", line.what.name) if isinstance(line.what, Do) else ("rest", "rest")
        return _days(frame, line, kind, name)
    except ValueError as error:
        step = "correct the day in the protocol file"
        return [], [stop("DAY-ZERO", f"{line.ident}: {error}", step, _place(line), hazard="H18")]


def _frame(case: Case, part: Part, line: Line, cycle: int | None, guard: Guard | None) -> _Frame:
    held = case.anchors[part.anchor]
    length = part.cycles.length_days if part.cycles else None
    shift = (cycle - 1) * (length or 0) if cycle else 0
    start = held.when + timedelta(days=shift) if held.when else None
    for earlier in range(2, (cycle or 1) + 1):
        event = case.timeline.first(f"{part.name} cycle {earlier}")
        if event is not None and occurred(event):
            start = local_date(event.at, case.zone) + timedelta(days=((cycle or 1) - earlier) * (length or 0))
    return _Frame(case, part, line, cycle, held, shift, start, guard)


def _place(line: Line) -> Place:
    return place(line.ident, line.sources, line.file_line)


def _gate(frame: _Frame, *, may_wait: bool, extra: Guard | None = None) -> Guard | None:
    case = frame.case
    return join(
        frame.guard,
        guard_of(case, frame.part.condition, may_wait=may_wait),
        guard_of(case, frame.line.condition, may_wait=may_wait),
        extra,
    )


def _base(frame: _Frame, kind: str, name: str, day: int | None, when: date | None) -> Planned:
    line = frame.line
    act = Planned(line.ident, frame.part.name, kind, name, frame.anchor, day, when, Status.PLANNED)
    return replace(act, cycle=frame.cycle, quote=quoted(line.sources), because=_why(frame, day, when))


def _why(frame: _Frame, day: int | None, when: date | None) -> Because:
    line = frame.line
    of: list[Because] = [*reads(line.sources), *map(cited, line.cite)]
    if line.because:
        of.append(Entered("protocol file", why=line.because))
    if day is None:
        return Computed("line of the protocol", line.ident, tuple(of))
    of.append(frame.held.because)
    anchor = frame.anchor
    formula = label_in(day, anchor)
    if when is not None and frame.start is not None:
        offset = anchor.offset(day)
        first = f"{anchor.name} {frame.held.when}" + (f", cycle {frame.cycle}" if frame.cycle else "")
        formula += f" = {first} {'+' if offset >= 0 else '-'} {abs(offset) + 0} days = {when}"
        if frame.shift:
            formula = f"{label_in(day, anchor)} of cycle {frame.cycle} (from {frame.start}) = {when}"
    return Computed("day of the plan", formula, tuple(of))


def _settle(act: Planned, gate: Guard | None, *, refused: bool = False, waits: tuple[str, ...] = ()) -> Planned:
    """Status from the gate, a stop finding, and what is missing; an act without its anchor's date waits."""
    if gate is not None and gate.answer is Answer.NO:
        return replace(act, status=Status.CLOSED, gate=gate)
    if refused:
        return replace(act, status=Status.REFUSED, gate=gate, dose=None)
    if waits:
        gate = join(gate, unknown_guard(*waits))
    if gate is not None and gate.answer is Answer.UNKNOWN:
        return replace(act, status=Status.WAITING, gate=gate)
    return replace(act, gate=gate)


def _anchor_wait(frame: _Frame) -> tuple[str, ...]:
    if frame.start is not None:
        return ()
    return (f"date of {frame.anchor.event} ({frame.anchor.name})",)


def _ahead(case: Case, when: date | None) -> bool:
    return when is None or when > case.today


def _refer(frame: _Frame, what: Refer) -> Planned:
    act = replace(_base(frame, "refer", what.topic, None, None), note=f"as {what.to} say")
    return _settle(act, _gate(frame, may_wait=True))


def _days(frame: _Frame, line: Line, kind: str, name: str) -> tuple[list[Draft], list[Finding]]:
    what = line.what
    assert not isinstance(what, Give | Refer)
    found = []
    for number, day in enumerate(what.days.days(day_zero=frame.anchor.has_day_zero), 1):
        when = frame.date_of(day)
        if kind == "rest" and day < 0 and frame.held.when not in (None, frame.held.hoped):
            when = frame.hoped(day) or when  # lived before the anchor slipped: it stays where it was
        act = replace(_base(frame, kind, name, day, when), number=number)
        if isinstance(what, Do) and what.at_least:
            act = replace(act, note="at least")
        act = _settle(act, _gate(frame, may_wait=_ahead(frame.case, when)), waits=_anchor_wait(frame))
        found.append(Draft(_done(frame, act), frame.hoped(day)))
    return found, []


def _done(frame: _Frame, act: Planned) -> Planned:
    """Something done is given when its event is recorded on its date: the graft on D0."""
    for event in frame.case.timeline.named(act.name):
        if act.kind == "do" and occurred(event) and local_date(event.at, frame.case.zone) == act.when:
            return replace(act, status=Status.GIVEN, start=None, note="recorded")
    return act


def _give(frame: _Frame, give: Give) -> tuple[list[Draft], list[Finding]]:
    case, line, where = frame.case, frame.line, _place(frame.line)
    give, chosen, findings = chosen_amount(line, give, case.choices)
    option, open_choice = optional(line, case.choices)
    split, split_faults = doses_per_day(line, case.choices)
    count, count_faults = counts(give, frame.anchor, where, per_day=split)
    found = [*findings, *open_choice, *split_faults, *count_faults]
    slot_list, slot_faults = slots(give, frame.anchor, count, where)
    found += slot_faults
    found += [_unsettled(line, question) for question in line.unsettled]
    refused = bool(count_faults or findings or line.unsettled)
    dose_on = _doser(frame, give, count, chosen)
    drafts = []
    for slot in slot_list:
        draft, faults = _administration(frame, give, slot, dose_on, option, refused=refused)
        drafts.append(draft)
        found += faults
    if give.taper is not None:
        drafts.append(Draft(_taper(frame, give, option)))
    if drafts and all(draft.act.status is Status.CLOSED for draft in drafts):
        found = [finding for finding in found if finding in findings]
    return drafts, found


def _unsettled(line: Line, question: str) -> Finding:
    """A question that the reader or a reviewer left open: no dose until a person answers it (H5)."""
    message = f"{line.ident} waits for an answer: {question}"
    step = "settle it in the line, say why in its because, and remove it from unsettled"
    return stop("UNSETTLED", message, step, _place(line), hazard="H5")


def _doser(frame: _Frame, give: Give, count: Counts, chosen: Because | None) -> DoseOn:
    """The dose of the line by date: worked out once for each body and reduction."""
    case, line, where = frame.case, frame.line, _place(frame.line)
    known: dict[object, Dosed] = {}

    def dose_on(day: date | None) -> Dosed:
        body = body_on(case, day)
        reduction = reduction_on(case, give.agent, day)
        key = (body, reduction)
        if key not in known:
            stops = _body_stops(give, case, day)
            known[key] = stops or dose(
                give,
                body,
                count,
                settings=case.settings,
                place=where,
                sources=line.sources,
                reduction=reduction,
                chosen=chosen,
                because=line.because,
            )
        return known[key]

    return dose_on


def _body_stops(give: Give, case: Case, day: date | None) -> Dosed | None:
    """No dose is computed from a body that cannot be true (H6)."""
    if give.amount is None or give.amount.per is Per.FLAT:
        return None
    stops = tuple(finding for finding in plausible(body_on(case, day)) if finding.severity == "stop")
    return Dosed(None, stops) if stops else None


def _administration(
    frame: _Frame, give: Give, slot: Slot, dose_on: DoseOn, option: Guard | None, *, refused: bool
) -> tuple[Draft, tuple[Finding, ...]]:
    case = frame.case
    first = frame.date_of(slot.day) if slot.day is not None else None
    start, stop_at = _hours(frame, give, slot)
    when = local_date(start, case.zone) if start and not give.continuous else first
    dosed = dose_on(when)
    act = _base(frame, "give", give.agent, slot.day, None if slot.undated else when)
    act = replace(
        act, number=slot.number, route=give.route, start=start, stop=stop_at, dose=dosed.dose,
        note=_note(give, slot, start),
    )  # fmt: skip
    if slot.stretch or (slot.undated and slot.day is not None):
        last = frame.date_of(slot.last_day) if slot.last_day is not None else None
        act = replace(act, earliest=first, latest=last)
    stops = [finding for finding in dosed.findings if finding.severity == "stop"]
    drawn, draw_findings = _draw(frame, give, act)
    if drawn and act.dose is not None:
        act = replace(act, dose=replace(act.dose, draw_text=drawn))
    refused = refused or bool(stops) or any(found.severity == "stop" for found in draw_findings)
    open_end = (slot.stretch or slot.undated) and slot.last_day is None
    gate = _gate(frame, may_wait=open_end or _ahead(case, act.latest or when), extra=option)
    waits = (*_anchor_wait(frame), *dosed.waits, *_slot_waits(give, slot))
    act = _until(frame, give, _settle(act, gate, refused=refused, waits=waits))
    if act.dose is not None:
        act = replace(act, because=_with(act.because, act.dose.because))
    return Draft(act, frame.hoped(slot.day), dose_on, give), (*dosed.findings, *draw_findings)


def _with(because: Because, more: Because) -> Because:
    return replace(because, of=(*because.of, more)) if isinstance(because, Computed) else because


def _slot_waits(give: Give, slot: Slot) -> tuple[str, ...]:
    if not slot.undated:
        return ()
    return (f"date of {give.agent}" + (f", number {slot.number}" if slot.number else "") + f" ({slot.note})",)


def _note(give: Give, slot: Slot, start: datetime | None) -> str:
    said = [slot.note] if slot.note else []
    if slot.hours and start is None:
        said.append(f"{short(slot.hours)} hours after the first dose")
    if give.reference:
        said.append(f"dose as {give.reference} says")
    if give.infusion_h is not None:
        said.append("as a bolus" if give.infusion_h == 0 else f"over {short(give.infusion_h)} hours")
    if give.access:
        said.append(f"via {give.access}")
    return "; ".join(said)


def _hours(frame: _Frame, give: Give, slot: Slot) -> tuple[datetime | None, datetime | None]:
    """Start and stop where an hour is known: chosen for the line, or the hour of a day-1 anchor.

    Within an unbroken run of days the hours are elapsed hours from its first dose, in UTC.
    """
    hour = _hour(frame, give, slot)
    day = slot.first_day if slot.first_day is not None else slot.day
    if hour is None or day is None or slot.undated:
        return None, None
    first = frame.date_of(day)
    if first is None:
        return None, None
    zone = frame.case.zone
    if give.continuous and frame.start is not None:
        begin = at_hour(frame.start, hour, zone)
        start = later(begin, Decimal(24 * frame.anchor.offset(day)), zone)
    elif slot.hours is None and slot.day is not None:
        own = frame.date_of(slot.day)
        start = at_hour(own or first, hour, zone)
    else:
        start = later(at_hour(first, hour, zone), slot.hours or Decimal(0), zone)
    if give.continuous and slot.last_day is not None:
        days = frame.anchor.offset(slot.last_day) - frame.anchor.offset(day) + 1
        return start, later(start, Decimal(24 * days), zone)
    return start, later(start, give.infusion_h, zone) if give.infusion_h else None


def _hour(frame: _Frame, give: Give, slot: Slot) -> time | None:
    chosen = frame.case.choices.get(f"{frame.line.ident} hour")
    if chosen:
        try:
            return time.fromisoformat(chosen)
        except ValueError:
            return None
    timed = slot.hours is not None or give.continuous or _has_vial(frame.case, give)
    return frame.held.hour if timed and not frame.anchor.has_day_zero else None


def _has_vial(case: Case, give: Give) -> bool:
    return any(vial.agent.casefold() == give.agent.casefold() for vial in case.patient.vials)


def _draw(frame: _Frame, give: Give, act: Planned) -> tuple[str, tuple[Finding, ...]]:
    if act.dose is None or act.dose.per_dose.unit.kind != "activity" or act.day is None or act.when is None:
        return "", ()
    per_dose = act.dose.per_dose
    prescribed = per_dose.value * per_dose.unit.factor
    day = label_in(act.day, frame.anchor)
    near = tuple(vial for vial in frame.case.patient.vials if _near(vial, act.when, frame.case.zone))
    return from_vials(near, give.agent, day, act.start, prescribed, _place(frame.line))


def _near(vial: Vial, when: date, zone: ZoneInfo) -> bool:
    """Calibrated within two weeks of the injection: a vial of an earlier course is none of this one."""
    return abs((local_date(vial.calibrated, zone) - when).days) <= 14


def _until(frame: _Frame, give: Give, act: Planned) -> Planned:
    """ "Until disease progression": closed from the day after the event on."""
    ends = [event for event in frame.case.timeline.named(give.until) if occurred(event)] if give.until else []
    if not ends or act.status is Status.CLOSED:
        return act
    end = local_date(ends[0].at, frame.case.zone)
    day = act.when or act.earliest
    if day is None or day > end:
        return replace(act, status=Status.CLOSED, gate=Guard(Answer.NO, (f"{give.until} on {end}",)))
    if act.earliest is not None and (act.latest is None or act.latest > end):
        return replace(act, latest=end)
    return act


def _taper(frame: _Frame, give: Give, option: Guard | None) -> Planned:
    assert give.taper is not None
    first, last = frame.date_of(give.taper.first), frame.date_of(give.taper.last)
    act = _base(frame, "taper", give.agent, give.taper.first, first)
    days = f"{label_in(give.taper.first, frame.anchor)} and {label_in(give.taper.last, frame.anchor)}"
    said = f"taper between {days}; the rate of taper is not stated"
    act = replace(act, earliest=first, latest=last, route=give.route, note=said)
    gate = _gate(frame, may_wait=_ahead(frame.case, last), extra=option)
    return _settle(act, gate, waits=_anchor_wait(frame))


def bad_hours(case: Case) -> tuple[Finding, ...]:
    """A note for every chosen hour that is no hour."""
    found = []
    for key, value in case.choices.pairs:
        if key.casefold().endswith(" hour"):
            try:
                time.fromisoformat(value)
            except ValueError:
                step = "write it as 09:30"
                found.append(note("CHOICE-VALUE", f"{value!r} is no hour", step, Place("choice", f"{key}={value}")))
    return tuple(found)

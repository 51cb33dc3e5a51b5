"""From a give line to dated acts, each with its gate, dose and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from posolog.core.because import Because, Computed
from posolog.core.days import label_in
from posolog.core.finding import Finding
from posolog.core.guard import Answer, Guard
from posolog.course.acts.draft import DoseOn, Draft
from posolog.course.acts.frame import Frame, ahead, anchor_wait, begun, gate_of, place_of, settled
from posolog.course.acts.hours import hours_of
from posolog.course.acts.vial import drawn_text
from posolog.course.body import plausible
from posolog.course.case import Case, body_on, reduction_on
from posolog.course.choose import chosen_amount, doses_per_day, optional
from posolog.course.dosing import Dosed, dose
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status
from posolog.course.moments import local_date
from posolog.course.schedule import Counts, Slot, counts, slots
from posolog.course.words import short, stop
from posolog.protocol.model import Give, Line, Per


def given_of(frame: Frame, give: Give) -> tuple[list[Draft], list[Finding]]:
    """Every administration of a give line, its taper, and what is open or at fault in it."""
    case, line, where = frame.case, frame.line, place_of(frame.line)
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
    return stop("UNSETTLED", message, step, place_of(line), hazard="H5")


def _doser(frame: Frame, give: Give, count: Counts, chosen: Because | None) -> DoseOn:
    """The dose of the line by date: worked out once for each body and reduction."""
    case, line, where = frame.case, frame.line, place_of(frame.line)
    known: dict[object, Dosed] = {}

    def dose_on(day: date | None) -> Dosed:
        body = body_on(case, day)
        reduction = reduction_on(case, give.agent, day)
        key = (body, reduction)
        if key not in known:
            stops = _body_stops(give, case, day)
            known[key] = stops or dose(
                give, body, count, settings=case.settings, place=where, sources=line.sources,
                reduction=reduction, chosen=chosen, because=line.because,
            )  # fmt: skip
        return known[key]

    return dose_on


def _body_stops(give: Give, case: Case, day: date | None) -> Dosed | None:
    """No dose is computed from a body that cannot be true (H6)."""
    if give.amount is None or give.amount.per is Per.FLAT:
        return None
    stops = tuple(finding for finding in plausible(body_on(case, day)) if finding.severity == "stop")
    return Dosed(None, stops) if stops else None


def _administration(
    frame: Frame, give: Give, slot: Slot, dose_on: DoseOn, option: Guard | None, *, refused: bool
) -> tuple[Draft, tuple[Finding, ...]]:
    """One administration or stretch: its date, its dose on that date, what is drawn for it, its gate."""
    act, when = _dated(frame, give, slot)
    dosed = dose_on(when)
    act = replace(act, dose=dosed.dose)
    drawn, draw_findings = drawn_text(frame, give, act)
    if drawn and act.dose is not None:
        act = replace(act, dose=replace(act.dose, draw_text=drawn))
    findings = (*dosed.findings, *draw_findings)
    refused = refused or any(finding.severity == "stop" for finding in findings)
    open_end = (slot.stretch or slot.undated) and slot.last_day is None
    gate = gate_of(frame, may_wait=open_end or ahead(frame.case, act.latest or when), extra=option)
    waits = (*anchor_wait(frame), *dosed.waits, *_slot_waits(give, slot))
    act = _until(frame, give, settled(act, gate, refused=refused, waits=waits))
    if act.dose is not None:
        act = replace(act, because=_with(act.because, act.dose.because))
    return Draft(act, frame.hoped(slot.day), dose_on, give), findings


def _dated(frame: Frame, give: Give, slot: Slot) -> tuple[Planned, date | None]:
    """The act with its day, hours and window, and the date that its dose counts from."""
    first = frame.date_of(slot.day) if slot.day is not None else None
    start, stop_at = hours_of(frame, give, slot)
    when = local_date(start, frame.case.zone) if start and not give.continuous else first
    act = begun(frame, "give", give.agent, slot.day, None if slot.undated else when)
    note = _note(give, slot, start)
    act = replace(act, number=slot.number, route=give.route, start=start, stop=stop_at, note=note)
    if slot.stretch or (slot.undated and slot.day is not None):
        last = frame.date_of(slot.last_day) if slot.last_day is not None else None
        act = replace(act, earliest=first, latest=last)
    return act, when


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


def _until(frame: Frame, give: Give, act: Planned) -> Planned:
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


def _taper(frame: Frame, give: Give, option: Guard | None) -> Planned:
    assert give.taper is not None
    first, last = frame.date_of(give.taper.first), frame.date_of(give.taper.last)
    act = begun(frame, "taper", give.agent, give.taper.first, first)
    days = f"{label_in(give.taper.first, frame.anchor)} and {label_in(give.taper.last, frame.anchor)}"
    said = f"taper between {days}; the rate of taper is not stated"
    act = replace(act, earliest=first, latest=last, route=give.route, note=said)
    gate = gate_of(frame, may_wait=ahead(frame.case, last), extra=option)
    return settled(act, gate, waits=anchor_wait(frame))

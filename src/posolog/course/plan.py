"""A patient's plan: a view of `due` with its inputs and their hash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256

from posolog.core.finding import Finding, Place
from posolog.core.timeline import Timeline
from posolog.course.acts import bad_hours
from posolog.course.body import FORMULAS, formula_name, surface
from posolog.course.case import Case, body_on
from posolog.course.choose import Choices
from posolog.course.due import Given, outcome
from posolog.course.model import Patient, Plan
from posolog.course.moments import DEFAULT_ZONE, Moment, zone_of
from posolog.course.words import note, short
from posolog.evidence.shipped import key_of
from posolog.evidence.shipped import words as work
from posolog.protocol.model import Protocol


def plan(
    protocol: Protocol,
    patient: Patient,
    *,
    anchors: Mapping[str, Moment] | None = None,
    timeline: Timeline | None = None,
    arm: str = "",
    choices: Given = (),
    now: datetime | None = None,
    zone: str = DEFAULT_ZONE,
) -> Plan:
    """The patient's calendar as it stands at `now`.

    `anchors` gives hoped-for dates (or aware datetimes) by anchor name, `choices` a person's choices
    ("bsa", "weight", a part choice, a line ident ...). Without `now` it is the present, or the last event's
    time where the record runs past the computer's clock (finding NOW-FROM-EVENTS). A naive `now` is local
    to `zone`. *Raises:* Refusal (ZONE-UNKNOWN); all else is in `Plan.findings`.
    """
    record = timeline or Timeline()
    chosen = Choices.of(choices)
    moment, clock = _now(now, record, zone)
    result = outcome(protocol, patient, record, moment, chosen.pairs, arm, hoped=anchors, zone=zone)
    case = result.case
    return Plan(
        protocol.name,
        patient,
        case.arm or arm,
        tuple((held.anchor, held.when) for held in case.anchors.values()),
        result.acts,
        (*result.findings, *clock, *bad_hours(case), *_future(record, moment)),
        chosen.pairs,
        inputs_of(case),
        inputs_hash(protocol, patient, anchors or {}, record, arm, chosen, zone),
        moment,
        result.totals,
    )


def _now(now: datetime | None, timeline: Timeline, zone: str) -> tuple[datetime, tuple[Finding, ...]]:
    if now is not None:
        return (now if now.tzinfo else now.replace(tzinfo=zone_of(zone))), ()
    present = datetime.now(UTC).astimezone(zone_of(zone))
    latest = max((max(event.at, event.known) for event in timeline.events), default=present)
    if latest <= present:
        return present, ()
    latest = latest.astimezone(zone_of(zone))
    message = f"the record runs past this computer's clock: planned as of {latest.isoformat(timespec='minutes')}"
    return latest, (note("NOW-FROM-EVENTS", message, "check the dates, or give the moment of planning"),)


def _future(timeline: Timeline, now: datetime) -> tuple[Finding, ...]:
    late = [event for event in timeline.events if event.at > now or event.known > now]
    if not late:
        return ()
    places = tuple(Place("event", event.value, event.ident) for event in late)
    message = f"{len(late)} events lie after {now.isoformat(timespec='minutes')} and play no part"
    return (note("EVENT-FUTURE", message, "give a later moment of planning to count them", *places),)


def inputs_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What the plan was computed from, in words: body, formula with its text, weight basis, arm, anchors."""
    body = body_on(case, None)
    name = formula_name(case.settings.bsa) if case.settings.bsa else None
    found = [("patient", case.patient.ident), ("arm", case.arm or "single arm")]
    if body.weight_kg is not None:
        found.append(("weight", f"{short(body.weight_kg)} kg ({body.weight_from})"))
    if body.height_cm is not None:
        found.append(("height", f"{short(body.height_cm)} cm ({body.height_from})"))
    found.append(("BSA formula", f"{name}: {FORMULAS[name]}" if name else "not settled"))
    if name and body.height_cm and body.weight_kg and body.height_cm > 0 and body.weight_kg > 0:
        area = surface(name, body.height_cm, body.weight_kg)
        found.append(("body surface area", f"{short(area)} m² (unrounded {short(area, 12)} m²)"))
    found.append(("weight used for kg", case.settings.weight or "not settled"))
    found += [(held.anchor.name, _anchor_words(held.anchor.event, held.when)) for held in case.anchors.values()]
    found += [(f"choice of {key}", value) for key, value in case.choices.pairs]
    found += [("rests on", work(key_of(cite))) for cite in case.protocol.cite]
    return tuple(found)


def _anchor_words(event: str, when: date | None) -> str:
    return f"{event}, {when.isoformat()} ({when:%A})" if when else f"{event}, date not known"


def inputs_hash(
    protocol: Protocol,
    patient: Patient,
    anchors: Mapping[str, Moment],
    timeline: Timeline,
    arm: str,
    choices: Choices,
    zone: str,
) -> str:
    """SHA-256 over every input, recording order aside: another input gives another hash (hazard H17)."""
    events = Timeline.of(timeline.events).events
    whole = (protocol, patient, sorted((k, v.isoformat()) for k, v in anchors.items()), events, arm, choices, zone)
    return sha256(repr(whole).encode()).hexdigest()

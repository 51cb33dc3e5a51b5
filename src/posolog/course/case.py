"""One patient's case at one moment: everything the rule `due` may look at, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from posolog.core.because import Because, Entered
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer, Guard, all_of
from posolog.core.timeline import Event, Timeline
from posolog.course.anchors import Anchored, resolve
from posolog.course.body import Body, formula_name, plausible
from posolog.course.choose import Choices, unknown
from posolog.course.dosing import Reduction, Settings
from posolog.course.guards import Known, age_of, answer, happened, occurred
from posolog.course.model import Patient
from posolog.course.moments import Moment, local_date, zone_of
from posolog.course.numbers import measure, number
from posolog.course.words import note, stop
from posolog.protocol.condition import Condition
from posolog.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Measured:
    """A weight or height from one day on, and where it comes from."""

    day: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs of `due`, resolved. `timeline` holds only what has happened and is known at `now`."""

    protocol: Protocol
    patient: Patient
    timeline: Timeline
    now: datetime
    today: date
    zone: ZoneInfo
    arm: str
    choices: Choices
    anchors: Mapping[str, Anchored]
    weights: tuple[Measured, ...]
    heights: tuple[Measured, ...]
    settings: Settings
    findings: tuple[Finding, ...]
    event_dates: Mapping[str, date] = field(default_factory=dict)
    guards: dict[tuple[int, bool], Guard] = field(default_factory=dict, compare=False)
    bodies: dict[date | None, Body] = field(default_factory=dict, compare=False)


def case_of(
    protocol: Protocol,
    patient: Patient,
    timeline: Timeline,
    now: datetime,
    *,
    choices: Choices,
    arm: str,
    hoped: Mapping[str, Moment],
    zone: str,
) -> Case:
    """Resolve anchors, weights and choices of one patient at `now` (aware)."""
    where = zone_of(zone)
    past = happened(timeline, now)
    anchors, moved = resolve(protocol, past, hoped, where)
    weights, bad_weights = _measured(past, "weight", "kg", where)
    heights, bad_heights = _measured(past, "height", "cm", where)
    settings = Settings(
        choices.get("bsa") or protocol.bsa, choices.get("weight") or protocol.weight, _order_settled(protocol)
    )
    own_arm, arm_findings = _arm(protocol, arm)
    today = local_date(now, where)
    findings = (*arm_findings, *unknown(protocol, choices), *moved, *bad_weights, *bad_heights)
    findings += _sizes(patient, past, weights, heights, today, where, settings)
    dates = {held.anchor.event: held.when for held in anchors.values() if held.when is not None}
    return Case(
        protocol, patient, past, now, today, where, own_arm, choices, anchors, weights, heights, settings,
        findings, dates,
    )  # fmt: skip


def _order_settled(protocol: Protocol) -> bool:
    questions = (question.casefold() for question, _ in protocol.settled)
    return any("reduction" in question and "cap" in question for question in questions)


def _arm(protocol: Protocol, arm: str) -> tuple[str, tuple[Finding, ...]]:
    names = ", ".join(protocol.arms)
    if not arm:
        if not protocol.arms:
            return "", ()
        message = f"the trial has {len(protocol.arms)} arms ({names}) and none is named: only what is common is planned"
        return "", (stop("ARM-MISSING", message, f"name the arm: {names}", Place("arm", names), hazard="H14"),)
    own = next((name for name in protocol.arms if name.casefold() == arm.casefold()), None)
    if own is not None:
        return own, ()
    message = f"the protocol has no arm {arm!r}" + (f"; its arms are {names}" if names else "")
    step = f"name one of {names}" if names else "leave the arm out"
    return "", (stop("ARM-UNKNOWN", message, step, Place("arm", arm), hazard="H14"),)


def _measured(
    timeline: Timeline, kind: str, unit: str, zone: ZoneInfo
) -> tuple[tuple[Measured, ...], tuple[Finding, ...]]:
    found, faults = [], []
    for event in timeline.named(kind):
        try:
            value = measure(f"{event.value} {event.unit}", unit)
        except ValueError as error:
            place = Place("event", event.value, event.ident)
            faults.append(stop("EVENT-VALUE", f"{kind}: {error}", "correct the event", place, hazard="H6"))
            continue
        day = local_date(event.at, zone)
        found.append(Measured(day, value, f"{kind} of {day.isoformat()}"))
    return tuple(found), tuple(faults)


def _sizes(
    patient: Patient,
    timeline: Timeline,
    weights: tuple[Measured, ...],
    heights: tuple[Measured, ...],
    today: date,
    zone: ZoneInfo,
    settings: Settings,
) -> tuple[Finding, ...]:
    """Plausibility of every size used; a change of weight above 10 % until it is confirmed (H6)."""
    known_age = age_of(Known(patient, timeline, today, {}, zone, False))
    age = known_age[0] if known_age else None
    height = heights[-1].value if heights else patient.height_cm
    formula = formula_name(settings.bsa) or ""
    found: list[Finding] = []
    if age is None:
        message = "the age is not known: height and weight are held to bounds for every age only"
        found.append(note("AGE-MISSING", message, "enter the birth date or the age", hazard="H6"))
    series = [(patient.weight_kg, ""), *((item.value, item.day.isoformat()) for item in weights)]
    confirmed = {event.value.strip() for event in timeline.named("weight confirmed") if occurred(event)}
    previous = None
    for value, _ in series:
        if value is None:
            continue
        earlier = None if str(value) in confirmed else previous
        body = Body(value, height, patient.sex)
        found += plausible(body, age_years=age, previous_kg=earlier, formula=formula)
        previous = value
    if previous is None and height is not None:
        found += plausible(Body(None, height, patient.sex), age_years=age)
    return tuple(dict.fromkeys(found))


def body_on(case: Case, day: date | None) -> Body:
    """Height and weight as they stand on `day`: a new weight counts from its own day on, never before."""
    known = case.bodies.get(day)
    if known is None:
        weight = _as_of(case.weights, day)
        height = _as_of(case.heights, day)
        known = case.bodies[day] = Body(
            weight.value if weight else case.patient.weight_kg,
            height.value if height else case.patient.height_cm,
            case.patient.sex,
            weight.source if weight else "patient file",
            height.source if height else "patient file",
        )
    return known


def _as_of(series: tuple[Measured, ...], day: date | None) -> Measured | None:
    held = [item for item in series if day is None or item.day <= day]
    return held[-1] if held else None


def guard_of(case: Case, condition: Condition | None, *, may_wait: bool) -> Guard | None:
    """The answer to a condition at `now`, worked out once."""
    if condition is None:
        return None
    key = (id(condition), may_wait)
    if key not in case.guards:
        case.guards[key] = answer(
            condition,
            case.patient,
            case.timeline,
            case.now,
            case.event_dates,
            may_wait=may_wait,
            zone=case.zone.key,
        )
    return case.guards[key]


def join(*guards: Guard | None) -> Guard | None:
    """All guards together, None where there are none."""
    held = [guard for guard in guards if guard is not None]
    if len(held) <= 1:
        return held[0] if held else None
    return all_of(held)


def unknown_guard(*missing: str) -> Guard:
    return Guard(Answer.UNKNOWN, (), missing)


def reduction_on(case: Case, agent: str, day: date | None) -> Reduction | None:
    """The last dose reduction of the agent that was in force on `day`; 0 % ends one."""
    last: Event | None = None
    for event in case.timeline.named("dose reduction"):
        when = local_date(event.at, case.zone)
        if fits(agent, event.subject) and (day is None or when <= day):
            last = event
    percent = _percent(last)
    if last is None or not percent:
        return None
    because: Because = last.because
    if isinstance(because, Entered) and not because.why:
        because = Entered(because.who, because.at, f"dose reduction of {percent} %")
    return Reduction(percent, because)


def _percent(event: Event | None) -> Decimal | None:
    if event is None:
        return None
    try:
        value = number(event.value.removesuffix("%"))
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None


def bad_reductions(case: Case) -> tuple[Finding, ...]:
    """A stop finding for every recorded reduction that is no percentage or names no agent."""
    return tuple(
        stop(
            "REDUCTION-VALUE",
            f"the dose reduction {event.value!r} of {event.subject or 'no agent'} is no percentage of 0 to 100",
            "correct the event: agent as subject, percentage as value",
            Place("event", event.value, event.ident),
            hazard="H5",
        )
        for event in case.timeline.named("dose reduction")
        if _percent(event) is None or not event.subject
    )


@lru_cache(maxsize=1024)
def meanings(name: str) -> frozenset[str]:
    """Every product that a written name may mean: "antithymocyte globulin" is rabbit, horse and more."""
    from posolog.formulary import find

    match = find(name) if name.strip() else None
    return frozenset(agent.name for agent in match.agents) if match else frozenset()


def fits(planned: str, recorded: str) -> bool:
    """Whether a recorded product is what a line asks for: the same, or one of those its name may mean."""
    return product(recorded) == product(planned) or product(recorded) in meanings(planned)


@lru_cache(maxsize=1024)
def product(name: str) -> str:
    """INN and formulation of a written name; the name itself where the formulary gives no single answer (H12)."""
    from posolog.formulary import find

    match = find(name) if name.strip() else None
    if match is not None and len(match.agents) == 1:
        return match.agents[0].name
    return " ".join(name.casefold().split())

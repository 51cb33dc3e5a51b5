"""Weights and heights as recorded, whether they can be true, and the body on a day."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding, Place
from posolog.core.timeline import Timeline
from posolog.course.body import Body, formula_name, plausible
from posolog.course.case.model import Case, Measured
from posolog.course.dosing import Settings
from posolog.course.guards import Known, age_of, occurred
from posolog.course.model import Patient
from posolog.course.moments import local_date
from posolog.course.numbers import measure
from posolog.course.words import note, stop


def measured(
    timeline: Timeline, kind: str, unit: str, zone: ZoneInfo
) -> tuple[tuple[Measured, ...], tuple[Finding, ...]]:
    """Recorded weights or heights in order, and stop findings on those that cannot be read."""
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


def faults_of_sizes(
    patient: Patient, timeline: Timeline, weights: tuple[Measured, ...], heights: tuple[Measured, ...], today: date,
    zone: ZoneInfo, settings: Settings,
) -> tuple[Finding, ...]:  # fmt: skip
    """Plausibility of every size used; a change of weight above 10 % until it is confirmed (H6)."""
    known_age = age_of(Known(patient, timeline, today, {}, zone, False))
    age = known_age[0] if known_age else None
    height = heights[-1].value if heights else patient.height_cm
    formula = formula_name(settings.bsa) or ""
    found: list[Finding] = []
    if age is None:
        message = "the age is not known: height and weight are held to bounds for every age only"
        found.append(note("AGE-MISSING", message, "enter the birth date or the age", hazard="H6"))
    confirmed = {event.value.strip() for event in timeline.named("weight confirmed") if occurred(event)}
    previous = None
    for value in (patient.weight_kg, *(item.value for item in weights)):
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

"""An act as it was given, and how far the given dose is from the one due."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from posolog.core.because import Because, Computed
from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.course.acts import Draft
from posolog.course.case import Case
from posolog.course.decay import window
from posolog.course.given.giving import Giving
from posolog.course.given.match import is_open
from posolog.course.model import Dose, Planned, Status
from posolog.course.moments import hour_of
from posolog.course.words import ask, say, short, stop

DEVIATION_PERCENT = Decimal(10)


def as_given(case: Case, draft: Draft, giving: Giving) -> tuple[Planned, list[Finding]]:
    """The act as given: its own date, the dose due on that date, and how far the given one is from it."""
    act = draft.act
    dosed = draft.dose_on(giving.day) if draft.dose_on else None
    due_dose = dosed.dose if dosed else act.dose
    if due_dose is not None and act.dose is not None and act.dose.draw_text:
        due_dose = replace(due_dose, draw_text=act.dose.draw_text)
    said, findings = _compare(act, due_dose, giving)
    if act.when is not None and act.when != giving.day and not is_open(act):
        by_hope = draft.hoped == giving.day and act.anchor is not None
        said += f"; by the date first hoped for {act.anchor.name}" if by_hope and act.anchor else ""
        said += "" if by_hope else f"; planned for {act.when}"
    start = giving.at if hour_of(giving.at, case.zone) else None
    of: tuple[Because, ...] = (*(event.because for event in giving.events), act.because)
    because = Computed("given", said, of)
    kept = "; ".join(filter(None, (said, act.note)))
    open_stretch = is_open(act)
    earliest, latest = (None, None) if open_stretch else (act.earliest, act.latest)
    day = None if open_stretch else act.day
    return replace(
        act, status=Status.GIVEN, when=giving.day, start=start, stop=None, dose=due_dose, note=kept,
        because=because, earliest=earliest, latest=latest, day=day,
    ), findings  # fmt: skip


def _compare(act: Planned, due_dose: Dose | None, giving: Giving) -> tuple[str, list[Finding]]:
    if giving.amount is None:
        return "given, amount not recorded", []
    if due_dose is None:
        return f"given {say(giving.amount)}; no dose was planned", []
    planned = due_dose.per_dose
    if len(giving.events) > 1 and due_dose.per_day is not None:
        planned = due_dose.per_day
    if planned.unit.kind != giving.amount.unit.kind:
        return f"given {say(giving.amount)}; planned {say(planned)}", [_other_unit(act, planned, giving)]
    given = giving.amount.to(planned.unit)
    if planned.value == 0:
        return f"given {say(given)}; planned none", []
    percent = (given.value - planned.value) / planned.value * 100
    sign = "+" if percent > 0 else ""
    said = f"given {say(given, 2)}, planned {say(planned, 2)} ({sign}{short(percent, 1)} %)"
    return said, _deviation(act, due_dose, planned, given, percent, giving)


def _other_unit(act: Planned, planned: Quantity, giving: Giving) -> Finding:
    message = f"{act.name} was planned in {planned.unit.symbol} and given in {giving.events[0].unit}"
    place = Place("event", giving.events[0].value, giving.events[0].ident)
    return stop("GIVEN-UNIT", message, "correct the unit of the event", place, hazard="H10")


def _deviation(
    act: Planned, due_dose: Dose, planned: Quantity, given: Quantity, percent: Decimal, giving: Giving
) -> list[Finding]:
    if abs(percent) <= DEVIATION_PERCENT:
        return []
    place = Place("event", f"{giving.events[0].value} {giving.events[0].unit}", giving.events[0].ident)
    said = f"{act.name} on {giving.day}: given {say(given, 2)}, planned {say(planned, 2)}"
    if planned.unit.kind == "activity":
        factor = planned.unit.factor
        return list(window(planned.value * factor, given.value * factor, place, what=said))
    ratio = given.value / planned.value
    step = "review what was given today, and correct the record if it is wrong"
    if due_dose.per_course is not None and due_dose.per_course != planned and _near(given, due_dose.per_course):
        message = f"{said}: it equals the total of the course"
        return [stop("GIVEN-COURSE-TOTAL", message, step, place, hazard="H1")]
    if _tenfold(ratio):
        return [stop("GIVEN-TENFOLD", f"{said}: a tenfold difference", step, place, hazard="H10")]
    message = f"{said} ({short(percent, 1)} %, more than {short(DEVIATION_PERCENT)} %)"
    return [ask("GIVEN-DEVIATION", message, step, place, hazard="H1")]


def _near(one: Quantity, other: Quantity) -> bool:
    return abs(one.value - other.to(one.unit).value) <= abs(one.value) / 20


def _tenfold(ratio: Decimal) -> bool:
    return Decimal(8) <= ratio <= Decimal("12.5") or Decimal("0.08") <= ratio <= Decimal("0.125")

"""Start and stop of an administration where an hour is known."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

from posolog.core.finding import Finding, Place
from posolog.course.acts.frame import Frame
from posolog.course.case import Case
from posolog.course.moments import at_hour, later
from posolog.course.schedule import Slot
from posolog.course.words import note
from posolog.protocol.model import Give


def hours_of(frame: Frame, give: Give, slot: Slot) -> tuple[datetime | None, datetime | None]:
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


def _hour(frame: Frame, give: Give, slot: Slot) -> time | None:
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

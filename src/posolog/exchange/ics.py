"""A plan as iCalendar (RFC 5545): explicit events, stable identifiers, no recurrence.

An event keeps its UID when its date moves; writing over an older calendar raises SEQUENCE where something changed
and cancels what is no longer planned (HAZARDS section 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from posolog import __version__
from posolog.core.days import label_in
from posolog.core.finding import Finding, Place, Severity
from posolog.course.model import Plan, Planned, Status
from posolog.report import format as say
from posolog.report.boxes import dose_text
from posolog.report.calendar import is_stretch
from posolog.report.words import PURPOSE, route_words

KEPT = ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "STATUS")


def to_ics(plan: Plan, *, before: bytes | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """The calendar file and its losses. `before` is the file that it replaces, None where there is none."""
    calendar = Calendar()
    calendar.add("prodid", f"-//posolog//posolog {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{plan.protocol}, patient {plan.patient.ident}")
    old = _events(before)
    made = {str(event["UID"]): event for event in _made(plan)}
    for uid, event in made.items():
        event.add("sequence", _sequence(event, old.get(uid)))
        calendar.add_component(event)
    for uid, event in old.items():
        if uid not in made:
            calendar.add_component(_cancelled(event, plan.now))
    return calendar.to_ical(), _losses(plan)


def _made(plan: Plan) -> Iterable[Event]:
    for act in plan.acts:
        if act.when is not None and act.kind != "refer" and act.status is not Status.CLOSED:
            yield _event(act, plan)


def uid_of(act: Planned, plan: Plan) -> str:
    """The same act of the same patient has the same identifier, whatever its date."""
    anchor = act.anchor.name if act.anchor else ""
    parts = (plan.protocol, plan.patient.ident, act.line, act.kind, act.name, anchor, act.cycle, act.day, act.number)
    return sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:32] + "@posolog"


def _event(act: Planned, plan: Plan) -> Event:
    event = Event()
    event.add("uid", uid_of(act, plan))
    event.add("dtstamp", plan.now.astimezone(UTC))
    event.add("summary", summary_of(act))
    event.add("description", description_of(act))
    if act.start is not None:
        event.add("dtstart", act.start.astimezone(UTC))
        if act.stop is not None:
            event.add("dtend", act.stop.astimezone(UTC))
    elif act.when is not None:
        last = act.latest if is_stretch(act) and act.latest else act.when
        event.add("dtstart", act.when)
        event.add("dtend", last + timedelta(days=1))
    event.add("status", "TENTATIVE" if act.status in (Status.WAITING, Status.REFUSED) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def summary_of(act: Planned) -> str:
    """D−5: busulfan 256 mg; the answer of a gate that is not open stands behind it."""
    label = f"{say.day(act.day, act.anchor)}: " if act.day is not None and act.anchor is not None else ""
    words = {"give": f"{act.name} {dose_text(act)}", "taper": f"taper {act.name}"}.get(act.kind, act.name)
    gate = f" ({act.gate.answer})" if act.gate is not None and act.status is Status.WAITING else ""
    return say.spoken(f"{label}{words}{gate}")


def description_of(act: Planned) -> str:
    """Route, basis, note and the protocol's words."""
    lines = []
    if act.kind == "give":
        lines.append(f"Route: {route_words(act.name, act.route)}".replace("Route: route", "Route"))
    if act.dose is not None:
        lines += [f"Basis: {say.spoken(act.dose.basis)}", say.spoken(act.dose.rate_text)]
    if act.gate is not None and act.gate.missing:
        lines.append(f"Still missing: {say.spoken('; '.join(act.gate.missing))}")
    lines.append(say.spoken(act.note))
    lines.append(f'Protocol: "{" ".join(act.quote.split())}"' if act.quote else "")
    return "\n".join([line for line in lines if line] + [PURPOSE])


def _events(before: bytes | None) -> dict[str, Event]:
    """The events of an older calendar; a file that is none counts as absent."""
    if before is None:
        return {}
    try:
        calendar = Calendar.from_ical(before)
    except ValueError:
        return {}
    return {str(event["UID"]): event for event in calendar.events if "UID" in event}


def _sequence(event: Event, old: Event | None) -> int:
    if old is None:
        return 0
    number = int(old.get("SEQUENCE", 0))
    return number if _kept(event) == _kept(old) else number + 1


def _kept(event: Event) -> list[str]:
    """What a reader of the calendar would see changed."""
    return [_written(event, name) for name in KEPT]


def _written(event: Event, name: str) -> str:
    value = event[name].to_ical() if name in event else b""
    return value.decode() if isinstance(value, bytes) else str(value)


def _cancelled(old: Event, now: datetime) -> Event:
    if str(old.get("STATUS")) == "CANCELLED":
        return old
    number = int(old.get("SEQUENCE", 0)) + 1
    for name in ("SEQUENCE", "STATUS", "DTSTAMP"):
        old.pop(name, None)
    old.add("sequence", number)
    old.add("status", "CANCELLED")
    old.add("dtstamp", now.astimezone(UTC))
    return old


def _losses(plan: Plan) -> tuple[Finding, ...]:
    """Acts without a date cannot stand in a calendar: they are named."""
    undated = dict.fromkeys(act.name for act in plan.acts if act.when is None and act.kind != "refer")
    if not undated:
        return ()
    places = tuple(Place(name, where=_label(plan, name)) for name in undated)
    message = f"{len(undated)} act{'' if len(undated) == 1 else 's'} without a date: not in the calendar file"
    step = "Give the anchor's date, or settle the day; then write the calendar again."
    return (Finding("CALENDAR-UNDATED", Severity.NOTE, message, step, places),)


def _label(plan: Plan, name: str) -> str:
    act = next(act for act in plan.acts if act.name == name and act.when is None)
    day = f" {label_in(act.day, act.anchor)}" if act.day is not None and act.anchor is not None else ""
    return f"{act.line}{day}"

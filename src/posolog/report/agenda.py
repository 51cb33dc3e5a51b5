"""A plan as entries of an agenda, in words; `exchange.ics` writes them in the calendar standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from posolog.core.days import label_in
from posolog.core.finding import Finding, Place, Severity
from posolog.course.model import Plan, Planned, Status
from posolog.report import format as say
from posolog.report.boxes import dose_text
from posolog.report.calendar import is_stretch
from posolog.report.words import PURPOSE, route_words


@dataclass(frozen=True, slots=True)
class Entry:
    """One act with a date. `ident` stays the same when the date moves; `start` and `stop` where an hour is known."""

    ident: str
    summary: str
    description: str
    first: date
    last: date
    start: datetime | None
    stop: datetime | None
    tentative: bool


def agenda(plan: Plan) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The dated acts as entries, and a finding that names those without a date."""
    kept = [act for act in plan.acts if act.kind != "refer" and act.status is not Status.CLOSED]
    return tuple(_entry(act, act.when, plan) for act in kept if act.when is not None), _undated(kept)


def _entry(act: Planned, when: date, plan: Plan) -> Entry:
    return Entry(
        ident=ident_of(act, plan),
        summary=summary_of(act),
        description=description_of(act),
        first=when,
        last=act.latest if is_stretch(act) and act.latest else when,
        start=act.start,
        stop=act.stop,
        tentative=act.status in (Status.WAITING, Status.REFUSED),
    )


def ident_of(act: Planned, plan: Plan) -> str:
    """The same act of the same patient has the same identifier, whatever its date.

    What was given outside the plan has no day and no number; its date tells one giving from the next.
    """
    anchor = act.anchor.name if act.anchor else ""
    outside = act.when if act.anchor is None else None
    parts = (plan.protocol, plan.patient.ident, act.line, act.kind, act.name, anchor, act.cycle, act.day, act.number)
    return sha256("|".join(str(part) for part in (*parts, outside)).encode()).hexdigest()[:32] + "@posolog"


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


def _undated(acts: list[Planned]) -> tuple[Finding, ...]:
    undated = {act.name: act for act in acts if act.when is None}
    if not undated:
        return ()
    places = tuple(Place(name, where=_where(act)) for name, act in undated.items())
    message = f"{len(undated)} act{'' if len(undated) == 1 else 's'} without a date: not in the calendar file"
    step = "Give the anchor's date, or settle the day; then write the calendar again."
    return (Finding("CALENDAR-UNDATED", Severity.NOTE, message, step, places),)


def _where(act: Planned) -> str:
    day = f" {label_in(act.day, act.anchor)}" if act.day is not None and act.anchor is not None else ""
    return f"{act.line}{day}"

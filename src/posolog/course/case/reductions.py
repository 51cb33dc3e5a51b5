"""Dose reductions on the record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from posolog.core.because import Because, Entered
from posolog.core.finding import Finding, Place
from posolog.core.timeline import Event
from posolog.course.case.model import Case
from posolog.course.case.products import fits
from posolog.course.dosing import Reduction
from posolog.course.moments import local_date
from posolog.course.numbers import number
from posolog.course.words import stop


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

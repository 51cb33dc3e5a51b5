"""Conditions on a period of time: within so long of an event, stopped for so long."""

from __future__ import annotations

from datetime import date, timedelta

from posolog.core.days import add_months
from posolog.core.guard import Answer, Guard
from posolog.course.guards.known import Known, day_of, missing_fact, occurred, yes_no
from posolog.course.moments import local_date
from posolog.course.words import listed
from posolog.protocol.condition import StoppedFor, Within


def within(condition: Within, known: Known) -> Guard:
    """Whether one of the events happened in the days or months from another event on, the last day included."""
    start = _date(condition.of, known)
    if start is None:
        return missing_fact(f"date of {condition.of}")
    end = after(start, condition.number, condition.unit)
    for kind in condition.events:
        for event in known.timeline.named(kind):
            if occurred(event) and start <= local_date(event.at, known.zone) <= end:
                said = f"within {span_words(condition.number, condition.unit)} of {condition.of}"
                return yes_no(True, f"{kind} on {day_of(event, known)}, {said} ({start} to {end} included)")
    return _not_within(condition, known, end)


def _not_within(condition: Within, known: Known, end: date) -> Guard:
    """No only where each event is recorded as after the end, or as not happened on or after it."""
    open_events = [kind for kind in condition.events if not _settled(kind, known, end)]
    if open_events:
        return missing_fact(f"whether {listed(open_events)} happened by {end}")
    return yes_no(False, f"no {listed(condition.events)} by {end}")


def _settled(kind: str, known: Known, end: date) -> bool:
    events = known.timeline.named(kind)
    return any(local_date(event.at, known.zone) >= end for event in events)


def stopped_for(condition: StoppedFor, known: Known) -> Guard:
    """Whether a state has been stopped for so long, and not started again."""
    state = condition.state
    stops = [e for e in known.timeline.named(f"{state} stopped") if occurred(e)]
    starts = [
        event
        for word in ("started", "restarted", "resumed")
        for event in known.timeline.named(f"{state} {word}")
        if occurred(event)
    ]
    if not stops:
        return missing_fact(f"date when {state} stopped")
    stopped = stops[-1]
    again = [event for event in starts if event.at >= stopped.at]
    if again:
        return yes_no(False, f"{state} started again on {day_of(again[-1], known)}")
    return _long_enough(condition, known, local_date(stopped.at, known.zone))


def _long_enough(condition: StoppedFor, known: Known, since: date) -> Guard:
    until = after(since, condition.number, condition.unit)
    span = span_words(condition.number, condition.unit)
    said = f"{condition.state} stopped on {since}; {span} are complete on {until}"
    if until <= known.today:
        return yes_no(True, said)
    if known.may_wait:
        return Guard(Answer.UNKNOWN, (said,), (f"{condition.state} still stopped on {until}",))
    return yes_no(False, said)


def _date(kind: str, known: Known) -> date | None:
    event = next((event for event in known.timeline.named(kind) if occurred(event)), None)
    if event is not None:
        return local_date(event.at, known.zone)
    return next((day for name, day in known.anchors.items() if name.casefold() == kind.casefold()), None)


def after(start: date, number: int, unit: str) -> date:
    """`number` days, weeks, calendar months or years after `start` (a month too short ends on its last day)."""
    if unit == "month":
        return add_months(start, number)
    if unit == "year":
        return add_months(start, 12 * number)
    return start + timedelta(days=number * (7 if unit == "week" else 1))


def span_words(number: int, unit: str) -> str:
    """"1 month", "6 weeks"."""
    return f"{number} {unit}" + ("" if number == 1 else "s")

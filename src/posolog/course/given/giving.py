"""Givings on the record: events, or several of one agent on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.core.timeline import Event
from posolog.course.acts import Draft
from posolog.course.case import Case
from posolog.course.moments import local_date
from posolog.course.numbers import amount
from posolog.course.words import stop


@dataclass(frozen=True, slots=True)
class Giving:
    """One giving on the record: an event, or several of one agent on one day where the plan knows one act a day."""

    agent: str
    day: date
    at: datetime
    amount: Quantity | None
    events: tuple[Event, ...]


def unreadable(event: Event) -> Finding:
    """A stop finding for an amount that cannot be read."""
    message = f"the amount given of {event.subject}, {event.value!r} {event.unit!r}, cannot be read"
    place = Place("event", event.value, event.ident)
    return stop("EVENT-VALUE", message, "correct the event: number and unit", place, hazard="H10")


def amount_of(event: Event) -> Quantity | None:
    """The amount of an event; None where there is none or it cannot be read."""
    try:
        return amount(f"{event.value} {event.unit}") if event.value else None
    except ValueError:
        return None


def givings_of(case: Case, drafts: list[Draft], places: list[int], events: list[Event]) -> list[Giving]:
    """The events of one agent as givings: by day where the plan has one act a day, else one by one."""
    days = [drafts[index].act.when for index in places]
    merge = len(days) == len(set(days))
    grouped: dict[object, list[Event]] = {}
    for event in events:
        day = local_date(event.at, case.zone)
        grouped.setdefault(day if merge else (day, event.at, event.ident), []).append(event)
    found = []
    for group in grouped.values():
        amounts = [value for event in group if (value := amount_of(event)) is not None]
        total = None
        if len(amounts) == len(group) and len({value.unit.kind for value in amounts}) == 1:
            total = amounts[0]
            for value in amounts[1:]:
                total = total + value
        first = group[0]
        day = local_date(first.at, case.zone)
        found.append(Giving(first.subject, day, first.at, total, tuple(group)))
    return sorted(found, key=lambda giving: (giving.at, giving.events[0].ident))

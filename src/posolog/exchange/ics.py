"""Agenda entries as iCalendar (RFC 5545): explicit events, stable identifiers, no recurrence.

An event keeps its UID when its date moves; writing over an older calendar raises SEQUENCE where something changed
and cancels what is no longer planned.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from icalendar import Calendar, Event

from posolog import __version__

KEPT = ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "STATUS")


class Entry(Protocol):
    """What an entry must tell: whole days from `first` to `last`, or `start` and `stop` where an hour is known."""

    @property
    def ident(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def start(self) -> datetime | None: ...
    @property
    def stop(self) -> datetime | None: ...
    @property
    def tentative(self) -> bool: ...


def to_ics(entries: Iterable[Entry], *, name: str, now: datetime, before: bytes | None = None) -> bytes:
    """The calendar file. `before` is the file that it replaces, None where there is none."""
    calendar = Calendar()
    calendar.add("prodid", f"-//posolog//posolog {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    old = _events(before)
    made = {entry.ident: _event(entry, now) for entry in entries}
    for uid, event in made.items():
        event.add("sequence", _sequence(event, old.get(uid)))
        calendar.add_component(event)
    for uid, event in old.items():
        if uid not in made:
            calendar.add_component(_cancelled(event, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.ident)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.start is not None:
        event.add("dtstart", entry.start.astimezone(UTC))
        if entry.stop is not None:
            event.add("dtend", entry.stop.astimezone(UTC))
    else:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


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

"""One patient's events, on two clocks: when it happened, and when it became known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from posolog.core.because import Because, Entered


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the patient.

    `kind` is the clinic's name of it ("graft transfusion", "weight", "given", "acute GVHD", "death"); `value` its
    value as written ("78", "II", "CR"); `subject` what it concerns (the agent of a "given"). Times are aware
    datetimes. A correction names the `ident` it corrects; the corrected event stays on file and stops counting.
    """

    ident: str
    kind: str
    at: datetime
    known: datetime
    value: str = ""
    unit: str = ""
    subject: str = ""
    corrects: str = ""
    because: Because = field(default=Entered("unknown"), compare=False)

    def number(self) -> Decimal | None:
        """The value as a number, or None where it is not one."""
        text = self.value.strip()
        return Decimal(text) if text and text.lstrip("+-").replace(".", "", 1).isdecimal() else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of happening, then of becoming known, then of ident: recording order plays no part."""

    events: tuple[Event, ...] = ()

    @staticmethod
    def of(events: Iterable[Event]) -> Timeline:
        return Timeline(tuple(sorted(set(events), key=lambda e: (e.at, e.known, e.ident, e.kind, e.value))))

    def as_known(self, now: datetime) -> Timeline:
        """What was known at `now`: later knowledge is absent, and corrected events no longer count."""
        known = [event for event in self.events if event.known <= now]
        gone = {event.corrects for event in known if event.corrects}
        return Timeline(tuple(event for event in known if event.ident not in gone))

    def named(self, kind: str) -> tuple[Event, ...]:
        wanted = kind.casefold()
        return tuple(event for event in self.events if event.kind.casefold() == wanted)

    def last(self, kind: str) -> Event | None:
        found = self.named(kind)
        return found[-1] if found else None

    def first(self, kind: str) -> Event | None:
        found = self.named(kind)
        return found[0] if found else None

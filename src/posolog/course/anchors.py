"""Which date each anchor has: recorded events replace hoped-for dates; what disagrees is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from posolog.core.because import Because, Entered
from posolog.core.days import Anchor
from posolog.core.finding import Finding, Place
from posolog.core.timeline import Timeline
from posolog.course.guards import occurred
from posolog.course.moments import Moment, hour_of, local_date
from posolog.course.words import listed, note, stop
from posolog.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Anchored:
    """One anchor's date as it stands, the date once hoped for, the hour where one is known, and why."""

    anchor: Anchor
    when: date | None = None
    hoped: date | None = None
    hour: time | None = None
    because: Because = field(default=Entered("unknown"), compare=False)


def resolve(
    protocol: Protocol, timeline: Timeline, hoped: Mapping[str, Moment], zone: ZoneInfo
) -> tuple[dict[str, Anchored], tuple[Finding, ...]]:
    """Every anchor of the protocol by name. `timeline` holds only what has happened and is known.

    A recorded event of the anchor's kind replaces the hoped-for date when it is later (ANCHOR-MOVED). An
    earlier one, or two on different days, is ANCHOR-CONTRADICTORY and leaves the anchor without a date.
    """
    findings = [_unknown(name, protocol) for name in hoped if _named(name, protocol) is None]
    by_name = {anchor.name: moment for name, moment in hoped.items() if (anchor := _named(name, protocol))}
    found = {}
    for anchor in protocol.anchors:
        found[anchor.name], faults = _one(anchor, timeline, by_name.get(anchor.name), zone)
        findings += faults
    return found, tuple(findings)


def _named(name: str, protocol: Protocol) -> Anchor | None:
    wanted = name.casefold()
    return next((a for a in protocol.anchors if wanted in (a.name.casefold(), a.event.casefold())), None)


def _unknown(name: str, protocol: Protocol) -> Finding:
    names = listed(anchor.name for anchor in protocol.anchors)
    message = f"the protocol has no anchor {name!r}"
    return stop("ANCHOR-UNKNOWN", message, f"use {names}" if names else "add the anchor to the protocol file")


def _one(
    anchor: Anchor, timeline: Timeline, hoped: Moment | None, zone: ZoneInfo
) -> tuple[Anchored, tuple[Finding, ...]]:
    hope = _date(hoped, zone)
    hour = hour_of(hoped, zone) if hoped is not None else None
    events = [event for event in timeline.named(anchor.event) if occurred(event)]
    if not events:
        entered = Entered("plan", why=f"{anchor.name} ({anchor.event}) hoped for on {hope}")
        return Anchored(anchor, hope, hope, hour, entered), ()
    days = sorted({local_date(event.at, zone) for event in events})
    if len(days) > 1:
        said = f"{anchor.event} is recorded on {listed(map(str, days), 'and')}"
        return Anchored(anchor, None, hope, None), (_contradictory(anchor, said),)
    actual = days[0]
    if hope is not None and actual < hope:
        said = f"{anchor.name} is entered as {hope}, and {anchor.event} is recorded on {actual}"
        return Anchored(anchor, None, hope, None), (_contradictory(anchor, said),)
    recorded = hour_of(events[0].at, zone) or (hour if actual == hope else None)
    result = Anchored(anchor, actual, hope, recorded, events[0].because)
    if hope is None or hope == actual:
        return result, ()
    message = (
        f"{anchor.event} took place on {actual}, not on {hope}: what is not yet given moves with {anchor.name}"
    )
    return result, (note("ANCHOR-MOVED", message, "replace earlier printed calendars", Place("anchor", anchor.name)),)


def _contradictory(anchor: Anchor, said: str) -> Finding:
    message = f"{said}: no day is counted from {anchor.name} until this is settled"
    step = "correct the date, or record the corrected event"
    return stop("ANCHOR-CONTRADICTORY", message, step, Place("anchor", anchor.name), hazard="H18")


def _date(moment: Moment | None, zone: ZoneInfo) -> date | None:
    if isinstance(moment, datetime):
        return local_date(moment, zone) if moment.tzinfo else moment.date()
    return moment

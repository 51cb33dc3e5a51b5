"""One patient's case at one moment: everything the rule `due` may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding
from posolog.core.guard import Guard
from posolog.core.timeline import Timeline
from posolog.course.anchors import Anchored
from posolog.course.body import Body
from posolog.course.choose import Choices
from posolog.course.dosing import Settings
from posolog.course.model import Patient
from posolog.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Measured:
    """A weight or height from one day on, and where it comes from."""

    day: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs of `due`, resolved. `timeline` holds only what has happened and is known at `now`."""

    protocol: Protocol
    patient: Patient
    timeline: Timeline
    now: datetime
    today: date
    zone: ZoneInfo
    arm: str
    choices: Choices
    anchors: Mapping[str, Anchored]
    weights: tuple[Measured, ...]
    heights: tuple[Measured, ...]
    settings: Settings
    findings: tuple[Finding, ...]
    event_dates: Mapping[str, date] = field(default_factory=dict)
    guards: dict[tuple[int, bool], Guard] = field(default_factory=dict, compare=False)
    bodies: dict[date | None, Body] = field(default_factory=dict, compare=False)

"""Who belongs to an endpoint: start, arm and strata of each patient, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from posolog.core.guard import Answer
from posolog.core.timeline import Event
from posolog.course.guards import after
from posolog.endpoints.decide import Dated
from posolog.endpoints.match import any_named, happened, is_named
from posolog.endpoints.patients import Subject
from posolog.endpoints.rows import Excluded
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition, Length
from posolog.protocol.model import Protocol, TimePoint

ONCE = ("death", "randomisation", "inclusion")
RANDOMISED, TREATED, STARTED, AGAIN = "as randomised", "as treated", "all who start", "re-anchored"


@dataclass(frozen=True, slots=True)
class Member:
    """A patient of the population; `start` None is a missing record, `before` and `records` stand around the start."""

    subject: Subject
    arm: str
    strata: tuple[str, ...]
    start: Dated | None
    records: tuple[Dated, ...]
    before: tuple[Dated, ...] = ()
    origin: Dated | None = None  # the first record that starts any endpoint of the trial
    conflict: tuple[Dated, ...] = ()  # a second death, or a second randomisation, on another day


def population_of(definition: Definition, protocol: Protocol) -> str:
    """The population in words; where none is written, everybody of a randomised trial, else all who start."""
    randomised = protocol.allocation is not None and protocol.allocation.randomised
    return definition.population or (RANDOMISED if randomised and len(protocol.arms) > 1 else STARTED)


def members(trial: Trial, definition: Definition) -> Iterator[Member | Excluded]:
    """Every patient of the table, in its order, as a member or as excluded."""
    population = population_of(definition, trial.protocol)
    first_of_arm = arm_events(trial.protocol)
    every_start = tuple({name for e in trial.protocol.endpoints if e.define for name in e.define.start})
    for subject in trial.subjects:
        records = seen(trial, subject.ident)
        starts = [r for r in records if any_named(r.event, definition.start) and happened(r.event) is Answer.YES]
        arm = subject.arm
        if population == TREATED:
            arm = next((arm for r in records for event, arm in first_of_arm if is_named(r.event, event)), "")
            if not arm:
                yield Excluded(subject.ident, subject.arm, "no treatment is recorded")
                continue
        start = starts[0] if starts else None
        if start is None and population in (STARTED, AGAIN):
            yield Excluded(subject.ident, arm, f"no {' or '.join(definition.start)} is recorded")
            continue
        strata = trial.protocol.allocation.strata if trial.protocol.allocation else ()
        on_or_after = tuple(r for r in records if start is not None and r.day >= start.day)
        earlier = tuple(r for r in records if start is not None and r.day < start.day)
        groups = tuple(subject.fact(stratum) for stratum in strata)
        origin = next((r for r in records if any_named(r.event, (*every_start, *definition.start))), None)
        yield Member(subject, arm, groups, start, on_or_after, earlier, origin, _conflict(records, definition))


def seen(trial: Trial, ident: str) -> tuple[Dated, ...]:
    """What was known of a patient at the cut, by local day."""
    return trial.seen(ident)


def _conflict(records: tuple[Dated, ...], definition: Definition) -> tuple[Dated, ...]:
    """Records of what can happen once, on different days, where the definition rests on it."""
    names = {*definition.start, *(outcome.event for outcome in definition.outcomes())}
    for kind in ONCE:
        if not any(name.casefold() == kind for name in names):
            continue
        found = [r for r in records if r.event.kind.casefold() == kind and happened(r.event) is Answer.YES]
        if len({record.day for record in found}) > 1:
            return tuple(found)
    return ()


@lru_cache(maxsize=16)
def arm_events(protocol: Protocol) -> tuple[tuple[str, str], ...]:
    """(event, arm) of every anchor whose parts belong to one arm: what shows which treatment came first."""
    found = []
    for anchor in protocol.anchors:
        arms = {part.arm for part in protocol.parts if part.anchor == anchor.name}
        if len(arms) == 1 and (arm := arms.pop()):
            found.append((anchor.event, arm))
    return tuple(found)


def place_of(event: Event) -> str:
    """Where a record stands: "events.csv, line 12", as its file said."""
    because = event.because
    file, line = getattr(because, "who", ""), getattr(because, "why", "")
    return f"{file}, {line}" if file and line else file


def days_of(point: TimePoint | Length, definition: Definition) -> int:
    """A time point in whole days by the definition's month; halves are rounded up.

    >>> from posolog.protocol.definition import Method
    >>> days_of(TimePoint(2, "year"), Definition(Method.KAPLAN_MEIER))
    731
    """
    if point.unit in ("day", "baseline"):
        return point.number
    if point.unit == "week":
        return 7 * point.number
    months = point.number * (12 if point.unit == "year" else 1)
    return int(months * definition.month_days + definition.month_days.__class__("0.5"))


def date_after(start: date, point: TimePoint | Length) -> date:
    """The calendar day of a visit: months and years by the calendar, a month too short ends on its last day."""
    return start if point.unit == "baseline" else after(start, point.number, point.unit)

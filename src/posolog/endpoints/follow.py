"""The pieces that every row is made of: the last record, the row and its reasons, what is missing and where."""

from __future__ import annotations

import re
from datetime import date, timedelta

from posolog.core.because import Because, Computed
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer
from posolog.course.words import ask
from posolog.endpoints.decide import Dated, Doubt
from posolog.endpoints.match import any_named, happened, is_named
from posolog.endpoints.people import Member, date_after, place_of
from posolog.endpoints.rows import Row
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.model import Endpoint, TimePoint

DEATH = "death"


def observation_ends(trial: Trial) -> tuple[str, ...]:
    """The protocol's ends of observation but death, which is an event of its own."""
    return tuple(end for end in trial.protocol.ends if end.casefold() != DEATH)


def ended(member: Member, names: tuple[str, ...]) -> Dated | None:
    """The first record of an event of these names that happened."""
    return next((r for r in member.records if any_named(r.event, names) and happened(r.event) is Answer.YES), None)


def nearest(member: Member, name: str, window: tuple[date, date, date]) -> tuple[Dated, ...]:
    """The records of that name nearest to the middle day of `window` (first, middle, last), all equally near."""
    first, middle, last = window
    near = [r for r in member.records if is_named(r.event, name) and first <= r.day <= last]
    best = min((abs((record.day - middle).days) for record in near), default=0)
    return tuple(record for record in near if abs((record.day - middle).days) == best)


def window_of(member: Member, definition: Definition, point: TimePoint) -> tuple[date, date, date]:
    """The first, the middle and the last day of a time point's window."""
    assert member.start is not None
    target = date_after(member.start.day, point)
    before, after = timedelta(definition.before_days or 0), timedelta(definition.after_days or 0)
    return target - before, target, target + after


def last_seen(member: Member, definition: Definition) -> tuple[Dated, str]:
    """The record that shows the patient last without event, and the words for it."""
    start = member.start
    assert start is not None
    kept = [r for r in member.records if not definition.followed or is_named(r.event, definition.followed)]
    if kept:
        return kept[-1], f"censored at the last record, {kept[-1].event.kind} on {kept[-1].day}"
    return start, f"censored at the start: no {definition.followed} is recorded after it"


def row_of(
    member: Member, endpoint: Endpoint, days: int, code: int | None, *,
    cause: str = "", why: str = "", value: str = "", at: str = "", measure: str = "", record: Dated | None = None,
    number: float | None = None,
) -> Row:  # fmt: skip
    """A row with its reasons: the start and the record that decided."""
    start = member.start
    of = tuple(found.event.because for found in (start, record) if found is not None)
    day = start.day if start else None
    formula = f"{record.day} - {day} = {days} days" if record and day and (record.day - day).days == days else ""
    because: Because = Computed(f"{endpoint.name}: {why}", formula, of)
    return Row(
        member.subject.ident, endpoint.name, member.arm, member.strata, day, days, code, cause, why, value, at,
        measure, record.event.ident if record else "", place_of(record.event) if record else "", number, because,
    )  # fmt: skip


def unknown(member: Member, endpoint: Endpoint, missing: str, doubt: Doubt | None, *, at: str = "") -> Row:
    """The row that says what is missing."""
    start = member.start
    event = doubt.event if doubt else None
    return Row(
        member.subject.ident, endpoint.name, member.arm, member.strata, start.day if start else None, None, None,
        why=f"not known yet: {missing}", at=at, record=event.ident if event else "",
        line=place_of(event) if event else "",
        because=Computed(f"not known yet: {missing}", "", (event.because,) if event else ()),
    )  # fmt: skip


def unknown_finding(member: Member, endpoint: Endpoint, missing: str, doubt: Doubt | None, at: str = "") -> Finding:
    when = f" at {at}" if at else ""
    return ask(
        "ROW-UNKNOWN",
        f"{member.subject.ident}, {endpoint.name}{when}: not known yet, {missing}",
        "record it, or correct the record; until then the patient is left out of this endpoint and counted as such",
        record_place(Dated(doubt.day, doubt.event)) if doubt else Place("patient", member.subject.ident),
    )


def dated_words(doubt: Doubt) -> str:
    """What is missing, with its day."""
    words = doubt.missing
    return words if re.search(r"\d{4}-\d\d-\d\d", words) else f"{words} on {doubt.day}"


def record_place(record: Dated) -> Place:
    """Where a record stands in its file."""
    file = getattr(record.event.because, "who", "")
    words = getattr(record.event.because, "why", "")
    line = int(words.removeprefix("line ")) if words.startswith("line ") and words[5:].isdecimal() else None
    return Place("record", f"{record.event.kind} {record.event.value}".strip(), file, line)

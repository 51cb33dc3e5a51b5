"""Time-to-event rows: from the start to the first event that counts, or to the last day known to be without it."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.core.because import Because, Computed
from posolog.core.finding import Finding, Place
from posolog.core.guard import Answer
from posolog.course.words import ask
from posolog.endpoints.decide import Dated, Decided, Doubt, coded, decide
from posolog.endpoints.match import is_named, qualifies
from posolog.endpoints.people import Member, members, place_of
from posolog.endpoints.rows import CENSORED, Excluded, Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.model import Endpoint

DEATH = "death"


def time_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient of the population, in the order of the table."""
    definition = endpoint.define
    assert definition is not None
    ends = tuple(end for end in trial.protocol.ends if end.casefold() != DEATH)
    found: list[Row] = []
    excluded: list[Excluded] = []
    findings: list[Finding] = []
    for member in members(trial, definition):
        if isinstance(member, Excluded):
            excluded.append(member)
            continue
        row, faults = _row(member, endpoint, definition, ends)
        found.append(row)
        findings += faults
    return Rows(endpoint.name, tuple(found), (), tuple(excluded), tuple(findings))


def _row(
    member: Member, endpoint: Endpoint, definition: Definition, ends: tuple[str, ...]
) -> tuple[Row, list[Finding]]:
    if member.start is None:
        missing = f"the date of {' or '.join(definition.start)}"
        return unknown(member, endpoint, missing, None), [unknown_finding(member, endpoint, missing, None)]
    decided, doubts = decide(member.records, definition, ends=ends)
    doubts = (*doubts, *_contradictions(member, decided))
    findings = _before_start(member, endpoint, definition)
    early_death = next((f for f in member.before if f.event.kind.casefold() == DEATH and _counts(f, definition)), None)
    if early_death is not None:
        doubts = (*doubts, Doubt(early_death.day, -1, "death is recorded before the start", early_death.event))
    if doubts:
        doubt = min(doubts, key=lambda doubt: doubt.day)
        doubt = replace(doubt, missing=dated_words(doubt))
        row = unknown(member, endpoint, doubt.missing, doubt)
        return row, [*findings, unknown_finding(member, endpoint, doubt.missing, doubt)]
    return _known(member, endpoint, definition, decided), findings


def _counts(record: Dated, definition: Definition) -> bool:
    return any(qualifies(record.event, outcome).answer is Answer.YES for _, outcome in coded(definition))


def _contradictions(member: Member, decided: Decided | None) -> tuple[Doubt, ...]:
    """A second death (or start) on another day forbids every row that ends on or after the first of them."""
    if not member.conflict:
        return ()
    first = member.conflict[0]
    if decided is not None and decided.day < first.day:
        return ()
    days = " and ".join(str(record.day) for record in member.conflict)
    return (Doubt(first.day, -1, f"which date of {first.event.kind} holds: {days}", first.event),)


def _before_start(member: Member, endpoint: Endpoint, definition: Definition) -> list[Finding]:
    """Records that would count, dated before anything has started: not counted, and asked about."""
    assert member.start is not None and member.origin is not None
    early = [r for r in member.before if r.day < member.origin.day and r.event.kind.casefold() != DEATH]
    found = [record for record in early if _counts(record, definition)]
    return [
        ask(
            "ROW-BEFORE-START",
            f"{member.subject.ident}: {record.event.kind} on {record.day} lies before {member.origin.event.kind} on "
            f"{member.origin.day}: it does not count for {endpoint.name}",
            "correct the date where it is wrong; a history from before the start is no event of this endpoint",
            record_place(record),
        )
        for record in found
    ]


def _known(member: Member, endpoint: Endpoint, definition: Definition, decided: Decided | None) -> Row:
    """The row of a patient about whom nothing is in doubt."""
    start = member.start
    assert start is not None
    if decided is None:
        last, why = last_seen(member, definition)
        return row_of(member, endpoint, (last.day - start.day).days, CENSORED, why=why, record=last)
    kind = "censored at" if decided.code == CENSORED else "decided by"
    why = f"{kind} {decided.event.kind} on {decided.day}"
    days = (decided.day - start.day).days
    record = Dated(decided.day, decided.event)
    return row_of(member, endpoint, days, decided.code, cause=decided.cause, why=why, record=record)


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

"""Rows of a panel measured at visits: one a patient, measure and time point, and why a value is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from posolog.core.finding import Finding
from posolog.core.guard import Answer
from posolog.course.words import ask
from posolog.endpoints.decide import Dated, decide
from posolog.endpoints.follow import DEATH, record_place, row_of, unknown, unknown_finding
from posolog.endpoints.match import any_named, happened, is_named
from posolog.endpoints.people import Member, date_after, members
from posolog.endpoints.rows import Excluded, Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint, TimePoint

MISSING, MEASURED = 0, 1


def panel_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """Code 1 with the number, 0 where a named event ended the measurements (`cause`), None where a value is missing."""
    definition = endpoint.define
    assert definition is not None
    rows: list[Row] = []
    excluded: list[Excluded] = []
    findings: list[Finding] = []
    for member in members(trial, definition):
        if isinstance(member, Excluded):
            excluded.append(member)
            continue
        if member.start is None:
            missing = f"the date of {' or '.join(definition.start)}"
            rows.append(unknown(member, endpoint, missing, None))
            findings.append(unknown_finding(member, endpoint, missing, None))
            continue
        for measure in definition.measures:
            for point in endpoint.at:
                row, finding = _cell(trial, member, endpoint, definition, measure, point)
                rows.append(row)
                findings += [finding] if finding else []
    return Rows(endpoint.name, tuple(rows), (), tuple(excluded), (*findings, *_units(trial, definition)))


def _cell(
    trial: Trial, member: Member, endpoint: Endpoint, definition: Definition, measure: str, point: TimePoint
) -> tuple[Row, Finding | None]:
    assert member.start is not None
    label, start = print_time_point(point), member.start.day
    target = date_after(start, point)
    first = target - timedelta(definition.before_days or 0)
    last = target + timedelta(definition.after_days or 0)
    near = [r for r in member.records if is_named(r.event, measure) and first <= r.day <= last and r.event.value]
    if near:
        return _measured(member, endpoint, min(near, key=lambda r: (abs((r.day - target).days), r.day)), measure, label)
    gone = _gone(trial, member, definition, last)
    if gone is not None:
        why = f"no measurement: {gone.event.kind} on {gone.day}"
        days = (target - start).days
        row = row_of(
            member, endpoint, days, MISSING, cause=gone.event.kind, why=why, at=label, measure=measure, record=gone
        )
        return row, None
    return _no_number(member, endpoint, f"no {measure} in the window around {target}", measure, label), None


def _measured(
    member: Member, endpoint: Endpoint, record: Dated, measure: str, label: str
) -> tuple[Row, Finding | None]:
    assert member.start is not None
    number = record.event.number()
    if number is None or number < 0:
        finding = ask(
            "ROW-VALUE",
            f"{member.subject.ident}: {measure} {record.event.value!r} on {record.day} is no number from 0 up",
            "write the number alone, with a decimal point; the limit of detection where it lies below",
            record_place(record),
        )
        missing = f"{measure} {record.event.value!r} is no number"
        return _no_number(member, endpoint, missing, measure, label), finding
    why = f"{measure} {record.event.value} {record.event.unit}".strip() + f" on {record.day}"
    row = row_of(
        member, endpoint, (record.day - member.start.day).days, MEASURED, why=why, value=record.event.value, at=label,
        measure=measure, record=record, number=float(number),
    )  # fmt: skip
    return row, None


def _no_number(member: Member, endpoint: Endpoint, missing: str, measure: str, label: str) -> Row:
    return replace(unknown(member, endpoint, missing, None, at=label), measure=measure)


def _gone(trial: Trial, member: Member, definition: Definition, last: date) -> Dated | None:
    """The named event, the death or the withdrawal by the end of the window, the first of them."""
    records = tuple(record for record in member.records if record.day <= last)
    decided, _ = decide(records, Definition(definition.method, events=definition.competing, ties=definition.ties))
    names = (*trial.protocol.ends, DEATH)
    left = next((r for r in records if any_named(r.event, names) and happened(r.event) is Answer.YES), None)
    named = Dated(decided.day, decided.event) if decided else None
    return min((r for r in (named, left) if r is not None), key=lambda r: r.day, default=None)


def _units(trial: Trial, definition: Definition) -> list[Finding]:
    """A measure recorded in two units cannot be pooled."""
    found = []
    for measure in definition.measures:
        units = sorted(
            {
                event.unit
                for subject in trial.subjects
                for event in trial.known(subject.ident).events
                if is_named(event, measure)
            }
        )
        if len(units) > 1:
            message = f"{measure} is recorded in {len(units)} units: {', '.join(unit or 'none' for unit in units)}"
            found.append(ask("ROW-UNITS", message, "record it in one unit: the numbers are not comparable"))
    return found

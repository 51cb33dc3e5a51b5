"""Rows of a panel measured at visits: one a patient, measure and time point, and why a value is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from posolog.core.finding import Finding
from posolog.course.words import ask
from posolog.endpoints.decide import Dated, decide
from posolog.endpoints.follow import DEATH, ended, nearest, record_place, row_of, unknown, window_of
from posolog.endpoints.gather import Answered, gather
from posolog.endpoints.match import names_of
from posolog.endpoints.people import Member
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint, TimePoint

MISSING, MEASURED = 0, 1


def panel_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """Code 1 with the number, 0 where a named event ended the measurements (`cause`), None where a value is missing."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> Iterator[Answered]:
        for measure in definition.measures:
            for point in endpoint.at:
                yield _cell(trial, member, endpoint, definition, measure, point)

    found = gather(trial, endpoint, answer)
    return replace(found, findings=(*found.findings, *_units(trial, definition)))


def _cell(
    trial: Trial, member: Member, endpoint: Endpoint, definition: Definition, measure: str, point: TimePoint
) -> Answered:
    assert member.start is not None
    label, window = print_time_point(point), window_of(member, definition, point)
    near = [record for record in nearest(member, measure, window) if record.event.value]
    if near:
        return _measured(member, endpoint, near[0], measure, label)
    gone = _gone(trial, member, definition, window[2])
    if gone is None:
        return _no_number(member, endpoint, f"no {measure} in the window around {window[1]}", measure, label), ()
    why = f"no measurement: {gone.event.kind} on {gone.day}"
    days = (window[1] - member.start.day).days
    row = row_of(
        member, endpoint, days, MISSING, cause=gone.event.kind, why=why, at=label, measure=measure, record=gone
    )
    return row, ()


def _measured(member: Member, endpoint: Endpoint, record: Dated, measure: str, label: str) -> Answered:
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
        return _no_number(member, endpoint, missing, measure, label), (finding,)
    why = f"{measure} {record.event.value} {record.event.unit}".strip() + f" on {record.day}"
    row = row_of(
        member, endpoint, (record.day - member.start.day).days, MEASURED, why=why, value=record.event.value, at=label,
        measure=measure, record=record, number=float(number),
    )  # fmt: skip
    return row, ()


def _no_number(member: Member, endpoint: Endpoint, missing: str, measure: str, label: str) -> Row:
    return replace(unknown(member, endpoint, missing, None, at=label), measure=measure)


def _gone(trial: Trial, member: Member, definition: Definition, last: date) -> Dated | None:
    """The named event, the death or the withdrawal by the end of the window, the first of them."""
    records = tuple(record for record in member.records if record.day <= last)
    decided, _ = decide(records, Definition(definition.method, events=definition.competing, ties=definition.ties))
    left = ended(member, (*trial.protocol.ends, DEATH))
    left = left if left is not None and left.day <= last else None
    named = Dated(decided.day, decided.event) if decided else None
    return min((r for r in (named, left) if r is not None), key=lambda r: r.day, default=None)


def _units(trial: Trial, definition: Definition) -> list[Finding]:
    """A measure recorded in two units cannot be pooled."""
    met: dict[str, set[str]] = {}
    for subject in trial.subjects:
        for record in trial.seen(subject.ident):
            for name in names_of(record.event):
                met.setdefault(name, set()).add(record.event.unit)
    found = []
    for measure in definition.measures:
        units = sorted(met.get(measure.casefold(), ()))
        if len(units) > 1:
            message = f"{measure} is recorded in {len(units)} units: {', '.join(unit or 'none' for unit in units)}"
            found.append(ask("ROW-UNITS", message, "record it in one unit: the numbers are not comparable"))
    return found

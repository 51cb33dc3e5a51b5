"""Assessments: days and weeks from the anchor, calendar months and years by the stated rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from posolog.core.because import Because, Computed
from posolog.core.guard import Answer
from posolog.course.anchors import Anchored
from posolog.course.case import Case, guard_of, join, unknown_guard
from posolog.course.guards import after, span_words
from posolog.course.model import Planned, Status
from posolog.course.words import quoted, reads
from posolog.protocol.model import TimePoint, Visits


def visits_of(case: Case) -> list[Planned]:
    """Every visit of the patient's arm. Baseline has no day of its own; the protocol does not state one."""
    return [
        _visit(case, visits, point, number)
        for visits in case.protocol.visits
        if (not visits.arm or visits.arm == case.arm) and visits.anchor in case.anchors
        for number, point in enumerate(visits.at, 1)
    ]


def _visit(case: Case, visits: Visits, point: TimePoint, number: int) -> Planned:
    held = case.anchors[visits.anchor]
    baseline = point.unit == "baseline"
    when = after(held.when, point.number, point.unit) if held.when and not baseline else None
    name = f"{visits.name}, {'baseline' if baseline else span_words(point.number, point.unit)}"
    act = Planned(visits.name, visits.name, "visit", name, held.anchor, _day(point, held), when, Status.PLANNED)
    act = replace(
        act, number=number, quote=quoted(visits.sources), because=_why(visits, point, held, when),
        note=_note(visits, baseline=baseline),
    )  # fmt: skip
    if when is not None and visits.before_days is not None and visits.after_days is not None:
        earliest = when - timedelta(days=visits.before_days)
        act = replace(act, earliest=earliest, latest=when + timedelta(days=visits.after_days))
    return _gated(case, visits, act, waits=held.when is None and not baseline)


def _gated(case: Case, visits: Visits, act: Planned, *, waits: bool) -> Planned:
    assert act.anchor is not None
    gate = guard_of(case, visits.condition, may_wait=True)
    if waits:
        gate = join(gate, unknown_guard(f"date of {act.anchor.event} ({act.anchor.name})"))
    status = Status.PLANNED
    if gate is not None and gate.answer is not Answer.YES:
        status = Status.CLOSED if gate.answer is Answer.NO else Status.WAITING
    return replace(act, gate=gate, status=status)


def _day(point: TimePoint, held: Anchored) -> int | None:
    days = {"day": 1, "week": 7}.get(point.unit)
    return held.anchor.day(point.number * days) if days else None


def _note(visits: Visits, *, baseline: bool) -> str:
    said = ["before treatment, day not stated"] if baseline else []
    return "; ".join([*said, ", ".join(visits.assess)] if visits.assess else said)


def _why(visits: Visits, point: TimePoint, held: Anchored, when: date | None) -> Because:
    formula = span_words(point.number, point.unit) + f" after {held.anchor.name}"
    if when is not None:
        formula = f"{held.anchor.name} {held.when} + {span_words(point.number, point.unit)} = {when}"
        if point.unit in ("month", "year"):
            formula += " (calendar months; a month too short ends on its last day)"
    return Computed("visit", formula, (*reads(visits.sources), held.because))

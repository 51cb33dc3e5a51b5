"""Predicted doses as events of a patient's timeline, so that a gate before the next injection can rest on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from posolog.core.because import Computed, Entered
from posolog.core.finding import Finding
from posolog.core.timeline import Event, Timeline
from posolog.course.words import ask

if TYPE_CHECKING:
    from posolog.dosimetry.study.result import Result


def dose_events(result: Result, *, known: datetime) -> tuple[tuple[Event, ...], tuple[Finding, ...]]:
    """The facts of a dosimetry result as events, and what stays unknown.

    An event happens at the last measurement behind it and becomes known at `known` (aware). Its name is what a
    protocol's condition asks for: "predicted red marrow dose < 3 Gy". A region without a dose gives no event, so the
    gate answers not known yet. The method and the hash of the inputs ride along as the reason.
    """
    from posolog.dosimetry.study.facts import facts

    found, findings = facts(result)
    source = Entered("posolog dose", known.isoformat(timespec="minutes"), f"inputs {result.study.inputs_hash}")
    events = tuple(
        Event(
            f"dose {result.study.inputs_hash} {fact.name}", fact.name, fact.at, known, f"{fact.value:.4g}", fact.unit,
            fact.method, because=Computed("dosimetry", f"{fact.name}, {fact.method}", (source,)),
        )
        for fact in found
    )  # fmt: skip
    if not events:
        step = "settle the findings of the dosimetry file"
        message = f"{result.study.patient}: no dose is known, so a gate answers not known yet"
        findings += (ask("RAD-FACTS", message, step),)
    return events, findings


def with_doses(timeline: Timeline, result: Result, *, known: datetime) -> tuple[Timeline, tuple[Finding, ...]]:
    """The timeline with the predicted doses added; a prediction made again from other inputs replaces the older."""
    events, findings = dose_events(result, known=known)
    names = {event.kind for event in events}
    older = {event.ident: event.kind for event in timeline.events if event.ident.startswith("dose ")}
    replaced = {kind: ident for ident, kind in older.items() if kind in names}
    fresh = [event for event in events if event.ident not in older]
    return Timeline.of((*timeline.events, *(_correcting(event, replaced) for event in fresh))), findings


def _correcting(event: Event, replaced: dict[str, str]) -> Event:
    return replace(event, corrects=replaced.get(event.kind, ""))

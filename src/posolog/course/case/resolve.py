"""A case resolved: arm, anchors, choices, sizes at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from posolog.core.finding import Finding, Place
from posolog.core.timeline import Timeline
from posolog.course.anchors import resolve
from posolog.course.case.model import Case
from posolog.course.case.sizes import faults_of_sizes, measured
from posolog.course.choose import Choices, unknown
from posolog.course.dosing import Settings
from posolog.course.guards import happened
from posolog.course.model import Patient
from posolog.course.moments import Moment, local_date, zone_of
from posolog.course.words import stop
from posolog.protocol.model import Protocol


def case_of(
    protocol: Protocol,
    patient: Patient,
    timeline: Timeline,
    now: datetime,
    *,
    choices: Choices,
    arm: str,
    hoped: Mapping[str, Moment],
    zone: str,
) -> Case:
    """Resolve anchors, weights and choices of one patient at `now` (aware)."""
    where = zone_of(zone)
    past = happened(timeline, now)
    anchors, moved = resolve(protocol, past, hoped, where)
    weights, bad_weights = measured(past, "weight", "kg", where)
    heights, bad_heights = measured(past, "height", "cm", where)
    settings = Settings(
        choices.get("bsa") or protocol.bsa, choices.get("weight") or protocol.weight, _order_settled(protocol)
    )
    own_arm, arm_findings = _arm(protocol, arm)
    today = local_date(now, where)
    findings = (*arm_findings, *unknown(protocol, choices), *moved, *bad_weights, *bad_heights)
    findings += faults_of_sizes(patient, past, weights, heights, today, where, settings)
    dates = {held.anchor.event: held.when for held in anchors.values() if held.when is not None}
    return Case(
        protocol, patient, past, now, today, where, own_arm, choices, anchors, weights, heights, settings,
        findings, dates,
    )  # fmt: skip


def _order_settled(protocol: Protocol) -> bool:
    questions = (question.casefold() for question, _ in protocol.settled)
    return any("reduction" in question and "cap" in question for question in questions)


def _arm(protocol: Protocol, arm: str) -> tuple[str, tuple[Finding, ...]]:
    names = ", ".join(protocol.arms)
    if not arm:
        if not protocol.arms:
            return "", ()
        message = f"the trial has {len(protocol.arms)} arms ({names}) and none is named: only what is common is planned"
        return "", (stop("ARM-MISSING", message, f"name the arm: {names}", Place("arm", names), hazard="H14"),)
    own = next((name for name in protocol.arms if name.casefold() == arm.casefold()), None)
    if own is not None:
        return own, ()
    message = f"the protocol has no arm {arm!r}" + (f"; its arms are {names}" if names else "")
    step = f"name one of {names}" if names else "leave the arm out"
    return "", (stop("ARM-UNKNOWN", message, step, Place("arm", arm), hazard="H14"),)

"""Answers to conditions, worked out once, and joined."""

from __future__ import annotations

from posolog.core.guard import Answer, Guard, all_of
from posolog.course.case.model import Case
from posolog.course.guards import answer
from posolog.protocol.condition import Condition


def guard_of(case: Case, condition: Condition | None, *, may_wait: bool) -> Guard | None:
    """The answer to a condition at `now`, worked out once."""
    if condition is None:
        return None
    key = (id(condition), may_wait)
    if key not in case.guards:
        case.guards[key] = answer(
            condition, case.patient, case.timeline, case.now, case.event_dates, may_wait=may_wait, zone=case.zone.key
        )
    return case.guards[key]


def join(*guards: Guard | None) -> Guard | None:
    """All guards together, None where there are none."""
    held = [guard for guard in guards if guard is not None]
    if len(held) <= 1:
        return held[0] if held else None
    return all_of(held)


def unknown_guard(*missing: str) -> Guard:
    """Not known yet: what is missing, in words."""
    return Guard(Answer.UNKNOWN, (), missing)

"""Every act of one line: givings, things done, days of rest, what others say."""

from __future__ import annotations

from dataclasses import replace

from posolog.core.finding import Finding
from posolog.core.guard import Guard
from posolog.course.acts.draft import Draft
from posolog.course.acts.frame import Frame, ahead, anchor_wait, begun, frame_of, gate_of, place_of, settled
from posolog.course.acts.give import given_of
from posolog.course.case import Case
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status
from posolog.course.moments import local_date
from posolog.course.words import stop
from posolog.protocol.model import Do, Give, Line, Part, Refer


def drafts_of_line(
    case: Case, part: Part, line: Line, cycle: int | None, guard: Guard | None
) -> tuple[list[Draft], list[Finding]]:
    """Every act of one line in one cycle, and what a person should know of it."""
    frame = frame_of(case, part, line, cycle, guard)
    try:
        if isinstance(line.what, Give):
            return given_of(frame, line.what)
        if isinstance(line.what, Refer):
            return [Draft(_refer(frame, line.what))], []
        kind, name = ("do", line.what.name) if isinstance(line.what, Do) else ("rest", "rest")
        return _days(frame, line, kind, name)
    except ValueError as error:
        step = "correct the day in the protocol file"
        return [], [stop("DAY-ZERO", f"{line.ident}: {error}", step, place_of(line), hazard="H18")]


def _refer(frame: Frame, what: Refer) -> Planned:
    act = replace(begun(frame, "refer", what.topic, None, None), note=f"as {what.to} say")
    return settled(act, gate_of(frame, may_wait=True))


def _days(frame: Frame, line: Line, kind: str, name: str) -> tuple[list[Draft], list[Finding]]:
    what = line.what
    assert not isinstance(what, Give | Refer)
    found = []
    for number, day in enumerate(what.days.days(day_zero=frame.anchor.has_day_zero), 1):
        when = frame.date_of(day)
        if kind == "rest" and day < 0 and frame.held.when not in (None, frame.held.hoped):
            when = frame.hoped(day) or when  # lived before the anchor slipped: it stays where it was
        act = replace(begun(frame, kind, name, day, when), number=number)
        if isinstance(what, Do) and what.at_least:
            act = replace(act, note="at least")
        act = settled(act, gate_of(frame, may_wait=ahead(frame.case, when)), waits=anchor_wait(frame))
        found.append(Draft(_done(frame, act), frame.hoped(day)))
    return found, []


def _done(frame: Frame, act: Planned) -> Planned:
    """Something done is given when its event is recorded on its date: the graft on D0."""
    for event in frame.case.timeline.named(act.name):
        if act.kind == "do" and occurred(event) and local_date(event.at, frame.case.zone) == act.when:
            return replace(act, status=Status.GIVEN, start=None, note="recorded")
    return act

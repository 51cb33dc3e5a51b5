"""Where a line stands (its part, cycle and dates), how an act of it begins, and what the act waits for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from posolog.core.because import Because, Computed, Entered
from posolog.core.days import Anchor, label_in
from posolog.core.finding import Place
from posolog.core.guard import Answer, Guard
from posolog.course.anchors import Anchored
from posolog.course.case import Case, guard_of, join, unknown_guard
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status
from posolog.course.moments import local_date
from posolog.course.words import place, quoted, reads
from posolog.evidence.shipped import cited
from posolog.protocol.model import Line, Part


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a line stands: its part, cycle and dates."""

    case: Case
    part: Part
    line: Line
    cycle: int | None
    held: Anchored
    shift: int  # days from the anchor's date to the first day of this cycle
    start: date | None  # date of the first day of this cycle
    guard: Guard | None

    @property
    def anchor(self) -> Anchor:
        return self.held.anchor

    def date_of(self, day: int) -> date | None:
        return None if self.start is None else self.start + timedelta(days=self.anchor.offset(day))

    def hoped(self, day: int | None) -> date | None:
        if self.held.hoped is None or day is None:
            return None
        return self.held.hoped + timedelta(days=self.shift + self.anchor.offset(day))


def frame_of(case: Case, part: Part, line: Line, cycle: int | None, guard: Guard | None) -> Frame:
    """A line in one cycle; a recorded start of a cycle moves it and those after it."""
    held = case.anchors[part.anchor]
    length = part.cycles.length_days if part.cycles else None
    shift = (cycle - 1) * (length or 0) if cycle else 0
    start = held.when + timedelta(days=shift) if held.when else None
    for earlier in range(2, (cycle or 1) + 1):
        event = case.timeline.first(f"{part.name} cycle {earlier}")
        if event is not None and occurred(event):
            start = local_date(event.at, case.zone) + timedelta(days=((cycle or 1) - earlier) * (length or 0))
    return Frame(case, part, line, cycle, held, shift, start, guard)


def place_of(line: Line) -> Place:
    """Where a line stands in the protocol file."""
    return place(line.ident, line.sources, line.file_line)


def gate_of(frame: Frame, *, may_wait: bool, extra: Guard | None = None) -> Guard | None:
    """The guards of the choice, the part and the line together."""
    case = frame.case
    return join(
        frame.guard,
        guard_of(case, frame.part.condition, may_wait=may_wait),
        guard_of(case, frame.line.condition, may_wait=may_wait),
        extra,
    )


def begun(frame: Frame, kind: str, name: str, day: int | None, when: date | None) -> Planned:
    """An act of a line before hour, dose and gate: what, on which day, and why then."""
    line = frame.line
    act = Planned(line.ident, frame.part.name, kind, name, frame.anchor, day, when, Status.PLANNED)
    return replace(act, cycle=frame.cycle, quote=quoted(line.sources), because=_why(frame, day, when))


def _why(frame: Frame, day: int | None, when: date | None) -> Because:
    line = frame.line
    of: list[Because] = [*reads(line.sources), *map(cited, line.cite)]
    if line.because:
        of.append(Entered("protocol file", why=line.because))
    if day is None:
        return Computed("line of the protocol", line.ident, tuple(of))
    of.append(frame.held.because)
    anchor = frame.anchor
    formula = label_in(day, anchor)
    if when is not None and frame.start is not None:
        offset = anchor.offset(day)
        first = f"{anchor.name} {frame.held.when}" + (f", cycle {frame.cycle}" if frame.cycle else "")
        formula += f" = {first} {'+' if offset >= 0 else '-'} {abs(offset) + 0} days = {when}"
        if frame.shift:
            formula = f"{label_in(day, anchor)} of cycle {frame.cycle} (from {frame.start}) = {when}"
    return Computed("day of the plan", formula, tuple(of))


def settled(act: Planned, gate: Guard | None, *, refused: bool = False, waits: tuple[str, ...] = ()) -> Planned:
    """Status from the gate, a stop finding, and what is missing; an act without its anchor's date waits."""
    if gate is not None and gate.answer is Answer.NO:
        return replace(act, status=Status.CLOSED, gate=gate)
    if refused:
        return replace(act, status=Status.REFUSED, gate=gate, dose=None)
    if waits:
        gate = join(gate, unknown_guard(*waits))
    if gate is not None and gate.answer is Answer.UNKNOWN:
        return replace(act, status=Status.WAITING, gate=gate)
    return replace(act, gate=gate)


def anchor_wait(frame: Frame) -> tuple[str, ...]:
    """The date that an act waits for, where its anchor has none."""
    if frame.start is not None:
        return ()
    return (f"date of {frame.anchor.event} ({frame.anchor.name})",)


def ahead(case: Case, when: date | None) -> bool:
    """Whether a day lies ahead, or is not known."""
    return when is None or when > case.today

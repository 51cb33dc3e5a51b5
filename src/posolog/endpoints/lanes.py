"""Every patient's time on one lane: how long, what happened when, how it ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from posolog.core.guard import Answer
from posolog.endpoints.blind import telling
from posolog.endpoints.derive import Derived
from posolog.endpoints.follow import DEATH
from posolog.endpoints.match import any_named, happened, is_named
from posolog.endpoints.people import seen
from posolog.protocol.definition import Method

MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class Lane:
    """`days` from the first start to the last record; `marks` are (day, kind); `ended`: death, left or followed."""

    subject: str
    arm: str
    days: int
    ended: str
    marks: tuple[tuple[int, str], ...]


def lanes(derived: Derived, *, blinded: bool) -> tuple[tuple[Lane, ...], tuple[str, ...]]:
    """The lanes, longest first, and the kinds of event marked on them, the commonest first."""
    protocol = derived.trial.protocol
    hidden = set(telling(protocol)) if blinded else set()
    starts = tuple({name for e in derived.endpoints if e.define for name in e.define.start} - hidden)
    marked = [name for name in _kinds(derived) if name not in hidden]
    found: list[Lane] = []
    for subject in derived.trial.subjects:
        records = seen(derived.trial, subject.ident)
        start = next((r for r in records if any_named(r.event, starts)), None)
        if start is None:
            continue
        own = [r for r in records if r.day >= start.day and happened(r.event) is Answer.YES]
        ends = [r for r in own if any_named(r.event, (*protocol.ends, DEATH))]
        last = ends[0] if ends else records[-1]
        marks = [((r.day - start.day).days, name) for r in own for name in marked
                 if is_named(r.event, name) and r.day <= last.day]  # fmt: skip
        ended = "followed" if not ends else "death" if ends[0].event.kind.casefold() == DEATH else "left"
        arm = "" if blinded else subject.arm
        found.append(Lane(subject.ident, arm, (last.day - start.day).days, ended, tuple(dict.fromkeys(marks))))
    counts = Counter(kind for lane in found for _, kind in lane.marks)
    kinds = tuple(kind for kind, _ in counts.most_common(MOST_KINDS))
    order = {arm: rank for rank, arm in enumerate(protocol.arms)}
    found.sort(key=lambda lane: (order.get(lane.arm, 0), -lane.days, lane.subject))
    return tuple(found), kinds


def _kinds(derived: Derived) -> list[str]:
    """The events that definitions count (death ends a lane and is not marked), and those by which patients cross."""
    names: dict[str, None] = {}
    for endpoint in derived.endpoints:
        if endpoint.define is None or endpoint.define.method in (Method.STATUS, Method.BEST, Method.MODEL):
            continue
        names |= dict.fromkeys(outcome.event for outcome in endpoint.define.outcomes())
        names |= dict.fromkeys([endpoint.define.crossover] if endpoint.define.crossover else [])
    return [name for name in names if name.casefold() != DEATH]

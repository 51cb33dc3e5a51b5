"""Time-to-event rows: from the start to the first event that counts, or to the last day known to be without it."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.core.finding import Finding
from posolog.core.guard import Answer
from posolog.course.words import ask
from posolog.endpoints.decide import Dated, Decided, Doubt, coded, decide
from posolog.endpoints.follow import DEATH, last_seen, observation_ends, record_place, row_of
from posolog.endpoints.gather import Answered, asked, gather
from posolog.endpoints.match import qualifies
from posolog.endpoints.people import Member
from posolog.endpoints.rows import CENSORED, Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.model import Endpoint


def time_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient of the population, in the order of the table."""
    definition = endpoint.define
    assert definition is not None
    ends = observation_ends(trial)

    def answer(member: Member) -> Iterator[Answered]:
        decided, doubts = decide(member.records, definition, ends=ends)
        doubts = (*doubts, *_contradictions(member, decided), *_dead_before(member, definition))
        history = _before_start(member, endpoint, definition)
        if doubts:
            row, found = asked(member, endpoint, min(doubts, key=lambda doubt: doubt.day))
            yield row, (*history, *found)
        else:
            yield _known(member, endpoint, definition, decided), tuple(history)

    return gather(trial, endpoint, answer)


def _dead_before(member: Member, definition: Definition) -> tuple[Doubt, ...]:
    """A death dated before the start contradicts the start."""
    found = [r for r in member.before if r.event.kind.casefold() == DEATH and _counts(r, definition)]
    return tuple(Doubt(r.day, -1, "death is recorded before the start", r.event) for r in found[:1])


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

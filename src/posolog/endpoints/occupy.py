"""Spells of a state that comes and goes: free, in it, free again, failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from posolog.core.guard import Answer
from posolog.endpoints.decide import Dated, Decided, Doubt, decide
from posolog.endpoints.follow import last_seen, observation_ends, row_of
from posolog.endpoints.gather import Answered, asked, gather
from posolog.endpoints.match import happened, is_named, qualifies
from posolog.endpoints.people import Member
from posolog.endpoints.rows import CENSORED, EVENT, Row, Rows, Spell
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Outcome
from posolog.protocol.model import Endpoint

FREE, WITHIN, AGAIN, FAILED = "free", "in it", "free again", "failed"
STATES = (FREE, WITHIN, AGAIN, FAILED)


def spell_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient (to failure or last record) and their spells; (start, stop] in days from the start."""
    definition = endpoint.define
    assert definition is not None
    ends = observation_ends(trial)
    spells: list[Spell] = []

    def answer(member: Member) -> Iterator[Answered]:
        decided, doubts = decide(member.records, definition, ends=ends)
        last = Dated(decided.day, decided.event) if decided else last_seen(member, definition)[0]
        assert definition.state is not None
        turns, doubt = _turns(member.records, definition.state, last.day)
        doubts = (*doubts, *((doubt,) if doubt else ()), *(_conflict(r) for r in member.conflict[:1]))
        if doubts:
            yield asked(member, endpoint, min(doubts, key=lambda one: one.day))
            return
        spells.extend(_spells(member, turns, last.day, FAILED if decided and decided.code == EVENT else ""))
        yield _row(member, endpoint, decided, last, turns), ()

    return replace(gather(trial, endpoint, answer), spells=tuple(spells))


def _conflict(record: Dated) -> Doubt:
    return Doubt(record.day, -1, f"which date of {record.event.kind} holds", record.event)


def _row(
    member: Member, endpoint: Endpoint, decided: Decided | None, last: Dated, turns: list[tuple[date, str]]
) -> Row:
    assert member.start is not None
    code = decided.code if decided else CENSORED
    why = f"{'decided by' if code else 'censored at'} {last.event.kind} on {last.day}"
    if turns:
        why += "; " + ", ".join(f"{state} from {day}" for day, state in turns)
    days = (last.day - member.start.day).days
    return row_of(member, endpoint, days, code, cause=decided.cause if decided else "", why=why, record=last)


def _turns(
    records: tuple[Dated, ...], state: Outcome, last: date
) -> tuple[list[tuple[date, str]], Doubt | None]:
    """The days on which the state begins and ends; a record that does not say leaves a doubt."""
    turns: list[tuple[date, str]] = []
    inside = False
    for record in records:
        if record.day > last or not is_named(record.event, state.event):
            continue
        guard = qualifies(record.event, state)
        if guard.answer is Answer.UNKNOWN or happened(record.event) is Answer.UNKNOWN:
            missing = guard.missing[0] if guard.missing else f"whether {state.event} is active"
            return turns, Doubt(record.day, -1, missing, record.event)
        if (guard.answer is Answer.YES) != inside:
            inside = not inside
            turns.append((record.day, WITHIN if inside else AGAIN))
    return turns, None


def _spells(member: Member, turns: list[tuple[date, str]], last: date, into: str) -> list[Spell]:
    """Stretches of above nought days; a turn on the day of the end is overtaken by it."""
    assert member.start is not None
    start, state, at = member.start.day, FREE, 0
    found: list[Spell] = []
    for day, after in turns:
        turned = (day - start).days
        if day >= last:
            break
        if turned > at:
            found.append(Spell(member.subject.ident, member.arm, state, at, turned, after))
            at = turned
        state = after
    found.append(Spell(member.subject.ident, member.arm, state, at, (last - start).days, into))
    return found

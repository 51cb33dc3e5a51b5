"""Spells of a state that comes and goes: free, in it, free again, failed."""

from __future__ import annotations

from datetime import date

from posolog.core.finding import Finding
from posolog.core.guard import Answer
from posolog.endpoints.decide import Dated, Doubt, decide
from posolog.endpoints.follow import dated_words, last_seen, row_of, unknown, unknown_finding
from posolog.endpoints.match import happened, is_named, qualifies
from posolog.endpoints.people import Member, members
from posolog.endpoints.rows import CENSORED, EVENT, Excluded, Row, Rows, Spell
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition, Outcome
from posolog.protocol.model import Endpoint

FREE, WITHIN, AGAIN, FAILED = "free", "in it", "free again", "failed"
STATES = (FREE, WITHIN, AGAIN, FAILED)


def spell_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient (to failure or last record) and their spells; (start, stop] in days from the start."""
    definition = endpoint.define
    assert definition is not None and definition.state is not None
    ends = tuple(end for end in trial.protocol.ends if end.casefold() != "death")
    rows: list[Row] = []
    spells: list[Spell] = []
    excluded: list[Excluded] = []
    findings: list[Finding] = []
    for member in members(trial, definition):
        if isinstance(member, Excluded):
            excluded.append(member)
            continue
        row, own, finding = _member(member, endpoint, definition, ends)
        rows.append(row)
        spells += own
        findings += [finding] if finding else []
    return Rows(endpoint.name, tuple(rows), tuple(spells), tuple(excluded), tuple(findings))


def _member(
    member: Member, endpoint: Endpoint, definition: Definition, ends: tuple[str, ...]
) -> tuple[Row, list[Spell], Finding | None]:
    if member.start is None or member.conflict:
        missing = f"the date of {' or '.join(definition.start)}"
        if member.conflict:
            missing = f"which date of {member.conflict[0].event.kind} holds"
        return unknown(member, endpoint, missing, None), [], unknown_finding(member, endpoint, missing, None)
    decided, doubts = decide(member.records, definition, ends=ends)
    last = Dated(decided.day, decided.event) if decided else last_seen(member, definition)[0]
    assert definition.state is not None
    turns, doubt = _turns(member.records, definition.state, last.day)
    doubts = (*doubts, *((doubt,) if doubt else ()))
    if doubts:
        first = min(doubts, key=lambda one: one.day)
        return unknown(member, endpoint, dated_words(first), first), [], unknown_finding(
            member, endpoint, dated_words(first), first
        )
    code = decided.code if decided else CENSORED
    why = f"{'decided by' if code else 'censored at'} {last.event.kind} on {last.day}"
    if turns:
        why += "; " + ", ".join(f"{state} from {day}" for day, state in turns)
    days = (last.day - member.start.day).days
    row = row_of(member, endpoint, days, code, cause=decided.cause if decided else "", why=why, record=last)
    return row, _spells(member, turns, last.day, FAILED if code == EVENT else ""), None


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

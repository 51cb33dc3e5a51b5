"""Rows that answer yes or no, or count: the status at a time point, the best response, a share, a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from posolog.core.finding import Finding
from posolog.core.guard import Answer
from posolog.course.guards import UNSAID
from posolog.endpoints.decide import Dated, Doubt, decide
from posolog.endpoints.follow import DEATH, dated_words, row_of, unknown, unknown_finding
from posolog.endpoints.match import any_named, happened, is_named, qualifies
from posolog.endpoints.people import Member, date_after, members
from posolog.endpoints.rows import Excluded, Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint, TimePoint

YES, NO = 1, 0
__all__ = ["best_rows", "count_rows", "share_rows", "status_rows"]
Answered = tuple[Row, Finding | None]


def _each(trial: Trial, endpoint: Endpoint, answer: Callable[[Member], list[Answered]]) -> Rows:
    """The rows of every member, the excluded, and the findings."""
    definition = endpoint.define
    assert definition is not None
    rows: list[Row] = []
    excluded: list[Excluded] = []
    findings: list[Finding] = []
    for member in members(trial, definition):
        if isinstance(member, Excluded):
            excluded.append(member)
            continue
        if member.start is None:
            missing = f"the date of {' or '.join(definition.start)}"
            answered: list[Answered] = [_open(member, endpoint, missing, None)]
        else:
            answered = answer(member)
        rows += [row for row, _ in answered]
        findings += [finding for _, finding in answered if finding is not None]
    return Rows(endpoint.name, tuple(rows), (), tuple(excluded), tuple(findings))


def _open(member: Member, endpoint: Endpoint, missing: str, doubt: Doubt | None, at: str = "") -> Answered:
    row = unknown(member, endpoint, missing, doubt, at=at)
    return row, unknown_finding(member, endpoint, missing, doubt, at)


def _left(member: Member, ends: tuple[str, ...]) -> Dated | None:
    """The record that ends observation: withdrawal, loss to follow-up, death."""
    names = (*ends, DEATH)
    return next((r for r in member.records if any_named(r.event, names) and happened(r.event) is Answer.YES), None)


def status_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient and time point: whether the record nearest to it, within the window, has the status."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> list[Answered]:
        return [_status(trial, member, endpoint, definition, point) for point in endpoint.at]

    return _each(trial, endpoint, answer)


def _status(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition, point: TimePoint) -> Answered:
    assert member.start is not None
    label = print_time_point(point)
    target = date_after(member.start.day, point)
    first = target - timedelta(definition.before_days or 0)
    last = target + timedelta(definition.after_days or 0)
    days = (target - member.start.day).days
    doubt = _rival(member, definition, target)
    if isinstance(doubt, Doubt):
        return _open(member, endpoint, dated_words(doubt), doubt, label)
    if doubt is not None:
        why = f"no: {doubt.event.kind} on {doubt.day}, before {label} ({target})"
        return row_of(member, endpoint, days, NO, why=why, value=doubt.event.kind, at=label, record=doubt), None
    name = definition.events[0].event
    near = [r for r in member.records if is_named(r.event, name) and first <= r.day <= last]
    if not near:
        return _nothing(trial, member, endpoint, (label, target, last))
    best = min(abs((record.day - target).days) for record in near)
    nearest = [record for record in near if abs((record.day - target).days) == best]
    values = {record.event.value.strip().casefold() for record in nearest}
    if len(values) > 1:
        missing = f"which of two values of {name} holds: {', '.join(sorted(values))}"
        return _open(member, endpoint, missing, Doubt(nearest[0].day, -1, missing, nearest[0].event), label)
    return _of_record(member, endpoint, definition, nearest[0], (label, days))


def _of_record(
    member: Member, endpoint: Endpoint, definition: Definition, record: Dated, at: tuple[str, int]
) -> Answered:
    """Yes or no from one record; a value outside `levels` is not known yet."""
    value = record.event.value.strip()
    missing = _unreadable(record, definition)
    if missing:
        return _open(member, endpoint, missing, Doubt(record.day, -1, missing, record.event), at[0])
    yes = any(qualifies(record.event, outcome).answer is Answer.YES for outcome in definition.events)
    why = f"{'yes' if yes else 'no'}: {record.event.kind} {value} on {record.day}"
    row = row_of(member, endpoint, at[1], YES if yes else NO, why=why, value=value, at=at[0], record=record)
    return row, None


def _unreadable(record: Dated, definition: Definition) -> str:
    """What is missing where the value cannot be used, "" where it can."""
    value = record.event.value.strip()
    if not value or value.casefold() in UNSAID:
        return f"the value of {record.event.kind} on {record.day}"
    if definition.levels and value.casefold() not in map(str.casefold, definition.levels):
        return f"what {record.event.kind} {value!r} on {record.day} is: none of {', '.join(definition.levels)}"
    doubts = [qualifies(record.event, outcome) for outcome in definition.events]
    return next((guard.missing[0] for guard in doubts if guard.answer is Answer.UNKNOWN), "")


def _rival(member: Member, definition: Definition, target: date) -> Dated | Doubt | None:
    """The first competing event, or death, on or before the target day; a doubt where it may have happened."""
    records = tuple(record for record in member.records if record.day <= target)
    rivals = Definition(definition.method, events=definition.competing, ties=definition.ties)
    decided, doubts = decide(records, rivals)
    if doubts:
        return min(doubts, key=lambda doubt: doubt.day)
    dead = next((r for r in records if r.event.kind.casefold() == DEATH and happened(r.event) is Answer.YES), None)
    if decided is None or (dead is not None and dead.day < decided.day):
        return dead
    return Dated(decided.day, decided.event)


def _nothing(trial: Trial, member: Member, endpoint: Endpoint, at: tuple[str, date, date]) -> Answered:
    """No record in the window: not reached yet, left before, or missing."""
    label, target, last = at
    cut = trial.last_day()
    left = _left(member, trial.protocol.ends)
    if cut is not None and last > cut:
        missing = f"{label} ({target}) lies at or after the cut, {cut}"
    elif left is not None and left.day <= last:
        missing = f"no assessment before {left.event.kind} on {left.day}"
    else:
        name = endpoint.define.events[0].event if endpoint.define else ""
        missing = f"no {name} is recorded in the window around {target}"
        return _open(member, endpoint, missing, None, label)
    return unknown(member, endpoint, missing, None, at=label), None


def best_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient: the best of `levels` among the records of the event; code 1 where it counts as the event."""
    definition = endpoint.define
    assert definition is not None
    order = {level.casefold(): rank for rank, level in enumerate(definition.levels)}

    def answer(member: Member) -> list[Answered]:
        name = definition.events[0].event
        records = [r for r in _within(member, definition) if is_named(r.event, name)]
        bad = next(((r, words) for r in records if (words := _unreadable(r, definition))), None)
        if bad is not None:
            return [_open(member, endpoint, bad[1], Doubt(bad[0].day, -1, bad[1], bad[0].event))]
        if not records:
            return [_unassessed(trial, member, endpoint, definition)]
        best = min(records, key=lambda r: (order[r.event.value.strip().casefold()], r.day))
        assert member.start is not None
        return [_of_record(member, endpoint, definition, best, ("", (best.day - member.start.day).days))]

    return _each(trial, endpoint, answer)


def _unassessed(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition) -> Answered:
    """Who died without an assessment has the last level; otherwise nothing is known yet."""
    assert member.start is not None
    left = _left(member, trial.protocol.ends)
    inside = {record.event.ident for record in _within(member, definition)}
    if left is not None and left.event.kind.casefold() == DEATH and left.event.ident in inside:
        worst = definition.levels[-1]
        why = f"{worst}: death on {left.day} without an assessment"
        days = (left.day - member.start.day).days
        return row_of(member, endpoint, days, NO, why=why, value=worst, record=left), None
    return _open(member, endpoint, f"no {definition.events[0].event} is recorded", None)


def _within(member: Member, definition: Definition) -> tuple[Dated, ...]:
    """The records up to the end of `within`, that day included."""
    if definition.within is None or member.start is None:
        return member.records
    last = date_after(member.start.day, definition.within)
    return tuple(record for record in member.records if record.day <= last)


def _hits(member: Member, definition: Definition) -> tuple[list[Dated], Doubt | None]:
    """The records that count, and the first that may."""
    found: list[Dated] = []
    doubt: Doubt | None = None
    for record in _within(member, definition):
        guards = [qualifies(record.event, outcome) for outcome in definition.events]
        if any(guard.answer is Answer.YES for guard in guards):
            found.append(record)
        elif doubt is None and (open_ := next((g for g in guards if g.answer is Answer.UNKNOWN), None)):
            doubt = Doubt(record.day, -1, open_.missing[0], record.event)
    return found, doubt


def share_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient: whether the event has happened, within `within` where it is given."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> list[Answered]:
        assert member.start is not None
        single = Definition(definition.method, events=definition.events)
        decided, doubts = decide(_within(member, definition), single)
        if decided is not None and not doubts:
            record = Dated(decided.day, decided.event)
            why = f"yes: {record.event.kind} {record.event.subject}".rstrip() + f" on {record.day}"
            return [(row_of(member, endpoint, (record.day - member.start.day).days, YES, why=why, record=record), None)]
        if doubts:
            return [_open(member, endpoint, dated_words(doubts[0]), doubts[0])]
        return [_not_happened(trial, member, endpoint, definition)]

    return _each(trial, endpoint, answer)


def _not_happened(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition) -> Answered:
    """No, where the time was seen to its end or death came first; not known yet where follow-up is shorter."""
    assert member.start is not None
    last = member.records[-1] if member.records else member.start
    days = (last.day - member.start.day).days
    left = _left(member, trial.protocol.ends)
    dead = left is not None and left.event.kind.casefold() == DEATH
    if definition.within is not None and not dead:
        end = date_after(member.start.day, definition.within)
        if last.day < end:
            missing = f"followed to {last.day} only, the time ends on {end}"
            return unknown(member, endpoint, missing, None), None
    return row_of(member, endpoint, days, NO, why=f"no: not recorded up to {last.day}", record=last), None


def count_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient: how many records count; `number` holds it."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> list[Answered]:
        assert member.start is not None
        found, doubt = _hits(member, definition)
        if doubt is not None:
            return [_open(member, endpoint, dated_words(doubt), doubt)]
        last = found[-1] if found else (member.records[-1] if member.records else member.start)
        days = (last.day - member.start.day).days
        said = ", ".join(str(record.day) for record in found)
        why = f"{len(found)}: {said}" if found else f"none recorded up to {last.day}"
        row = row_of(
            member, endpoint, days, YES if found else NO, why=why, value=str(len(found)), record=last,
            number=float(len(found)),
        )  # fmt: skip
        return [(row, None)]

    return _each(trial, endpoint, answer)



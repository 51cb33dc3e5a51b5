"""Rows that answer yes or no, or count: the status at a time point, the best response, a share, a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from posolog.core.guard import Answer
from posolog.course.guards import UNSAID
from posolog.endpoints.decide import Dated, Doubt, decide
from posolog.endpoints.follow import DEATH, ended, nearest, row_of, unknown, window_of
from posolog.endpoints.gather import Answered, asked, gather
from posolog.endpoints.match import is_named, qualifies
from posolog.endpoints.people import Member, date_after
from posolog.endpoints.rows import Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint, TimePoint

YES, NO = 1, 0


def status_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient and time point: whether the record nearest to it, within the window, has the status."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> Iterator[Answered]:
        return (_status(trial, member, endpoint, definition, point) for point in endpoint.at)

    return gather(trial, endpoint, answer)


def _status(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition, point: TimePoint) -> Answered:
    assert member.start is not None
    label, window = print_time_point(point), window_of(member, definition, point)
    days = (window[1] - member.start.day).days
    rival = _rival(member, definition, window[1])
    if isinstance(rival, Doubt):
        return asked(member, endpoint, rival, at=label)
    if rival is not None:
        why = f"no: {rival.event.kind} on {rival.day}, before {label} ({window[1]})"
        return row_of(member, endpoint, days, NO, why=why, value=rival.event.kind, at=label, record=rival), ()
    name = definition.events[0].event
    near = nearest(member, name, window)
    if not near:
        return _nothing(trial, member, endpoint, label, window)
    values = {record.event.value.strip().casefold() for record in near}
    if len(values) > 1:
        missing = f"which of two values of {name} holds: {', '.join(sorted(values))}"
        return asked(member, endpoint, Doubt(near[0].day, -1, missing, near[0].event), at=label)
    return _of_record(member, endpoint, definition, near[0], (label, days))


def _of_record(
    member: Member, endpoint: Endpoint, definition: Definition, record: Dated, at: tuple[str, int]
) -> Answered:
    """Yes or no from one record; a value outside `levels` is not known yet."""
    value = record.event.value.strip()
    missing = _unreadable(record, definition)
    if missing:
        return asked(member, endpoint, Doubt(record.day, -1, missing, record.event), at=at[0])
    yes = any(qualifies(record.event, outcome).answer is Answer.YES for outcome in definition.events)
    why = f"{'yes' if yes else 'no'}: {record.event.kind} {value} on {record.day}"
    row = row_of(member, endpoint, at[1], YES if yes else NO, why=why, value=value, at=at[0], record=record)
    return row, ()


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
    dead = ended(member, (DEATH,))
    dead = dead if dead is not None and dead.day <= target else None
    if decided is None or (dead is not None and dead.day < decided.day):
        return dead
    return Dated(decided.day, decided.event)


def _nothing(
    trial: Trial, member: Member, endpoint: Endpoint, label: str, window: tuple[date, date, date]
) -> Answered:
    """No record in the window: not reached yet, left before, or missing."""
    _, target, last = window
    cut = trial.last_day()
    left = ended(member, (*trial.protocol.ends, DEATH))
    if cut is not None and last > cut:
        missing = f"{label} ({target}) lies at or after the cut, {cut}"
    elif left is not None and left.day <= last:
        missing = f"no assessment before {left.event.kind} on {left.day}"
    else:
        name = endpoint.define.events[0].event if endpoint.define else ""
        missing = f"no {name} is recorded in the window around {target}"
        return asked(member, endpoint, missing, at=label)
    return unknown(member, endpoint, missing, None, at=label), ()


def best_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient: the best of `levels` among the records of the event; code 1 where it counts as the event."""
    definition = endpoint.define
    assert definition is not None
    order = {level.casefold(): rank for rank, level in enumerate(definition.levels)}

    def answer(member: Member) -> Iterator[Answered]:
        name = definition.events[0].event
        records = [r for r in _within(member, definition) if is_named(r.event, name)]
        bad = next(((r, words) for r in records if (words := _unreadable(r, definition))), None)
        if bad is not None:
            yield asked(member, endpoint, Doubt(bad[0].day, -1, bad[1], bad[0].event))
        elif not records:
            yield _unassessed(trial, member, endpoint, definition)
        else:
            best = min(records, key=lambda r: (order[r.event.value.strip().casefold()], r.day))
            assert member.start is not None
            yield _of_record(member, endpoint, definition, best, ("", (best.day - member.start.day).days))

    return gather(trial, endpoint, answer)


def _unassessed(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition) -> Answered:
    """Who died without an assessment has the last level; otherwise nothing is known yet."""
    assert member.start is not None
    left = ended(member, (*trial.protocol.ends, DEATH))
    inside = {record.event.ident for record in _within(member, definition)}
    if left is not None and left.event.kind.casefold() == DEATH and left.event.ident in inside:
        worst = definition.levels[-1]
        why = f"{worst}: death on {left.day} without an assessment"
        days = (left.day - member.start.day).days
        return row_of(member, endpoint, days, NO, why=why, value=worst, record=left), ()
    return asked(member, endpoint, f"no {definition.events[0].event} is recorded")


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

    def answer(member: Member) -> Iterator[Answered]:
        assert member.start is not None
        single = Definition(definition.method, events=definition.events)
        decided, doubts = decide(_within(member, definition), single)
        if doubts:
            yield asked(member, endpoint, doubts[0])
        elif decided is None:
            yield _not_happened(trial, member, endpoint, definition)
        else:
            record = Dated(decided.day, decided.event)
            why = f"yes: {record.event.kind} {record.event.subject}".rstrip() + f" on {record.day}"
            yield row_of(member, endpoint, (record.day - member.start.day).days, YES, why=why, record=record), ()

    return gather(trial, endpoint, answer)


def _not_happened(trial: Trial, member: Member, endpoint: Endpoint, definition: Definition) -> Answered:
    """No, where the time was seen to its end or death came first; not known yet where follow-up is shorter."""
    assert member.start is not None
    last = member.records[-1] if member.records else member.start
    days = (last.day - member.start.day).days
    left = ended(member, (*trial.protocol.ends, DEATH))
    dead = left is not None and left.event.kind.casefold() == DEATH
    if definition.within is not None and not dead:
        end = date_after(member.start.day, definition.within)
        if last.day < end:
            missing = f"followed to {last.day} only, the time ends on {end}"
            return unknown(member, endpoint, missing, None), ()
    return row_of(member, endpoint, days, NO, why=f"no: not recorded up to {last.day}", record=last), ()


def count_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """One row a patient: how many records count; `number` holds it."""
    definition = endpoint.define
    assert definition is not None

    def answer(member: Member) -> Iterator[Answered]:
        assert member.start is not None
        found, doubt = _hits(member, definition)
        if doubt is not None:
            yield asked(member, endpoint, doubt)
            return
        last = found[-1] if found else (member.records[-1] if member.records else member.start)
        days = (last.day - member.start.day).days
        said = ", ".join(str(record.day) for record in found)
        why = f"{len(found)}: {said}" if found else f"none recorded up to {last.day}"
        row = row_of(
            member, endpoint, days, YES if found else NO, why=why, value=str(len(found)), record=last,
            number=float(len(found)),
        )  # fmt: skip
        yield row, ()

    return gather(trial, endpoint, answer)



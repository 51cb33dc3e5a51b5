"""Dose-limiting toxicity: one row a patient at a dose level, and the bookkeeping of cohorts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from posolog.core.quantity import plain
from posolog.endpoints.decide import Dated, decide
from posolog.endpoints.follow import ended, row_of, unknown
from posolog.endpoints.gather import Answered, asked, gather
from posolog.endpoints.people import Member, date_after
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Definition
from posolog.protocol.model import Endpoint, Give

LEVEL = "dose level"  # the column of the table of patients


def toxicity_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """Code 1 with a toxicity within the time, 0 when the time was seen to its end without; else not known yet."""
    definition = endpoint.define
    assert definition is not None and definition.within is not None
    within = definition.within

    def answer(member: Member) -> Iterator[Answered]:
        assert member.start is not None
        level = member.subject.fact(LEVEL)
        if not level:
            yield asked(member, endpoint, f"the {LEVEL}")
            return
        end = date_after(member.start.day, within)
        inside = tuple(record for record in member.records if record.day <= end)
        decided, doubts = decide(inside, Definition(definition.method, events=definition.events))
        if doubts:
            yield asked(member, endpoint, doubts[0], at=level)
        elif decided is None:
            yield _without(trial, member, endpoint, (end, level)), ()
        else:
            record = Dated(decided.day, decided.event)
            why = f"{record.event.kind} {record.event.value} {record.event.subject}".strip() + f" on {record.day}"
            days = (record.day - member.start.day).days
            yield row_of(member, endpoint, days, 1, cause=decided.cause, why=why, at=level, record=record), ()

    return gather(trial, endpoint, answer)


def _without(trial: Trial, member: Member, endpoint: Endpoint, seen: tuple[date, str]) -> Row:
    """No toxicity where the patient was followed to the end of the time; else not evaluable yet."""
    end, level = seen
    assert member.start is not None
    last = member.records[-1] if member.records else member.start
    left = ended(member, trial.protocol.ends)
    until = left if left is not None and left.day < last.day else last
    if until.day < end:
        return unknown(member, endpoint, f"followed to {until.day} only, the time ends on {end}", None, at=level)
    days = (until.day - member.start.day).days
    return row_of(member, endpoint, days, 0, why=f"none up to {end}", at=level, record=until)


@dataclass(frozen=True, slots=True)
class Level:
    """A dose level: patients treated, evaluable, with a toxicity."""

    dose: str
    treated: int
    evaluable: int
    toxic: int


def levels(rows: Rows, trial: Trial) -> tuple[Level, ...]:
    """The levels in ascending order of dose, those of the protocol that nobody had included.

    A level that is no number, or is not recorded, comes last.
    """
    counted: dict[str, list[Row]] = {}
    doses = {subject.ident: subject.fact(LEVEL) for subject in trial.subjects}
    for row in rows.rows:
        counted.setdefault(doses.get(row.subject, ""), []).append(row)
    for dose in planned(trial):
        counted.setdefault(dose, [])
    made = []
    for dose in sorted(counted, key=_by_number):
        own = [row for row in counted[dose] if row.known]
        toxic = sum(row.code == 1 for row in own)
        made.append(Level(dose or "not recorded", len(counted[dose]), len(own), toxic))
    return tuple(made)


def planned(trial: Trial) -> tuple[str, ...]:
    """The dose levels that the protocol's lines name, as the table of patients writes them."""
    amounts = [line.what.amount for part in trial.protocol.parts for line in part.lines if isinstance(line.what, Give)]
    return tuple(dict.fromkeys(plain(level) for amount in amounts if amount for level in amount.levels))


def _by_number(words: str) -> tuple[float, str]:
    number = words.split()[0] if words.split() else ""
    return (float(number) if number.replace(".", "", 1).isdecimal() else float("inf"), words)

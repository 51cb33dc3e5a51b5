"""Two fields of one record that give the same agent on the same days in different amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import Quantity
from posolog.protocol.model import Amount, Give
from posolog.reader.model import Statement
from posolog.reader.record.fields import FieldRead
from posolog.records import Record

Said = tuple[FieldRead, Statement]
_NTH = re.compile(r" [(]\d+[)]\Z")
_RATE = re.compile(r"(?:/|\bper)\s?min", re.I)


def doses_disagree(record: Record, fields: tuple[FieldRead, ...]) -> Iterator[Finding]:
    """One finding for each agent and pair of kinds of field (summary, description, arms, interventions).

    Two arms, or two interventions, differ on purpose: an agent that one kind of field gives more than once (steps,
    levels, courses, arms) is not compared, nor one that is limited by a condition.
    """
    kinds: dict[str, list[FieldRead]] = {}
    for field in fields:
        kinds.setdefault(_kind(field), []).append(field)
    for one, other in combinations([_single(mine) for mine in kinds.values()], 2):
        for agent in sorted(one.keys() & other.keys()):
            if _differ(one[agent], other[agent]):
                yield _finding(record, agent, one[agent], other[agent])


def _kind(field: FieldRead) -> str:
    """The intervention of an intervention, the arm of an arm; texts of one name ("text", "text (2)") are one kind."""
    return _NTH.sub("", field.passage.field.partition(": ")[0])


def _single(fields: list[FieldRead]) -> dict[str, Said]:
    """Agents with one statement in all fields of a kind."""
    found: dict[str, list[Said]] = {}
    for field in fields:
        for statement in field.result.statements:
            found.setdefault(statement.give.agent, []).append((field, statement))
    return {agent: mine[0] for agent, mine in found.items() if len(mine) == 1 and mine[0][1].condition is None}


def _differ(first: Said, second: Said) -> bool:
    (field, one), (against, other) = first, second
    if field.arms and against.arms and not set(field.arms) & set(against.arms):
        return False
    a, b = one.give.amount, other.give.amount
    if (
        a is None
        or b is None
        or one.doubts
        or other.doubts
        or _RATE.search(one.quote + other.quote)
        or not _comparable(a, b)
    ):
        return False
    days = (one.give.days, other.give.days)
    if None not in days and days[0] != days[1]:
        return False
    assert a.exact is not None and b.exact is not None
    first_of, second_of = Quantity(a.exact, a.unit), Quantity(b.exact, b.unit).to(a.unit)
    return first_of != second_of and not _total_of(first_of, second_of, {*_counts(one.give), *_counts(other.give)})


def _total_of(one: Quantity, other: Quantity, counts: set[int]) -> bool:
    """One field states the total of the other: 160 mg/m² beside 40 mg/m² on four days."""
    return max(one, other).value / min(one, other).value in counts


def _counts(give: Give) -> tuple[int, ...]:
    days = len(give.days.days()) if give.days else 0
    return (days, give.doses.number if give.doses else 0, give.for_days.number if give.for_days else 0)


def _comparable(a: Amount, b: Amount) -> bool:
    same = a.unit.kind == b.unit.kind and a.per == b.per and a.basis == b.basis
    return a.exact is not None and b.exact is not None and same


def _finding(record: Record, agent: str, *said: Said) -> Finding:
    quotes = " and ".join(f'"{" ".join(s.quote.split())}" ({f.passage.field})' for f, s in said)
    places = tuple(
        Place(f.passage.field, s.quote, f.result.document, span=Span(f.result.document, *s.raw)) for f, s in said
    )
    return Finding(
        "RECORD-DISAGREES",
        Severity.ASK,
        f"Two fields of {record.ident} give {agent} in different amounts: {quotes}.",
        "Settle which amount holds; if both do, say of which patients or days.",
        places,
        "H1",
    )

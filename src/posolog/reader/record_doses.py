"""Two fields of one record that give the same agent on the same days in different amounts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Severity
from posolog.core.quantity import Quantity
from posolog.protocol.model import Amount, Basis
from posolog.reader.model import Statement
from posolog.reader.record_parts import FieldRead
from posolog.records import Record


def doses_disagree(record: Record, fields: tuple[FieldRead, ...]) -> Iterator[Finding]:
    """One finding for each agent and pair of fields. A field that gives an agent more than once (steps, levels,
    courses) is not compared, nor one that limits it by a condition."""
    said = [(field, _single(field)) for field in fields]
    for (one, mine), (other, theirs) in combinations(said, 2):
        if one.arms and other.arms and not set(one.arms) & set(other.arms):
            continue
        for agent in sorted(mine.keys() & theirs.keys()):
            if _differ(mine[agent], theirs[agent]):
                yield _finding(record, agent, (one, mine[agent]), (other, theirs[agent]))


def _single(field: FieldRead) -> dict[str, Statement]:
    """Agents with one statement in the field."""
    found: dict[str, list[Statement]] = {}
    for statement in field.result.statements:
        found.setdefault(statement.give.agent, []).append(statement)
    return {agent: mine[0] for agent, mine in found.items() if len(mine) == 1 and mine[0].condition is None}


def _differ(one: Statement, other: Statement) -> bool:
    a, b = one.give.amount, other.give.amount
    if a is None or b is None or one.doubts or other.doubts or not _comparable(a, b):
        return False
    days = (one.give.days, other.give.days)
    if None not in days and days[0] != days[1]:
        return False
    assert a.exact is not None and b.exact is not None
    return Quantity(a.exact, a.unit) != Quantity(b.exact, b.unit)


def _comparable(a: Amount, b: Amount) -> bool:
    same = a.basis == b.basis or Basis.UNSTATED in (a.basis, b.basis)
    return a.exact is not None and b.exact is not None and a.unit.kind == b.unit.kind and a.per == b.per and same


def _finding(record: Record, agent: str, *said: tuple[FieldRead, Statement]) -> Finding:
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

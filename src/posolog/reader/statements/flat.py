"""What was read -> administrations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from posolog.core.because import Span
from posolog.protocol.model import Amount, Basis, Cycles, Frequency, Give
from posolog.reader.model import ReadResult, Statement
from posolog.reader.statements.administration import Administration, Cap, Dose
from posolog.reader.statements.doubts import with_doubts

UNITS = {"mcg": "ug", "mcCi": "uCi"}
PERS = {"m²": "m2", "kg": "kg", "": "flat"}


def statements(result: ReadResult) -> tuple[Administration, ...]:
    """The administrations of a text, in text order."""
    made = tuple(_administration(statement, result.document) for statement in result.statements)
    return tuple(with_doubts(one, [other for other in made if other.agent == one.agent]) for one in made)


def _administration(statement: Statement, document: str) -> Administration:
    give, cycles = statement.give, statement.cycles
    dose, levels = _amount(give.amount, statement.fractions)
    times = _times(give.frequency, cycles=cycles)
    if not times and statement.monthly is not None and not give.days:
        times = {"every_d": Decimal(statement.monthly)}
    reasons = tuple(dict.fromkeys((*statement.doubts, *(finding.message for finding in statement.findings))))
    return Administration(
        statement.quote, Span(document, *statement.raw), statement.agent_words.lower(), dose, levels, _basis(statement),
        **_days(give), **times, **_cycles(cycles),
        anchor=statement.anchor, weeks=give.weeks, infusion_h=give.infusion_h, continuous=give.continuous,
        n_doses=give.doses.number if give.doses and not statement.fractions else None,
        for_days=give.for_days.number if give.for_days else statement.lasting,
        route=give.route, cap=_cap(give), when=statement.when, unclear="; ".join(reasons),
        grade="inferred" if statement.inferred else "read", uncertain=bool(reasons),
        why=(*statement.inferred, *reasons),
    )  # fmt: skip


def _amount(amount: Amount | None, fractions: int | None) -> tuple[Dose | None, tuple[Decimal, ...]]:
    if amount is None:
        return None, ()
    low, high = (None, None) if amount.exact is not None or amount.levels else (amount.low, amount.high)
    return Dose(_unit(amount), PERS[amount.per.value], amount.exact, low, high, fractions), amount.levels


def _basis(statement: Statement) -> str:
    """As stated beside the unit; a plain amount is one dose, radiation in fractions or without a day a course."""
    amount = statement.give.amount
    if amount is None:
        return ""
    if statement.basis is not Basis.UNSTATED:
        return statement.basis.value
    frequency = statement.give.frequency
    if frequency is not None and frequency.count > 1 and not statement.fractions:
        return "dose"  # "200 cGy given twice a day"
    if amount.unit.kind == "absorbed dose" and (statement.fractions or statement.give.days is None):
        return "course"
    return "dose"


def _unit(amount: Amount) -> str:
    return UNITS.get(amount.unit.symbol, amount.unit.symbol)


def _cap(give: Give) -> Cap | None:
    cap = next((cap for cap in give.caps if cap.exact is not None), None)
    if cap is None or cap.exact is None:
        return None
    return Cap(cap.exact, _unit(cap), cap.basis.value or "dose")


def _days(give: Give) -> dict[str, Any]:
    last = give.taper.last if give.taper and give.days and give.to_day is None else give.to_day
    return {"days": give.days.days() if give.days else (), "from_day": give.from_day, "to_day": last}


def _cycles(cycles: Cycles | None) -> dict[str, Any]:
    return {"cycle_d": cycles.length_days, "n_cycles": cycles.count} if cycles else {}


def _times(frequency: Frequency | None, *, cycles: Cycles | None) -> dict[str, Any]:
    """ "Day 1 every 21 days" and "for 5 days every 4 weeks" repeat a cycle, not a dose: the interval is the cycle's."""
    if frequency is None:
        return {}
    every, count = frequency.every, frequency.count
    if frequency.unit == "hour":
        return {"every_h": every}
    if frequency.unit == "day" and every == 1:
        return {"per_day": count}
    if frequency.unit == "week" and every == 1 and count > 1:
        return {"per_week": count}
    days = every * (7 if frequency.unit == "week" else 1)
    if days >= 14 and cycles is not None and cycles.length_days == days:
        return {}
    return {"every_d": days}

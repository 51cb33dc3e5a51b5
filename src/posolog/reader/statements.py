"""Administration statements in a flat, stable form: one agent, its amount, its schedule, its words.

The same attached facts give the draft protocol and these statements. A field that the text does not state is None,
False or empty. `uncertain` says that a person should look before the statement is used, `why` says for what reason.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Literal

from posolog.core.because import Span
from posolog.protocol.model import Amount, Basis, Cycles, Frequency, Give
from posolog.reader.model import ReadResult, Statement

# From this many statements of one agent on, one that stands without a schedule may repeat or complete another.
MANY = 3
UNITS = {"mcg": "ug", "mcCi": "uCi"}
PERS = {"m²": "m2", "kg": "kg", "": "flat"}


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount: `value` when exact, else `low` and `high` (either may be None); all None where `levels` are listed.

    `unit` is one of mg g ug ng IU MU mL L kBq MBq GBq Ci mCi uCi Gy cGy mmol mEq cells tablet AUC drop puff other;
    `per` is m2, kg or flat. `fractions` belongs to radiation.
    """

    unit: str
    per: str = "flat"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    fractions: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """A stated maximum; `basis` as in Administration, "" when not stated."""

    value: Decimal
    unit: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Administration:
    """One agent given on one schedule. Days count from `anchor` ("transplant", "cycle" or "" = not said).

    `basis` is dose, day, hour, week or course; `every_h` in hours, `every_d`, `for_days` and `cycle_d` in days,
    `infusion_h` in hours (0 is a bolus). `span` are raw half-open offsets of `quote`.
    """

    quote: str
    span: Span
    agent: str
    dose: Dose | None = None
    levels: tuple[Decimal, ...] = ()
    basis: str = ""
    days: tuple[int, ...] = ()
    from_day: int | None = None
    to_day: int | None = None
    anchor: str = ""
    weeks: tuple[int, ...] = ()
    every_h: Decimal | None = None
    per_day: int | None = None
    per_week: int | None = None
    every_d: Decimal | None = None
    n_doses: int | None = None
    for_days: int | None = None
    cycle_d: int | None = None
    n_cycles: int | None = None
    infusion_h: Decimal | None = None
    continuous: bool = False
    route: str = ""
    cap: Cap | None = None
    when: str = ""
    unclear: str = ""
    grade: Literal["read", "inferred"] = "read"
    uncertain: bool = False
    why: tuple[str, ...] = ()


def statements(result: ReadResult) -> tuple[Administration, ...]:
    """The administrations of a text, in text order."""
    made = tuple(_administration(statement, result.document) for statement in result.statements)
    return tuple(_beside(one, [other for other in made if other.agent == one.agent]) for one in made)


def _beside(one: Administration, of_agent: list[Administration]) -> Administration:
    """With the doubts that come from the agent's other statements: which schedule belongs to which amount."""
    dosed = [other for other in of_agent if other.dose is not None]
    if one.dose is None and not one.levels and not dosed and _only_daily(one):
        doubt = "no amount is stated, and no more than how often a day"
    elif one.dose is None and dosed:
        doubt = f"a schedule of {one.agent} apart from its amount"
    elif len(of_agent) >= MANY and not _scheduled(one) and not _told_apart(of_agent):
        doubt = f"{len(of_agent)} statements of {one.agent}, this one without schedule or condition"
    else:
        return one
    said = "; ".join(filter(None, (one.unclear, doubt)))
    return replace(one, unclear=said, uncertain=True, why=(*one.why, doubt))


def _only_daily(one: Administration) -> bool:
    """ "Daily X": as often a description of the agent as an instruction."""
    timed = (one.from_day, one.every_h, one.per_week, one.every_d, one.n_doses, one.for_days, one.to_day)
    return one.per_day is not None and not one.days and not one.weeks and all(value is None for value in timed)


def _told_apart(of_agent: list[Administration]) -> bool:
    """Statements without a schedule have a condition each, but for one: "during cycle 1", "during cycle 2", "then"."""
    conditions = [one.when for one in of_agent if not _scheduled(one)]
    return len(conditions) > 1 and len(set(conditions)) == len(conditions)


def _scheduled(one: Administration) -> bool:
    return bool(one.days or one.weeks) or any(
        value is not None
        for value in (one.from_day, one.every_h, one.per_day, one.per_week, one.every_d, one.n_doses, one.for_days)
    )


def as_json(found: tuple[Administration, ...]) -> list[dict[str, Any]]:
    """Plain data for `json.dumps`: fields not stated are left out, numbers are numbers, `span` is two offsets."""
    return [_plain_fields(one) for one in found]


def uncertain_share(found: tuple[Administration, ...]) -> float:
    """The part of the administrations marked uncertain, 0 to 1 (0 when there are none)."""
    return sum(one.uncertain for one in found) / len(found) if found else 0.0


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


def _plain_fields(one: Any) -> dict[str, Any]:
    found = {field.name: _plain(getattr(one, field.name)) for field in fields(one)}
    return {name: value for name, value in found.items() if not _empty(value)}


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Span):
        return [value.start, value.end]
    return _plain_fields(value) if isinstance(value, Dose | Cap) else value

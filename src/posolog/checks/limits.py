"""Limits that can be judged without a patient, companions, and one drug on two bases (H1 to H3, H8 to H11)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from posolog.checks import say
from posolog.checks.agents import agent_of, inn
from posolog.checks.amounts import divisible
from posolog.checks.totals import Totals, totals_of
from posolog.checks.view import Given, at_all, at_line, givens, together
from posolog.core.finding import Finding, Severity
from posolog.core.units import Unit, find_unit
from posolog.formulary import Agent, Companion, Limit, companions, find, limits
from posolog.protocol.model import Amount, Basis, Per, Protocol

SLOTS = {"per_dose": "dose", "per_day": "day", "per_week": "week", "per_course": "course"}
PER = {"": Per.FLAT, "m2": Per.M2, "m²": Per.M2, "kg": Per.KG}
LARGE = {Per.M2: Decimal("2.2"), Per.KG: Decimal(100)}  # sizes that adults of a trial commonly reach
SMALL = {Per.M2: Decimal("1.5"), Per.KG: Decimal(50)}


def parsed(words: str) -> tuple[Unit, Per] | None:
    """ "mg/m2" as unit and multiplier; None for a unit this program does not know."""
    symbol, _, per = words.partition("/")
    unit = find_unit(symbol)
    return (unit, PER[per]) if unit is not None and per in PER else None


def applying(given: Given, agent: Agent) -> tuple[Limit, ...]:
    """The limits for the line's route; without a route, those of the most permissive route."""
    if given.give.route:
        return limits(agent, given.give.route) if given.give.route in agent.routes else limits(agent)
    best: dict[tuple[str, str, str], Limit] = {}
    for limit in limits(agent):
        key = (limit.kind, limit.unit, limit.hardness)
        if key not in best or limit.value > best[key].value:
            best[key] = limit
    return tuple(best.values())


def limit_passed(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        agent, amount = agent_of(given), given.give.amount
        if agent is None or amount is None:
            continue
        worst: dict[str, tuple[Limit, Finding]] = {}
        for limit in applying(given, agent):
            finding = _judged(given, amount, totals_of(given), limit)
            if finding and (limit.kind not in worst or _harder(limit, worst[limit.kind][0])):
                worst[limit.kind] = (limit, finding)
        for _, finding in worst.values():
            yield finding


def _harder(one: Limit, other: Limit) -> bool:
    return (one.hardness == "hard", -one.value) > (other.hardness == "hard", -other.value)


def _judged(given: Given, amount: Amount, totals: Totals, limit: Limit) -> Finding | None:
    unit_per, slot = parsed(limit.unit), SLOTS.get(limit.kind, "")
    value = totals.get(slot)
    if unit_per is None or value is None or unit_per[0].kind != amount.unit.kind:
        return None
    unit, per = unit_per
    here = value * amount.unit.factor / unit.factor
    if per is amount.per:
        return _passed(given, limit, here, unit, per) if here > limit.value else None
    if Per.FLAT in (per, amount.per):
        return _depends(given, amount, limit, here, unit, per)
    return None


def _passed(given: Given, limit: Limit, value: Decimal, unit: Unit, per: Per) -> Finding:
    return Finding(
        "LIMIT-PASSED", Severity.STOP if limit.hardness == "hard" else Severity.ASK,
        f"{given.agent}: {_of(value, unit, per)} per {SLOTS[limit.kind]} passes the limit of "
        f"{_of(limit.value, unit, per)} per {SLOTS[limit.kind]} (source: {limit.source}).",
        "Check dose, basis and frequency; a dose above the limit that is meant needs its reason under because.",
        (at_line(given.line, "dose"),), next(iter(limit.hazards), "H2"),
    )


def _of(value: Decimal, unit: Unit, per: Per) -> str:
    return f"{say.number(say.short(value))} {unit.symbol}" + (f" per {per.value}" if per.value else "")


def _depends(given: Given, amount: Amount, limit: Limit, value: Decimal, unit: Unit, per: Per) -> Finding | None:
    """A flat dose against a limit per size, or the reverse: the size at which it is passed."""
    if not value or not limit.value or (per is Per.FLAT and _capped(given, limit)):
        return None
    size, scaled = (limit.value / value, amount.per) if per is Per.FLAT else (value / limit.value, per)
    relevant = size < LARGE[scaled] if per is Per.FLAT else size > SMALL[scaled] * Decimal("0.9")
    if not relevant or (per is Per.FLAT and limit.hardness != "hard"):
        return None
    side = "above" if per is Per.FLAT else "below"
    missing = " and no cap is stated" if per is Per.FLAT else ""
    return Finding(
        "LIMIT-BY-SIZE", Severity.ASK if per is Per.FLAT else Severity.NOTE,
        f"{given.agent} passes the limit of {_of(limit.value, unit, per)} per {SLOTS[limit.kind]} in patients {side} "
        f"{say.number(say.short(size))} {scaled.value}{missing} (source: {limit.source}).",
        "State the cap, or give the reason under because.",
        (at_line(given.line, "dose"),), next(iter(limit.hazards), "H2"),
    )


def _capped(given: Given, limit: Limit) -> bool:
    return any(cap.per is Per.FLAT and cap.basis.value in ("", SLOTS[limit.kind], "dose") for cap in given.give.caps)


def narrow_per_day(protocol: Protocol) -> Iterator[Finding]:
    """A per-day amount that, given as one dose, would pass a limit per dose (H8)."""
    for given in filter(divisible, givens(protocol)):
        agent, amount = agent_of(given), given.give.amount
        if agent is None or amount is None or amount.exact is None:
            continue
        for limit in applying(given, agent):
            unit_per = parsed(limit.unit)
            if limit.kind != "per_dose" or unit_per is None or unit_per[1] is not amount.per:
                continue
            unit = unit_per[0]
            value = amount.exact * amount.unit.factor / unit.factor
            if unit.kind == amount.unit.kind and value > limit.value:
                yield Finding(
                    "NARROW-PER-DAY", Severity.STOP,
                    f"{given.agent} {say.amount(amount)} does not say how many doses: as one dose it passes the "
                    f"limit of {_of(limit.value, unit, amount.per)} per dose (source: {limit.source}).",
                    "State the number of doses a day.", (at_line(given.line, "amount per day"),), "H8",
                )
                break


def two_bases(protocol: Protocol) -> Iterator[Finding]:
    by_agent: dict[str, list[Given]] = {}
    for given in givens(protocol):
        if given.give.amount is not None and given.give.amount.per is not Per.FLAT:
            by_agent.setdefault(inn(given), []).append(given)
    for name, found in by_agent.items():
        one = next((g for g in found if _per(g) is Per.M2), None)
        other = next((g for g in found if _per(g) is Per.KG and one and together(one.part, g.part)), None)
        if one and other:
            yield Finding(
                "TWO-BASES", Severity.NOTE,
                f"{name} is dosed on two bases in one plan: {_told(one)}, and {_told(other)}.",
                "Check that both bases are meant.", at_all([one, other]), "H9",
            )


def _per(given: Given) -> Per:
    return given.give.amount.per if given.give.amount is not None else Per.FLAT


def _told(given: Given) -> str:
    amount, course = given.give.amount, totals_of(given).get("course")
    if amount is None:
        return given.agent
    whole = f" ({say.of_value(course, amount, Basis.UNSTATED)} in all)" if course is not None else ""
    return f"{say.amount(amount)}{whole}"


def companion_missing(protocol: Protocol) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for given in givens(protocol):
        agent, amount = agent_of(given), given.give.amount
        for rule in companions(agent) if agent else ():
            pair = (rule.inn, rule.companion)
            if amount is None or pair in seen or not _calls(given, amount, rule):
                continue
            if not _stands(protocol, given, rule.companion):
                seen.add(pair)
                yield _lacks(given, amount, rule)


def _calls(given: Given, amount: Amount, rule: Companion) -> bool:
    """Whether the line's dose reaches the companion's threshold, in the threshold's own multiplier."""
    unit_per, value = parsed(rule.from_unit), totals_of(given).get(SLOTS.get(rule.when_kind, ""))
    if unit_per is None or value is None or unit_per[0].kind != amount.unit.kind:
        return False
    any_dose = rule.from_value == 0
    reached = value * amount.unit.factor >= rule.from_value * unit_per[0].factor
    return any_dose or (unit_per[1] is amount.per and reached)


def _lacks(given: Given, amount: Amount, rule: Companion) -> Finding:
    return Finding(
        "COMPANION-MISSING", Severity.NOTE,
        f"{given.agent} at {say.amount(amount)} calls for {rule.companion}, which no line gives.",
        f"Add {rule.companion}, or say which document rules it ({rule.note or rule.source}).",
        (at_line(given.line, "dose"),), "H9",
    )


def _stands(protocol: Protocol, given: Given, companion: str) -> bool:
    wanted = {agent.inn for agent in find(companion).agents} | {companion}
    return any(inn(other) in wanted and together(given.part, other.part) for other in givens(protocol))

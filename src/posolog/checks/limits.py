"""Limits that can be judged without a patient, companions, and one drug on two bases (H1 to H3, H8 to H11)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from posolog.checks import say
from posolog.checks.agents import agent_of
from posolog.checks.amounts import divisible
from posolog.checks.totals import Totals, totals_of
from posolog.checks.view import Given, at_line, givens
from posolog.core.finding import Finding, Severity
from posolog.core.units import Unit, find_unit
from posolog.formulary import ROUTES, Agent, Limit, limits
from posolog.protocol.model import Amount, Per, Protocol

SLOTS = {"per_dose": "dose", "per_day": "day", "per_week": "week", "per_course": "course"}
PER = {"": Per.FLAT, "m2": Per.M2, "m²": Per.M2, "kg": Per.KG}
LARGE = {Per.M2: Decimal("2.2"), Per.KG: Decimal(100)}  # sizes that adults of a trial commonly reach
SMALL = {Per.M2: Decimal("1.5"), Per.KG: Decimal(50)}


def parsed(words: str) -> tuple[Unit, Per] | None:
    """ "mg/m2" as unit and multiplier; None for a unit this program does not know."""
    symbol, _, per = words.partition("/")
    unit = find_unit(symbol)
    return (unit, PER[per]) if unit is not None and per in PER else None


def routes_of(given: Given, agent: Agent) -> tuple[str, ...]:
    """The stated route, or every permitted one where none is stated."""
    return (given.give.route,) if given.give.route in ROUTES else agent.routes


def limit_passed(protocol: Protocol) -> Iterator[Finding]:
    """A limit counts where it is passed by every route that the words leave open; the mildest answer is given."""
    for given in givens(protocol):
        agent, amount = agent_of(given), given.give.amount
        if agent is None or amount is None:
            continue
        routes = [_worst(given, amount, limits(agent, route)) for route in routes_of(given, agent)]
        for kind in routes[0] if routes else ():
            if all(kind in found for found in routes):
                yield min((found[kind][1] for found in routes), key=lambda finding: finding.severity is Severity.STOP)


def _worst(given: Given, amount: Amount, listed: tuple[Limit, ...]) -> dict[str, tuple[Limit, Finding]]:
    """The hardest finding for each slot; sizes at which a limit is passed give one finding in all."""
    worst: dict[str, tuple[Limit, Finding]] = {}
    for limit in listed:
        finding = _judged(given, amount, totals_of(given), limit)
        key = limit.kind if finding and finding.code == "LIMIT-PASSED" else "size"
        if finding and (key not in worst or _harder(limit, worst[key][0])):
            worst[key] = (limit, finding)
    return worst


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
    if not relevant or (limit.hardness != "hard" and (per is Per.FLAT or "H3" not in limit.hazards)):
        return None
    side = f"patients {'above' if per is Per.FLAT else 'below'} {say.number(say.short(size))} {scaled.value}"
    everyone = size < SMALL[scaled] / 3 if per is Per.FLAT else size > LARGE[scaled] * 2
    missing = " and no cap is stated" if per is Per.FLAT else ""
    usual = Severity.ASK if per is Per.FLAT else Severity.NOTE
    severity = Severity.STOP if everyone and limit.hardness == "hard" else Severity.ASK if everyone else usual
    return Finding(
        "LIMIT-BY-SIZE", severity,
        f"{given.agent} passes the limit of {_of(limit.value, unit, per)} per {SLOTS[limit.kind]} in "
        f"{'every patient' if everyone else side}{missing} (source: {limit.source}).",
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
        routes = [_one_dose_passes(amount, limits(agent, route)) for route in routes_of(given, agent)]
        if routes and all(routes) and routes[0] is not None:
            yield Finding(
                "NARROW-PER-DAY", Severity.STOP,
                f"{given.agent} {say.amount(amount)} does not say how many doses: as one dose it passes the "
                f"limit of {number_of(routes[0])} per dose (source: {routes[0].source}).",
                "State the number of doses a day.", (at_line(given.line, "amount per day"),), "H8",
            )


def _one_dose_passes(amount: Amount, listed: tuple[Limit, ...]) -> Limit | None:
    for limit in listed:
        unit_per = parsed(limit.unit)
        if limit.kind != "per_dose" or unit_per is None or unit_per[1] is not amount.per or amount.exact is None:
            continue
        unit = unit_per[0]
        if unit.kind == amount.unit.kind and amount.exact * amount.unit.factor / unit.factor > limit.value:
            return limit
    return None


def number_of(limit: Limit) -> str:
    """The limit in words, without its slot."""
    unit_per = parsed(limit.unit)
    return _of(limit.value, *unit_per) if unit_per else f"{say.number(limit.value)} {limit.unit}"



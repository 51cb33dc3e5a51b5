"""One drug on two bases, and companions that high doses call for (H9)."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.agents import agent_of, inn
from posolog.checks.limits import SLOTS, parsed
from posolog.checks.totals import totals_of
from posolog.checks.view import Given, at_all, at_line, givens, together
from posolog.core.finding import Finding, Severity
from posolog.formulary import Companion, companions, find
from posolog.protocol.model import Amount, Basis, Per, Protocol


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

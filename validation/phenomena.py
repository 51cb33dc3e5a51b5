"""What kind of thing went wrong: each miss, misreading and spurious statement gets one name, or one per field."""

from __future__ import annotations

from collections.abc import Mapping

from validation.scoring import Quantity, Statement, quantity, same_agent, same_amount

_FIELDS = {
    "levels": "amount: levels", "basis": "basis", "cap": "cap", "route": "route", "days": "days",
    "from_day": "days: open start or end", "to_day": "days: open start or end", "weeks": "days: weeks",
    "every_h": "frequency", "per_day": "frequency", "per_week": "frequency", "every_d": "frequency",
    "n_doses": "number of doses", "for_days": "duration", "cycle_d": "cycle: length", "n_cycles": "cycle: number",
    "infusion_h": "infusion", "continuous": "infusion",
}  # fmt: skip


def of_miss(gold: Statement, found: list[Statement]) -> str:
    """Why a gold statement has no partner."""
    if quantity(gold) is None:
        return "missed: schedule without an amount"
    if any(same_amount(gold, one) for one in found):
        return "missed: agent (the amount is read for another agent, or for none)"
    if any(same_agent(gold.get("agent"), one.get("agent")) for one in found):
        return "missed: a further statement of an agent that is read"
    return "missed: agent and amount"


def of_spurious(gold: list[Statement], read: Statement) -> str:
    """What a statement without a partner is."""
    if quantity(read) is None:
        return "spurious: schedule without an amount"
    if any(same_amount(one, read) and same_agent(one.get("agent"), read.get("agent")) for one in gold):
        return "spurious: read twice"
    if any(same_amount(one, read) for one in gold):
        return "spurious: wrong agent"
    return "spurious: no such dose"


def of_pair(gold: Statement, read: Statement, verdicts: Mapping[str, str], *, same: bool) -> list[str]:
    """The amount's and the fields' phenomena of a pair, none when all is right."""
    names = [] if same else [_amount(quantity(gold), quantity(read))]
    return names + [f"{_FIELDS[field]} ({verdict})" for field, verdict in verdicts.items() if verdict != "right"]


def _amount(gold: Quantity | None, read: Quantity | None) -> str:
    if gold is None or read is None:
        return "amount: only in the gold" if read is None else "amount: only in the reading"
    if gold.kind != read.kind:
        return "amount: unit"
    if gold.per != read.per:
        return "amount: per"
    if gold.levels or read.levels:
        return "amount: levels for one value or the reverse"
    return "amount: value or range"

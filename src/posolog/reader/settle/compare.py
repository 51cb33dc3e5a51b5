"""What two drafts say alike: their agents, their amounts, their schedules."""

from __future__ import annotations

from decimal import Decimal

from posolog.protocol.model import Amount, Count
from posolog.reader.agents import key
from posolog.reader.drafts import Draft
from posolog.reader.tokens.daywords import DayWords

Schedule = frozenset[tuple[str, object]]


def same_agent(left: Draft, right: Draft) -> bool:
    """By name, or as written."""
    a, b = key(left.agent.name), key(right.agent.name)
    return a == b or key(left.agent.words) == key(right.agent.words)


def values(amount: Amount | None) -> frozenset[Decimal]:
    """Every number of the amount, in the base unit of its kind."""
    if amount is None:
        return frozenset()
    return frozenset(v * amount.unit.factor for v in (*amount.levels, amount.low, amount.high) if v is not None)


def same_unit(left: Amount, right: Amount) -> bool:
    """Amounts that can be compared: of one kind, and both per kg, per m² or flat."""
    return left.unit.kind == right.unit.kind and left.per is right.per


def schedule_of(draft: Draft) -> Schedule:
    """Each day, frequency, duration and count that the draft states."""
    found: set[tuple[str, object]] = set()
    for token in draft.tokens:
        if token.kind == "days" and isinstance(token.value, DayWords):
            found |= {("day", day) for day in token.value.days.days()}
        elif token.kind in ("every", "weeks", "for", "doses", "dayspercycle", "times"):
            found.add((token.kind, token.value))
    return frozenset(found)


def lasting(draft: Draft) -> Schedule:
    """The durations that stand within a cycle: "7 days every 28 days" lasts 7 days."""
    tokens = [token for token in draft.tokens if token.kind == "dayspercycle"]
    return frozenset(("for", Count(token.value[0])) for token in tokens if isinstance(token.value, tuple))


def rhythm(schedule: Schedule) -> Schedule:
    """Days and frequencies, without durations and counts."""
    return frozenset(one for one in schedule if one[0] in ("day", "every", "times", "weeks"))

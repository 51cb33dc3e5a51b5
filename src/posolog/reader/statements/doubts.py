"""Doubts that come from an agent's other statements: which schedule belongs to which amount."""

from __future__ import annotations

from dataclasses import replace

from posolog.reader.statements.administration import Administration

# From this many statements of one agent on, one that stands without a schedule may repeat or complete another.
MANY = 3


def with_doubts(one: Administration, of_agent: list[Administration]) -> Administration:
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

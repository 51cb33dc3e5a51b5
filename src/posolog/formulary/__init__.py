"""Agents and radionuclides as data: names, routes, ceilings, companions, decay, regimens.

Each row of the files under `data/` names its source by a key of the evidence library, and says how far it was read. The
files are loaded when first asked for; importing the package reads none.
"""

from __future__ import annotations

from .load import (
    all_agents,
    all_companions,
    all_limits,
    all_nuclides,
    all_regimens,
    known_words,
)
from .match import find, split_nuclide, suggest
from .model import ROUTES, Agent, Companion, Limit, Match, Nuclide, Regimen
from .names import ambiguous_names, exact_names, fold, key, name_index

__all__ = [
    "ROUTES",
    "Agent",
    "Companion",
    "Limit",
    "Match",
    "Nuclide",
    "Regimen",
    "all_agents",
    "all_companions",
    "all_limits",
    "all_nuclides",
    "all_regimens",
    "ambiguous_names",
    "companions",
    "exact_names",
    "find",
    "fold",
    "known_words",
    "limits",
    "name_index",
    "nuclide",
    "regimen",
    "split_nuclide",
    "suggest",
]


def limits(agent: Agent, route: str | None = None) -> tuple[Limit, ...]:
    """Limits of this INN and formulation; with a route, those of that route and of any route.

    Raises ValueError for a route that is not one of `ROUTES`.
    """
    if route is not None and route not in ROUTES:
        raise ValueError(f"unknown route {route!r}: one of {', '.join(ROUTES)}")
    return tuple(
        limit
        for limit in all_limits()
        if (limit.inn, limit.formulation) == (agent.inn, agent.formulation)
        and (route is None or limit.route is None or limit.route == route)
    )


def companions(agent: Agent) -> tuple[Companion, ...]:
    """What must stand beside this agent, and from which dose on (H9)."""
    return tuple(rule for rule in all_companions() if rule.inn == agent.inn)


def nuclide(name: str) -> Nuclide:
    """The radionuclide of this name, in any spelling: "90Y", "Y-90", "yttrium-90".

    Raises KeyError when the table does not hold it.
    """
    for item in all_nuclides():
        if item.name == name:
            return item
    found = split_nuclide(name)
    if found is None or found[1]:
        raise KeyError(name)
    return found[0]


def regimen(acronym: str) -> Regimen | None:
    """What a regimen acronym leads one to expect, or None when it is not listed."""
    wanted = key(acronym)
    for item in all_regimens():
        if wanted in (key(item.acronym), *(key(other) for other in item.also_written)):
            return item
    return None

"""What the formulary knows of a planned agent, and how a plan is told of a limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from posolog.core.finding import Place
from posolog.course.model import Planned, Status
from posolog.course.words import place

if TYPE_CHECKING:
    from posolog.formulary import Agent, Limit

COUNTED = (Status.PLANNED, Status.WAITING, Status.GIVEN)


@lru_cache(maxsize=512)
def agent_of(name: str) -> Agent | None:
    """The one agent that a name means, or None."""
    from posolog.formulary import find

    match = find(name)
    return match.agents[0] if len(match.agents) == 1 else None


@lru_cache(maxsize=512)
def limits_of(name: str, route: str) -> tuple[Limit, ...]:
    """The limits of an agent by a route; of an unusual route those for every route."""
    from posolog.formulary import ROUTES, limits

    agent = agent_of(name)
    if agent is None:
        return ()
    known = route if route in ROUTES else None
    return tuple(limit for limit in limits(agent, known) if known or limit.route is None)


def places_of(acts: list[Planned], own: Iterable[int]) -> tuple[Place, ...]:
    """The lines of some acts, each once."""
    lines = dict.fromkeys((acts[index].line, acts[index].quote) for index in own)
    return tuple(replace(place(line), words=quote) for line, quote in lines if line)


def refuse(acts: list[Planned], own: Iterable[int]) -> None:
    """Mark acts as refused and take their dose away; what was given stays."""
    for index in own:
        if acts[index].status is not Status.GIVEN:
            acts[index] = replace(acts[index], status=Status.REFUSED, dose=None)

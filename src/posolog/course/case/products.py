"""Which product a written name means, and whether a recorded one is what a line asks for."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def meanings(name: str) -> frozenset[str]:
    """Every product that a written name may mean: "antithymocyte globulin" is rabbit, horse and more."""
    from posolog.formulary import find

    match = find(name) if name.strip() else None
    return frozenset(agent.name for agent in match.agents) if match else frozenset()


def fits(planned: str, recorded: str) -> bool:
    """Whether a recorded product is what a line asks for: the same, or one of those its name may mean."""
    return product(recorded) == product(planned) or product(recorded) in meanings(planned)


@lru_cache(maxsize=1024)
def product(name: str) -> str:
    """INN and formulation of a written name; the name itself where the formulary gives no single answer (H12)."""
    from posolog.formulary import find

    match = find(name) if name.strip() else None
    if match is not None and len(match.agents) == 1:
        return match.agents[0].name
    return " ".join(name.casefold().split())

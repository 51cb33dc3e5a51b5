"""A regimen's name leads one to expect its components; what is missing is asked (H9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posolog.checks import say
from posolog.checks.view import at, givens
from posolog.core.finding import Finding, Severity
from posolog.formulary import Agent, Regimen, all_regimens, find
from posolog.protocol.model import Part, Protocol

SHORT = 4  # acronyms below this length count only in the capitals they are listed in


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Regimen], ...]:
    """Longest acronym first, so that FLAG-IDA is not read as FLAG."""
    found = []
    for regimen in all_regimens():
        for name in (regimen.acronym, *regimen.also_written):
            flags = re.IGNORECASE if len(name) >= SHORT else re.NOFLAG
            found.append((re.compile(rf"(?<![\w+-]){re.escape(name)}(?![\w+]|-\w)", flags), regimen, len(name)))
    return tuple((pattern, regimen) for pattern, regimen, _ in sorted(found, key=lambda row: -row[2]))


def named(words: str) -> Regimen | None:
    """The regimen whose acronym stands in `words`."""
    return next((regimen for pattern, regimen in _patterns() if pattern.search(words)), None)


def regimen_component(protocol: Protocol) -> Iterator[Finding]:
    for part in protocol.parts:
        regimen, held = named(part.name), _held(protocol, part)
        if regimen is None or not held:
            continue
        missing = [name for name in regimen.components if not _given(name, regimen, held)]
        if missing and len(missing) < len(regimen.components):
            verb = "is" if len(missing) == 1 else "are"
            yield Finding(
                "REGIMEN-COMPONENT", Severity.ASK,
                f"{part.name} is named after {regimen.acronym} ({say.names(regimen.components)}), but "
                f"{say.names(missing)} {verb} given by no line.",
                f"Add {say.names(missing)}, or settle that it is left out.", (at(part, "part"),), "H9",
            )


def _held(protocol: Protocol, part: Part) -> tuple[Agent, ...]:
    wanted = (part.name, part.same_as)
    return tuple(a for g in givens(protocol) if g.part.name in wanted for a in find(g.agent).agents)


def _given(name: str, regimen: Regimen, held: tuple[Agent, ...]) -> bool:
    """The component itself, or an agent of its class that the regimen lists as another option."""
    meant = find(name).agents
    others = {agent.inn for option in regimen.optional for agent in find(option).agents}
    classes = {agent.agent_class for agent in meant}
    return any(
        agent.inn in {a.inn for a in meant} or (agent.inn in others and agent.agent_class in classes)
        for agent in held
    )

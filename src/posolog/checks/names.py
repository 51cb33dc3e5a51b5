"""Names that mean no agent, several agents or several products (H12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from posolog.checks import say
from posolog.checks.agents import agent_of
from posolog.checks.view import Given, at_all, at_line, givens, quoted
from posolog.core.finding import Finding, Severity
from posolog.formulary import find, suggest
from posolog.protocol.model import Protocol

ALIKE = 0.9  # likeness from which a recognised but unlisted name is asked about

FORM = re.compile(r"liposom\w*|lipid complex|pegylated|\bPEG-", re.I)


def _near(name: str) -> list[str]:
    """Names to ask about; a word that is known to be some agent's name must be almost the same."""
    near = suggest(name)[:3]
    if not find(name).recognised:
        return list(near)
    return [word for word in near if SequenceMatcher(None, name.casefold(), word.casefold()).ratio() >= ALIKE]


def agent_unknown(protocol: Protocol) -> Iterator[Finding]:
    for given in _first_of_each(protocol):
        match, near = find(given.agent), _near(given.agent)
        if match.agents or (match.recognised and not near):
            continue
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        yield Finding(
            "AGENT-UNKNOWN", Severity.ASK,
            f'"{given.agent}" is no agent that the formulary holds, so no limit or route is checked.{hint}',
            "Correct the name, or confirm it under `settled` with this code and the line.",
            (at_line(given.line, "agent"),), "H12",
        )


def agent_unlisted(protocol: Protocol) -> Iterator[Finding]:
    found = [
        given
        for given in _first_of_each(protocol)
        if not find(given.agent).agents and find(given.agent).recognised and not _near(given.agent)
    ]
    if found:
        yield Finding(
            "AGENT-UNLISTED", Severity.NOTE,
            f"{say.names([given.agent for given in found])}: recognised as a name, but not in the formulary, "
            f"so no limit or route is checked.",
            "Check limits and route by hand.", at_all(found), "H12",
        )


def _first_of_each(protocol: Protocol) -> tuple[Given, ...]:
    """One give line for each agent name."""
    first: dict[str, Given] = {}
    for given in givens(protocol):
        first.setdefault(given.agent.casefold(), given)
    return tuple(first.values())


def agent_ambiguous(protocol: Protocol) -> Iterator[Finding]:
    for given in _first_of_each(protocol):
        agents = find(given.agent).agents
        if len({agent.inn for agent in agents}) > 1:
            yield Finding(
                "AGENT-AMBIGUOUS", Severity.ASK,
                f'"{given.agent}" may be {" or ".join(agent.name for agent in agents)}.',
                "Write the name in full.", (at_line(given.line, "agent"),), "H12",
            )


def product(protocol: Protocol) -> Iterator[Finding]:
    for given in _first_of_each(protocol):
        agents = find(given.agent).agents
        if len(agents) > 1 and len({agent.inn for agent in agents}) == 1:
            yield Finding(
                "PRODUCT", Severity.ASK,
                f'"{given.agent}" does not say which product: {" or ".join(a.formulation or a.inn for a in agents)}; '
                f"they are not exchangeable dose for dose.",
                "Name the product.", (at_line(given.line, "agent"),), "H12",
            )
    for given in givens(protocol):
        form, agent = FORM.search(quoted(given.line.sources)), agent_of(given)
        alone = sum(1 for other in givens(protocol) if other.line.sources == given.line.sources) == 1
        if form and agent and alone and not agent.formulation and not FORM.search(given.agent):
            yield Finding(
                "PRODUCT", Severity.ASK,
                f'The quote says "{form.group()}", but the line gives {agent.inn} without that formulation.',
                "Name the product with its formulation.", (at_line(given.line, "agent"),), "H12",
            )

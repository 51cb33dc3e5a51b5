"""`formulary` and `finding`: what is known of an agent or a code."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.faults import DONE, stop
from posolog.cli.output import echo

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from posolog.formulary import Agent

HOW = {
    "inn": "its international name", "synonym": "a synonym", "radiolabelled": "a radionuclide and its carrier",
    "vocabulary": "a known name", "stem": "the ending of a name", "code": "a development code",
}  # fmt: skip


def formulary(name: str) -> int:
    """Print what a name may mean, and what is known of each meaning."""
    from posolog.formulary import find, suggest

    match = find(name)
    if not match.agents:
        near = suggest(name)
        step = f"Did you mean {', '.join(near)}?" if near else "Write the international nonproprietary name."
        known = (
            f"{name!r} is recognised by {HOW[match.how]}, but not held"
            if match.recognised
            else f"{name!r} is not known"
        )
        raise stop("AGENT-UNLISTED" if match.recognised else "AGENT-UNKNOWN", known, step, words=name, label="name")
    if match.ambiguous:
        echo(f"{name} may mean {len(match.agents)} agents:")
    for agent in match.agents:
        echo("\n".join(_agent(agent)))
    return DONE


def _agent(agent: Agent) -> list[str]:
    from posolog.evidence.shipped import resolve
    from posolog.formulary import companions, limits
    from posolog.report.format import NBSP, number, spoken

    routes = ", ".join(agent.routes) or "none listed"
    lines = [f"{agent.name} ({agent.agent_class})", f"  routes: {routes}"]
    for limit in limits(agent):
        route = f", {limit.route}" if limit.route else ""
        size = spoken(f"{number(limit.value)}{NBSP}{limit.unit}")
        lines.append(f"  limit ({limit.hardness}): {size} {limit.kind.replace('_', ' ')}{route} [{limit.source}]")
    for rule in companions(agent):
        size = spoken(f"{number(rule.from_value)}{NBSP}{rule.from_unit}")
        lines.append(f"  with {rule.companion} from {size} {rule.when_kind.replace('_', ' ')} [{rule.source}]")
    keys = dict.fromkeys([agent.source, *(x.source for x in limits(agent)), *(x.source for x in companions(agent))])
    return lines + [f"  [{key}] {resolve(key).citation}" for key in keys]


def finding(code: str) -> int:
    """Print the page of a finding code."""
    wanted = code.strip().upper()
    for folder in _folders():
        page = folder / f"{wanted}.md"
        if wanted.replace("-", "").isalnum() and page.is_file():
            echo(page.read_text(encoding="utf-8"))
            return DONE
    step = "Codes stand before the message of a finding, e.g. DOSE-BASIS."
    raise stop("CODE-UNKNOWN", f"there is no finding with the code {code!r}", step, words=code, label="code")


def _folders() -> tuple[Traversable, ...]:
    """Pages installed with the package, or those of the source tree."""
    return files("posolog") / "findings", Path(__file__).parents[4] / "docs" / "findings"

"""Routes that are refused or asked about, days too close, two bases of one agent (H4, H9, H11)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from posolog.core.finding import Finding
from posolog.course.acts import Draft
from posolog.course.case import product
from posolog.course.limits.known import COUNTED, agent_of, places_of, refuse
from posolog.course.model import Planned
from posolog.course.words import ask, listed, note, stop
from posolog.protocol.model import Per

if TYPE_CHECKING:
    from posolog.formulary import Agent


def routes(acts: list[Planned], agent: Agent, route: str, own: list[int]) -> list[Finding]:
    """A route that is missing, refused or unusual."""
    vinca = agent.agent_class == "vinca"
    if not route:
        if not vinca:
            return []
        message = f"the route of {agent.name} is not stated: it is for intravenous use only, fatal by other routes"
        return [ask("ROUTE-UNSTATED", message, "write IV in the line", *places_of(acts, own), hazard="H4")]
    if route in agent.routes or not agent.routes:
        return []
    allowed = listed(agent.routes)
    if vinca:
        refuse(acts, own)
        message = f"{agent.name} by route {route} is refused: for intravenous use only, fatal by other routes"
        return [stop("ROUTE-REFUSED", message, "write IV in the line", *places_of(acts, own), hazard="H4")]
    message = f"{agent.name} is not listed for the route {route} (listed: {allowed})"
    return [ask("ROUTE-UNUSUAL", message, "confirm the route", *places_of(acts, own), hazard="H4")]


def weekly(acts: list[Planned], agent: Agent, route: str, own: list[int]) -> list[Finding]:
    """A once-a-week drug on days closer than a week is refused (H11)."""
    if not agent.weekly or route != "PO":
        return []
    days = sorted({day for index in own if (day := acts[index].when) is not None})
    close = any(later - first < timedelta(days=7) for first, later in pairwise(days))
    stretch = any(acts[index].earliest is not None and acts[index].number is None for index in own)
    if not close and not stretch:
        return []
    refuse(acts, own)
    message = f"{agent.name} by mouth is given once a week, and the plan has it on days closer than a week"
    return [stop("WEEKLY-DRUG", message, "settle the frequency", *places_of(acts, own), hazard="H11")]


def same_day(acts: list[Planned]) -> list[Finding]:
    """A vinca and a drug into the spinal canal on one day: the scene of H4."""
    spinal: dict[date, str] = {}
    for act in acts:
        if act.kind == "give" and act.route == "IT" and act.when and act.status in COUNTED:
            spinal[act.when] = act.name
    found = []
    for act in acts if spinal else []:
        agent = agent_of(act.name) if act.kind == "give" and act.when in spinal else None
        if agent is not None and agent.agent_class == "vinca" and act.status in COUNTED and act.when:
            message = f"{act.name} and intrathecal {spinal[act.when]} are planned on one day, {act.when}"
            step = "give them on different days, or in different rooms with separate deliveries"
            found.append(ask("SAME-DAY-INTRATHECAL", message, step, *places_of(acts, [acts.index(act)]), hazard="H4"))
    return found


def two_bases(drafts: list[Draft], acts: list[Planned]) -> list[Finding]:
    """One agent per m² in one line and per kg in another: both are named (H9)."""
    bases: dict[str, dict[Per, int]] = {}
    for index, (draft, act) in enumerate(zip(drafts, acts, strict=True)):
        give = draft.give
        if give is not None and give.amount is not None and give.amount.per and act.status in COUNTED:
            bases.setdefault(product(give.agent), {}).setdefault(give.amount.per, index)
    found = []
    for agent, lines in bases.items():
        if len(lines) > 1:
            said = listed((f"per {per.value} in {acts[index].line}" for per, index in lines.items()), "and")
            message = f"{agent} is dosed on two bases: {said}"
            found.append(note("TWO-BASES", message, "check each line", *places_of(acts, lines.values()), hazard="H9"))
    return found

"""The cumulative monitor: every plan is held against the formulary's ceilings and routes (H1-H4, H8, H11).

A hard ceiling refuses the acts that pass it and takes their dose away; a soft one is asked about.
"""

from __future__ import annotations

from posolog.core.finding import Finding
from posolog.course.acts import Draft
from posolog.course.case import Case
from posolog.course.limits.ceilings import ceilings
from posolog.course.limits.known import COUNTED, agent_of
from posolog.course.limits.routes import routes, same_day, two_bases, weekly
from posolog.course.model import Planned, Status


def judge(case: Case, drafts: list[Draft], acts: list[Planned]) -> tuple[list[Planned], list[Finding]]:
    """The acts with refused ones marked, and the findings. `drafts[i]` is the draft of `acts[i]`."""
    result = list(acts)
    findings: list[Finding] = []
    agents: dict[tuple[str, str], list[int]] = {}
    for index, act in enumerate(acts):
        if act.kind == "give" and act.status in (*COUNTED, Status.REFUSED):
            agents.setdefault((act.name, act.route), []).append(index)
    for (name, route), own in agents.items():
        agent = agent_of(name)
        if agent is not None:
            findings += routes(result, agent, route, own)
            findings += weekly(result, agent, route, own)
    for name in dict.fromkeys(name for name, _ in agents):
        agent = agent_of(name)
        if agent is not None:
            own = [index for (other, _), found in agents.items() if other == name for index in found]
            findings += ceilings(case, drafts, result, agent, own)
    findings += same_day(result) + two_bases(drafts, result)
    return result, findings

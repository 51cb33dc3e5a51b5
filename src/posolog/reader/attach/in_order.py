"""As many agents as amounts, paired in order: "A/B (400 mg/25 mg)", "A and B at 30 mg and 3 mg respectively"."""

from __future__ import annotations

from itertools import pairwise

from posolog.reader.amounts.joined import STROKE
from posolog.reader.attach.between import Between
from posolog.reader.attach.doubts import Drafting
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token


def in_order(between: Between, drafting: Drafting, doses: list[Token]) -> dict[int, Draft]:
    """Index of the amount -> its draft, where agents and amounts stand in one order."""
    return _respectively(between, drafting, doses) or _by_stroke(between, drafting, doses)


def _respectively(between: Between, drafting: Drafting, doses: list[Token]) -> dict[int, Draft]:
    """ "A and B ... at 30 mg/m2 and 3.2 mg/kg respectively"."""
    if len(doses) < 2 or "respectively" not in between.text[between.start : between.end]:
        return {}
    agents = [a for a in between.agents if a.end <= doses[0].start and not a.weak]
    among = any(doses[0].start < a.start < doses[-1].start for a in between.agents)
    if len(agents) != len(doses) or among:
        return {}
    found = {}
    for index, (agent, token) in enumerate(zip(agents, doses, strict=True)):
        found[index] = drafting.draft(token, agent, "chain")
        found[index].inferred.append("agent: paired in order by 'respectively'")
    return found


def _by_stroke(between: Between, drafting: Drafting, doses: list[Token]) -> dict[int, Draft]:
    """ "A/B (400 mg/25 mg)": two agents and two amounts, each pair joined by a stroke."""
    found: dict[int, Draft] = {}
    text = between.text
    for index, (first, second) in enumerate(pairwise(doses)):
        pair = [a for a in between.agents if a.end <= first.start][-2:]
        if index in found or len(pair) < 2 or not STROKE.fullmatch(text[first.end : second.start]):
            continue
        if STROKE.fullmatch(text[pair[0].end : pair[1].start]) and between.near(pair[1], first):
            found[index] = drafting.draft(first, pair[0], "chain")
            found[index + 1] = drafting.draft(second, pair[1], "chain")
            found[index].start = pair[0].start
    return found

"""Interventions of which no field states a dose: lines without an amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from posolog.core.days import Anchor
from posolog.core.finding import Refusal
from posolog.formulary import find
from posolog.protocol.giveline import print_give
from posolog.protocol.model import Give, Line, Part, Source
from posolog.reader.record.fields import GRAFT
from posolog.reader.record.joining import Joining, free_name
from posolog.reader.record.same import same_agent

DRUGS = ("drug", "biological", "radiation", "genetic", "combination product", "dietary supplement")


def add_undosed(joining: Joining, document: str) -> None:
    """An intervention of which no field states a dose is a line without amount, in each of its arms."""
    several = len(joining.arms) > 1
    for one in joining.record.interventions:
        if one.kind.lower() not in DRUGS:
            continue
        mine = [label for label in one.arms if label in joining.arms] if several else []
        for arm in mine if set(mine) != set(joining.arms) and mine else ("",):
            if not any(_named(joining, one.name, arm)):
                _add_agent(joining, one.name, arm, document)


def _named(joining: Joining, name: str, arm: str) -> Iterator[Line]:
    for part in joining.parts.values():
        for line in part.lines if not (arm and part.arm and part.arm != arm) else ():
            if isinstance(line.what, Give) and (same_agent(line.what.agent, name) or line.what.agent in name.lower()):
                yield line


def _add_agent(joining: Joining, name: str, arm: str, document: str) -> None:
    match = find(name)
    give = Give(match.agents[0].name if len(match.agents) == 1 else " ".join(name.split()))
    field = f"intervention: {name}"
    source = Source(name, f"{document}, {field}" if document else field, 0, len(name))
    try:
        print_give(give)
    except Refusal:
        return
    line = Line("", give, sources=(source,), because="the record lists it as an intervention and states no dose")
    title = next((p.name for p in joining.parts.values() if p.arm == arm and not p.choice and not p.same_as), "")
    if not title:
        title = free_name(arm or "interventions", joining.parts)
        anchor = GRAFT if GRAFT in joining.anchors else f"{title} D1"
        joining.anchors.setdefault(anchor, Anchor(anchor, f"start of {title}"))
        joining.parts[title] = Part(title, anchor, arm=arm)
    part = joining.parts[title]
    joining.parts[title] = replace(part, lines=(*part.lines, line))

"""Agents given with an administration of another one: "the second infusion of X, co-injected with Y"."""

from __future__ import annotations

import re

from posolog.core.days import DaySet
from posolog.protocol.model import Give
from posolog.reader.agents import Spotted
from posolog.reader.drafting.flat import words_of
from posolog.reader.drafting.owners import part_of
from posolog.reader.drafting.parts import DraftLine
from posolog.reader.drafting.quotes import when_of
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.drafting.stays import COUNT
from posolog.reader.model import Statement
from posolog.reader.scope.conditions import joined
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.values import whole

BESIDE_WORDS = frozenset("co coinjected coadministered coinfused together combined".split())
_COINJECTED = re.compile(
    rf"""\b(?P<nth>{COUNT})\s(?:infusion|injection|dose|administration)\sof\s.{{3,80}}?
        \b(?:co-?\s?(?:injected|administered|infused)|given\ together|combined)\b""",
    re.I | re.X,
)


def draft_together(sheet: Sheet, here: Here, agents: tuple[Spotted, ...]) -> bool:
    """The line and the statement of an agent given with another one's administration; True where there is one."""
    added = _co_injected(here.text, here.start, here.end, agents)
    if added is None:
        return False
    agent, beside, nth = added
    day = _day_of(sheet, beside, nth)
    give = Give(agent.name, days=DaySet((day,)) if day is not None else None)
    because = f"given with administration {nth} of {beside.name}" if day is not None else ""
    line = DraftLine(give, [here.place], joined(here.conditions), because=because)
    part_of(sheet, here.block).lines.append(line)
    when, doubts = when_of(here.block, here.conditions), ("no amount is stated",)
    sheet.statements.append(Statement(*here.place, give, words_of(agent), when=when, doubts=doubts))
    return True


def _co_injected(text: str, start: int, end: int, agents: tuple[Spotted, ...]) -> tuple[Spotted, Spotted, int] | None:
    """(the agent added, the agent it goes with, the how-manieth administration), amount not stated."""
    if BESIDE_WORDS.isdisjoint(words_in(text[start:end])):
        return None
    match = _COINJECTED.search(text, start, end)
    if match is None:
        return None
    left = [a for a in agents if a.end <= match.end()]
    right = [a for a in agents if a.start >= match.end()]
    return (right[0], left[-1], whole(match["nth"])) if left and right else None


def _day_of(sheet: Sheet, agent: Spotted, nth: int) -> int | None:
    """The day of the agent's nth administration, by the first line that lists its days."""
    lines = (line.what for part in sheet.parts.values() for line in part.lines)
    gives = (give for give in lines if isinstance(give, Give) and give.agent == agent.name)
    days = next((give.days for give in gives if give.days), None)
    listed = days.days() if days else ()
    return listed[nth - 1] if 1 <= nth <= len(listed) else None

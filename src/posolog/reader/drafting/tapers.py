"""Tapers: a stretch of days over which an agent is reduced to nothing, as a line of its own."""

from __future__ import annotations

from posolog.protocol.model import Give, Window
from posolog.reader.drafting.owners import part_of
from posolog.reader.drafting.parts import DraftLine
from posolog.reader.drafting.sheet import Here, Sheet
from posolog.reader.scope.conditions import joined
from posolog.reader.tokens.daywords import DayWords


def draft_tapers(sheet: Sheet, here: Here) -> bool:
    """ "tapering MMF between days D+35 and D+56" is a line under the conditions of its sentence; True with one."""
    marks = [token.start for token in here.found.tokens if token.kind == "taper"]
    done = False
    for mark, until in zip(marks, [*marks, here.end][1:], strict=True):
        if taper := _taper(here, mark, until):
            give, end = taper
            words = [(here.block.index, mark, end)]
            part_of(sheet, here.block).lines.append(DraftLine(give, words, joined(here.conditions)))
            done = True
    return done


def _taper(here: Here, mark: int, until: int) -> tuple[Give, int] | None:
    """The agent and the days that stand between one word of tapering and the next, and where the days end."""
    agent = next((one for one in here.found.agents if mark <= one.start < until), None)
    days = next((one for one in here.found.tokens if one.kind == "days" and mark <= one.start < until), None)
    if agent is None or days is None or not isinstance(days.value, DayWords):
        return None
    listed = days.value.days.days()
    return (Give(agent.name, taper=Window(listed[0], listed[-1])), days.end) if listed[0] < listed[-1] else None

"""Which giving settles which act: in order of days, the nearest, at most a fortnight away."""

from __future__ import annotations

from datetime import date

from posolog.course.acts import Draft
from posolog.course.case import fits
from posolog.course.given.giving import Giving
from posolog.course.model import Planned, Status

REACH_DAYS = 14


def is_candidate(draft: Draft) -> bool:
    """Acts that one giving settles; an open stretch ("from D+6") takes any number and is never used up."""
    act = draft.act
    dated = act.when is not None or act.earliest is not None
    return dated and act.status is not Status.GIVEN and not is_open(act)


def is_open(act: Planned) -> bool:
    """A stretch ("from D+6") that takes any number of givings."""
    return act.earliest is not None and act.number is None


def window_of(draft: Draft) -> tuple[date, date | None]:
    """The first and last day on which an act may be given."""
    act = draft.act
    if act.earliest is not None:
        return act.earliest, act.latest or date.max
    assert act.when is not None
    return act.when, act.when


def matched(
    windows: list[tuple[date, date | None]], hoped: list[date | None], givings: list[Giving]
) -> list[int | None]:
    """The assignment in order of days that settles most givings, then with fewest days of difference."""
    rows, columns = len(givings), len(windows)
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(best[row + 1][column], best[row][column + 1])
            away = _away(windows[column], hoped[column], givings[row].day)
            if away <= REACH_DAYS:
                count, cost = best[row + 1][column + 1]
                best[row][column] = max(best[row][column], (count + 1, cost - away))
    return _path(best, windows, hoped, givings)


def _path(
    best: list[list[tuple[int, int]]],
    windows: list[tuple[date, date | None]],
    hoped: list[date | None],
    givings: list[Giving],
) -> list[int | None]:
    found: list[int | None] = []
    column = 0
    for row, giving in enumerate(givings):
        found.append(None)
        while column < len(windows) and best[row][column] != best[row + 1][column]:
            away = _away(windows[column], hoped[column], giving.day)
            count, cost = best[row + 1][column + 1]
            column += 1
            if away <= REACH_DAYS and best[row][column - 1] == (count + 1, cost - away):
                found[-1] = column - 1
                break
    return found


def _away(window_of: tuple[date, date | None], hoped: date | None, day: date) -> int:
    first, last = window_of
    last = last or first
    distance = 0 if first <= day <= last else min(abs((day - first).days), abs((day - last).days))
    return min(distance, abs((day - hoped).days)) if hoped is not None else distance


def stretch_for(drafts: list[Draft], agent: str, giving: Giving) -> Draft | None:
    """The open stretch of an agent that a giving falls into."""
    for draft in drafts:
        act = draft.act
        if act.kind == "give" and fits(act.name, agent) and is_open(act) and act.status is not Status.GIVEN:
            first, last = window_of(draft)
            if first <= giving.day <= (last or first) or draft.hoped == giving.day:
                return draft
    return None

"""The days that a give line lists."""

from __future__ import annotations

from posolog.core.days import Anchor
from posolog.protocol.model import Give


def listed_days(give: Give, anchor: Anchor) -> tuple[int, ...]:
    """Every day on which the line says that something is given; () where it lists none.

    A first day with "for 4 days" lists four days; "from D+6" without an end lists none.
    """
    if give.days is not None:
        days = give.days.days(day_zero=anchor.has_day_zero)
        if len(days) == 1 and give.for_days and give.for_days.number > 1 and not give.for_days.at_most:
            return _run(days[0], give.for_days.number, anchor)
        return days
    if give.from_day is not None and give.for_days and not give.for_days.at_most:
        return _run(give.from_day, give.for_days.number, anchor)
    return ()


def _run(first: int, number: int, anchor: Anchor) -> tuple[int, ...]:
    start = anchor.offset(first)
    return tuple(anchor.day(start + step) for step in range(number))


def runs(days: tuple[int, ...], anchor: Anchor) -> tuple[tuple[int, ...], ...]:
    """Unbroken stretches: (1, 2, 3, 8) -> ((1, 2, 3), (8,))."""
    found: list[list[int]] = []
    for day in days:
        if found and anchor.offset(day) == anchor.offset(found[-1][-1]) + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(tuple(run) for run in found)

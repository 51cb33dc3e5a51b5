"""What most checks ask of a protocol: its give lines with their part and anchor, their days, their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from posolog.core.because import Span
from posolog.core.days import Anchor, DayRange, DaySet
from posolog.core.finding import Place
from posolog.protocol.model import Do, Endpoint, Give, Line, Part, Protocol, Rest, Source, Visits

MOST_DAYS = 4000  # more listed days than this are not expanded: TOO-MANY-DAYS reports them
Kind = TypeVar("Kind", Give, Rest, Do)


@dataclass(frozen=True, slots=True)
class Given:
    """A give line in its part, under its anchor."""

    part: Part
    line: Line
    give: Give
    anchor: Anchor

    @property
    def agent(self) -> str:
        return self.give.agent


def anchor_of(protocol: Protocol, part: Part) -> Anchor:
    """The part's anchor; an undeclared one (reported by the loader) counts by its name alone."""
    try:
        return protocol.anchor(part.anchor)
    except KeyError:
        return Anchor(part.anchor, "")


def givens(protocol: Protocol) -> tuple[Given, ...]:
    return tuple(
        Given(part, line, line.what, anchor_of(protocol, part))
        for part in protocol.parts
        for line in part.lines
        if isinstance(line.what, Give)
    )


def lines_of(protocol: Protocol) -> Iterator[tuple[Part, Line]]:
    for part in protocol.parts:
        for line in part.lines:
            yield part, line


def size(days: DaySet) -> int:
    """How many days are listed, counted without expanding ranges; reversed ranges count as nothing."""
    return sum(max(0, i.last - i.first + 1) if isinstance(i, DayRange) else 1 for i in days.items)


def expand(days: DaySet | None, anchor: Anchor) -> tuple[int, ...]:
    """The listed days, each once and in order; nothing for a missing or an absurdly long list."""
    if days is None or size(days) > MOST_DAYS:
        return ()
    return days.days(day_zero=anchor.has_day_zero)


def days_of(given: Given) -> tuple[int, ...]:
    """The days of a give line as far as its words fix them; empty where open or not stated."""
    give = given.give
    if give.days is not None:
        return expand(give.days, given.anchor)
    if give.from_day is not None and give.to_day is not None:
        return expand(DaySet((DayRange(give.from_day, give.to_day),)), given.anchor)
    if give.from_day is not None and give.for_days is not None and 0 < give.for_days.number <= MOST_DAYS:
        return _counted(give.from_day, give.for_days.number, given.anchor)
    return ()


def _counted(first: int, number: int, anchor: Anchor) -> tuple[int, ...]:
    if first == 0 and not anchor.has_day_zero:
        return ()
    start = anchor.offset(first)
    return tuple(anchor.day(offset) for offset in range(start, start + number))


def offset_of(day: int, anchor: Anchor) -> int:
    """As Anchor.offset, but a day 0 that the anchor lacks (reported by DAY-ZERO) counts as the day before day 1."""
    return -1 if day == 0 and not anchor.has_day_zero else anchor.offset(day)


def runs(days: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """Stretches of consecutive day numbers, in order.

    >>> runs([1, 2, 3, 8])
    ((1, 2, 3), (8,))
    """
    found: list[list[int]] = []
    for day in sorted(set(days)):
        if found and day == found[-1][-1] + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(tuple(run) for run in found)


def together(one: Part, other: Part) -> bool:
    """Whether one patient may receive both parts: same arm or none, and not alternatives of one choice."""
    if one.name == other.name:
        return True
    same_arm = not one.arm or not other.arm or one.arm == other.arm
    return same_arm and not (one.choice and one.choice == other.choice)


def quoted(sources: tuple[Source, ...]) -> str:
    return " … ".join(source.words for source in sources)


def _span(sources: tuple[Source, ...]) -> Span | None:
    for source in sources:
        if source.start >= 0:
            return Span(source.document, source.start, source.end)
    return None


def at_line(line: Line, label: str) -> Place:
    return Place(label, quoted(line.sources), line.ident, line.file_line, _span(line.sources))


def at(item: Part | Visits | Endpoint, label: str) -> Place:
    return Place(label, quoted(item.sources), item.name, item.file_line, _span(item.sources))


def at_all(found: Iterable[Given], label: str = "") -> tuple[Place, ...]:
    return tuple(at_line(given.line, label or given.agent) for given in found)

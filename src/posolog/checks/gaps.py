"""Days that nothing covers: rest sets, two days where a range may be meant, gaps before the graft (H3, H18)."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.days import day_set
from posolog.checks.view import (
    MOST_DAYS,
    Given,
    anchor_of,
    at_line,
    days_of,
    expand,
    givens,
    lines_of,
    runs,
    together,
)
from posolog.core.days import Anchor, DayRange, label_in
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Do, Give, Line, Part, Protocol, Refer

LONGEST_GAP = 7  # a longer pause before the graft is a phase of its own, not a forgotten day


def _covered(protocol: Protocol, part: Part, *, without: Line | None = None) -> set[int]:
    """Days under the part's anchor that any line a patient of this part may have covers."""
    found: set[int] = set()
    anchor = anchor_of(protocol, part)
    for other, line in lines_of(protocol):
        if other.anchor != part.anchor or not together(part, other) or line is without:
            continue
        if isinstance(line.what, Give):
            found.update(days_of(Given(other, line, line.what, anchor)))
            if line.what.days is None and line.what.from_day is not None and line.what.to_day is None:
                found.update(range(line.what.from_day, 401))
        else:
            found.update(expand(day_set(line), anchor))
    return found


def _between(line: Line, anchor: Anchor) -> tuple[int, ...]:
    """The days between two single days that are not neighbours: D-8 and D-6 gives D-7."""
    days = day_set(line)
    if days is None or len(days.items) != 2:
        return ()
    first, last = days.items
    if isinstance(first, DayRange) or isinstance(last, DayRange) or last - first > MOST_DAYS:
        return ()
    return tuple(d for d in range(first + 1, last) if d or anchor.has_day_zero)


def rest_gap(protocol: Protocol) -> Iterator[Finding]:
    for part, line in lines_of(protocol):
        if isinstance(line.what, Give | Refer | Do):
            continue
        anchor = anchor_of(protocol, part)
        empty = [d for d in _between(line, anchor) if d not in _covered(protocol, part)]
        if empty:
            days = expand(day_set(line), anchor)
            yield Finding(
                "REST-GAP", Severity.ASK,
                f"Rest on {say.days(days, anchor)} is {say.counted(len(days), 'day')} and leaves "
                f"{say.days(empty, anchor)} covered by nothing; rest from {label_in(days[0], anchor)} to "
                f"{label_in(days[-1], anchor)} would be {say.counted(len(days) + len(empty), 'day')}.",
                f'Settle whether a range was meant: "rest: {label_in(days[0], anchor)} to '
                f'{label_in(days[-1], anchor)}" with a because, or say what happens between.',
                (at_line(line, "rest days"),), "H18",
            )


def set_or_range(protocol: Protocol) -> Iterator[Finding]:
    """Two days, one or two days apart, nothing between: H3's "days 1-8" where days 1 and 8 were meant, reversed."""
    for given in givens(protocol):
        empty = _between(given.line, given.anchor)
        stated = given.give.doses or given.give.for_days or given.give.frequency
        if stated or not 1 <= len(empty) <= 2 or _covered(protocol, given.part) & set(empty):
            continue
        days = expand(given.give.days, given.anchor)
        yield Finding(
            "SET-OR-RANGE", Severity.NOTE,
            f"{given.agent} on {say.days(days, given.anchor)} is read as 2 days; "
            f"no line covers {say.days(empty, given.anchor)}, so a range of {2 + len(empty)} days may be meant.",
            'State the count to settle it: "for 2 doses", or write the range.',
            (at_line(given.line, "two days"),), "H3",
        )


def calendar_gap(protocol: Protocol) -> Iterator[Finding]:
    for part in _first_of_each_stream(protocol):
        anchor = anchor_of(protocol, part)
        covered = {day for day in _covered(protocol, part) if day < 0}
        rested = {day for _, line in lines_of(protocol) for day in _rest_between(line, anchor)}
        if len(covered) < 3:
            continue
        missing = [d for d in range(min(covered), 0) if d not in covered and d not in rested]
        inside = [run for run in runs(missing) if len(run) <= LONGEST_GAP]
        gaps = [day for run in inside for day in run]
        if gaps:
            yield Finding(
                "CALENDAR-GAP", Severity.ASK if min(gaps) < max(covered) else Severity.NOTE,
                f"From {label_in(min(covered), anchor)} to the {anchor.event or 'anchor'} on D0, "
                f"{say.days(gaps, anchor)} {'is' if len(gaps) == 1 else 'are'} covered by no dose, rest or act.",
                "Declare the day as rest, or correct the days of the lines beside it.",
                tuple(at_line(line, "neighbour") for line in _neighbours(protocol, part, gaps)), "H18",
            )


def _rest_between(line: Line, anchor: Anchor) -> tuple[int, ...]:
    return () if isinstance(line.what, Give | Refer | Do) else _between(line, anchor)


def _first_of_each_stream(protocol: Protocol) -> Iterator[Part]:
    """One part for each D0 anchor, arm and choice: the patients whose calendars can differ."""
    seen: set[tuple[str, str, str]] = set()
    for part in protocol.parts:
        key = (part.anchor, part.arm, f"{part.choice}={part.name}" if part.choice else "")
        if anchor_of(protocol, part).has_day_zero and key not in seen and _needed(protocol, part):
            seen.add(key)
            yield part


def _needed(protocol: Protocol, part: Part) -> bool:
    """A part for all arms is looked at by itself only where no arm has a part of its own under the anchor."""
    special = any(p.anchor == part.anchor and (p.arm or p.choice) for p in protocol.parts)
    return bool(part.arm or part.choice) or not special


def _neighbours(protocol: Protocol, part: Part, gaps: list[int]) -> Iterator[Line]:
    beside = {day + step for day in gaps for step in (-1, 1)}
    for other, line in lines_of(protocol):
        same = other.anchor == part.anchor and together(part, other)
        if same and beside & set(expand(day_set(line), anchor_of(protocol, part))):
            yield line

"""Do the days hold together? Reversed ranges, day 0, rest sets, gaps before the graft (H3, H18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.view import (
    MOST_DAYS,
    anchor_of,
    at_line,
    expand,
    lines_of,
    size,
)
from posolog.core.days import DayRange, DaySet, label_in
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Give, Line, Protocol, Refer

LONG = 400  # days listed by one line that are worth a question


def day_set(line: Line) -> DaySet | None:
    """The days as they were written, of a give, rest or do line."""
    return None if isinstance(line.what, Refer) else line.what.days


def _bounds(line: Line) -> Iterator[tuple[int, int]]:
    """First and last day of everything that is written as a range."""
    days = day_set(line)
    for item in days.items if days else ():
        if isinstance(item, DayRange):
            yield item.first, item.last
    if isinstance(line.what, Give):
        if line.what.from_day is not None and line.what.to_day is not None:
            yield line.what.from_day, line.what.to_day
        if line.what.taper is not None:
            yield line.what.taper.first, line.what.taper.last


def day_order(protocol: Protocol) -> Iterator[Finding]:
    for part, line in lines_of(protocol):
        anchor = anchor_of(protocol, part)
        for first, last in _bounds(line):
            if first > last:
                yield Finding(
                    "DAY-ORDER", Severity.STOP,
                    f"{label_in(first, anchor)} to {label_in(last, anchor)} runs backwards, so no day is in it.",
                    "Write the earlier day first, or correct a lost minus sign.",
                    (at_line(line, "written range"),), "H18",
                )


def day_zero(protocol: Protocol) -> Iterator[Finding]:
    for part, line in lines_of(protocol):
        anchor = anchor_of(protocol, part)
        days = day_set(line)
        singles = {item for item in days.items if isinstance(item, int)} if days else set()
        ends = {day for bounds in _bounds(line) for day in bounds}
        start = {line.what.from_day} if isinstance(line.what, Give) else set()
        if not anchor.has_day_zero and 0 in singles | ends | start:
            yield Finding(
                "DAY-ZERO", Severity.STOP,
                f'Day 0 is used under the anchor "{anchor.name}", which counts from day 1 and has no day 0.',
                "Renumber the day, or name the anchor so that it ends in D0.",
                (at_line(line, "day 0"),), "H18",
            )


def too_many_days(protocol: Protocol) -> Iterator[Finding]:
    for _, line in lines_of(protocol):
        days = day_set(line)
        listed = size(days) if days else 0
        for first, last in _bounds(line):
            listed = max(listed, last - first + 1)
        if listed > LONG:
            yield Finding(
                "TOO-MANY-DAYS", Severity.STOP if listed > MOST_DAYS else Severity.ASK,
                f"The line covers {say.counted(listed, 'day')}, more than {LONG}.",
                "Check the day numbers; write a long treatment with a frequency and an end event.",
                (at_line(line, "days"),), "H18",
            )


def day_twice(protocol: Protocol) -> Iterator[Finding]:
    for part, line in lines_of(protocol):
        anchor, days = anchor_of(protocol, part), day_set(line)
        each = expand(days, anchor)
        if days and each and size(days) > len(each) + (0 in range(each[0], each[-1]) and 0 not in each):
            yield Finding(
                "DAY-TWICE", Severity.ASK,
                f"The line lists {size(days)} days, but only {say.counted(len(each), 'different day')}.",
                "Correct the repeated day, or write the frequency if two doses a day are meant.",
                (at_line(line, "days"),), "H3",
            )


LETTER = re.compile(r"(?<![A-Za-z])([DJ])\s?[-+–−]?\s?\d")


def labels_mixed(protocol: Protocol) -> Iterator[Finding]:
    letters: dict[str, list[Line]] = {}
    for _, line in lines_of(protocol):
        for source in line.sources:
            for letter in sorted(set(LETTER.findall(source.words))):
                letters.setdefault(letter, []).append(line)
    if {"D", "J"} <= letters.keys():
        yield Finding(
            "DAY-LABELS-MIXED", Severity.NOTE,
            f"The text labels days with D in {say.counted(len(letters['D']), 'line')} and with J (French jour) "
            f"in {say.counted(len(letters['J']), 'line')}; both are read as days of the same count.",
            "Confirm that J and D name the same days; settle it under `settled` with this code.",
            (at_line(letters["D"][0], "D label"), *(at_line(line, "J label") for line in letters["J"])), "H18",
        )

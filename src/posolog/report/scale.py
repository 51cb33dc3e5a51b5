"""The rows of a calendar: day by day where something is given, by week after that, single dates at the far end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from posolog.core.days import Anchor
from posolog.report import format as say
from posolog.report.calendar import SPANS, Box, Mark, Row, date_at

BRIDGED_GAP = 7  # empty days that are still shown one by one
DAILY_TO = 15  # under a day-0 anchor days are shown one by one up to here when more follows
SINGLE = (Mark.VISIT, Mark.GATE)


def rows(boxes: Sequence[Box], anchor: Anchor, fixed: date | None) -> tuple[Row, ...]:
    """Rows from the first day to the last, without overlap and in order."""
    daily = _daily(boxes, anchor)
    if not daily:
        return tuple(_row(day, day, "point", anchor, fixed) for day in sorted({box.first for box in boxes}))
    made: list[Row] = []
    for first, last in daily:
        if made:
            made += _between(made[-1].last + 1, first - 1, boxes, anchor, fixed)
        made += [_row(day, day, "day", anchor, fixed) for day in range(first, last + 1)]
    before = [day for day in sorted({box.first for box in boxes}) if day < daily[0][0]]
    head = [_row(day, day, "point", anchor, fixed) for day in before]
    return tuple(head + made + _after(made[-1].last + 1, boxes, anchor, fixed))


def _daily(boxes: Sequence[Box], anchor: Anchor) -> list[tuple[int, int]]:
    """Zones of days shown one by one: days with acts, gaps of at most a week bridged, lone late days left out."""
    dense = sorted({box.first for box in boxes if box.mark not in (*SINGLE, Mark.TAPER)})
    zones: list[list[int]] = []
    for day in dense:
        if zones and day - zones[-1][1] <= BRIDGED_GAP + 1:
            zones[-1][1] = day
        else:
            zones.append([day, day])
    if not zones:
        return []
    if anchor.has_day_zero and zones[0][0] <= DAILY_TO and any(box.last > zones[0][1] or box.open_end for box in boxes):
        main = max(zone for zone in zones if zone[0] <= DAILY_TO)
        later = [zone[0] for zone in zones if zone[0] > main[1]]
        main[1] = max(main[1], min([DAILY_TO, *(day - 1 for day in later)]))
    return [(zone[0], zone[1]) for zone in zones]


def _between(first: int, last: int, boxes: Sequence[Box], anchor: Anchor, fixed: date | None) -> list[Row]:
    """The stretch between two zones: by week when something stands in it, else one row."""
    if first > last:
        return []
    if any(first <= box.first <= last or (box.mark in SPANS and box.last >= first) for box in boxes):
        weeks = _weeks(first, last, anchor, fixed)
        return [*weeks[:-1], _row(weeks[-1].first, last, "week", anchor, fixed)]
    return [_row(first, last, "gap", anchor, fixed)]


def _after(first: int, boxes: Sequence[Box], anchor: Anchor, fixed: date | None) -> list[Row]:
    """By week up to the last taper or gate, then one row for each later date."""
    ends = [box.last for box in boxes if box.mark in (*SPANS, Mark.GATE) and box.last >= first]
    made = _weeks(first, max(ends), anchor, fixed) if ends else []
    last = made[-1].last if made else first - 1
    late = sorted({box.first for box in boxes if box.first > last})
    return made + [_row(day, day, "point", anchor, fixed) for day in late]


def _weeks(first: int, last: int, anchor: Anchor, fixed: date | None) -> list[Row]:
    return [_row(day, day + 6, "week", anchor, fixed) for day in range(first, last + 1, 7)]


def _row(first: int, last: int, scale: str, anchor: Anchor, fixed: date | None) -> Row:
    start = date_at(first, fixed)
    label = say.span(say.day(anchor.day(first), anchor), say.day(anchor.day(last), anchor))
    when = ""
    if start is not None:
        when = say.short_date(start) if first == last else f"from {say.short_date(start)}"
    weekend = scale == "day" and start is not None and start.weekday() > 4
    return Row(label, first, last, scale, when, weekend)

"""The calendar drawn as one SVG picture: light, printable, readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posolog.report import draw, palette
from posolog.report.calendar import SPANS, Box, Calendar, Mark, Row
from posolog.report.frame import Frame, frame_of
from posolog.report.legend import legend

HEADING = 32  # the height of the heading above the columns


def svg(calendar: Calendar, *, title: str = "", ident: str = "calendar", headed: bool = True) -> str:
    """The drawing of one calendar as an `<svg>` element that can stand alone as a file.

    `ident` prefixes the ids inside, so that several drawings can share a page; without `headed` the page says
    what the drawing counts from.
    """
    frame = frame_of(calendar)
    name = title or f"Treatment calendar, {calendar.heading}"
    cut = 0 if headed else HEADING
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {cut} {frame.width} {frame.height - cut}" '
        f'width="{frame.width}" height="{frame.height - cut}" role="img" aria-labelledby="{ident}-t {ident}-d" '
        f'font-family="{palette.FONT}" font-size="12">',
        f'<title id="{ident}-t">{draw.escape(name)}</title>',
        f'<desc id="{ident}-d">{draw.escape(described(calendar))}</desc>',
        draw.defs(ident),
        f'<rect width="{frame.width}" height="{frame.height}" fill="{palette.PAPER}"/>',
        *([draw.text(14, 26, calendar.heading, size=16, weight=700)] if headed else []),
        *_headers(calendar, frame),
        *(part for row in calendar.rows for part in _row(row, calendar, frame, ident)),
        *_grid(frame),
        *(part for row in frame.strips for part in _strip(frame, row)),
        *_boxes(calendar, frame, ident),
        *legend(calendar, frame, ident),
        "</svg>",
    ]
    return "\n".join(parts)


def stacked(calendars: Sequence[Calendar]) -> str:
    """Several calendars as one picture, one under the other."""
    if len(calendars) == 1:
        return svg(calendars[0]) + "\n"
    frames = [frame_of(calendar) for calendar in calendars]
    width, height = max([1, *(f.width for f in frames)]), sum(frame.height for frame in frames) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    ]
    top = 0
    for at, (calendar, frame) in enumerate(zip(calendars, frames, strict=True), 1):
        parts += [f'<g transform="translate(0 {top})">', svg(calendar, ident=f"calendar-{at}"), "</g>"]
        top += frame.height
    return "\n".join([*parts, "</svg>", ""])


def described(calendar: Calendar) -> str:
    """The calendar in a sentence, for those who cannot see the drawing; the dose table says the rest."""
    agents = [column.name for column in calendar.columns if column.hue >= 0]
    days = len([row for row in calendar.rows if row.scale == "day"])
    words = f"{days} days shown one by one, then by week and by single date. "
    return words + f"Columns: {', '.join(agents) or 'none'}. The same acts stand in the tables below."


def _headers(calendar: Calendar, frame: Frame) -> list[str]:
    made = [
        draw.rule(frame.top, frame.width),
        draw.text(14, frame.top - 10, "day", size=11, fill=palette.SOFT),
        draw.text(frame.x(0) + 8, frame.top - 10, _events(calendar), size=11, fill=palette.SOFT),
    ]  # fmt: skip
    for index, column in enumerate(calendar.columns):
        if column.hue < 0:
            continue
        lines = draw.wrapped(column.name, 15)
        size = min(12.0, frame.w(index) / max(map(len, lines)) / 0.6)
        x = frame.x(index) + frame.w(index) / 2
        ink = palette.hue(column.hue).ink
        made += [
            draw.text(
                x, frame.top - 10 - 14 * (len(lines) - 1 - at), line, size=size, weight=700, fill=ink, middle=True
            )
            for at, line in enumerate(lines)
        ]
        edge, left, wide = palette.hue(column.hue).edge, frame.x(index) + 6, frame.w(index) - 12
        made.append(f'<rect x="{left}" y="{frame.top - 4}" width="{wide}" height="4" fill="{edge}"/>')
    return made


def _events(calendar: Calendar) -> str:
    """Heading of the first column: the kinds of event that stand in it."""
    graft = any(box.mark is Mark.DONE and "graft" in box.text for box in calendar.boxes)
    return "graft, rest, visits" if graft else "events"


def _row(row: Row, calendar: Calendar, frame: Frame, ident: str) -> list[str]:
    y, h = frame.row_y[row], frame.row_h[row]
    made = []
    rest = _covering(calendar.boxes, row, Mark.REST)
    done = _covering(calendar.boxes, row, Mark.DONE) and row.scale == "day"
    if row.scale == "day" and (row.first == 0 or done):
        fill = palette.GOLD_SOFT if row.first == 0 else palette.SHADE
        made.append(f'<rect x="0" y="{y}" width="{frame.width}" height="{h}" fill="{fill}"/>')
    elif row.weekend:
        made.append(f'<rect x="0" y="{y}" width="{frame.width}" height="{h}" fill="{palette.SHADE}"/>')
    if rest:
        made.append(
            f'<rect x="{frame.x(1)}" y="{y}" width="{frame.width - frame.x(1)}" height="{h}" '
            f'fill="url(#{ident}-rest)"/>'
        )
    made += draw.day_label(row, y, h)
    made.append(f'<line x1="0" y1="{y + h}" x2="{frame.width}" y2="{y + h}" stroke="{palette.GRID}"/>')
    return made


def _covering(boxes: Sequence[Box], row: Row, mark: Mark) -> bool:
    return any(box.mark is mark and box.first <= row.last and box.last >= row.first for box in boxes)


def _strip(frame: Frame, row: Row) -> list[str]:
    """The band that says the scale changes."""
    y = frame.row_y[row] - frame.strip_height
    return [
        f'<rect x="0" y="{y}" width="{frame.width}" height="{frame.strip_height}" fill="#dfe5eb"/>',
        draw.text(14, y + 14, frame.strips[row], size=11, weight=600),
    ]


def _grid(frame: Frame) -> list[str]:
    bottom = frame.bottom
    return [
        f'<line x1="{x}" y1="{frame.top}" x2="{x}" y2="{bottom}" stroke="{palette.GRID}"/>' for x in frame.edges
    ] + [draw.rule(bottom, frame.width)]


def _boxes(calendar: Calendar, frame: Frame, ident: str) -> list[str]:
    """Bars and wedges first, boxes over them; boxes that share a cell are stacked."""
    made: list[str] = []
    taken: dict[tuple[Row, int], int] = {}
    for box in sorted(calendar.boxes, key=lambda box: box.mark not in SPANS):
        row = frame.row_at(box.first)
        if row is None:
            continue
        at = taken.get((row, box.column), 0)
        if box.mark not in SPANS:
            taken[row, box.column] = at + 1
        if row.scale == "week" and box.mark is Mark.VISIT:
            box = replace(box, text=f"{box.text}, {box.label}")
        if row.scale != "week" and box.mark is Mark.GATE:
            box = replace(box, label="")
        colours = palette.hue(calendar.columns[box.column].hue)
        made.append(draw.box(box, frame.cell(row, box.column, at), frame, colours, ident))
    return made

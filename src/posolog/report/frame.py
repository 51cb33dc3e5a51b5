"""Where things stand on the drawing: columns, rows, and the height of a day."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.report.calendar import SPANS, Calendar, Row

LABEL_WIDTH = 208
EVENTS_WIDTH = 200
HEIGHTS = {"day": 27.0, "week": 25.0, "gap": 25.0, "point": 27.0}
STRIP = 20.0
TOP = 92.0
LEGEND = 62.0


@dataclass(frozen=True, slots=True)
class Cell:
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of one drawing; `strips` are the rows before which the scale changes, with the words of the band."""

    edges: tuple[float, ...]  # left edge of each column, then the right edge of the last
    rows: tuple[Row, ...]
    stacked: dict[tuple[Row, int], int]  # how many boxes stand in a cell, where more than one
    row_y: dict[Row, float]
    row_h: dict[Row, float]
    strips: dict[Row, str]
    bottom: float
    least_width: float = 0
    top: float = TOP
    strip_height: float = STRIP

    @property
    def width(self) -> int:
        return round(max(self.edges[-1], self.least_width))

    @property
    def height(self) -> int:
        return round(self.bottom + LEGEND)

    def x(self, column: int) -> float:
        return self.edges[column]

    def w(self, column: int) -> float:
        return self.edges[column + 1] - self.edges[column]

    def row_at(self, day: int) -> Row | None:
        """The row in which the day (an offset) stands."""
        return next((row for row in self.rows if row.first <= day <= row.last), None)

    def y_of(self, day: float) -> float:
        """The height at which a day begins; between rows, the edge of the next."""
        for row in self.rows:
            if day < row.first:
                return self.row_y[row]
            if day < row.last + 1:
                return self.row_y[row] + self.row_h[row] * (day - row.first) / (row.last + 1 - row.first)
        return self.bottom

    def cell(self, row: Row, column: int, at: int = 0) -> Cell:
        """The inside of a cell; where boxes are stacked, the `at`-th from the top."""
        each = HEIGHTS[row.scale] if self.stacked.get((row, column), 1) > 1 else self.row_h[row]
        return Cell(self.x(column) + 4, self.row_y[row] + at * each + 2.5, self.w(column) - 8, each - 5)


def frame_of(calendar: Calendar) -> Frame:
    """The measures for a calendar: columns share about 1,440 units, each 96 to 132 wide."""
    agents = len(calendar.columns) - 1
    width = min(132, max(96, (1440 - LABEL_WIDTH - EVENTS_WIDTH) // max(1, agents)))
    start = LABEL_WIDTH + EVENTS_WIDTH
    edges = (float(LABEL_WIDTH), *(float(start + width * n) for n in range(max(agents, 2) + 1)))
    stacked = _stacked(calendar)
    high = {row: max([1, *(n for (at, _), n in stacked.items() if at == row)]) for row in calendar.rows}
    heights = {row: HEIGHTS[row.scale] * high[row] for row in calendar.rows}
    y = TOP
    row_y: dict[Row, float] = {}
    strips: dict[Row, str] = {}
    for before, row in zip((None, *calendar.rows), calendar.rows, strict=False):
        words = _change(before, row)
        if words:
            strips[row] = words
            y += STRIP
        row_y[row] = y
        y += heights[row]
    return Frame(edges, calendar.rows, stacked, row_y, heights, strips, y, 40 + 8.6 * len(calendar.heading))


def _stacked(calendar: Calendar) -> dict[tuple[Row, int], int]:
    counts: dict[tuple[Row, int], int] = {}
    for row in calendar.rows:
        for box in calendar.boxes:
            if box.mark not in SPANS and row.first <= box.first <= row.last:
                counts[row, box.column] = counts.get((row, box.column), 0) + 1
    return counts


def _change(before: Row | None, row: Row) -> str:
    if before is None or before.scale == row.scale or "gap" in (before.scale, row.scale):
        return ""
    return {"week": "from here on by week", "point": "single dates", "day": "day by day"}[row.scale]

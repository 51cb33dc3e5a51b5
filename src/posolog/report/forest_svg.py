"""A forest plot: one estimate a row, its interval as a line; ratios on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, log10

from posolog.endpoints.results import Number
from posolog.report import estimates, palette
from posolog.report.draw import text
from posolog.report.picture import ending_at, picture, rule

ROW, HEAD, FOOT = 24.0, 34.0, 46.0
LEAST_LEFT, AXIS, RIGHT, LETTER = 380.0, 360.0, 240.0, 5.9


@dataclass(frozen=True, slots=True)
class ForestRow:
    """`label` and the number; a row without number is a heading."""

    label: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Forest:
    """Rows from the top down, on one axis; `reference` is the line of no difference, None for none."""

    title: str
    rows: tuple[ForestRow, ...]
    low: float
    high: float
    logarithmic: bool
    reference: float | None
    ticks: tuple[float, ...]
    words: tuple[str, str] = ("", "")  # what lies to the left and to the right of the reference


def forest_of_ratios(title: str, rows: tuple[ForestRow, ...], *, words: tuple[str, str] = ("", "")) -> Forest:
    """Ratios on a logarithmic axis around 1, wide enough for every finite bound between 1/20 and 20."""
    bounds = [b for row in rows if row.number for b in (row.number.lower, row.number.upper) if isfinite(b) and b > 0]
    low, high = min([0.5, *(max(b, 0.05) for b in bounds)]), max([2.0, *(min(b, 20.0) for b in bounds)])
    ticks = tuple(t for t in (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if low * 0.99 <= t <= high * 1.01)
    return Forest(title, rows, low, high, True, 1.0, ticks, words)


def forest_of_shares(title: str, rows: tuple[ForestRow, ...]) -> Forest:
    """Probabilities on an axis from 0 to 100 %."""
    return Forest(title, rows, 0.0, 1.0, False, None, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))


def place_of(forest: Forest) -> Callable[[float], float]:
    """Where a value lies on the axis, from 0 to 1; values outside lie on its ends."""

    def at(value: float) -> float:
        inside = min(max(value, forest.low), forest.high)
        if not forest.logarithmic:
            return (inside - forest.low) / (forest.high - forest.low)
        return (log10(inside) - log10(forest.low)) / (log10(forest.high) - log10(forest.low))

    return at


def left_of(forest: Forest) -> float:
    """Where the axis starts: to the right of the longest label."""
    return max(LEAST_LEFT, 30 + LETTER * max((len(row.label) for row in forest.rows), default=0))


def forest_svg(forest: Forest, *, ident: str = "forest") -> str:
    """Label, square with its line, and the estimate in words."""
    left = left_of(forest)
    width, height = left + AXIS + RIGHT, HEAD + ROW * len(forest.rows) + FOOT
    at = place_of(forest)
    bottom = height - FOOT
    drawn = [text(4, 20, forest.title, size=13, weight=700)]
    drawn.append(text(left + AXIS + 16, 20, "estimate (95 % interval)", size=11.5, fill=palette.SOFT))
    for tick in forest.ticks:
        x = left + AXIS * at(tick)
        words = f"{tick:g}" if forest.logarithmic else f"{100 * tick:.0f}"
        drawn.append(rule(x, HEAD - 6, x, bottom, palette.GRID))
        drawn.append(text(x, bottom + 15, words, size=11, fill=palette.SOFT, middle=True))
    if forest.reference is not None:
        x = left + AXIS * at(forest.reference)
        drawn.append(rule(x, HEAD - 6, x, bottom, palette.INK))
        drawn.append(ending_at(x - 8, bottom + 32, forest.words[0]))
        drawn.append(text(x + 8, bottom + 32, forest.words[1], size=11, fill=palette.SOFT))
    else:
        middle = left + AXIS / 2
        drawn.append(text(middle, bottom + 32, "per cent of patients", size=11, fill=palette.SOFT, middle=True))
    for index, row in enumerate(forest.rows):
        drawn += _row(row, HEAD + ROW * (index + 0.5), at, left)
    said = "; ".join(f"{row.label}: {words_of(row.number)}" for row in forest.rows if row.number)
    return picture(width, height, drawn, title=forest.title, said=said, ident=ident)


def words_of(number: Number) -> str:
    return f"{estimates.value(number)} ({estimates.interval(number)})"


def _row(row: ForestRow, y: float, at: Callable[[float], float], left: float) -> list[str]:
    if row.number is None:
        return [text(4, y + 4, row.label, size=12, weight=700)]
    made = [text(16, y + 4, row.label, size=12), text(left + AXIS + 16, y + 4, words_of(row.number), size=12)]
    number = row.number
    if isfinite(number.lower) and isfinite(number.upper):
        low, high = left + AXIS * at(number.lower), left + AXIS * at(number.upper)
        made.append(rule(low, y, high, y, palette.HUES[0].edge, 1.8))
    if isfinite(number.value):
        x = left + AXIS * at(number.value)
        made.append(f'<rect x="{x - 4.5:g}" y="{y - 4.5:g}" width="9" height="9" fill="{palette.HUES[0].ink}"/>')
    return made

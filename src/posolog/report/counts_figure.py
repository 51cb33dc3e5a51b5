"""Counts over days as SVG: what was counted, the fitted course with its band, the bounds of the grades, injections.

Cells stand on a logarithmic scale, so that deep nadirs can be read; it works in black and white.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from posolog.report import palette

WIDTH, HEIGHT = 940.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 66.0, 118.0, 40.0, 46.0


@dataclass(frozen=True, slots=True)
class Point:
    """A count: `day` from the first injection (day 1 is 0), `value`; `below` for "less than"."""

    day: float
    value: float
    below: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What one figure shows. `days`, `estimate`, `low` and `high` may be empty: then there is no fitted course."""

    title: str
    unit: str
    points: tuple[Point, ...]
    bounds: tuple[tuple[int, float], ...]  # grade, and the value below which it holds
    injections: tuple[float, ...] = ()
    days: tuple[float, ...] = ()
    estimate: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    linear: bool = False  # haemoglobin; cells stand on a logarithmic scale


@dataclass(frozen=True, slots=True)
class _Scale:
    first: float
    last: float
    least: float
    most: float
    marks: tuple[float, ...]
    linear: bool

    def x(self, day: float) -> float:
        return LEFT + (day - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        if self.linear:
            share = (value - self.least) / (self.most - self.least)
        else:
            share = math.log(max(value, self.least) / self.least) / math.log(self.most / self.least)
        return HEIGHT - BOTTOM - min(share, 1.0) * (HEIGHT - TOP - BOTTOM)


def scale_of(chart: Chart) -> _Scale:
    """Whole weeks of days, and decades of counts: two decades below the grade 4 bound at most."""
    days = [point.day for point in chart.points] + list(chart.injections) + list(chart.days[-1:])
    values = [point.value for point in chart.points if point.value > 0] + [bound for _, bound in chart.bounds]
    lowest = max(min(values), min(bound for _, bound in chart.bounds) / 50)
    most = max([*values, *chart.high], default=1.0)
    first = min(-1.0, *days) if days else -1.0
    last = max([*days, 7.0])
    if chart.linear:
        step = 20.0 if most > 20 else 2.0
        top = math.ceil(most * 1.05 / step)
        marks = tuple(step * at for at in range(math.floor(min(values) * 0.9 / step), top + 1))
    else:
        marks = tuple(
            10.0**power for power in range(math.floor(math.log10(lowest)), math.ceil(math.log10(most * 1.05)) + 1)
        )
    return _Scale(first, last, marks[0], marks[-1], marks, chart.linear)


def drawn(chart: Chart) -> str:
    """The figure, with a title and a description for those who cannot see it."""
    scale = scale_of(chart)
    parts = [*_axes(chart, scale), *_bounds(chart, scale), *_injections(chart, scale), *_course(chart, scale)]
    parts += [_point(point, scale) for point in chart.points]
    described = f"{len(chart.points)} counts in {chart.unit}" + (", with a fitted course" if chart.days else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" font-family="{escape(palette.FONT, quote=True)}" font-size="12.5" fill="{palette.INK}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(described)}</desc>{''.join(parts)}</svg>"
    )


def stacked(charts: Sequence[Chart]) -> str:
    """Several figures one under the other."""
    inner = "".join(
        f'<g transform="translate(0 {at * HEIGHT:g})">{drawn(chart)}</g>' for at, chart in enumerate(charts)
    )
    size = f'viewBox="0 0 {WIDTH:g} {HEIGHT * len(charts):g}" width="{WIDTH:g}" height="{HEIGHT * len(charts):g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>blood counts</title>{inner}</svg>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, *, colour: str, dash: str = "", width: float = 1.0) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def _axes(chart: Chart, scale: _Scale) -> Iterable[str]:
    right, foot = WIDTH - RIGHT, HEIGHT - BOTTOM
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{palette.PAPER}"/>'
    yield _text(LEFT, 22, f"{chart.title}, {chart.unit}", extra=' font-weight="700" font-size="14"')
    for value in scale.marks:
        y = scale.y(value)
        yield _line(LEFT, y, right, y, colour=palette.GRID)
        yield _text(LEFT - 8, y + 4, f"{value:g}", anchor="end")
    week = math.ceil(scale.first / 7) * 7
    step = 7 if scale.last - scale.first <= 120 else 28
    for day in range(week, int(scale.last) + 1, step):
        x = scale.x(day)
        yield _line(x, TOP, x, foot, colour=palette.GRID)
        yield _text(x, foot + 17, f"D{day + 1}" if day >= 0 else f"D−{-day}", anchor="middle")
    yield _text(
        (LEFT + right) / 2, HEIGHT - 8, "days, D1 = first injection", anchor="middle", extra=f' fill="{palette.SOFT}"'
    )
    yield _line(LEFT, foot, right, foot, colour=palette.INK)


def _bounds(chart: Chart, scale: _Scale) -> Iterable[str]:
    for grade, bound in chart.bounds:
        y = scale.y(bound)
        yield _line(LEFT, y, WIDTH - RIGHT, y, colour=palette.SOFT, dash="2 3")
        yield _text(
            WIDTH - RIGHT + 6, y + 4, f"grade {grade} below {bound:g}", extra=f' fill="{palette.SOFT}" font-size="11"'
        )


def _injections(chart: Chart, scale: _Scale) -> Iterable[str]:
    for day in chart.injections:
        x = scale.x(day)
        yield _line(x, TOP, x, HEIGHT - BOTTOM, colour=palette.GOLD, width=1.5)
        yield f'<path d="M{x - 5:.1f} {TOP - 9:.1f} h10 l-5 9 z" fill="{palette.GOLD}"/>'


def _course(chart: Chart, scale: _Scale) -> Iterable[str]:
    if not chart.days:
        return
    hue = palette.HUES[0]
    upper = [f"{scale.x(day):.1f},{scale.y(value):.1f}" for day, value in zip(chart.days, chart.high, strict=True)]
    lower = [f"{scale.x(day):.1f},{scale.y(value):.1f}" for day, value in zip(chart.days, chart.low, strict=True)]
    line = [f"{scale.x(day):.1f},{scale.y(value):.1f}" for day, value in zip(chart.days, chart.estimate, strict=True)]
    yield f'<polygon points="{" ".join([*upper, *reversed(lower)])}" fill="{hue.fill}" stroke="none"/>'
    yield f'<polyline points="{" ".join(line)}" fill="none" stroke="{hue.edge}" stroke-width="2"/>'


def _point(point: Point, scale: _Scale) -> str:
    fill = palette.PAPER if point.below or point.value < scale.least else palette.INK
    x, y = scale.x(point.day), scale.y(point.value)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{fill}" stroke="{palette.INK}" stroke-width="1.4"/>'

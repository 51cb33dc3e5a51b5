"""Step curves (survival, cumulative incidence) with numbers at risk: plain data first, then drawn as SVG.

The drawing needs matplotlib, of the extra `statistics`; the data does not.
"""

from __future__ import annotations

import io
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from posolog.report import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.lines import Line2D

DASHES = ("-", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
MOST_STEPS = 1500  # a printed figure shows no finer steps
WIDTH_IN, HEIGHT_IN, ROW_IN = 7.2, 4.0, 0.2
LABEL = 24  # letters of a label that fit beside the numbers at risk


@dataclass(frozen=True, slots=True)
class Curve:
    """A right-continuous step curve: `value[k]` from `time[k]` on, `initial` before. NaN bounds are not drawn.

    `lower` and `upper` have the length of `value`, or are empty. `marks`: times of censoring, drawn as ticks.
    `at_risk`: numbers at risk at the figure's `ticks`, or empty. `hue` numbers the colour and the dashes.
    """

    label: str
    time: tuple[float, ...]
    value: tuple[float, ...]
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()
    marks: tuple[float, ...] = ()
    at_risk: tuple[int, ...] = ()
    initial: float = 1.0
    end: float | None = None
    hue: int = 0


@dataclass(frozen=True, slots=True)
class StepFigure:
    """What a figure shows. `ticks`: the marked times, at which the numbers at risk are counted. Values are 0 to 1."""

    title: str
    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
    ticks: tuple[float, ...]
    note: str = ""
    y_max: float = 1.0


def nice_ticks(last: float, *, most: int = 8) -> tuple[float, ...]:
    """0 and round steps up to `last`: at most `most` + 1 of them, of 1, 2, 2.5, 5 or 10 times a power of ten.

    >>> nice_ticks(23)
    (0.0, 5.0, 10.0, 15.0, 20.0)
    """
    if not (math.isfinite(last) and last > 0):
        return (0.0,)
    raw = last / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw * (1 - 1e-9))
    return tuple(round(k * step, 10) for k in range(int(last / step + 1e-9) + 1))


def described(figure: StepFigure) -> str:
    """The figure in words, for those who cannot see it: each curve's value at the ticks."""
    lines = []
    for curve in figure.curves:
        read = ", ".join(f"{value_at(curve, tick):.3f} at {tick:g}" for tick in figure.ticks if tick <= last_of(curve))
        lines.append(f"{curve.label}: {read}")
    return f"{figure.y_label} by {figure.x_label}. " + "; ".join(lines)


def value_at(curve: Curve, time: float) -> float:
    """The curve's value at a time."""
    found = bisect_right(curve.time, time)
    return curve.value[found - 1] if found else curve.initial


def last_of(curve: Curve) -> float:
    """Where the curve ends: its last follow-up."""
    return curve.end if curve.end is not None else (curve.time[-1] if curve.time else 0.0)


def thinned(curve: Curve, *, most: int = MOST_STEPS) -> Curve:
    """The same curve with at most about `most` steps, the last of each stretch of time kept."""
    if len(curve.time) <= most or not curve.time[-1] > 0:
        return curve
    cell = [int(time / curve.time[-1] * most) for time in curve.time]
    kept = [k for k in range(len(cell)) if k == len(cell) - 1 or cell[k] != cell[k + 1]]

    def chosen(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(values[k] for k in kept) if values else ()

    marks = tuple(dict.fromkeys(round(mark / curve.time[-1] * most) * curve.time[-1] / most for mark in curve.marks))
    return replace(
        curve, time=chosen(curve.time), value=chosen(curve.value), lower=chosen(curve.lower),
        upper=chosen(curve.upper), marks=marks,
    )  # fmt: skip


def step_svg(figure: StepFigure, *, ident: str = "curves") -> str:
    """The figure as an `<svg>` element that can stand alone or in a page; `ident` keeps its ids apart from others'.

    Needs matplotlib. The same figure always gives the same text.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    rows = [curve for curve in figure.curves if curve.at_risk]
    below = (ROW_IN * (len(rows) + 1.5) if rows else 0.0) + (ROW_IN if figure.note else 0.0)
    style: dict[Any, Any] = {
        "svg.hashsalt": ident, "svg.fonttype": "none", "text.parse_math": False, "font.size": 9,
        "font.family": "sans-serif", "font.sans-serif": ["Liberation Sans", "Arial", "DejaVu Sans"],
    }  # fmt: skip
    with matplotlib.rc_context(style):
        height = HEIGHT_IN + below
        canvas = Canvas(figsize=(WIDTH_IN, height))
        FigureCanvasSVG(canvas)
        left = min(0.32, 0.1 + 0.011 * max((len(curve.label) for curve in rows), default=0))
        axes = canvas.add_axes((left, (below + 0.5) / height, 0.97 - left, (HEIGHT_IN - 0.85) / height))
        _draw(axes, figure)
        if figure.note:
            canvas.text(0.97, 0.02, figure.note, fontsize=7.5, ha="right", color=palette.SOFT)
        if rows:
            _numbers(canvas, axes, figure, rows, height)
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _standing_alone(out.getvalue(), figure, ident)


def _draw(axes: Axes, figure: StepFigure) -> None:
    last = max([last_of(curve) for curve in figure.curves] + [figure.ticks[-1], 0.0]) or 1.0
    lines = [_curve(axes, thinned(curve)) for curve in figure.curves]
    axes.set_xlim(0, last * 1.01)
    axes.set_ylim(0, figure.y_max * 1.02)
    axes.set_xticks(figure.ticks)
    axes.set_xlabel(figure.x_label)
    axes.set_ylabel(figure.y_label)
    axes.set_title(figure.title, loc="left", fontsize=10.5, fontweight="bold", color=palette.INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=palette.GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    if len(figure.curves) > 1:
        axes.legend(lines, [curve.label for curve in figure.curves], frameon=False, loc="best", handlelength=3)


def _curve(axes: Axes, curve: Curve) -> Line2D:
    colour, dash = palette.hue(curve.hue).edge, DASHES[curve.hue % len(DASHES)]
    end = max(last_of(curve), curve.time[-1] if curve.time else 0.0)
    time = [0.0, *curve.time, end]
    if curve.lower and curve.upper:
        low, high = _filled(curve.initial, curve.lower), _filled(curve.initial, curve.upper)
        axes.fill_between(time, low, high, step="post", color=colour, alpha=0.14, linewidth=0)
    if curve.marks:
        height = [value_at(curve, mark) for mark in curve.marks]
        axes.plot(curve.marks, height, linestyle="none", marker="|", markersize=5, color=colour, markeredgewidth=0.8)
    (line,) = axes.step(time, _filled(curve.initial, curve.value), where="post", color=colour, linestyle=dash, lw=1.4)
    return line


def _filled(initial: float, steps: Iterable[float]) -> list[float]:
    """The value before the first step, the steps, and the last one again at the end; NaN leaves a gap."""
    values = [initial, *steps]
    return [*values, values[-1]]


def _numbers(canvas: Canvas, axes: Axes, figure: StepFigure, rows: Sequence[Curve], height: float) -> None:
    """The table of numbers at risk under the axis, each number under its tick."""
    box = axes.get_position()
    low, high = axes.get_xlim()
    top = box.y0 * height - 0.55
    canvas.text(0.01, top / height, "At risk", fontsize=8.5, fontweight="bold", va="center", color=palette.INK)
    for row, curve in enumerate(rows, 1):
        y = (top - row * ROW_IN) / height
        colour = palette.hue(curve.hue).ink
        canvas.text(0.01, y, _short(curve.label), fontsize=8.5, va="center", color=colour)
        for tick, count in zip(figure.ticks, curve.at_risk, strict=True):
            x = box.x0 + (tick - low) / (high - low) * box.width
            canvas.text(x, y, f"{count}", fontsize=8.5, va="center", ha="center", color=colour)


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _standing_alone(text: str, figure: StepFigure, ident: str) -> str:
    """Without XML prologue, with a name and a description for readers of the page's words."""
    from posolog.report.draw import escape

    svg = re.sub(r" <metadata>.*?</metadata>\n", "", text[text.index("<svg") :], flags=re.S)
    head, rest = svg.split(">", 1)
    head += f' role="img" aria-labelledby="{ident}-t {ident}-d"'
    named = f'<title id="{ident}-t">{escape(figure.title or figure.y_label)}</title>'
    return f'{head}>\n {named}\n <desc id="{ident}-d">{escape(described(figure))}</desc>{rest}'

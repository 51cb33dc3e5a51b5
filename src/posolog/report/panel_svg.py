"""Small multiples of a panel: each patient's values in grey, the means with their intervals, on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, isfinite, log10

from posolog.endpoints.results import Panel
from posolog.report import palette
from posolog.report.draw import text
from posolog.report.picture import ending_at, picture, rule

Axis = Callable[[float], float]
WIDE, HIGH, GAP, TOP, BOTTOM, LEFT = 190.0, 190.0, 34.0, 34.0, 34.0, 46.0


def bounds_of(panel: Panel) -> tuple[int, int]:
    """The decades that hold every value and interval: 10^low to 10^high; a count of 0 is drawn at the lower edge."""
    values = [value for trace in panel.traces for _, value in trace]
    values += [b for mean in panel.means for b in (mean.lower, mean.upper, mean.value) if isfinite(b)]
    positive = [value for value in values if value > 0]
    if not positive:
        return 0, 1
    low, high = floor(log10(min(positive))), floor(log10(max(positive)) - 1e-9) + 1
    return low, max(high, low + 1)


def panels_svg(panels: tuple[Panel, ...], *, ident: str = "panel") -> str:
    """One square a measure, days to the right."""
    width = len(panels) * (WIDE + GAP) + LEFT
    height = TOP + HIGH + BOTTOM
    drawn = [part for at, panel in enumerate(panels) for part in _square(panel, LEFT + at * (WIDE + GAP))]
    said = "; ".join(
        f"{panel.measure}: " + ", ".join(f"{mean.value:.3g} at {mean.at} (n {mean.n})" for mean in panel.means)
        for panel in panels
    )
    return picture(width, height, drawn, title="Measurements over time", said=said, ident=ident)


def _square(panel: Panel, left: float) -> list[str]:
    low, high = bounds_of(panel)
    days = [day for trace in panel.traces for day, _ in trace] + [mean.day for mean in panel.means]
    last = max([*days, 1]) * 1.06

    def x(day: float) -> float:
        return left + WIDE * day / last

    def y(value: float) -> float:
        size = min(max(value, 10.0**low), 10.0**high)
        return TOP + HIGH * (1 - (log10(size) - low) / (high - low))

    unit = f", {panel.unit}" if panel.unit else ""
    made = [text(left, 16, panel.measure, size=12, weight=700)]
    made.append(text(left, 29, f"count{unit}", size=10, fill=palette.SOFT))
    for power in range(low, high + 1):
        at = y(10.0**power)
        made.append(rule(left, at, left + WIDE, at, palette.GRID))
        made.append(ending_at(left - 5, at + 4, f"{10**power:,g}", size=10))
    for trace in panel.traces:
        points = " ".join(f"{x(day):.1f},{y(value):.1f}" for day, value in trace)
        thin = f'stroke="{palette.FAINT}" stroke-width="0.5" opacity="0.55"'
        made.append(f'<polyline points="{points}" fill="none" {thin}/>')
    for index, group in enumerate(dict.fromkeys(mean.group for mean in panel.means)):
        made += _means(panel, group, index, (x, y))
    for mean in panel.means:
        made.append(text(x(mean.day), TOP + HIGH + 15, f"{mean.day}", size=10.5, fill=palette.SOFT, middle=True))
    made.append(text(left + WIDE / 2, TOP + HIGH + 29, "day", size=10.5, fill=palette.SOFT, middle=True))
    return made


def _means(panel: Panel, group: str, index: int, axes: tuple[Axis, Axis]) -> list[str]:
    x, y = axes
    hue = palette.hue(index)
    means = [mean for mean in panel.means if mean.group == group and isfinite(mean.value)]
    points = " ".join(f"{x(mean.day):.1f},{y(mean.value):.1f}" for mean in means)
    made = [f'<polyline points="{points}" fill="none" stroke="{hue.edge}" stroke-width="2"/>']
    for mean in means:
        if isfinite(mean.lower) and isfinite(mean.upper):
            made.append(rule(x(mean.day), y(mean.lower), x(mean.day), y(mean.upper), hue.edge, 2))
        made.append(f'<circle cx="{x(mean.day):.1f}" cy="{y(mean.value):.1f}" r="3.6" fill="{hue.ink}"/>')
    return made

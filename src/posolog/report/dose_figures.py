"""Time-activity curves as SVG: points with their uncertainty, the averaged curve and its band, candidates faint."""

from __future__ import annotations

import io
import re
from datetime import datetime
from html import escape
from typing import Any

import numpy as np

from posolog.dosimetry.curves.models import exponentials
from posolog.dosimetry.study.fits import Fitted
from posolog.report import palette

SIZE_IN = (4.3, 2.7)
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "posolog", "font.family": "sans-serif", "font.size": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": palette.FAINT,
    "axes.labelcolor": palette.SOFT,
    "xtick.color": palette.SOFT, "ytick.color": palette.SOFT, "axes.linewidth": 0.8,
}  # fmt: skip


def curve_svg(fit: Fitted, *, later: tuple[tuple[str, float], ...] = ()) -> str:
    """One region's curve over 1.3 times the measured span; `later` are injections to mark, (name, hours)."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE_IN, layout="constrained")
        axes = figure.subplots()
        times = np.array([point.time_h for point in fit.curve.points])
        last = float(times.max()) * 1.3
        grid = np.linspace(0, last, 200)
        mean, u = fit.averaged.values(0, grid)
        scale, unit = _scale(fit, float(mean.max()))
        hue = palette.HUES[0]
        axes.fill_between(grid, (mean - u) * scale, (mean + u) * scale, color=hue.fill, linewidth=0)
        for at in np.flatnonzero(fit.averaged.weights[0] > 0.01):
            axes.plot(
                grid, _model(fit, int(at), grid) * scale, color=palette.FAINT, linewidth=0.7, linestyle=(0, (4, 3))
            )
        axes.plot(grid, mean * scale, color=hue.edge, linewidth=1.6)
        values, errors = (np.array(column) for column in zip(*((p.value, p.u) for p in fit.curve.points), strict=True))
        axes.errorbar(
            times, values * scale, errors * scale, fmt="o", color=palette.INK, markersize=4, linewidth=1, capsize=2,
        )  # fmt: skip
        for name, hours in later:
            if hours <= last:
                axes.axvline(hours, color=palette.GOLD, linewidth=1, linestyle=(0, (2, 2)))
                axes.annotate(name, (hours, 1), xycoords=("data", "axes fraction"), fontsize=7.5, color=palette.GOLD,
                              ha="right", va="top", rotation=90)  # fmt: skip
        axes.set_xlabel("hours after injection")
        axes.set_ylabel(unit)
        axes.set_xlim(0, last)
        axes.set_ylim(bottom=0)
        return _svg(figure, fit)


def _model(fit: Fitted, at: int, grid: np.ndarray) -> np.ndarray:
    amplitudes, rates = fit.averaged.terms(at)
    return np.asarray(exponentials(grid[None, :], rates, fit.averaged.data.injections)[0][0] @ amplitudes[0])


def _scale(fit: Fitted, top: float) -> tuple[float, str]:
    """The unit in which the curve's numbers are easy to read."""
    if fit.curve.unit == "MBq":
        return (1000.0, "kBq") if top < 0.1 else (1.0, "MBq")
    return 1000.0, "kBq per mL"


def _svg(figure: object, fit: Fitted) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    text = re.sub(r"^.*?<svg", "<svg", out.getvalue(), count=1, flags=re.S)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    own = re.sub(r"\W+", "-", fit.curve.region.name)
    text = re.sub(r'id="([^"]+)"', rf'id="{own}-\1"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{own}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", text)
    said = escape(f"Time-activity curve of {fit.curve.region.name}, {len(fit.curve.points)} points")
    return text.replace("<svg", f'<svg role="img" aria-label="{said}"', 1)


def later_injections(zero: datetime, starts: tuple[tuple[str, datetime], ...]) -> tuple[tuple[str, float], ...]:
    """Injections after the first, as hours after `zero`."""
    since = ((name, (start - zero).total_seconds() / 3600) for name, start in starts)
    return tuple((name, hours) for name, hours in since if hours > 0.5)

"""Every sign change of a step function on an interval, each enclosed; no single interpolated root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from posolog.stats.sample import Floats

WIDTH = 1e-9
WITHIN = 8  # points looked at inside a cell of the grid that holds a change


@dataclass(frozen=True, slots=True)
class Root:
    """A sign change: the value is `before` at `lower` and `after` at `upper`, of other sign; 0 (or a jump) between."""

    lower: float
    upper: float
    before: float
    after: float

    @property
    def middle(self) -> float:
        """Halfway between."""
        return (self.lower + self.upper) / 2


def sign_changes(
    function: Callable[[float], float], grid: Floats, values: Floats, *, width: float = WIDTH
) -> tuple[Root, ...]:
    """All sign changes between neighbouring points of `grid` (g,), where the function is `values` (g,).

    Each is enclosed by bisection to `width`; where the function is 0 on a stretch, the stretch is enclosed. Cells with
    a change are looked at more closely first, as a step function may cross several times. Two crossings within a
    cell of the grid that undo each other are not seen. NaN values are passed over.
    """
    known = np.flatnonzero(np.isfinite(values) & (values != 0))
    found: list[Root] = []
    for left, right in pairwise(known):
        if np.sign(values[left]) == np.sign(values[right]):
            continue
        inner = np.linspace(grid[left], grid[right], WITHIN + 2)
        inside = np.array([values[left], *(function(float(x)) for x in inner[1:-1]), values[right]])
        set_apart = np.flatnonzero(np.isfinite(inside) & (inside != 0))
        for a, b in pairwise(set_apart):
            if np.sign(inside[a]) != np.sign(inside[b]):
                found.append(_enclose(function, (inner[a], inside[a]), (inner[b], inside[b]), width))
    return tuple(found)


def _enclose(
    function: Callable[[float], float], left: tuple[float, float], right: tuple[float, float], width: float
) -> Root:
    """Bisect both ends towards the change; they part only where the function is 0 between."""
    (a, fa), (b, fb) = left, right
    flat: float | None = None
    while b - a > width and flat is None:
        middle = (a + b) / 2
        value = function(middle)
        if value == 0 or np.isnan(value):
            flat = middle
        elif np.sign(value) == np.sign(fa):
            a, fa = middle, value
        else:
            b, fb = middle, value
    if flat is not None:
        a, fa = _edge(function, a, fa, flat, width)
        b, fb = _edge(function, b, fb, flat, width)
    return Root(float(a), float(b), float(fa), float(fb))


def _edge(
    function: Callable[[float], float], end: float, value: float, flat: float, width: float
) -> tuple[float, float]:
    """The point nearest the flat stretch at which the function still has the sign it has at `end`."""
    while abs(flat - end) > width:
        middle = (end + flat) / 2
        here = function(middle)
        if here != 0 and np.sign(here) == np.sign(value):
            end, value = middle, here
        else:
            flat = middle
    return end, value

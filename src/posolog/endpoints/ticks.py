"""The days that figures mark."""

from __future__ import annotations

MOST = 9
STEPS = (7, 14, 30, 60, 90, 180, 365, 730, 1461, 3652)


def ticks_of(last_day: int) -> tuple[float, ...]:
    """0 and multiples of a step that people count in, at most ten of them.

    >>> ticks_of(400)
    (0.0, 60.0, 120.0, 180.0, 240.0, 300.0, 360.0)
    """
    step = next((step for step in STEPS if last_day / step <= MOST), STEPS[-1])
    return tuple(float(day) for day in range(0, max(last_day, 1) + 1, step))

"""Statistical numbers in words: fixed digits, never a bare NaN, no p of 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posolog.stats.results import Estimate

NOT_KNOWN = "not known"
LEAST_P = 0.0001


def number(value: float, digits: int = 3) -> str:
    """Fixed decimals; 'not known' for NaN, words for infinity.

    >>> number(0.12345), number(float("nan")), number(float("-inf"))
    ('0.123', 'not known', '-infinity')
    """
    if math.isnan(value):
        return NOT_KNOWN
    if math.isinf(value):
        return "infinity" if value > 0 else "-infinity"
    if value != 0 and (abs(value) < 10**-digits or abs(value) >= 1e7):
        return f"{value:.{digits}g}"
    return f"{value:.{digits}f}"


def estimate(value: float, lower: float, upper: float, *, digits: int = 3) -> str:
    """0.634 (0.545 to 0.709); a bound that is not known is said."""
    if math.isnan(value):
        return NOT_KNOWN
    if math.isnan(lower) and math.isnan(upper):
        return f"{number(value, digits)} (no interval)"
    return f"{number(value, digits)} ({number(lower, digits)} to {number(upper, digits)})"


def range_of(found: Estimate) -> str:
    """A time with its interval: 641 (418 to 1279); what is not reached is said."""
    if math.isnan(found.value) and math.isnan(found.lower):
        return "not reached"
    parts = ["not reached" if math.isnan(x) else f"{x:.6g}" for x in (found.value, found.lower, found.upper)]
    return f"{parts[0]} ({parts[1]} to {parts[2]})"


def p_value(p: float) -> str:
    """Four decimals, below 0.0001 said so.

    >>> p_value(0.03), p_value(1e-9), p_value(float("nan"))
    ('0.0300', '< 0.0001', 'not known')
    """
    if math.isnan(p):
        return NOT_KNOWN
    return f"< {LEAST_P:.4f}" if p < LEAST_P else f"{p:.4f}"


def chi_squared(statistic: float, df: int, p: float) -> tuple[str, str, str]:
    """Cells of a test: statistic, degrees of freedom, p."""
    return number(statistic, 4), str(df) if df else "", p_value(p)


def percent(level: float) -> str:
    """95 % for 0.95."""
    return f"{100 * level:g} %"

"""Estimates in words: per cent with its interval, days, ratios, p. NaN is said, never printed."""

from __future__ import annotations

from math import isnan

from posolog.endpoints.results import Number
from posolog.report.format import MINUS, NBSP

UNKNOWN = "not known"


def value(number: Number) -> str:
    """The estimate alone: "44.9 %", "592 days", "0.69"."""
    return one(number.value, number.unit)


def interval(number: Number) -> str:
    """The bounds at 95 %: "32.7 to 56.4 %", "309 days to not reached"."""
    if isnan(number.lower) and isnan(number.upper):
        return UNKNOWN
    if number.unit == "days" and isnan(number.upper):
        return f"{one(number.lower, 'days')} to not reached"
    low, high = one(number.lower, number.unit), one(number.upper, number.unit)
    return f"{low.partition(NBSP)[0]} to {high}"


def one(found: float, unit: str) -> str:
    if isnan(found):
        return "not reached" if unit == "days" else UNKNOWN
    sign = MINUS if found < 0 else ""
    size = abs(found)
    if unit in ("probability", "difference"):
        return f"{sign}{100 * size:.1f}{NBSP}%"
    if unit == "days":
        return f"{sign}{size:,.1f}{NBSP}days" if size % 1 == 0.5 else f"{sign}{size:,.0f}{NBSP}days"
    if unit == "ratio":
        return f"{sign}{size:.2f}" if size < 100 else f"{sign}{size:.3g}"
    return f"{sign}{size:.2f}" if unit == "log10" else f"{sign}{size:g}"


def p_value(p: float) -> str:
    """ "p = 0.049", "p < 0.001", "" where there is none."""
    if isnan(p):
        return ""
    return f"p{NBSP}<{NBSP}0.001" if p < 0.001 else f"p{NBSP}={NBSP}{p:.3f}" if p < 0.1 else f"p{NBSP}={NBSP}{p:.2f}"

"""Proportions: exact and score intervals, difference and ratio of two, Fisher's exact test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy.special import betaincinv

from posolog.stats.numbers import normal_quantile
from posolog.stats.results import Conventions, Estimate

NAN = float("nan")
Method = Literal["clopper-pearson", "wilson"]
METHOD_WORDS = {"clopper-pearson": "Clopper-Pearson (exact)", "wilson": "Wilson score"}


def proportion(events: int, n: int, *, method: Method = "clopper-pearson", level: float = 0.95) -> Estimate:
    """`events` of `n`, with an interval that stays within 0 and 1. NaN with a reason where n is 0 or counts are none.

    *Source:* Clopper and Pearson 1934; Wilson 1927. As R's binom.test, and prop.test without correction.

    >>> found = proportion(1, 6)
    >>> round(found.lower, 6), round(found.upper, 6)
    (0.004211, 0.641235)
    """
    if method not in METHOD_WORDS:
        raise ValueError(f"method {method!r} is neither {' nor '.join(METHOD_WORDS)}")
    z = normal_quantile(level)
    conventions = Conventions("proportion", times="", interval=f"{METHOD_WORDS[method]}, {100 * level:g} %")
    if fault := _fault(events, n):
        return Estimate(NAN, NAN, NAN, NAN, conventions, fault)
    p = events / n
    lower, upper = wilson(events, n, z) if method == "wilson" else _exact(events, n, (1 - level) / 2)
    return Estimate(p, (p * (1 - p) / n) ** 0.5, lower, upper, conventions)


def wilson(events: int, n: int, z: float) -> tuple[float, float]:
    """Both bounds of Wilson's score interval."""
    p, near = events / n, z * z / n
    middle = (p + near / 2) / (1 + near)
    half = z * ((p * (1 - p) + near / 4) / n) ** 0.5 / (1 + near)
    return (0.0 if events == 0 else middle - half), (1.0 if events == n else middle + half)


def _exact(events: int, n: int, tail: float) -> tuple[float, float]:
    lower = 0.0 if events == 0 else float(betaincinv(events, n - events + 1, tail))
    upper = 1.0 if events == n else float(betaincinv(events + 1, n - events, 1 - tail))
    return lower, upper


def _fault(events: int, n: int) -> tuple[str, ...]:
    if n != int(n) or events != int(events):
        return (f"{events} of {n}: not whole numbers",)
    if n <= 0:
        return ("nobody was observed",)
    return (f"{events} events of {n}: not possible",) if not 0 <= events <= n else ()


def proportion_difference(
    events: int, n: int, other_events: int, other_n: int, *, level: float = 0.95
) -> Estimate:
    """The first proportion minus the other, two independent groups, with Newcombe's hybrid score interval.

    *Source:* Newcombe 1998 (Stat Med 17:873), method 10.
    """
    interval = f"Newcombe hybrid score, {100 * level:g} %"
    conventions = Conventions("difference of proportions", times="", interval=interval)
    if fault := _fault(events, n) + _fault(other_events, other_n):
        return Estimate(NAN, NAN, NAN, NAN, conventions, fault)
    z = normal_quantile(level)
    p, q = events / n, other_events / other_n
    (low, high), (other_low, other_high) = wilson(events, n, z), wilson(other_events, other_n, z)
    lower = p - q - ((p - low) ** 2 + (other_high - q) ** 2) ** 0.5
    upper = p - q + ((high - p) ** 2 + (q - other_low) ** 2) ** 0.5
    return Estimate(p - q, (p * (1 - p) / n + q * (1 - q) / other_n) ** 0.5, lower, upper, conventions)


def proportion_ratio(events: int, n: int, other_events: int, other_n: int, *, level: float = 0.95) -> Estimate:
    """The first proportion over the other, with Koopman's score interval; infinity where the other is 0.

    `se` is that of the logarithm. Both 0: NaN.

    *Source:* Koopman 1984 (Biometrics 40:513).
    """
    conventions = Conventions("ratio of proportions", times="", interval=f"Koopman score, {100 * level:g} %")
    fault = _fault(events, n) + _fault(other_events, other_n)
    if not fault and events == other_events == 0:
        fault = ("no event in either group: there is no ratio",)
    if fault:
        return Estimate(NAN, NAN, NAN, NAN, conventions, fault)
    limit = normal_quantile(level) ** 2
    value = np.inf if other_events == 0 else events / n / (other_events / other_n)

    def outside(log_ratio: float) -> float:
        return _koopman(float(np.exp(log_ratio)), events, n, other_events, other_n) - limit

    start = float(np.log((events + 0.5) / (n + 0.5) / ((other_events + 0.5) / (other_n + 0.5))))
    lower = 0.0 if events == 0 else float(np.exp(_crossing(outside, start, -1.0)))
    upper = np.inf if other_events == 0 else float(np.exp(_crossing(outside, start, 1.0)))
    se = NAN
    if events and other_events:
        se = (1 / events - 1 / n + 1 / other_events - 1 / other_n) ** 0.5
    return Estimate(float(value), se, lower, upper, conventions)


def _koopman(ratio: float, x: int, n: int, y: int, m: int) -> float:
    """Score chi-squared of the hypothesis that the first proportion is `ratio` times the other."""
    a = ratio * (n + y) + x + m
    p = float((a - max(a * a - 4 * ratio * (n + m) * (x + y), 0.0) ** 0.5) / (2 * (n + m)))
    return _distance(x, n, p) + _distance(y, m, p / ratio)


def _distance(events: int, n: int, p: float) -> float:
    """Squared distance of a count from its expectation, in variances."""
    off = events - n * p
    if abs(off) <= 1e-9 * n:
        return 0.0
    return off * off / (n * p * (1 - p)) if 0 < p < 1 else float("inf")


def _crossing(outside: Callable[[float], float], start: float, step: float) -> float:
    """Where the score passes its limit, going from `start` by doubling steps and then by bisection."""
    inner = start
    outer = start + step
    while outside(outer) < 0 and abs(outer) < 700:
        inner, outer = outer, start + (outer - start) * 2
    for _ in range(200):
        middle = (inner + outer) / 2
        if outside(middle) < 0:
            inner = middle
        else:
            outer = middle
    return (inner + outer) / 2


def fisher_exact(table: tuple[tuple[int, int], tuple[int, int]]) -> Estimate:
    """Two-sided p of a 2 x 2 table ((events, others), (events, others)); `value` is the sample odds ratio.

    Sums the probabilities of tables not more likely than the one seen (R's rule). No interval is given.

    *Source:* Fisher 1935; SciPy's fisher_exact.
    """
    rule = "two-sided: tables not more likely than this one"
    conventions = Conventions("Fisher's exact test", times="", notes=(rule,))
    cells = np.asarray(table)
    if cells.shape != (2, 2) or (cells < 0).any() or (cells != np.floor(cells)).any():
        return Estimate(NAN, NAN, NAN, NAN, conventions, ("not a table of two by two counts",))
    if not cells.sum():
        return Estimate(NAN, NAN, NAN, NAN, conventions, ("nobody was observed",))
    from scipy.stats import fisher_exact as scipy_fisher

    ratio, p = scipy_fisher(cells.astype(np.int64))
    return Estimate(float(ratio), NAN, NAN, NAN, conventions, p=float(p))

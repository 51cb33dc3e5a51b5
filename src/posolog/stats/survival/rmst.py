"""Restricted mean survival time: the area under a survival curve up to a time, and comparisons of two."""

from __future__ import annotations

import numpy as np

from posolog.stats.numbers import normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Estimate
from posolog.stats.survival.kaplan_meier import NAN, Survival

VARIANCE = "sum of A_k^2 d_k / (r_k (r_k - d_k)), A_k the area under the curve from t_k to tau"


def rmst(curve: Survival, tau: float, *, level: float = 0.95) -> Estimate:
    """Area under S from 0 to `tau` (in the unit of time), with its standard error and plain interval.

    NaN where follow-up ends before `tau` with survival above 0: the area is not known, and nothing is extrapolated.

    *Source:* Irwin 1949; Klein and Moeschberger 2003, section 4.5.

    >>> from posolog.stats import kaplan_meier, observed
    >>> rmst(kaplan_meier(observed([1, 2, 3, 4], [1, 1, 1, 1])), 4).value
    2.5
    """
    if not tau > 0:
        raise ValueError(f"tau is {tau}, not above 0")
    conventions = Conventions("restricted mean survival time", variance=VARIANCE, interval=f"plain, {100 * level:g} %")
    if curve.n == 0 or (tau > curve.last and curve.survival[-1] > 0):
        why = f"follow-up ends at {curve.last:g}, before tau = {tau:g}, with survival above 0"
        return Estimate(NAN, NAN, NAN, NAN, conventions, curve.reasons if curve.n == 0 else (why,))
    within = curve.time <= tau
    edges = np.concatenate(([0.0], curve.time[within], [tau]))
    areas = np.diff(edges) * np.concatenate(([1.0], curve.survival[within]))
    after = areas[1:][::-1].cumsum()[::-1]
    events, left = curve.events[within], (curve.at_risk - curve.events)[within]
    with np.errstate(all="ignore"):
        pieces = np.where(left > 0, after**2 * events / (curve.at_risk[within] * left.astype(np.float64)), 0.0)
    value, se = float(areas.sum()), float(np.sqrt(pieces.sum()))
    half = normal_quantile(level) * se
    return Estimate(value, se, value - half, value + half, conventions)


def rmst_difference(second: Estimate, first: Estimate, *, level: float = 0.95) -> Estimate:
    """`second` minus `first`, two independent groups, with a plain interval and p of no difference."""
    value, se = second.value - first.value, float(np.hypot(second.se, first.se))
    half = normal_quantile(level) * se
    conventions = Conventions("difference of restricted means", variance=VARIANCE, interval=f"plain, {100 * level:g} %")
    reasons = _united(second, first)
    return Estimate(value, se, value - half, value + half, conventions, reasons, _p(value, se))


def rmst_ratio(second: Estimate, first: Estimate, *, level: float = 0.95) -> Estimate:
    """`second` over `first`, two independent groups; the interval and p on the log scale, `se` that of the log."""
    conventions = Conventions(
        "ratio of restricted means", variance=f"delta method on the log; {VARIANCE}", interval=f"log, {100 * level:g} %"
    )
    if not (second.value > 0 and first.value > 0):
        reasons = _united(second, first) or ("a restricted mean is 0: there is no ratio",)
        return Estimate(NAN, NAN, NAN, NAN, conventions, reasons)
    value = second.value / first.value
    se = float(np.hypot(second.se / second.value, first.se / first.value))
    half = normal_quantile(level) * se
    low, high = value * np.exp(-half), value * np.exp(half)
    return Estimate(value, se, float(low), float(high), conventions, p=_p(float(np.log(value)), se))


def _united(second: Estimate, first: Estimate) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*second.reasons, *first.reasons)))


def _p(value: float, se: float) -> float:
    return float(two_sided_p(value / se)) if se > 0 else NAN

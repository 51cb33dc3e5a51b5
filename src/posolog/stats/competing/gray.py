"""Gray's test between the cumulative incidences of K groups."""

from __future__ import annotations

import math

import numpy as np

from posolog.stats.competing.gray_numerics import gray_score, group_counts
from posolog.stats.numbers import chi2_p
from posolog.stats.results import EVENTS_FIRST, Comparison, Conventions
from posolog.stats.risk import risk_table
from posolog.stats.sample import Floats, Sample

NO_ENTRY = "delayed entry: Gray's test is defined for samples followed from the origin"
RANK = 1e-10  # an eigenvalue of the standardised variance below this counts as zero


def gray_test(given: Sample, *, cause: int | None = None, rho: float = 0.0) -> Comparison:
    """Do the groups differ in the incidence of `cause` (the first cause if not named), other causes competing?

    `rho`: weight (1 - F0(t-))^rho with the pooled incidence F0; above 0 early differences count more. Strata of the
    sample: scores and variances are summed over them. A group without rows is left out and named in `reasons`.

    *Source:* Gray 1988, Annals of Statistics 16:1141. Meets R `cmprsk::cuminc` to rounding, with ties, strata, rho.
    *Raises:* ValueError for a cause that the sample does not have or a rho that is no number.
    """
    code = given.causes[0] if cause is None else cause
    if code not in given.causes:
        raise ValueError(f"cause {code} is not one of {', '.join(map(str, given.causes))}")
    if not math.isfinite(rho):
        raise ValueError(f"rho {rho} is not a number")
    k = len(given.groups)
    score, variance, expected = np.zeros(k), np.zeros((k, k)), np.zeros(k)
    if given.start is None:
        for part in given.by_stratum():
            table = risk_table(part, times="events")
            if table.time.size:
                found = gray_score(*group_counts(table, code), rho=rho)
                score, variance, expected = score + found[0], variance + found[1], expected + found[2]
    return _judged(given, code, rho, score, variance, expected)


def _judged(given: Sample, code: int, rho: float, score: Floats, variance: Floats, expected: Floats) -> Comparison:
    observed = np.bincount(given.group[given.event == code], minlength=len(given.groups)).astype(np.float64)
    filled = np.bincount(given.group, minlength=len(given.groups)) > 0
    df = max(int(filled.sum()) - 1, 0)
    reasons = _refused(given, code, int(filled.sum()), int(observed.sum()))
    statistic = z = math.nan
    if not reasons:
        statistic = _quadratic(score[filled], variance[np.ix_(filled, filled)])
        if df == 1:
            z = math.copysign(math.sqrt(max(statistic, 0.0)), score[filled][1])
        if math.isnan(statistic):
            reasons = ("the variance of the score is singular: the groups cannot be compared (too few events)",)
        elif not filled.all():
            names = ", ".join(name for name, there in zip(given.groups, filled, strict=True) if not there)
            reasons = (f"left out, because without rows: {names}",)
    rule = f"an event is code {code}; the other causes compete"
    weight = "none (rho = 0)" if rho == 0 else f"(1 - F0(t-))^{rho:g}"
    strata = f"; {len(given.strata)} strata" if len(given.strata) > 1 else ""
    conventions = Conventions(
        "Gray's K-sample test" + strata, rule, EVENTS_FIRST, "Gray 1988, under the null hypothesis, as cmprsk",
        notes=(f"weight: {weight}",),
    )  # fmt: skip
    return Comparison(
        statistic, df, chi2_p(statistic, df), given.groups, observed, expected, score, variance, conventions, reasons, z
    )


def _refused(given: Sample, code: int, filled: int, events: int) -> tuple[str, ...]:
    if given.problems:
        return given.reasons
    if given.start is not None:
        return (NO_ENTRY,)
    if filled < 2:
        return ("fewer than two groups have rows: nothing to compare",)
    return (f"no event of cause {code}",) if events == 0 else ()


def _quadratic(score: Floats, variance: Floats) -> float:
    """score' V^- score without the last group; NaN where V has not full rank or is not positive."""
    v, u = variance[:-1, :-1], score[:-1]
    scale = np.sqrt(np.maximum(np.diag(v), 0.0))
    if not np.isfinite(scale).all() or (scale <= 0).any():
        return math.nan
    eigen, axes = np.linalg.eigh(v / np.outer(scale, scale))
    if eigen.min() <= RANK:
        return math.nan
    return float((((axes.T @ (u / scale)) ** 2) / eigen).sum())

"""Tests between survival curves: log-rank, Fleming-Harrington weights, strata, trend."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.numbers import chi2_p
from posolog.stats.results import Comparison, Conventions, events_words
from posolog.stats.risk import risk_table
from posolog.stats.sample import Floats, Sample

NAN = float("nan")
VARIANCE = "hypergeometric: d p (1 - p) (r - d)/(r - 1)"


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    observed: Floats
    expected: Floats
    variance: Floats


def log_rank(given: Sample, *, rho: float = 0, gamma: float = 0, cause: int | None = None) -> Comparison:
    """Compare the K groups of the sample, within its strata.

    At each event time group i has d_i events where d r_i/r are expected; U_i = sum w (d_i - d r_i/r) over times and
    strata, V its hypergeometric covariance, statistic = U' V^- U with K - 1 degrees of freedom. The weight is
    w = S(t-)^rho (1 - S(t-))^gamma with the pooled Kaplan-Meier S of the stratum; rho = gamma = 0 is the log-rank test,
    rho = 1 Peto and Peto's modification of Gehan and Wilcoxon. `cause`: other codes count as censorings.

    *Source:* Mantel 1966; Harrington and Fleming 1982; Fleming and Harrington 1991, chapter 7.

    >>> from posolog.stats import observed
    >>> round(log_rank(observed([1, 2, 3, 4], [1, 1, 1, 1], group=[0, 0, 1, 1])).statistic, 6)
    2.882353
    """
    if rho < 0 or gamma < 0:
        raise ValueError(f"rho {rho} and gamma {gamma} must not be below 0")
    one = given.of_cause(cause)
    parts = [_stratum(part, rho, gamma) for part in one.by_stratum()]
    observed = sum((part.observed for part in parts), np.zeros(len(given.groups)))
    expected = sum((part.expected for part in parts), np.zeros(len(given.groups)))
    variance = sum((part.variance for part in parts), np.zeros((len(given.groups),) * 2))
    return _compared(given, observed, expected, variance, _conventions(one, rho, gamma))


def log_rank_trend(given: Sample, scores: ArrayLike, *, cause: int | None = None) -> Comparison:
    """A trend over ordered groups with `scores` (K,): z = s'U / sqrt(s'Vs), one degree of freedom.

    z is positive when groups of high score have more events than expected.

    *Source:* Tarone 1975.
    """
    score = np.asarray(scores, dtype=np.float64)
    if score.shape != (len(given.groups),) or not np.isfinite(score).all():
        raise ValueError(f"{score.size} scores for {len(given.groups)} groups, all finite, are needed")
    whole = log_rank(given, cause=cause)
    spread = float(score @ whole.variance @ score)
    conventions = replace(whole.conventions, estimator="log-rank test for trend, scores " + _listed(score))
    if not spread > 0:
        reasons = whole.reasons or ("the scores do not differ between groups at risk together",)
        return replace(whole, statistic=NAN, df=1, p=NAN, z=NAN, conventions=conventions, reasons=reasons)
    z = float(score @ whole.score) / spread**0.5
    return replace(whole, statistic=z * z, df=1, p=chi2_p(z * z, 1), z=z, conventions=conventions, reasons=())


def _listed(score: Floats) -> str:
    return ", ".join(f"{value:g}" for value in score)


def _stratum(part: Sample, rho: float, gamma: float) -> _Sums:
    """Observed and expected events (K,) and the covariance (K, K) within one stratum, weighted."""
    table = risk_table(part, times="events")
    risk, events = table.at_risk.T, table.events[:, :, 0].T
    r, d = risk.sum(axis=0).astype(np.float64), events.sum(axis=0).astype(np.float64)
    share = risk / r
    weight = _weights(r, d, rho, gamma)
    observed = (events if weight is None else weight * events).sum(axis=1).astype(np.float64)
    spread = d if (d == 1).all() else d * np.divide(r - d, r - 1, out=np.zeros_like(r), where=r > 1)
    if weight is not None:
        spread, d = weight**2 * spread, weight * d
    variance = np.diag(share @ spread) - (share * spread) @ share.T
    return _Sums(observed, share @ d, variance)


def _weights(r: Floats, d: Floats, rho: float, gamma: float) -> Floats | None:
    """S(t-)^rho (1 - S(t-))^gamma at the event times, shape (m,); None where all are 1."""
    if rho == 0 and gamma == 0:
        return None
    before = np.concatenate(([1.0], np.cumprod(1 - d / r)[:-1])) if r.size else r
    return np.asarray(before**rho * (1 - before) ** gamma)


def _conventions(one: Sample, rho: float, gamma: float) -> Conventions:
    name = "log-rank test" if rho == gamma == 0 else f"Fleming-Harrington test, rho {rho:g}, gamma {gamma:g}"
    strata = f", {len(one.strata)} strata" if len(one.strata) > 1 else ""
    weight = "" if rho == gamma == 0 else "weights from the pooled Kaplan-Meier estimate just before t"
    return Conventions(
        name + strata, events=events_words(one), ties="all tied events at once",
        variance=VARIANCE, notes=(weight,) if weight else (),
    )  # fmt: skip


def _compared(
    given: Sample, observed: Floats, expected: Floats, variance: Floats, conventions: Conventions
) -> Comparison:
    score = observed - expected
    kept = np.flatnonzero(np.diag(variance) > 0)
    reasons = given.reasons or _why_not(given, expected, kept.size)
    if kept.size < 2:
        return Comparison(
            NAN, 0, NAN, given.groups, observed, expected, score, variance, conventions, reasons
        )  # fmt: skip
    within, u = variance[np.ix_(kept, kept)], score[kept]
    scale = 1 / np.sqrt(np.diag(within))
    inverse = np.linalg.pinv(within * np.outer(scale, scale), rcond=1e-10, hermitian=True)
    df = int(np.linalg.matrix_rank(within * np.outer(scale, scale), tol=1e-10 * kept.size, hermitian=True))
    statistic = float((u * scale) @ inverse @ (u * scale))
    z = float(score[kept[1]] / np.sqrt(variance[kept[1], kept[1]])) if df == 1 and kept.size == 2 else NAN
    return Comparison(
        statistic, df, chi2_p(statistic, df), given.groups, observed, expected, score, variance, conventions, reasons, z
    )


def _why_not(given: Sample, expected: Floats, compared: int) -> tuple[str, ...]:
    """Which groups take no part, and why there is no statistic."""
    if len(given.groups) == 1:
        return ("there is one group: nothing to compare",)
    if not expected.any():
        return ("there are no events",)
    if compared == 0:
        return ("no event happens while two groups are at risk",)
    empty = [name for k, name in enumerate(given.groups) if not (given.group == k).any()]
    return (f"no rows in group {', '.join(empty)}: left out",) if empty else ()

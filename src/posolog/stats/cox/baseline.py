"""What follows from a fitted Cox model: baseline hazard, predicted survival, the test of proportional hazards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox.likelihood import AtBeta, information
from posolog.stats.cox.regression import NAN, Cox
from posolog.stats.cox.rows import CoxRows
from posolog.stats.cox.search import STEP, inverse_over
from posolog.stats.numbers import INTERVAL_WORDS, Interval, chi2_p, probability_bounds, step_at
from posolog.stats.results import Conventions
from posolog.stats.sample import Floats, Sample
from posolog.stats.survival.kaplan_meier import kaplan_meier

Transform = Literal["km", "identity", "log", "rank"]
TRANSFORM_WORDS = {
    "km": "1 - S(t-), S the Kaplan-Meier estimate of all rows",
    "identity": "t",
    "log": "log t",
    "rank": "rank of t among the end times of all rows",
}


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Survival of one covariate pattern at the m event times of its stratum; arrays (m,). 1 before the first."""

    time: Floats
    cumulative_hazard: Floats
    survival: Floats
    se: Floats
    lower: Floats
    upper: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Proportionality:
    """Score test of a coefficient that changes with g(t): chi-squared (p,) on 1 df each and of all together.

    `time` (D,) and `residuals` (D, p) are Schoenfeld residuals in the covariates' units, in order of event time.
    """

    names: tuple[str, ...]
    statistic: Floats
    p: Floats
    overall: tuple[float, int, float]
    time: Floats
    residuals: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def predict_survival(
    model: Cox,
    covariates: ArrayLike,
    *,
    stratum: str | None = None,
    interval: Interval = "log-log",
    level: float = 0.95,
) -> Predicted:
    """S(t | x) = exp(-exp(x'b) H0(t)) for one pattern `covariates` (p,), in one stratum.

    H0 has the steps of the tie rule: d/S0 (Breslow) or sum_l 1/(S0 - l/d E0) (Efron). The standard error counts
    both the hazard's and the coefficients' uncertainty. A pattern of zeros gives the baseline.

    *Source:* Breslow 1972; Tsiatis 1981; Therneau and Grambsch 2000, section 10.2.
    """
    conventions = Conventions(
        f"survival predicted from the Cox model, {model.ties} hazard", ties=model.fit.conventions.ties,
        variance="Tsiatis, with that of the coefficients", interval=f"{INTERVAL_WORDS[interval]}, {100 * level:g} %",
    )  # fmt: skip
    x = np.atleast_1d(np.asarray(covariates, dtype=np.float64))
    if x.shape != (len(model.fit.names),):
        raise ValueError(f"a pattern of {x.size} covariates for {len(model.fit.names)}")
    none = np.zeros(0)
    unknown = _why_not(model, x)
    if unknown or model.rows is None or model.at is None:
        return Predicted(none, none, none, none, none, none, conventions, unknown)
    rows, at = model.rows, model.at
    part = np.flatnonzero(rows.stratum == _stratum(model, stratum))
    pattern = (x - rows.centre) / rows.scale
    over, _ = at.hazard_mean()
    with np.errstate(all="ignore"):
        relative = np.exp(model.beta @ pattern - _shift(rows, model.beta, part))
        hazard = np.cumsum(at.inverse[part]) * relative
        drift = np.cumsum(pattern[:, None] * at.inverse[part] - over[:, part], axis=1)
        spread = np.cumsum(at.square[part]) + ((_scaled_covariance(model) @ drift) * drift).sum(axis=0)
        survival = np.exp(-hazard)
        se = survival * relative * np.sqrt(spread)
    lower, upper = probability_bounds(survival, se, kind=interval, level=level)
    return Predicted(rows.time[part], hazard, survival, se, lower, upper, conventions)


def _why_not(model: Cox, x: Floats) -> tuple[str, ...]:
    if model.rows is None:
        return model.fit.reasons
    if not np.isfinite(x).all():
        return ("covariates: missing or infinite",)
    lost = [name for name, value in zip(model.fit.names, model.fit.coef, strict=True) if not np.isfinite(value)]
    return (f"no finite coefficient for {', '.join(lost)}: nothing is predicted",) if lost else ()


def _stratum(model: Cox, name: str | None) -> int:
    if name is None and len(model.sample.strata) == 1:
        return 0
    if name not in model.sample.strata:
        raise ValueError(f"stratum {name!r} is not one of {', '.join(model.sample.strata)}")
    return model.sample.strata.index(name)


def _shift(rows: CoxRows, beta: Floats, part: np.ndarray[tuple[int], np.dtype[np.intp]]) -> float:
    """The largest linear predictor of the stratum, which the sums were divided by (see `at_beta`)."""
    eta = beta @ rows.columns
    if rows.block is not None and part.size:
        eta = eta[rows.block == rows.stratum[part[0]]]
    return float(eta.max(initial=-np.inf)) if eta.size else 0.0


def _scaled_covariance(model: Cox) -> Floats:
    assert model.rows is not None
    return np.asarray(model.fit.covariance * np.outer(model.rows.scale, model.rows.scale))


def proportionality(model: Cox, *, transform: Transform = "km") -> Proportionality:
    """Test that no hazard ratio changes with time: add x g(t) to the model and take its score test.

    With V_k the covariance of the covariates at event time k and s the sum of
    g times the Schoenfeld residuals, the statistic is s'(A - B I^-1 B)^-1 s, A = sum g^2 V, B = sum g V, I = sum V.

    *Source:* Schoenfeld 1982; Grambsch and Therneau 1994. As R's cox.zph since survival 3.0: the score test itself,
    not the older approximation by one average V.
    """
    conventions = Conventions(
        "score test of proportional hazards", ties=model.fit.conventions.ties,
        notes=(f"transform of time: {TRANSFORM_WORDS[transform]}",),
    )  # fmt: skip
    p = len(model.fit.names)
    none = np.full(p, NAN)
    reasons = model.fit.reasons if model.rows is None or not np.isfinite(model.fit.coef[model.used]).all() else ()
    if model.rows is None or model.at is None or reasons:
        empty = np.zeros((0, p))
        return Proportionality(model.fit.names, none, none, (NAN, 0, NAN), np.zeros(0), empty, conventions, reasons)
    rows, at, used = model.rows, model.at, model.used
    residuals = schoenfeld(rows, at)
    g, fault = _transformed(rows.time, model.sample, transform)
    g = g - np.average(g, weights=rows.tied)
    total = residuals.T @ g[rows.event_time]
    plain, once, twice = (information(rows, at, weight) for weight in (None, g, g * g))
    left = twice - once @ inverse_over(plain, used) @ once
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(used & (np.diag(left) > STEP), total**2 / np.diag(left), NAN)
    every = float(total @ inverse_over(left, used) @ total) if used.any() else NAN
    df = int(np.linalg.matrix_rank(left[np.ix_(used, used)], hermitian=True)) if used.any() else 0
    each = np.array([chi2_p(float(value), 1) for value in statistic])
    overall = (every, df, chi2_p(every, df))
    if fault:
        statistic, each, overall = none, none, (NAN, 0, NAN)
    time, shown = rows.time[rows.event_time], residuals * rows.scale
    return Proportionality(model.fit.names, statistic, each, overall, time, shown, conventions, fault)


def schoenfeld(rows: CoxRows, at: AtBeta) -> Floats:
    """Covariates of each event less their weighted mean among those at risk: (D, p), standardised units."""
    mean = (at.mean_sum() / rows.tied)[:, rows.event_time]
    return np.ascontiguousarray((rows.columns[:, rows.event] - mean).T)


def _transformed(time: Floats, given: Sample, transform: Transform) -> tuple[Floats, tuple[str, ...]]:
    """g at each event time (m,)."""
    if transform == "km":
        curve = kaplan_meier(given)
        return 1 - step_at(curve.time, curve.survival, time, initial=1.0, before=True), ()
    if transform == "log":
        if (time <= 0).any():
            return np.zeros_like(time), ("an event at time 0 has no logarithm: choose another transform",)
        return np.log(time), ()
    if transform == "rank":
        return _ranks(time, given.time), ()
    if transform != "identity":
        raise ValueError(f"transform {transform!r} is none of {', '.join(TRANSFORM_WORDS)}")
    return time, ()


def _ranks(time: Floats, every: Floats) -> Floats:
    """Rank of each event time among the end times of all rows, ties sharing their mean rank."""
    ordered = np.sort(every)
    below, upto = np.searchsorted(ordered, time, side="left"), np.searchsorted(ordered, time, side="right")
    return np.asarray((below + upto + 1) / 2)

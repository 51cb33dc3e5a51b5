"""A mixed model of repeated counts: log count by visit and group, with an intercept of each subject's own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

"""Repeated measurements: means by cell with a random intercept for each person, by restricted maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.numbers import normal_quantile, two_sided_p
from posolog.stats.results import Conventions
from posolog.stats.sample import Floats, Ints

NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class MixedFit:
    """Coefficients on the log scale, shape (p,) in the order of `names`; `ratio` = exp(coef) with its bounds.

    `between` and `within`: variances of subjects and of counts within a subject, on the log scale. `n` counts of
    `subjects` subjects, `below` of them below the limit of detection. NaN where `reasons` says why.
    """

    names: tuple[str, ...]
    coef: Floats
    se: Floats
    ratio: Floats
    lower: Floats
    upper: Floats
    p: Floats
    between: float
    within: float
    loglik: float
    n: int
    subjects: int
    below: int

GOLDEN = (np.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True, eq=False)
class RandomIntercept:
    """`coef`, `se`, `lower`, `upper` (p,) and `covariance` (p, p) of the fixed effects; two standard deviations."""

    coef: Floats
    se: Floats
    lower: Floats
    upper: Floats
    covariance: Floats
    between_sd: float
    within_sd: float
    loglik: float
    n: int
    persons: int
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def mixed_log_counts(
    subject: ArrayLike,
    visit: ArrayLike,
    count: ArrayLike,
    *,
    group: ArrayLike | None = None,
    detection_limit: float | None = None,
    level: float = 0.95,
) -> MixedFit:
    """Fit log(count) = visit + group + visit x group + subject + error by REML; all arrays of shape (n,).

    Visits are categories, the first in order being the reference, and so are groups. A count of 0 has no logarithm:
    counts below `detection_limit` (in the counts' unit) are set to half of it, and their number is said; without a
    limit a 0 is refused. Missing counts are refused too: leave such rows out, the model allows for unequal visits.

    *Source:* Laird and Ware 1982; statsmodels' MixedLM.
    """
    rule = "none" if detection_limit is None else f"counts below {detection_limit:g} set to {detection_limit / 2:g}"
    conventions = Conventions(
        "linear mixed model of log counts, random intercept of subjects", times="", variance="REML, Wald",
        interval=f"Wald on the log scale, {100 * level:g} %",
        notes=(f"detection limit: {rule}", "visits and groups as categories against their first level"),
    )  # fmt: skip
    z = normal_quantile(level)
    if detection_limit is not None and not detection_limit > 0:
        raise ValueError(f"a detection limit of {detection_limit} is not above 0")
    columns, fault = _columns(subject, visit, count, group, detection_limit)
    if fault:
        return _nothing(conventions, fault)
    who, visits, values, groups = columns
    below = 0
    if detection_limit is not None:
        low = values < detection_limit
        below, values = int(low.sum()), np.where(low, detection_limit / 2, values)
    design, names = _design(visits, groups)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return _nothing(conventions, ("some visit has no counts in some group: the model cannot be estimated",))
    if np.unique(who).size < 2 or np.unique(who).size == who.size:
        why = "subjects and error cannot be told apart: subjects must have several counts"
        return _nothing(conventions, (why,))
    return _fitted(np.log(values), design, names, who, z, below, conventions)


def _columns(
    subject: ArrayLike, visit: ArrayLike, count: ArrayLike, group: ArrayLike | None, limit: float | None
) -> tuple[tuple[Ints, tuple[str, Ints, list[str]], Floats, tuple[str, Ints, list[str]]], tuple[str, ...]]:
    """Subject numbers, visit and group with their levels, counts; and what is wrong with them."""
    fault: tuple[str, ...] = ()
    try:
        values = np.asarray(count, dtype=np.float64)
    except (TypeError, ValueError):
        values, fault = np.zeros(0), ("counts: not numbers",)
    size = values.size
    who, visits = _labels("subject", subject, size), _labels("visit", visit, size)
    groups = _labels("group", np.zeros(size, dtype=int) if group is None else group, size)
    for name, codes, _ in (who, visits, groups):
        if codes.size != size:
            fault += (f"{name}: not {size} values, none missing",)
    if not fault and not size:
        fault = ("there are no counts",)
    bad = int((~np.isfinite(values)).sum())
    if bad:
        fault += (f"counts: missing or infinite in {bad} of {size} rows",)
    elif (values < 0).any():
        fault += (f"counts: below zero in {int((values < 0).sum())} of {size} rows",)
    elif limit is None and (values == 0).any():
        zeros = int((values == 0).sum())
        fault += (f"counts: {zeros} of {size} are 0, which has no logarithm: state the limit of detection",)
    return (who[1], visits, values, groups), fault


def _labels(name: str, given: ArrayLike, size: int) -> tuple[str, Ints, list[str]]:
    raw = np.asarray(given)
    if raw.shape != (size,) or any(value is None or value != value for value in raw.tolist()):
        return name, np.zeros(0, dtype=np.intp), []
    levels, codes = np.unique(raw, return_inverse=True)
    return name, codes.astype(np.intp), [str(level) for level in levels.tolist()]


def _design(visits: tuple[str, Ints, list[str]], groups: tuple[str, Ints, list[str]]) -> tuple[Floats, tuple[str, ...]]:
    """Intercept, visits, groups and their products, as columns of 0 and 1."""
    names, columns = ["intercept"], [np.ones(visits[1].size)]
    at = {v: (visits[1] == v).astype(np.float64) for v in range(1, len(visits[2]))}
    of = {g: (groups[1] == g).astype(np.float64) for g in range(1, len(groups[2]))}
    for v, column in at.items():
        names.append(f"visit {visits[2][v]}")
        columns.append(column)
    for g, column in of.items():
        names.append(f"group {groups[2][g]}")
        columns.append(column)
    for g, of_group in of.items():
        for v, at_visit in at.items():
            names.append(f"visit {visits[2][v]}, group {groups[2][g]}")
            columns.append(at_visit * of_group)
    return np.stack(columns, axis=1), tuple(names)


def _fitted(
    y: Floats, design: Floats, names: Sequence[str], who: Ints, z: float, below: int, conventions: Conventions
) -> MixedFit:
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = MixedLM(y, design, who).fit(reml=True, method=["bfgs", "lbfgs", "powell"])
        except (np.linalg.LinAlgError, ValueError) as error:
            return _nothing(conventions, (f"not converged: {error}",))
        coef, se = np.asarray(found.fe_params), np.asarray(found.bse_fe)
    between, within = float(found.cov_re[0, 0]), float(found.scale)
    reasons = _remarks(bool(found.converged), between, within, [str(warning.message) for warning in caught])
    if not found.converged:
        return _nothing(conventions, reasons)
    return MixedFit(
        tuple(names), coef, se, np.exp(coef), np.exp(coef - z * se), np.exp(coef + z * se), two_sided_p(coef / se),
        between, within, float(found.llf), y.size, int(np.unique(who).size), below, conventions, reasons,
    )  # fmt: skip


def _remarks(converged: bool, between: float, within: float, said: Sequence[str]) -> tuple[str, ...]:
    """What a reader must know of the fit."""
    if not converged:
        return ("not converged: " + ("; ".join(dict.fromkeys(said)) or "no maximum was found"),)
    if between <= 1e-6 * within:
        return ("the variance between subjects is estimated as 0: it lies on the boundary",)
    return ()


def _nothing(conventions: Conventions, reasons: tuple[str, ...]) -> MixedFit:
    none = np.zeros(0)
    return MixedFit((), none, none, none, none, none, none, NAN, NAN, NAN, 0, 0, 0, conventions, reasons)

def random_intercept(
    values: ArrayLike, design: ArrayLike, person: ArrayLike, *, level: float = 0.95
) -> RandomIntercept:
    """y = X b + u_person + e, u ~ N(0, between^2), e ~ N(0, within^2): `values` (n,), `design` (n, p), `person` (n,).

    With r = between^2/within^2, each person's inverse covariance is I - r/(1 + m r) J (m rows, J of ones), so that
    the restricted likelihood is profiled over r alone, from 0 to 10^4, to a relative 1e-9. Valid where values are
    missing at random given what was measured. Intervals are normal.

    *Source:* Laird and Ware 1982; Patterson and Thompson 1971 (restricted likelihood). As `lme4::lmer(REML = TRUE)`.
    """
    y, x = np.asarray(values, np.float64), np.asarray(design, np.float64)
    _, who = np.unique(np.asarray(person).astype(str), return_inverse=True)
    if reason := _refused(y, x, who):
        return _nothing(x.shape[1] if x.ndim == 2 else 0, reason, level)
    sums = _Sums(y, x, who.astype(np.intp))
    ratio = _best(sums)
    loglik, coef, inverse, within = _profile(sums, ratio)
    covariance = inverse * within
    se = np.sqrt(np.diag(covariance))
    half = normal_quantile(level) * se
    return RandomIntercept(
        coef, se, coef - half, coef + half, covariance, float(np.sqrt(ratio * within)), float(np.sqrt(within)), loglik,
        y.size, int(who.max()) + 1, _conventions(level),
    )  # fmt: skip


class _Sums:
    """What the likelihood needs of the data, once: cross products, and sums within persons."""

    def __init__(self, y: Floats, x: Floats, who: Ints) -> None:
        persons = int(who.max()) + 1
        self.n, self.p = y.size, x.shape[1]
        self.rows = np.bincount(who, minlength=persons).astype(np.float64)
        self.sum_y = np.bincount(who, weights=y, minlength=persons)
        self.sum_x = np.column_stack([np.bincount(who, weights=x[:, j], minlength=persons) for j in range(self.p)])
        self.xx, self.xy, self.yy = x.T @ x, x.T @ y, float(y @ y)


def _profile(sums: _Sums, ratio: float) -> tuple[float, Floats, Floats, float]:
    """Restricted log likelihood at a ratio of variances, with the coefficients, (X'V^-1 X)^-1 and within^2."""
    shrink = ratio / (1 + sums.rows * ratio)
    xx = sums.xx - (sums.sum_x * shrink[:, None]).T @ sums.sum_x
    xy = sums.xy - sums.sum_x.T @ (shrink * sums.sum_y)
    yy = sums.yy - float(np.sum(shrink * sums.sum_y**2))
    inverse: Floats = np.asarray(np.linalg.inv(xx), dtype=np.float64)
    coef = inverse @ xy
    free = sums.n - sums.p
    within = float(max(yy - float(coef @ xy), 1e-300) / free)
    _, size = np.linalg.slogdet(xx)
    spread = float(np.sum(np.log1p(sums.rows * ratio)))
    loglik = -0.5 * (free * (np.log(2 * np.pi * within) + 1) + spread + float(size))
    return float(loglik), coef, inverse, within


def _best(sums: _Sums) -> float:
    """The ratio of variances of the highest likelihood: a grid over its logarithm, then golden section; 0 may win."""
    grid = np.linspace(-12, 9.2, 60)
    found = [_profile(sums, float(np.exp(at)))[0] for at in grid]
    best = int(np.argmax(found))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    while high - low > 1e-9:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if _profile(sums, float(np.exp(left)))[0] < _profile(sums, float(np.exp(right)))[0]:
            low = left
        else:
            high = right
    ratio = float(np.exp((low + high) / 2))
    return ratio if _profile(sums, ratio)[0] > _profile(sums, 0.0)[0] else 0.0


def _refused(y: Floats, x: Floats, who: Ints) -> str:
    if x.ndim != 2 or y.ndim != 1 or y.size != x.shape[0] or y.size != who.size:
        return "values, design and person differ in length"
    if y.size == 0:
        return "there are no rows"
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        return "values or design: missing or infinite"
    if y.size <= x.shape[1]:
        return f"{y.size} values for {x.shape[1]} coefficients"
    return "" if np.linalg.matrix_rank(x) == x.shape[1] else "columns of the design depend on each other"


def _conventions(level: float) -> Conventions:
    return Conventions(
        "linear mixed model, random intercept by person", variance="restricted maximum likelihood", times="",
        interval=f"normal, {level:.0%}", notes=("valid where values are missing at random given those measured",),
    )  # fmt: skip


def _nothing(p: int, reason: str, level: float) -> RandomIntercept:
    nan = np.full(p, NAN)
    return RandomIntercept(
        nan, nan, nan, nan, np.full((p, p), NAN), NAN, NAN, NAN, 0, 0, _conventions(level), (reason,)
    )

"""A mixed model of repeated counts: log count by visit and group, with an intercept of each subject's own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
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

"""Kaplan-Meier endpoints: curves, probabilities at time points, medians, restricted means, and the comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.endpoints.derive import Derived
from posolog.endpoints.people import days_of
from posolog.endpoints.results import Figure, Line, Number, Test
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.sample import Compared, columns, floats, said, sample_of
from posolog.endpoints.sentence import listed
from posolog.endpoints.ticks import ticks_of
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint
from posolog.stats import (
    Conventions,
    Regression,
    Sample,
    Survival,
    cox,
    kaplan_meier,
    log_rank,
    number_at_risk,
    proportionality,
    quantile,
    rmst,
    rmst_difference,
    survival_at,
)


@dataclass(frozen=True, slots=True)
class Survived:
    """The pieces of an analysis by Kaplan-Meier."""

    numbers: tuple[Number, ...]
    figure: Figure
    tests: tuple[Test, ...]
    comparisons: tuple[Number, ...]
    conventions: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


def survive(derived: Derived, endpoint: Endpoint, found: Rows, groups: Compared) -> Survived:
    """Everything that Kaplan-Meier, log-rank and Cox say of the known rows."""
    assert endpoint.define is not None
    rows = found.known()
    given = sample_of(rows, groups, strata=True)
    curves = [(part, kaplan_meier(part)) for part in given.by_group()] if given.n else []
    ticks = ticks_of(max((row.time_days or 0 for row in rows), default=0))
    numbers: list[Number] = []
    for part, curve in curves:
        numbers += _numbers(endpoint, part, curve)
    lines = tuple(line_of(part, curve, ticks) for part, curve in curves)
    label = f"Probability of {_without(endpoint.name)}"
    figure = Figure(endpoint.name, listed(endpoint.define.start), label, lines, ticks)
    tests, comparisons, rules, reasons = _compare(derived, endpoint, rows, given, groups)
    conventions = said(*(curve.conventions for _, curve in curves[:1]), *rules)
    why = dict.fromkeys((*given.reasons, *(reason for _, curve in curves for reason in curve.reasons), *reasons))
    return Survived(tuple(numbers), figure, tests, comparisons, conventions, tuple(why))


def _without(name: str) -> str:
    return name if "surviv" in name else f"being without: {name}"


def _numbers(endpoint: Endpoint, part: Sample, curve: Survival) -> list[Number]:
    """Survival at each time point, the median, and the mean up to the last time point."""
    assert endpoint.define is not None
    group, n, events = part.groups[0], curve.n, curve.total_events
    days = [days_of(point, endpoint.define) for point in endpoint.at]
    at = survival_at(curve, days) if days else None
    made = []
    for k, point in enumerate(endpoint.at):
        assert at is not None
        label, note = print_time_point(point), "; ".join(at.reasons) if np.isnan(at.survival[k]) else ""
        values = (float(at.survival[k]), float(at.lower[k]), float(at.upper[k]))
        made.append(Number(label, group, *values, "probability", n, events, note=note))
    middle = quantile(curve)
    made.append(
        Number("median", group, middle.value, middle.lower, middle.upper, "days", n, events,
               note="; ".join(middle.reasons))
    )  # fmt: skip
    if days and max(days) > 0:
        mean = rmst(curve, max(days))
        made.append(
            Number(f"mean up to day {max(days)}", group, mean.value, mean.lower, mean.upper, "days", n, events,
                   note="; ".join(mean.reasons))
        )  # fmt: skip
    return made


def line_of(part: Sample, curve: Survival, ticks: tuple[float, ...]) -> Line:
    marks = tuple(float(time) for time, count in zip(curve.time, curve.censored, strict=True) if count)
    return Line(
        part.groups[0], part.groups[0], floats(curve.time), floats(curve.survival), floats(curve.lower),
        floats(curve.upper), marks, tuple(int(count) for count in number_at_risk(part, ticks)[0]), 1.0,
        float(curve.last) if curve.n else 0.0,
    )  # fmt: skip


Compared_ = tuple[tuple[Test, ...], tuple[Number, ...], tuple[Conventions, ...], tuple[str, ...]]


def _compare(
    derived: Derived, endpoint: Endpoint, rows: tuple[Row, ...], given: Sample, groups: Compared
) -> Compared_:
    """Log-rank, hazard ratios and the difference of restricted means, where there are groups to compare."""
    if groups.pooled or not given.n:
        return (), (), (), ()
    assert endpoint.define is not None
    test = log_rank(given)
    arms = np.column_stack([given.group == k for k in range(1, len(groups.names))]).astype(float)
    model = cox(given, arms, names=groups.names[1:])
    check = proportionality(model)
    tests = [Test("log-rank", test.statistic, test.df, test.p, test.groups)]
    tests += [Test("proportional hazards", *check.overall, groups.names)] if np.isfinite(check.overall[2]) else []
    ratios = _ratios("hazard ratio", model.fit, groups, given)
    labels, extra, lost = columns(derived, rows, endpoint.define.covariates)
    reasons = [*test.reasons, *model.fit.reasons, *lost]
    if extra:
        more = cox(given, np.column_stack([arms, *extra]), names=[*groups.names[1:], *labels])
        label = f"hazard ratio, adjusted for {', '.join(endpoint.define.covariates)}"
        ratios += _ratios(label, more.fit, groups, given)
        reasons += more.fit.reasons
    rules = (test.conventions, model.fit.conventions)
    return tuple(tests), (*ratios, *_means(endpoint, given, groups)), rules, tuple(dict.fromkeys(reasons))


def _ratios(label: str, fit: Regression, groups: Compared, given: Sample) -> list[Number]:
    """The ratio of each group to the reference."""
    return [
        Number(label, name, float(fit.ratio[k]), float(fit.lower[k]), float(fit.upper[k]), "ratio", given.n, fit.events,
               p=float(fit.p[k]), reference=groups.names[0])
        for k, name in enumerate(groups.names[1:])
    ]  # fmt: skip


def _means(endpoint: Endpoint, given: Sample, groups: Compared) -> list[Number]:
    assert endpoint.define is not None
    days = [days_of(point, endpoint.define) for point in endpoint.at]
    if not days or max(days) <= 0:
        return []
    parts = given.by_group()
    means = [rmst(kaplan_meier(part), max(days)) for part in parts]
    made = []
    for part, mean in zip(parts[1:], means[1:], strict=True):
        gap = rmst_difference(mean, means[0])
        label, events = f"difference of means up to day {max(days)}", int((given.event > 0).sum())
        made.append(
            Number(label, part.groups[0], gap.value, gap.lower, gap.upper, "days", given.n, events, p=gap.p,
                   note="; ".join(gap.reasons), reference=groups.names[0])
        )  # fmt: skip
    return made

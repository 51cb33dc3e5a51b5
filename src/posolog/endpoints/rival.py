"""Competing-risk endpoints: cumulative incidence of every cause, Gray's test, Fine-Gray and cause-specific ratios."""

from __future__ import annotations

import numpy as np

from posolog.endpoints.derive import Derived
from posolog.endpoints.people import days_of
from posolog.endpoints.results import Figure, Line, Number, Test
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.sample import Compared, columns, floats, said, sample_of
from posolog.endpoints.sentence import listed, spoken
from posolog.endpoints.survive import Survived
from posolog.endpoints.ticks import ticks_of
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint
from posolog.stats import (
    Conventions,
    Incidence,
    Sample,
    cox,
    cumulative_incidence,
    fine_gray,
    gray_test,
    incidence_at,
    number_at_risk,
    probability_bounds,
)


def rival(derived: Derived, endpoint: Endpoint, found: Rows, groups: Compared) -> Survived:
    """Everything that the known rows say of the event where others compete with it."""
    assert endpoint.define is not None
    rows = found.known()
    names = (listed([spoken(o) for o in endpoint.define.events]), *(spoken(o) for o in endpoint.define.competing))
    given = sample_of(rows, groups, causes=len(names), strata=True)
    curves = [(part, cumulative_incidence(part)) for part in given.by_group()] if given.n else []
    ticks = ticks_of(max((row.time_days or 0 for row in rows), default=0))
    numbers = [number for part, curve in curves for number in _numbers(endpoint, part, curve)]
    lines = [line for part, curve in curves for line in _lines(part, curve, ticks, names, one=len(curves) > 1)]
    start, note = listed(endpoint.define.start), _sums(curves)
    figure = Figure(endpoint.name, start, "Cumulative incidence", tuple(lines), ticks, note)
    tests, comparisons, rules, reasons = _compare(derived, endpoint, rows, given, groups)
    conventions = said(*(curve.conventions for _, curve in curves[:1]), *rules)
    why = dict.fromkeys((*given.reasons, *(reason for _, curve in curves for reason in curve.reasons), *reasons))
    return Survived(tuple(numbers), figure, tests, comparisons, conventions, tuple(why))


def _sums(curves: list[tuple[Sample, Incidence]]) -> str:
    """The check that all causes and survival sum to 1."""
    gaps = [
        float(np.max(np.abs(curve.estimate.sum(axis=0) + curve.survival - 1), initial=0.0)) for _, curve in curves
    ]
    return "All causes and event-free survival sum to 1." if gaps and max(gaps) < 1e-9 else ""


def _numbers(endpoint: Endpoint, part: Sample, curve: Incidence) -> list[Number]:
    """The incidence at each time point, and at the last follow-up where no time point is given."""
    assert endpoint.define is not None
    points = [(print_time_point(point), days_of(point, endpoint.define)) for point in endpoint.at]
    last = int(curve.last_time) if curve.n else 0
    points = points or [(f"day {last}, the last of follow-up", last)]
    at = incidence_at(curve, [days for _, days in points], cause=1)
    events = int((part.event == 1).sum())
    made = []
    for k, (label, _) in enumerate(points):
        note = "; ".join(at.reasons) if np.isnan(at.value[k]) else ""
        values = (float(at.value[k]), float(at.lower[k]), float(at.upper[k]))
        made.append(Number(label, part.groups[0], *values, "probability", part.n, events, note=note))
    return made


def _lines(
    part: Sample, curve: Incidence, ticks: tuple[float, ...], names: tuple[str, ...], *, one: bool
) -> list[Line]:
    """The curve of the event, and in a single group those of the competing events too."""
    made = []
    at_risk = tuple(int(count) for count in number_at_risk(part, ticks)[0])
    marks = tuple(sorted({float(time) for time in part.time[part.event == 0]}))
    for k, name in enumerate(names[:1] if one else names):
        value, spread = curve.estimate[k], np.sqrt(curve.variance[k])
        lower, upper = probability_bounds(value, spread)
        label = part.groups[0] if one else name
        made.append(
            Line(label, part.groups[0], floats(curve.time), floats(value), floats(lower) if k == 0 else (),
                 floats(upper) if k == 0 else (), marks if k == 0 else (), at_risk if k == 0 else (), 0.0,
                 float(curve.last_time) if curve.n else 0.0)
        )  # fmt: skip
    return made


def _compare(
    derived: Derived, endpoint: Endpoint, rows: tuple[Row, ...], given: Sample, groups: Compared
) -> tuple[tuple[Test, ...], tuple[Number, ...], tuple[Conventions, ...], tuple[str, ...]]:
    if groups.pooled or not given.n:
        return (), (), (), ()
    assert endpoint.define is not None
    test = gray_test(given, cause=1)
    tests = (Test("Gray", test.statistic, test.df, test.p, test.groups),)
    names = list(groups.names[1:])
    arms = np.column_stack([given.group == k for k in range(1, len(groups.names))]).astype(float)
    labels, extra, lost = columns(derived, rows, endpoint.define.covariates)
    design = np.column_stack([arms, *extra]) if extra else arms
    sub, specific = (
        fine_gray(given, design, names=[*names, *labels], cause=1).fit,
        cox(given, design, names=[*names, *labels], cause=1).fit,
    )
    adjusted = f", adjusted for {', '.join(endpoint.define.covariates)}" if extra else ""
    made = [
        Number(f"{what}{adjusted}", name, float(fit.ratio[k]), float(fit.lower[k]), float(fit.upper[k]), "ratio",
               given.n, fit.events, p=float(fit.p[k]), reference=groups.names[0])
        for what, fit in (("subdistribution hazard ratio", sub), ("cause-specific hazard ratio", specific))
        for k, name in enumerate(names)
    ]  # fmt: skip
    reasons = (*test.reasons, *sub.reasons, *specific.reasons, *lost)
    return tests, tuple(made), (test.conventions, sub.conventions), reasons

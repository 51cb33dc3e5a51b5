"""A panel over time: means of the logarithm by a mixed model, with those whom a named event took away beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from posolog.endpoints.derive import Derived
from posolog.endpoints.match import is_named
from posolog.endpoints.panel import MEASURED, MISSING
from posolog.endpoints.people import days_of
from posolog.endpoints.results import NAN, Analysis, Mean, Panel, Table
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.sample import Compared, said
from posolog.endpoints.sentence import listed, spoken
from posolog.endpoints.shares import people
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint
from posolog.stats import Conventions, random_intercept


def repeated(derived: Derived, frame: Analysis, endpoint: Endpoint, found: Rows, groups: Compared) -> Analysis:
    """One panel a measure: model means back on the scale of counts, and every patient's values."""
    assert endpoint.define is not None
    panels, rules, reasons = [], [], []
    for measure in endpoint.define.measures:
        rows = [row for row in found.rows if row.measure == measure]
        means, words, why = _means(endpoint, rows, groups, measure)
        panels.append(Panel(measure, _unit(derived, measure), means, _traces(rows)))
        rules.append(words)
        reasons += [f"{measure}: {reason}" for reason in why]
    gone = listed([spoken(outcome) for outcome in endpoint.define.competing], last="and") or "nothing named"
    note = (
        f"Means of log10(count + 1), put back as counts. Who had {gone} before a time point has no value there: "
        "such drop-out is informative, the model corrects it only as far as earlier values foretell it."
    )
    return replace(
        frame, groups=people(found, groups), panels=tuple(panels), tables=(_table(panels, groups, note),),
        conventions=said(*rules), reasons=tuple(reasons),
    )  # fmt: skip


def _means(
    endpoint: Endpoint, rows: list[Row], groups: Compared, measure: str
) -> tuple[tuple[Mean, ...], Conventions, tuple[str, ...]]:
    """A mean for each time point and group that has values: one column of the design each."""
    assert endpoint.define is not None
    labels = [print_time_point(point) for point in endpoint.at]
    cells = [(label, name) for name in groups.names for label in labels]
    measured = [row for row in rows if row.code == MEASURED and row.number is not None]
    filled = [cell for cell in cells if any((row.at, groups.of(row)) == cell for row in measured)]
    place = {cell: k for k, cell in enumerate(filled)}
    design = np.zeros((len(measured), len(filled)))
    for at, row in enumerate(measured):
        design[at, place[(row.at, groups.of(row))]] = 1.0
    made = random_intercept(
        np.log10([(row.number or 0.0) + 1 for row in measured]), design, [row.subject for row in measured]
    )
    days = {print_time_point(point): days_of(point, endpoint.define) for point in endpoint.at}
    found = []
    for cell in cells:
        label, name = cell
        own = [row for row in rows if (row.at, groups.of(row)) == cell]
        k = place.get(cell)
        value, lower, upper = (
            (NAN,) * 3 if k is None else tuple(10 ** float(v[k]) - 1 for v in (made.coef, made.lower, made.upper))
        )
        n, gone = sum(row.code == MEASURED for row in own), sum(row.code == MISSING for row in own)
        found.append(
            Mean(measure, name, label, days[label], value, lower, upper, n, len(own) - n - gone, gone)
        )
    return tuple(found), made.conventions, made.reasons


def _unit(derived: Derived, measure: str) -> str:
    """The unit of the measure as recorded, where all records agree."""
    units = {
        event.unit for line in derived.trial.timelines.values() for event in line.events if is_named(event, measure)
    }
    return units.pop() if len(units) == 1 else ""


def _traces(rows: list[Row]) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Each patient's measured values by day."""
    own: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if row.code == MEASURED and row.number is not None and row.time_days is not None:
            own.setdefault(row.subject, []).append((row.time_days, row.number))
    return tuple(tuple(sorted(values)) for values in own.values())


def _table(panels: list[Panel], groups: Compared, note: str) -> Table:
    lines = []
    for panel in panels:
        for mean in panel.means:
            known = mean.value == mean.value
            value = f"{mean.value:.3g} ({mean.lower:.3g} to {mean.upper:.3g})" if known else "not known"
            name = () if groups.pooled else (mean.group,)
            counts = (str(mean.n), str(mean.gone), str(mean.missing))
            lines.append((panel.measure, *name, mean.at, value, *counts))
    group = () if groups.pooled else ("group",)
    head = ("measure", *group, "at", "mean (95 % interval)", "measured", "taken by an event", "missing")
    return Table("Means over time", head, tuple(lines), note)

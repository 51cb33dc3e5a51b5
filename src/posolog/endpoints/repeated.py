"""A panel over time: geometric means by a mixed model, with those whom a named event took away beside them."""

from __future__ import annotations

from dataclasses import replace

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
from posolog.stats import Conventions, MixedFit, mixed_log_counts


def repeated(derived: Derived, frame: Analysis, endpoint: Endpoint, found: Rows, groups: Compared) -> Analysis:
    """One panel a measure: the model's geometric means, and every patient's values."""
    assert endpoint.define is not None
    panels: list[Panel] = []
    rules: list[Conventions] = []
    reasons: list[str] = []
    for measure in endpoint.define.measures:
        rows = [row for row in found.rows if row.measure == measure]
        means, words, why = _means(endpoint, rows, groups, measure)
        panels.append(Panel(measure, _unit(derived, measure), means, _traces(rows)))
        rules += words
        reasons += [f"{measure}: {reason}" for reason in why]
    gone = listed([spoken(outcome) for outcome in endpoint.define.competing], last="and") or "nothing named"
    note = (
        f"Geometric means by the model. Who had {gone} before a time point has no value there: "
        "such drop-out is informative, the model corrects it only as far as earlier values foretell it."
    )
    return replace(
        frame, groups=people(found, groups), panels=tuple(panels), tables=(_table(panels, groups, note),),
        conventions=said(*rules), reasons=tuple(reasons),
    )  # fmt: skip


def _means(
    endpoint: Endpoint, rows: list[Row], groups: Compared, measure: str
) -> tuple[tuple[Mean, ...], tuple[Conventions, ...], tuple[str, ...]]:
    """A geometric mean for each time point and group: the intercept of the model with that cell as its reference."""
    assert endpoint.define is not None
    labels = [print_time_point(point) for point in endpoint.at]
    days = {print_time_point(point): days_of(point, endpoint.define) for point in endpoint.at}
    measured = [row for row in rows if row.code == MEASURED and row.number is not None]
    cells = [(label, name) for name in groups.names for label in labels]
    fits = {cell: _fit(endpoint, measured, groups, cell) for cell in cells}
    found = []
    for (label, name), fit in fits.items():
        own = [row for row in rows if (row.at, groups.of(row)) == (label, name)]
        n, gone = sum(row.code == MEASURED for row in own), sum(row.code == MISSING for row in own)
        bounds = (fit.ratio, fit.lower, fit.upper)
        value, lower, upper = (float(part[0]) if part.size and n else NAN for part in bounds)
        found.append(Mean(measure, name, label, days[label], value, lower, upper, n, len(own) - n - gone, gone))
    reasons = tuple(dict.fromkeys(reason for fit in fits.values() for reason in fit.reasons))
    rules = [fit.conventions for fit in fits.values()]
    return tuple(found), tuple(rules[:1]), reasons or (() if fits else ("the endpoint has no time points",))


def _fit(endpoint: Endpoint, measured: list[Row], groups: Compared, cell: tuple[str, str]) -> MixedFit:
    """The model with this time point and group as reference: 0 sorts before every other label."""
    assert endpoint.define is not None
    limit = endpoint.define.limit
    return mixed_log_counts(
        [row.subject for row in measured],
        ["0" if row.at == cell[0] else f"1 {row.at}" for row in measured],
        [row.number or 0.0 for row in measured],
        group=["0" if groups.of(row) == cell[1] else f"1 {groups.of(row)}" for row in measured],
        detection_limit=float(limit) if limit is not None else None,
    )


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

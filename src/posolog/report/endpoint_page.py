"""The report of a trial's endpoints as one self-contained page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from math import isnan

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from posolog import __version__
from posolog.core.finding import Finding
from posolog.endpoints.baseline import baseline
from posolog.endpoints.blind import veiled
from posolog.endpoints.flow import flow_of, main_endpoint
from posolog.endpoints.lanes import lanes
from posolog.endpoints.results import POOLED, Analysis, Figure, Group, Line, Number, Report, Table, Test
from posolog.protocol.definition import Method
from posolog.report import estimates
from posolog.report import format as say
from posolog.report.curves import Curve, StepFigure, step_svg
from posolog.report.flow_svg import flow_svg
from posolog.report.forest_svg import Forest, ForestRow, forest_of_ratios, forest_of_shares, forest_svg
from posolog.report.lanes_svg import lanes_svg
from posolog.report.panel_svg import panels_svg
from posolog.report.words import PURPOSE

MOST_OPEN = 12  # rows of what is not known yet that are shown at once


@dataclass(frozen=True, slots=True)
class Estimated:
    """One line of a table of estimates, in words; `groups` beside each other."""

    label: str
    cells: tuple[tuple[str, str], ...]  # value and interval, one a group
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    label: str
    value: str
    interval: str
    p: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """One endpoint as the template shows it."""

    ident: str
    role: str
    name: str
    sentence: str
    rule: str
    quotes: tuple[str, ...]
    reasons_given: tuple[str, ...]
    withheld: str
    groups: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    estimated: tuple[Estimated, ...]
    compared: tuple[Compared, ...]
    tests: tuple[tuple[str, str], ...]
    figures: tuple[Markup, ...]
    wide: tuple[Markup, ...]
    tables: tuple[Table, ...]
    conventions: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    open_rows: tuple[tuple[str, str, str, str], ...]
    more_open: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows."""

    title: str
    protocol: str
    note: str
    cut: str
    view: str
    purpose: str
    facts: tuple[tuple[str, str], ...]
    forests: tuple[Markup, ...]
    flow: Markup
    baseline: Table
    sections: tuple[Section, ...]
    swimmers: Markup
    findings: tuple[Finding, ...]
    counted: tuple[tuple[str, int], ...]
    version: str


def page_of(report: Report) -> Page:
    """The page of a report."""
    trial = report.derived.trial
    made, kinds = lanes(report.derived, blinded=report.blinded)
    arms = () if report.blinded or len(trial.protocol.arms) < 2 else trial.protocol.arms
    shown = findings_shown(report)
    return Page(
        title=f"{trial.name}: endpoints",
        protocol=trial.protocol.name,
        note=trial.note,
        cut=say.long_date(trial.cut) if trial.cut else "everything recorded",
        view="blinded: arms are pooled" if report.blinded else ("by arm" if arms else "one arm"),
        purpose=PURPOSE,
        facts=_facts(report),
        forests=tuple(Markup(forest_svg(f, ident=f"forest-{at}")) for at, f in enumerate(forests(report))),
        flow=Markup(flow_svg(flow_of(report.derived, blinded=report.blinded))),
        baseline=baseline(report.derived, blinded=report.blinded),
        sections=tuple(_section(report, analysis, f"e{at}") for at, analysis in enumerate(report.analyses, 1)),
        swimmers=Markup(lanes_svg(made, kinds, arms)),
        findings=shown,
        counted=tuple(Counter(f.code for f in shown).most_common()),
        version=__version__,
    )


def findings_shown(report: Report) -> tuple[Finding, ...]:
    """The findings, the most serious first; rows that are not known yet stand with their endpoint instead."""
    order = {"stop": 0, "ask": 1, "note": 2}
    kept = [finding for finding in report.findings if finding.code != "ROW-UNKNOWN"]
    return tuple(sorted(kept, key=lambda finding: order[finding.severity]))


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    trial, main = report.derived.trial, main_endpoint(report.derived)
    unknown = sum(len(rows.unknown()) for rows in report.derived.rows)
    facts = [("patients", f"{len(trial.subjects)}")]
    facts += [(main.role, main.name)] if main else []
    facts += [("endpoints defined", f"{len(report.analyses)}")]
    facts += [("rows not known yet", f"{unknown:,} of {sum(len(rows.rows) for rows in report.derived.rows):,}")]
    return tuple(facts)


def forests(report: Report) -> tuple[Forest, ...]:
    """Ratios between arms where there are any; and every probability at its time points."""
    made = []
    ratios = [row for a in report.analyses for row in _rows(a, [n for n in a.comparisons if n.unit == "ratio"])]
    if ratios:
        first = next(number for a in report.analyses for number in a.comparisons if number.unit == "ratio")
        words = (f"{first.group} better", f"{first.reference} better")
        made.append(forest_of_ratios(f"Ratios, {first.group} to {first.reference}", tuple(ratios), words=words))
    shares = [row for a in report.analyses for row in _rows(a, [n for n in a.numbers if n.unit == "probability"])]
    if shares:
        made.append(forest_of_shares("Probabilities at the time points of the protocol", tuple(shares)))
    return tuple(made)


def _rows(analysis: Analysis, numbers: list[Number]) -> list[ForestRow]:
    several = len({number.group for number in numbers}) > 1
    rows = [
        ForestRow(f"{n.label}, {n.group}" if several and n.unit == "probability" else n.label, n) for n in numbers
    ]
    return [ForestRow(_short(analysis.endpoint.name)), *rows] if rows else []


def _short(name: str) -> str:
    return name if len(name) <= 62 else name[:60].rsplit(" ", 1)[0] + " …"


def _section(report: Report, analysis: Analysis, ident: str) -> Section:
    endpoint = analysis.endpoint
    assert endpoint.define is not None
    heads = tuple(group.name for group in analysis.groups)
    unknown = report.derived.of(endpoint.name).unknown() if not analysis.withheld else ()
    shown = () if endpoint.define.method is Method.MODEL else unknown[:MOST_OPEN]
    reasons = (endpoint.because, endpoint.define.because)
    blinded, protocol = report.blinded, report.derived.trial.protocol

    def hide(words: str) -> str:
        return veiled(words, protocol) if blinded else words

    counted = tuple(_group(group, endpoint.define.method) for group in analysis.groups)
    return Section(
        ident, endpoint.role, say_name(endpoint.name), analysis.sentence, analysis.day_rule,
        tuple(source.words for source in endpoint.sources), tuple(reason for reason in reasons if reason),
        analysis.withheld, counted, heads, _estimated(analysis, heads),
        tuple(_compared(number) for number in analysis.comparisons), tuple(_test(test) for test in analysis.tests),
        _figures(analysis, ident), _wide(analysis, ident), analysis.tables, analysis.conventions, analysis.reasons,
        tuple((row.subject, "" if blinded else row.arm, row.at, hide(row.why).removeprefix("not known yet: "))
              for row in shown),
        len(unknown) - len(shown),
    )  # fmt: skip


def say_name(name: str) -> str:
    return name[:1].upper() + name[1:]


def _group(group: Group, method: Method) -> tuple[str, str]:
    """How many patients a group has, and what their rows say."""
    counts = "with a value" if method in (Method.MODEL, Method.COUNT) else "with the event"
    said = [say.counted(group.n, "patient"), f"{group.events} {counts}"]
    said += [f"{group.competing} with a competing event"] if group.competing else []
    said += [f"{group.censored} without"] if group.censored else []
    said += [f"{group.unknown} not known yet, left out"] if group.unknown else []
    return group.name, ", ".join(said)


def _estimated(analysis: Analysis, heads: tuple[str, ...]) -> tuple[Estimated, ...]:
    """One line a label, one cell a group."""
    labels = dict.fromkeys(number.label for number in analysis.numbers)
    lines = []
    for label in labels:
        own = {number.group: number for number in analysis.numbers if number.label == label}
        cells = tuple((estimates.value(own[h]), estimates.interval(own[h])) if h in own else ("", "") for h in heads)
        notes = dict.fromkeys(number.note for number in own.values() if number.note)
        lines.append(Estimated(label, cells, "; ".join(notes)))
    return tuple(lines)


def _compared(number: Number) -> Compared:
    label = f"{number.label}: {number.group} to {number.reference}"
    return Compared(
        label, estimates.value(number), estimates.interval(number), estimates.p_value(number.p), number.note
    )


def _test(test: Test) -> tuple[str, str]:
    value = "not known" if isnan(test.statistic) else f"χ² = {test.statistic:.2f}, df = {test.df}"
    return test.name, ", ".join(part for part in (value, estimates.p_value(test.p)) if part)


def _figures(analysis: Analysis, ident: str) -> tuple[Markup, ...]:
    return tuple(
        Markup(step_svg(step_figure(figure), ident=f"{ident}-{at}"))
        for at, figure in enumerate(analysis.figures)
        if any(line.time for line in figure.lines)
    )


def _wide(analysis: Analysis, ident: str) -> tuple[Markup, ...]:
    return (Markup(panels_svg(analysis.panels, ident=f"{ident}-panel")),) if analysis.panels else ()


def step_figure(figure: Figure) -> StepFigure:
    """An analysis's figure as the drawing takes it: days on the axis, a hue a line."""
    curves = tuple(_curve(line, at) for at, line in enumerate(figure.lines))
    return StepFigure("", f"days from {figure.start}", figure.y_label, curves, figure.ticks, figure.note)


def _curve(line: Line, at: int) -> Curve:
    label = line.label if line.label != POOLED else "all"
    return Curve(
        label, line.time, line.value, line.lower, line.upper, line.marks, line.at_risk, line.initial, line.end, at
    )


def report_html(report: Report) -> str:
    """The page as HTML text. Needs matplotlib for the curves."""
    folder = files("posolog.report")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["spoken"] = say.spoken
    template = environment.from_string((folder / "endpoints.html.j2").read_text(encoding="utf-8"))
    styles = [(folder / name).read_text(encoding="utf-8") for name in ("plan.css", "endpoints.css")]
    return template.render(page=page_of(report), style=Markup("\n".join(styles)))



"""A plan as one self-contained page: opens without a server, prints in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from posolog import __version__
from posolog.core.finding import Finding
from posolog.course.model import Plan
from posolog.report import format as say
from posolog.report.calendar import anchor_words, event_words
from posolog.report.layout import calendars
from posolog.report.svg import svg
from posolog.report.tables import (
    DoseLine,
    GateLine,
    OtherLine,
    TotalLine,
    dose_lines,
    gate_lines,
    other_lines,
    total_lines,
)
from posolog.report.words import PURPOSE, shown_inputs, used_anchors


@dataclass(frozen=True, slots=True)
class Drawing:
    """One calendar; `heading` and `event` say what its days count from, "" where there is only one."""

    heading: str
    event: str
    svg: Markup
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows, already in words."""

    title: str
    protocol: str
    patient: str
    arm: str
    anchors: tuple[str, ...]
    today: str
    now: str
    inputs: tuple[tuple[str, str], ...]
    inputs_hash: str
    drawings: tuple[Drawing, ...]
    doses: tuple[DoseLine, ...]
    totals: tuple[TotalLine, ...]
    gates: tuple[GateLine, ...]
    visits: tuple[OtherLine, ...]
    others: tuple[OtherLine, ...]
    findings: tuple[Finding, ...]
    stops: int
    version: str
    purpose: str = PURPOSE


def page_of(plan: Plan) -> Page:
    """The page of a plan."""
    order = {"stop": 0, "ask": 1, "note": 2}
    others = other_lines(plan)
    return Page(
        title=f"{plan.protocol}, patient {plan.patient.ident}",
        protocol=plan.protocol,
        patient=plan.patient.ident,
        arm=plan.arm,
        anchors=tuple(anchor_words(anchor, fixed) for anchor, fixed in used_anchors(plan)),
        today=today_words(plan),
        now=say.long_date(plan.now.date()),
        inputs=tuple((label, say.spoken(value)) for label, value in shown_inputs(plan)),
        inputs_hash=plan.inputs_hash,
        drawings=drawings(plan),
        doses=dose_lines(plan),
        totals=total_lines(plan),
        gates=gate_lines(plan),
        visits=tuple(line for line in others if line.kind == "visit"),
        others=tuple(line for line in others if line.kind != "visit"),
        findings=tuple(sorted(plan.findings, key=lambda finding: order[finding.severity])),
        stops=sum(finding.severity == "stop" for finding in plan.findings),
        version=__version__,
    )


def drawings(plan: Plan) -> tuple[Drawing, ...]:
    """The calendars; where there are several, the page says above each what its days count from."""
    found = calendars(plan)
    alone = len(found) == 1
    return tuple(
        Drawing(
            "" if alone else f"Days from {calendar.anchor.name}",
            "" if alone else event_words(calendar.anchor, calendar.fixed),
            Markup(svg(calendar, ident=f"calendar-{at}", headed=alone)),
            calendar.undated,
        )
        for at, calendar in enumerate(found, 1)
    )


def today_words(plan: Plan) -> str:
    """Which day it is: "today is D+17"; where days count from several events, from each of them."""
    dated = [(anchor, fixed) for anchor, fixed in used_anchors(plan) if fixed is not None]
    days = [(say.day(anchor.day((plan.now.date() - fixed).days), anchor), anchor.name) for anchor, fixed in dated]
    said = [day if len(dated) == 1 else f"{day} counted from {name}" for day, name in days]
    return f"today is {say.listed(said)}" if said else ""


def plan_html(plan: Plan) -> str:
    """The page as HTML text."""
    folder = files("posolog.report")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["spoken"] = say.spoken
    template = environment.from_string((folder / "plan.html.j2").read_text(encoding="utf-8"))
    style = Markup((folder / "plan.css").read_text(encoding="utf-8"))
    return template.render(page=page_of(plan), style=style)

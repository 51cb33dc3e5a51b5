"""`plan` and `explain`: one patient's plan, and why its values are what they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli import inputs
from posolog.cli.faults import DONE, if_stopped
from posolog.cli.output import echo, ending_of, page, summary, tell, to_file, write
from posolog.core.finding import Finding

if TYPE_CHECKING:
    from posolog.course.model import Plan

SUFFIXES = (".html", ".pdf", ".json", ".csv", ".ics", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    file: str
    patient: str
    anchor: tuple[str, ...]
    arm: str
    choose: tuple[str, ...]
    events: str | None
    now: str | None
    zone: str


def make(request: Request) -> Plan:
    """The plan of a request. *Raises:* Refusal."""
    from posolog import api

    now = inputs.now(request.now, request.zone)
    anchors = inputs.anchors(request.anchor, request.zone)
    choices = inputs.choices(request.choose)
    opened = api.open_protocol(request.file)
    patient, patient_findings = inputs.patient(request.patient, request.zone)
    timeline, event_findings = inputs.events(request.events, request.zone)
    made = api.plan(
        opened, patient, anchors=anchors, timeline=timeline, arm=request.arm, choices=choices, now=now,
        zone=request.zone,
    )  # fmt: skip
    return replace(made, findings=tuple(dict.fromkeys((*made.findings, *patient_findings, *event_findings))))


def write_plan(request: Request, output: str | None) -> int:
    """Print the plan, or write it in the form that the output's ending names."""
    ending_of(output, SUFFIXES)
    plan = make(request)
    if to_file(output):
        content, losses = rendered(plan, Path(output))
        write(output, content)
        echo(f"{output}: plan of {plan.protocol} for {plan.patient.ident}, {summary((*plan.findings, *losses))}")
        tell(losses)
    else:
        from posolog.report.text import plan_text

        echo(plan_text(plan, file=request.file))
    return if_stopped(plan.findings)


def rendered(plan: Plan, path: Path) -> tuple[str | bytes, tuple[Finding, ...]]:
    """The plan in the form that the file's ending names, and what that form could not hold."""
    match path.suffix.lower():
        case ".html" | ".pdf" as ending:
            from posolog.report.html import plan_html

            return page(plan_html(plan), ending), ()
        case ".json":
            from posolog.report.data import plan_json

            return plan_json(plan), ()
        case ".csv":
            from posolog.report.data import plan_csv

            return plan_csv(plan), ()
        case ".ics":
            from posolog.api import calendar_file

            return calendar_file(plan, before=path.read_bytes() if path.is_file() else None)
        case ".svg":
            from posolog.report.layout import calendars
            from posolog.report.svg import stacked

            return stacked(calendars(plan)), ()
        case _:
            from posolog.report.text import plan_text

            return plan_text(plan), ()


def explain(request: Request, words: str) -> int:
    """Print why a value is what it is."""
    from posolog import api
    from posolog.report.format import spoken

    for line in api.explain(make(request), words):
        echo(spoken(line))
    return DONE

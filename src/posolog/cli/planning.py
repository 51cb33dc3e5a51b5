"""`plan` and `explain`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli import inputs
from posolog.cli.app import status
from posolog.cli.output import check_suffix, echo, rendered, summary, write

if TYPE_CHECKING:
    from posolog.course.model import Plan


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
    check_suffix(output)
    plan = make(request)
    if output is None or output == "-":
        from posolog.report.text import plan_text

        echo(plan_text(plan, file=request.file))
        return status(plan)
    content, losses = rendered(plan, Path(output))
    write(output, content)
    echo(f"{output}: plan of {plan.protocol} for {plan.patient.ident}, {summary((*plan.findings, *losses))}")
    if losses:
        from posolog.report.text import findings_text

        echo(findings_text(losses), err=True)
    return status(plan)


def explain(request: Request, words: str) -> int:
    """Print why a value is what it is."""
    from posolog import api
    from posolog.report.format import spoken

    for line in api.explain(make(request), words):
        echo(spoken(line))
    return 0

"""One patient's plan: made, explained, written as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from posolog.api.protocols import Opened
from posolog.api.withholding import withhold
from posolog.core.finding import Finding, Refusal, Severity
from posolog.core.timeline import Timeline

if TYPE_CHECKING:
    from posolog.course.model import Patient, Plan

# A request that names what the protocol does not have: nothing is planned from it.
REQUEST_CODES = (
    *("ANCHOR-UNKNOWN", "ANCHOR-CONTRADICTORY", "ANCHOR-MISSING"),
    *("ARM-UNKNOWN", "ARM-MISSING", "CHOICE-UNKNOWN", "CHOICE-VALUE", "ZONE-UNKNOWN"),
)


def plan(
    opened: Opened, patient: Patient, *, anchors: Mapping[str, date | datetime], timeline: Timeline | None = None,
    arm: str = "", choices: Mapping[str, str] | None = None, now: datetime | None = None, zone: str = "Europe/Paris",
) -> Plan:  # fmt: skip
    """A patient's plan. Lines that a stop finding of the protocol names get no dose.

    *Raises:* Refusal when an anchor, arm or choice is not one of the protocol's.
    """
    from posolog.course.plan import plan as make

    made = make(
        opened.protocol, patient, anchors=dict(anchors), timeline=timeline or Timeline(), arm=arm,
        choices=dict(choices or {}), now=now, zone=zone,
    )  # fmt: skip
    faults = [
        finding for finding in made.findings if finding.code in REQUEST_CODES and finding.severity is Severity.STOP
    ]
    if faults:
        raise Refusal(*faults)
    return withhold(made, opened)


def explain(plan: Plan, words: str) -> list[str]:
    """Why a value of the plan is what it is, line by line: "busulfan D-5". *Raises:* Refusal."""
    from posolog.course.explain import explain as say_why

    return list(say_why(plan, words))


def calendar_file(plan: Plan, *, before: bytes | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """The plan as an iCalendar file, and the acts that it cannot hold; `before` is the file that it replaces."""
    from posolog.exchange.ics import to_ics
    from posolog.report.agenda import agenda

    entries, losses = agenda(plan)
    name = f"{plan.protocol}, patient {plan.patient.ident}"
    return to_ics(entries, name=name, now=plan.now, before=before), losses

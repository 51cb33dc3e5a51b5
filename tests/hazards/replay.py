"""Small tools of the replays: a protocol from give lines, a plan for the patient of reference, codes by hazard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from posolog.checks import check
from posolog.core.finding import Finding, Refusal
from posolog.core.timeline import Timeline
from posolog.course.model import Patient, Plan
from posolog.course.plan import plan
from posolog.protocol.files import loads
from posolog.protocol.model import Protocol

REFERENCE = Patient("REF", weight_kg=Decimal(80), height_cm=Decimal(172), sex="male", age_years=45)
D1 = date(2027, 1, 14)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def protocol(*lines: str) -> Protocol:
    """A one-part protocol with a D1 anchor, Du Bois and actual weight settled."""
    body = "\n".join(f"    - give: {line}" for line in lines)
    text = (
        "protocol: replay\nanchors: {D1: first dose}\n"
        f"settings: {{bsa: Du Bois, weight: actual weight}}\ntreatment:\n  course:\n{body}\n"
    )
    return loads(text, where="replay.yaml").protocol


def planned(given: Protocol, patient: Patient = REFERENCE, timeline: Timeline | None = None) -> Plan:
    return plan(given, patient, anchors={"D1": D1}, timeline=timeline or Timeline(), now=NOW)


def found(*lines: str) -> tuple[Finding, ...]:
    """Everything that loading, checking and planning say of the lines."""
    try:
        given = protocol(*lines)
    except Refusal as refusal:
        return refusal.findings
    return (*check(given), *planned(given).findings)


def named(findings: tuple[Finding, ...], hazard: str, severity: str = "") -> list[Finding]:
    return [f for f in findings if f.hazard == hazard and severity in ("", f.severity.value)]

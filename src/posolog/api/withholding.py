"""What the protocol's own stop findings take from a plan: the doses of the lines that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from posolog.api.protocols import Opened, each_once
from posolog.core.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from posolog.course.model import Plan, Planned
    from posolog.protocol.model import Line


def withhold(plan: Plan, opened: Opened) -> Plan:
    """The plan with the protocol's findings, and without the doses that its stop findings forbid."""
    stops = [finding for finding in opened.findings if finding.severity is Severity.STOP]
    known = {line.ident: line for part in opened.protocol.parts for line in part.lines}
    refused: dict[str, str] = {}
    for finding in stops:
        named = [ident for ident, line in known.items() if any(_concerns(place, line) for place in finding.places)]
        for ident in named or known:
            refused.setdefault(ident, finding.code)
    acts = tuple(_without_dose(act, refused[act.line]) if act.line in refused else act for act in plan.acts)
    planned = {act.line for act in plan.acts}
    said = {finding.code for finding in plan.findings}
    added = [f for f in opened.findings if _touches(f, known, planned) and _new(f, said)]
    findings = each_once((*plan.findings, *added))
    return replace(plan, acts=acts, findings=findings)


def _touches(finding: Finding, known: Mapping[str, Line], planned: set[str]) -> bool:
    """Whether a finding names a line of this plan, or no line at all (other arms' and choices' lines are left out)."""
    named = {ident for ident, line in known.items() if any(_concerns(place, line) for place in finding.places)}
    return not named or bool(named & planned)


def _new(finding: Finding, said: set[str]) -> bool:
    """Notes stay with `check`; a question that the plan asks already is not asked twice."""
    return finding.severity is Severity.STOP or (finding.severity is Severity.ASK and finding.code not in said)


def _concerns(place: Place, line: Line) -> bool:
    """Whether a place names the line, or lies in the words that the line was read from."""
    if place.where == line.ident:
        return True
    span = place.span
    return span is not None and any(
        quote.start >= 0 and quote.start < span.end and span.start < quote.end for quote in line.sources
    )


def _without_dose(act: Planned, code: str) -> Planned:
    from posolog.course.model import Status

    if act.kind != "give" or act.status is Status.GIVEN:
        return act
    return replace(act, dose=None, status=Status.REFUSED, note=f"no dose until {code} is settled")

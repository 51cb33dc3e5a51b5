"""From rows to the answers of a report: one analysis an endpoint, by its method, pooled or by arm."""

from __future__ import annotations

from dataclasses import replace

from posolog.endpoints.blind import blind_findings, withheld
from posolog.endpoints.derive import Derived
from posolog.endpoints.listing import listing
from posolog.endpoints.occupied import occupied
from posolog.endpoints.people import population_of
from posolog.endpoints.repeated import repeated
from posolog.endpoints.results import Analysis, Report
from posolog.endpoints.rival import rival
from posolog.endpoints.rows import Rows
from posolog.endpoints.sample import Compared, compared, group_counts, said
from posolog.endpoints.sentence import day_rule, sentence
from posolog.endpoints.shares import number, share, toxicity
from posolog.endpoints.survive import Survived, survive
from posolog.endpoints.switch import Switched, switch
from posolog.protocol.definition import Method
from posolog.protocol.model import Endpoint

CURVES = (Method.KAPLAN_MEIER, Method.INCIDENCE, Method.OCCUPATION)


def analyse(derived: Derived, *, blinded: bool = False) -> Report:
    """Every defined endpoint. Blinded, arms are pooled, and what would tell the arm is withheld with a reason."""
    pairs = zip(derived.endpoints, derived.rows, strict=True)
    analyses = tuple(analysis(derived, endpoint, rows, blinded=blinded) for endpoint, rows in pairs)
    findings = derived.findings
    if blinded:
        findings = blind_findings(findings, derived.endpoints, derived.trial.protocol)
    return Report(derived, blinded, analyses, findings)


def analysis(derived: Derived, endpoint: Endpoint, found: Rows, *, blinded: bool = False) -> Analysis:
    """The answers of one endpoint."""
    assert endpoint.define is not None
    protocol = derived.trial.protocol
    groups = compared(endpoint, protocol, blinded=blinded)
    frame = Analysis(
        endpoint, sentence(endpoint, protocol), day_rule(endpoint.define), population_of(endpoint.define, protocol)
    )
    why = withheld(endpoint, protocol) if blinded else ""
    if why:
        return replace(frame, withheld=why)
    frame = replace(frame, groups=group_counts(found, groups))
    if endpoint.define.method in CURVES:
        return _curves(derived, frame, endpoint, found, groups)
    match endpoint.define.method:
        case Method.COUNT:
            return number(frame, found, groups)
        case Method.TOXICITY:
            return toxicity(derived, frame, found, groups)
        case Method.MODEL:
            return repeated(derived, frame, endpoint, found, groups)
        case _:
            return share(frame, endpoint, found, groups)


def _curves(derived: Derived, frame: Analysis, endpoint: Endpoint, found: Rows, groups: Compared) -> Analysis:
    assert endpoint.define is not None
    made: Survived
    if endpoint.define.method is Method.KAPLAN_MEIER:
        made = survive(derived, endpoint, found, groups)
    elif endpoint.define.method is Method.INCIDENCE:
        made = rival(derived, endpoint, found, groups)
    else:
        made = occupied(endpoint, found, groups)
    over = Switched()
    tables = () if derived.trial.protocol.arms and groups.pooled else listing(derived, endpoint, found)
    if endpoint.define.crossover and not groups.pooled:
        over = switch(derived, endpoint, found)
    return replace(
        frame, numbers=made.numbers, figures=(made.figure,), tests=made.tests,
        comparisons=(*made.comparisons, *over.comparisons), tables=(*over.tables, *tables),
        conventions=(*made.conventions, *said(*over.conventions)), reasons=(*made.reasons, *over.reasons),
    )  # fmt: skip

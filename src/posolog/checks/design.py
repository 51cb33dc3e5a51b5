"""Allocation, endpoints and visits: what the trial's frame leaves out (H14, H18)."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.view import at
from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Endpoint, Protocol, TimePoint

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
EXACT = {"day": (1, "d"), "week": (7, "d"), "month": (1, "m"), "year": (12, "m")}
NEAR = 0.1  # two time points within 10 % of each other are one moment in two counts


def allocation(protocol: Protocol) -> Iterator[Finding]:
    found = protocol.allocation
    if found is None:
        if len(protocol.arms) > 1:
            yield _allocation(Severity.ASK, "how patients come to the arms is not stated", protocol)
        return
    if not found.randomised:
        return
    if len(protocol.arms) < 2:
        yield _allocation(Severity.ASK, "patients are randomised, but fewer than two arms are named", protocol)
        return
    lacks = [words for words, said in (("the ratio", found.ratio), ("the strata", found.strata)) if not said]
    if lacks:
        severity = Severity.NOTE if found.ratio else Severity.ASK
        verb = "are" if lacks[-1] == "the strata" else "is"
        yield _allocation(severity, f"patients are randomised, and {say.names(lacks)} {verb} not stated", protocol)
    if found.ratio and len(found.ratio.split(":")) != len(protocol.arms):
        n = len(found.ratio.split(":"))
        yield _allocation(Severity.ASK, f"the ratio {found.ratio} is for {n} arms", protocol)


def _allocation(severity: Severity, what: str, protocol: Protocol) -> Finding:
    arms = f"{say.counted(len(protocol.arms), 'arm')} ({say.names(protocol.arms)})" if protocol.arms else "no arms"
    sources = protocol.allocation.sources if protocol.allocation else ()
    return Finding(
        "ALLOCATION-UNSTATED", severity, f"With {arms}, {what}.",
        "Add `allocation` with ratio and strata from the protocol; nothing is assumed to be 1:1.",
        tuple(Place("allocation", source.words, "allocation") for source in sources), "H14",
    )


def exactly(point: TimePoint) -> tuple[int, str] | None:
    """Days or months as whole numbers: 2 years are 24 months, 3 months are no number of days."""
    if point.unit not in EXACT:
        return None
    factor, unit = EXACT[point.unit]
    return point.number * factor, unit


def about(point: TimePoint) -> float:
    return point.number * DAYS.get(point.unit, 0.0)


def shown(point: TimePoint) -> str:
    return "baseline" if point.unit == "baseline" else say.counted(point.number, point.unit)


def endpoint_time(protocol: Protocol) -> Iterator[Finding]:
    found = [endpoint for endpoint in protocol.endpoints if not endpoint.at]
    if found:
        verb = "has" if len(found) == 1 else "have"
        yield Finding(
            "ENDPOINT-TIME", Severity.NOTE,
            f"{say.counted(len(found), 'endpoint')} {verb} no time point: "
            f"{say.names([endpoint.name for endpoint in found])}.",
            "Add `at` and `after` from the statistical section of the protocol.",
            tuple(at(endpoint, endpoint.role) for endpoint in found), "H18",
        )


def endpoint_visits(protocol: Protocol) -> Iterator[Finding]:
    visits = tuple(point for visit in protocol.visits for point in visit.at)
    if not visits:
        return
    held = {exactly(point) for point in visits}
    two_counts: dict[tuple[str, str], list[Endpoint]] = {}
    unseen: dict[str, list[Endpoint]] = {}
    for endpoint in protocol.endpoints:
        for point in endpoint.at:
            if exactly(point) is None or exactly(point) in held:
                continue
            near = [v for v in visits if abs(about(v) - about(point)) <= NEAR * about(point)]
            if near:
                two_counts.setdefault((shown(point), shown(near[0])), []).append(endpoint)
            else:
                unseen.setdefault(shown(point), []).append(endpoint)
    if two_counts:
        yield _two_systems(two_counts)
    for moment, endpoints in unseen.items():
        yield _no_visit(moment, endpoints)


def _two_systems(found: dict[tuple[str, str], list[Endpoint]]) -> Finding:
    pairs = say.names([f"{one} against {other}" for one, other in found])
    endpoints = dict.fromkeys(endpoint for group in found.values() for endpoint in group)
    return Finding(
        "DAY-SYSTEMS", Severity.NOTE,
        f"Endpoints and visits count time in two ways: {pairs}; they are not the same day.",
        "Say which visit serves the endpoint, or give the visit a window that holds both days.",
        tuple(at(endpoint, "endpoint") for endpoint in endpoints), "H18",
    )


def _no_visit(moment: str, endpoints: list[Endpoint]) -> Finding:
    return Finding(
        "ENDPOINT-VISIT", Severity.NOTE,
        f"No visit stands at {moment}, where {say.names([e.name for e in endpoints])} is assessed.",
        "Add the visit, or say where the assessment comes from.",
        tuple(at(endpoint, "endpoint") for endpoint in endpoints), "H18",
    )


def visit_window(protocol: Protocol) -> Iterator[Finding]:
    found = [v for v in protocol.visits if v.before_days is None and v.after_days is None and v.at]
    if found:
        yield Finding(
            "VISIT-WINDOW", Severity.NOTE,
            f"No window is stated for {say.names([visit.name for visit in found])}: "
            f"a visit is on time only on its day.",
            "Add `window: -7 to +7 days` as the protocol states it.", tuple(at(v, "visits") for v in found), "H18",
        )

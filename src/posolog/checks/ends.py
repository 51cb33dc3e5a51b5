"""How a line ends, and doses on days called rest (H1, H18)."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.checks import say
from posolog.checks.view import (
    Given,
    anchor_of,
    at_line,
    days_of,
    expand,
    givens,
    together,
)
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Line, Part, Protocol, Rest


def open_end(protocol: Protocol) -> Iterator[Finding]:
    """A line that starts and does not stop, or stops only by a taper without a rate."""
    for given in givens(protocol):
        give = given.give
        started = give.from_day is not None and give.to_day is None and give.days is None
        ended = bool(give.until or give.for_days or give.doses or give.weeks) or _tapered_elsewhere(protocol, given)
        if started and not ended and give.taper is None:
            yield _open(given, "no last day, event or count ends it", "OPEN-END")
        if give.taper is not None:
            window = f"from {say.days([give.taper.first], given.anchor)} to {say.days([give.taper.last], given.anchor)}"
            yield _open(given, f"its only end is a taper {window}, and no rate of taper is stated", "TAPER-ONLY-END")


def _tapered_elsewhere(protocol: Protocol, given: Given) -> bool:
    return any(
        other.give.taper is not None and other.agent.casefold() == given.agent.casefold()
        for other in givens(protocol)
    )


def _open(given: Given, why: str, code: str) -> Finding:
    start = given.give.from_day
    since = f" starts on {say.days([start], given.anchor)} and" if start is not None else ""
    return Finding(
        code, Severity.ASK, f"{given.agent}{since}: {why}; the course total is open.".replace(" and:", " and"),
        'Add the end ("to D+60", "until ...", "for 20 doses"), or the steps of the taper as lines of their own.',
        (at_line(given.line, "no end"),), "H1",
    )


def rest_dosed(protocol: Protocol) -> Iterator[Finding]:
    """A rest, or an act, that falls on a day on which the same patient is dosed."""
    for part in protocol.parts:
        for line in part.lines:
            if isinstance(line.what, Rest):
                yield from _dosed(protocol, part, line, set(expand(line.what.days, anchor_of(protocol, part))))


def _dosed(protocol: Protocol, part: Part, rest: Line, days: set[int]) -> Iterator[Finding]:
    for given in givens(protocol):
        hit = sorted(days & set(days_of(given)))
        if hit and given.part.anchor == part.anchor and together(part, given.part):
            yield Finding(
                "REST-DOSED", Severity.ASK,
                f"{given.agent} is given on {say.days(hit, given.anchor)}, which the text calls rest.",
                "Correct the rest days or the days of the dose.",
                (at_line(given.line, "dose"), at_line(rest, "rest")), "H18",
            )

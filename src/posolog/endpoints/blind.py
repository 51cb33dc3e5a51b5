"""What a blinded reader may not see: events of one arm, in whatever words they would appear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from posolog.core.finding import Finding
from posolog.endpoints.people import AGAIN, population_of
from posolog.endpoints.rows import Row, Rows
from posolog.protocol.model import Endpoint, Protocol

HIDDEN = "an event not shown"


def telling(protocol: Protocol) -> tuple[str, ...]:
    """Names of events that only one arm can have: its anchors, and what crosses over; none in a single-arm trial."""
    if len(protocol.arms) < 2:
        return ()
    names: dict[str, None] = {}
    for anchor in protocol.anchors:
        arms = {part.arm for part in protocol.parts if part.anchor == anchor.name}
        if len(arms) == 1 and arms != {""}:
            names[anchor.event] = None
    names |= {e.define.crossover: None for e in protocol.endpoints if e.define and e.define.crossover}
    return tuple(sorted(names, key=len, reverse=True))


def withheld(endpoint: Endpoint, protocol: Protocol) -> str:
    """Why this endpoint would tell who is in which arm: its start or its population belongs to one arm."""
    assert endpoint.define is not None
    if len(protocol.arms) < 2:
        return ""
    of_arm = {name.casefold() for name in telling(protocol)}
    if any(name.casefold() in of_arm for name in endpoint.define.start):
        return f"{' or '.join(endpoint.define.start)} belongs to one arm: the result would tell the arm"
    if population_of(endpoint.define, protocol) == AGAIN:
        return "the population belongs to one arm: the result would tell the arm"
    return ""


def veiled(words: str, protocol: Protocol) -> str:
    """The words with the names of telling events, and of arms, taken out."""
    names = (*telling(protocol), *(protocol.arms if len(protocol.arms) > 1 else ()))
    for name in names:
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, words, flags=re.IGNORECASE)
    return words


def blind_rows(found: Iterable[Rows], endpoints: Iterable[Endpoint], protocol: Protocol) -> tuple[Rows, ...]:
    """The rows that a blinded reader may see, without arm and without the records that would tell it."""
    pairs = zip(found, endpoints, strict=True)
    return tuple(
        replace(rows, rows=tuple(_blind(row, protocol) for row in rows.rows), excluded=(), spells=())
        for rows, endpoint in pairs
        if not withheld(endpoint, protocol)
    )


def _blind(row: Row, protocol: Protocol) -> Row:
    why = veiled(row.why, protocol)
    hidden = why != row.why
    return replace(
        row, arm="", why=why, cause=veiled(row.cause, protocol), record="" if hidden else row.record,
        line="" if hidden else row.line,
    )  # fmt: skip


def blind_findings(
    findings: Iterable[Finding], endpoints: Iterable[Endpoint], protocol: Protocol
) -> tuple[Finding, ...]:
    """The findings that a blinded reader may see: none on a withheld endpoint, none that names a telling event."""
    hidden = [endpoint.name for endpoint in endpoints if withheld(endpoint, protocol)]
    kept = []
    for finding in findings:
        places = [word for place in finding.places for word in (place.words, place.where)]
        words = " ".join((finding.message, *places))
        if not any(name in words for name in hidden) and veiled(words, protocol) == words:
            kept.append(finding)
    return tuple(kept)

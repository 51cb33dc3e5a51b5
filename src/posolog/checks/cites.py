"""Works that a protocol cites: each key must lead to one."""

from __future__ import annotations

from collections.abc import Iterator

from posolog.checks.view import at_line
from posolog.core.finding import Finding, Place, Severity
from posolog.evidence.shipped import entries, key_of
from posolog.protocol.model import Protocol


def cite_unknown(protocol: Protocol) -> Iterator[Finding]:
    """A `cite` whose key no library holds; where the protocol names libraries of its own, they are looked up first."""
    lines = [line for part in protocol.parts for line in part.lines]
    cites = [(cite, at_line(line, "cited here")) for line in lines for cite in line.cite]
    cites += [(cite, Place("cited in the head", cite)) for cite in protocol.cite]
    for cite, place in cites:
        key = key_of(cite)
        if key not in entries():
            message = f'"{key}" is a key of no reference.{_near(key)}'
            yield Finding("CITE-UNKNOWN", Severity.ASK, message, _STEP, (place,))


_STEP = "Correct the key (`posolog references list`), or name a library that holds it under `references`."


def _near(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, entries(), n=2, cutoff=0.8)
    return f" Did you mean {' or '.join(near)}?" if near else ""

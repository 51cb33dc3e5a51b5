"""A protocol opened from its file, from a record or from prose, and everything to settle in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.api.reading import read, read_record, text_of, with_lines
from posolog.core.finding import Finding, Severity

if TYPE_CHECKING:
    from posolog.protocol.model import Protocol
    from posolog.reader.model import ReadResult

PROTOCOL_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Opened:
    """A protocol from a protocol file, or a draft read from prose, with every finding so far."""

    protocol: Protocol
    findings: tuple[Finding, ...]
    draft: ReadResult | None = None


def open_protocol(path: str | Path) -> Opened:
    """A `.yaml` or `.yml` file is a protocol file; a registry record or prose is read. *Raises:* Refusal."""
    from posolog.checks import check as check_protocol
    from posolog.records import is_record

    if Path(path).suffix.lower() in PROTOCOL_SUFFIXES:
        from posolog.protocol.files import load

        loaded = load(path)
        found = (*loaded.findings, *check_protocol(loaded.protocol))
        return Opened(loaded.protocol, each_once(_own_references(loaded.protocol, Path(path), found)))
    if is_record(path):
        record = read_record(path)
        return Opened(record.protocol, each_once((*record.findings, *check_protocol(record.protocol))))
    draft = read(path)
    found = with_lines((*draft.findings, *check_protocol(draft.protocol)), text_of(path))
    return Opened(draft.protocol, each_once(found), draft)


def check(path: str | Path) -> tuple[Finding, ...]:
    """All findings of a protocol file or of a text, stops first. *Raises:* Refusal when it cannot be read."""
    return open_protocol(path).findings


def _own_references(protocol: Protocol, path: Path, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings without those on keys that the protocol's own libraries hold. *Raises:* Refusal."""
    if not protocol.references:
        return found
    from posolog.evidence.files import load

    keys = {
        one.key
        for name in protocol.references
        for one in load(text_of(path.parent / name), where=name, suffix=Path(name).suffix.lower()).references
    }
    return tuple(f for f in found if f.code != "CITE-UNKNOWN" or f.message.split('"')[1] not in keys)


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Every finding once, stops first."""
    order = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: order[finding.severity]))

"""One record of a file: "NCT00000000.json", or "studies.jsonl#NCT00000000" where the file holds several."""

from __future__ import annotations

from pathlib import Path

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.records.items import items, kind_of
from posolog.records.model import Record
from posolog.records.parse import parse

RECORD_SUFFIXES = (".json", ".jsonl", ".ndjson", ".xml", ".gz")


def is_record(name: str | Path) -> bool:
    """Whether a name means a registry record rather than a plain text, by its ending."""
    path, _ = split(str(name))
    return Path(path).suffix.lower() in RECORD_SUFFIXES and kind_of(path) in ("json", "lines", "xml", "text")


def split(name: str) -> tuple[str, str]:
    """File and trial: ("studies.jsonl", "NCT00000000"); a file whose own name holds "#" is taken as it stands."""
    path, sign, trial = name.rpartition("#")
    return (name, "") if not sign or Path(name).exists() else (path, trial)


def pick(name: str | Path) -> tuple[Record, tuple[Finding, ...]]:
    """The record and what was found while parsing it.

    *Raises:* Refusal: the file cannot be read, it holds several trials and none is named, or not the one named.
    """
    path, trial = split(str(name))
    found: dict[str, tuple[Record, tuple[Finding, ...]]] = {}
    faults: list[Finding] = []
    for item in items(path):
        record, findings = parse(item)
        if record is None:
            faults += findings
        elif not trial or record.ident == trial:
            found[record.ident] = _added(found.get(record.ident), record, findings)
        if len(found) > 1:
            raise _several(str(name), list(found))
    if not found:
        raise Refusal(*(faults or [_absent(str(name), trial)]))
    return next(iter(found.values()))


def _added(
    before: tuple[Record, tuple[Finding, ...]] | None, record: Record, findings: tuple[Finding, ...]
) -> tuple[Record, tuple[Finding, ...]]:
    """Lines of one trial (a line a field) make one record."""
    from dataclasses import replace

    if before is None:
        return record, findings
    joined = replace(before[0], passages=(*before[0].passages, *record.passages))
    return joined, (*before[1], *findings)


def _several(name: str, trials: list[str]) -> Refusal:
    message = f"{name!r} holds several trials ({', '.join(trials)} and so on)"
    step = f"Name one of them, {name}#{trials[0]}, or read all into a table: -o statements.parquet."
    return Refusal(Finding("RECORD-SEVERAL", Severity.STOP, message, step, (Place("file", where=name),)))


def _absent(name: str, trial: str) -> Finding:
    message = f"{name!r} holds no record" + (f" of {trial}" if trial else "")
    return Finding(
        "RECORD-UNREADABLE",
        Severity.STOP,
        message,
        "Check the file and the trial's number.",
        (Place("file", where=name),),
    )

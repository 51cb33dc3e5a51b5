"""Prose and registry records read into drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.core.finding import Finding, Place, Refusal, Severity

if TYPE_CHECKING:
    from posolog.reader.model import ReadResult
    from posolog.reader.record import RecordRead


def read(path: str | Path) -> ReadResult:
    """Read a text file's prose. *Raises:* Refusal when the file cannot be read as text."""
    from posolog.reader import read as read_prose

    text = text_of(path)
    result = read_prose(text, name=Path(path).stem, document=str(path))
    return result.revised(lambda drafted: replace(drafted, findings=with_lines(drafted.findings, text)))


def read_record(path: str | Path) -> RecordRead:
    """Read a registry record: "NCT00000000.json", or "studies.jsonl#NCT00000000". *Raises:* Refusal."""
    from posolog.reader.record import read_record as read_fields
    from posolog.records import documents, pick

    record, findings = pick(path)
    result = read_fields(record, document=str(path), findings=findings)
    texts = {f"{path}, {passage.field}": passage.text for passage in documents(record)}
    return replace(result, findings=with_lines(result.findings, texts))


def with_lines(findings: Iterable[Finding], text: str | Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings on a text, or on several by their names, with the line number of every span that has none."""

    def numbered(place: Place) -> Place:
        if place.line is not None or place.span is None:
            return place
        words = text if isinstance(text, str) else text.get(place.span.document, "")
        return replace(place, line=words.count("\n", 0, place.span.start) + 1)

    return tuple(replace(finding, places=tuple(map(numbered, finding.places))) for finding in findings)


def text_of(path: str | Path) -> str:
    """The words of a UTF-8 text file. *Raises:* Refusal where it holds none."""
    from posolog.protocol.files import read_text

    text = read_text(path)
    if not text.strip():
        raise Refusal(_fault("FILE-EMPTY", f"{str(path)!r} is empty", "Name a file that holds text.", str(path)))
    if "\0" in text:
        step = "Save the document as plain UTF-8 text."
        raise Refusal(_fault("FILE-NOT-TEXT", f"{str(path)!r} is not a text file", step, str(path)))
    return text


def _fault(code: str, message: str, next_step: str, where: str) -> Finding:
    return Finding(code, Severity.STOP, message, next_step, (Place("file", where=where),))

"""Protocol files: `load`, `loads` and `dump`. Whatever the file holds, the answer is a protocol or findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.protocol.collect import Collector
from posolog.protocol.links import link_parts, link_visits
from posolog.protocol.model import DEFAULT_ENDS, Protocol, Source
from posolog.protocol.quotes import Document, find_quote, nearest
from posolog.protocol.read_frame import (
    read_allocation,
    read_anchors,
    read_eligibility,
    read_endpoints,
    read_notes,
    read_settings,
    read_settled,
    read_visits,
)
from posolog.protocol.read_treatment import read_parts
from posolog.protocol.tree import Text, Tree, broken_line, read_tree
from posolog.protocol.write import dump
from posolog.records import documents, is_record, pick

__all__ = ["Loaded", "dump", "load", "loads", "read_text"]

KEYS = (
    *("protocol", "sources", "anchors", "settings", "arms", "allocation", "escalation", "ends"),
    *("treatment", "visits", "endpoints", "eligibility", "notes", "settled", "cite", "references"),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A protocol, and the findings that do not prevent it."""

    protocol: Protocol
    findings: tuple[Finding, ...] = ()


def load(path: str | Path) -> Loaded:
    """Read a protocol file and locate its quotes. *Raises:* Refusal with every finding, file and line."""
    return loads(read_text(path), where=str(path), base=Path(path).parent)


def loads(text: str, *, where: str = "protocol", base: Path | None = None) -> Loaded:
    """Read a protocol from text; source documents are looked up under `base` (None: quotes are not located).

    *Raises:* Refusal with every finding of the text when one of them prevents a protocol.
    """
    collect = Collector(where)
    try:
        tree = read_tree(text)
    except Refusal as refused:
        collect.adopt(refused, broken_line(refused))
        raise Refusal(*collect.findings) from refused
    protocol = _read(collect, tree, base)
    if collect.stopped():
        raise Refusal(*_in_order(collect.findings))
    return Loaded(protocol, _in_order(collect.findings))


def read_text(path: str | Path) -> str:
    """The text of a UTF-8 file. *Raises:* Refusal: FILE-MISSING, FILE-UNREADABLE, FILE-NOT-UTF8."""
    shown = str(path)
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        message, step = f"there is no file {shown!r}", "Check the name and the folder."
        raise _no_file("FILE-MISSING", message, step, shown) from error
    except UnicodeDecodeError as error:
        message = f"{shown!r} is not UTF-8 text (byte {error.start + 1})"
        raise _no_file("FILE-NOT-UTF8", message, "Save it as UTF-8 text.", shown) from error
    except (OSError, ValueError) as error:
        message = f"{shown!r} cannot be read: {error}"
        raise _no_file("FILE-UNREADABLE", message, "Name a file that may be read.", shown) from error


def _no_file(code: str, message: str, next_step: str, where: str) -> Refusal:
    return Refusal(Finding(code, Severity.STOP, message, next_step, (Place("file", where=where),)))


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.places[0].line or 0))


def _read(collect: Collector, tree: Tree, base: Path | None) -> Protocol:
    values = collect.table(tree, "the file", KEYS)
    names = collect.texts(values.get("sources"), "sources")
    locate = _Locator(collect, _documents(collect, names, base) if base is not None else None)
    anchors = read_anchors(collect, values.get("anchors"))
    arms = collect.words(values.get("arms"), "arms")
    bsa, weight = read_settings(collect, values.get("settings"))
    parts = read_parts(collect, values.get("treatment"), locate)
    visits = read_visits(collect, values.get("visits"), locate)
    return Protocol(
        collect.required(values, "protocol", "the file", tree.line),
        tuple(name.words for name in names),
        anchors,
        arms,
        link_parts(collect, parts, anchors, arms),
        link_visits(collect, visits, anchors, arms),
        read_endpoints(collect, values.get("endpoints"), locate),
        read_allocation(collect, values.get("allocation"), locate),
        collect.text(values.get("escalation"), "escalation"),
        bsa,
        weight,
        collect.words(values["ends"], "ends") if "ends" in values else DEFAULT_ENDS,
        read_notes(collect, values.get("notes"), locate),
        read_settled(collect, values.get("settled")),
        read_eligibility(collect, values.get("eligibility"), locate),
        collect.words(values.get("cite"), "cite"),
        collect.words(values.get("references"), "references"),
    )


def _documents(collect: Collector, names: tuple[Text, ...], base: Path) -> tuple[Document, ...] | None:
    """The source documents; None when one of them is missing, so that its quotes are not reported one by one."""
    found, whole = [], True
    for name in names:
        try:
            found += _of_source(name.words, base)
        except Refusal as refused:
            collect.adopt(refused, name.line)
            whole = False
    return tuple(found) if whole else None


def _of_source(name: str, base: Path) -> list[Document]:
    """A text is one document, a registry record one for each of its fields. *Raises:* Refusal."""
    if not is_record(name):
        return [Document(name, read_text(base / name))]
    record, _ = pick(base / name)
    return [Document(f"{name}, {passage.field}", passage.text) for passage in documents(record)]


class _Locator:
    """Turns `from` values into located sources."""

    def __init__(self, collect: Collector, documents: tuple[Document, ...] | None) -> None:
        self.collect = collect
        self.documents = documents

    def __call__(self, tree: Tree | None) -> tuple[Source, ...]:
        return tuple(self._locate(text.words, text.line) for text in self.collect.texts(tree, "from"))

    def _locate(self, words: str, line: int) -> Source:
        if self.documents is None:
            return Source(words)
        spans = find_quote(words, self.documents)
        if not spans:
            near = nearest(words, self.documents)
            step = f"Nearest words: {near!r}. " if near else ""
            step += "Copy the quote from the source as it stands."
            message = f"the quote {words!r} does not stand in the sources"
            self.collect.add("QUOTE-NOT-FOUND", message, step, line, words=words, severity=Severity.ASK)
            return Source(words)
        if len(spans) > 1:
            message = f"the quote {words!r} stands more than once in the sources; the first place is taken"
            step = "Quote a few more words."
            self.collect.add("QUOTE-AMBIGUOUS", message, step, line, words=words, severity=Severity.NOTE)
        return Source(words, spans[0].document, spans[0].start, spans[0].end)

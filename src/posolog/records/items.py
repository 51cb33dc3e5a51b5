# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""The records of a file or folder as raw items, one after another: memory does not grow with their number."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from posolog.core.finding import Finding, Place, Refusal, Severity

CHUNK = 1 << 20
LARGEST = 64 << 20  # bytes of one record; a real one has less than 5 MB
KINDS = {".json": "json", ".jsonl": "json", ".ndjson": "json", ".xml": "xml", ".txt": "text"}
_LIST = re.compile(rb'\A\s*(?:\xef\xbb\xbf)?\s*(?:\[|\{(?:\s*"[^"]{0,60}"\s*:\s*(?:"[^"]{0,400}"|-?[0-9.]+|null|true|false)\s*,)*'
                   rb'\s*"studies"\s*:\s*\[)')  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One record before it is parsed. `where` is the file, and the place in it where it holds several: "a.jsonl:3"."""

    where: str
    kind: str  # "json" | "xml" | "text"
    data: bytes


def items(path: str | Path) -> Iterator[Item]:
    """The items of a file, or of every file under a folder in the order of their names.

    *Raises:* Refusal when the path cannot be read at all; a damaged file under a folder gives an item that `parse`
    answers with a finding.
    """
    top = Path(path)
    if not top.exists():
        raise _refused("FILE-MISSING", f"there is no file {str(path)!r}", "Check the name and the folder.", str(path))
    if not top.is_dir():
        yield from _of_file(top, str(path))
        return
    for file in sorted(file for file in top.rglob("*") if file.is_file() and kind_of(file)):
        yield from _of_file(file, str(file))


def kind_of(path: str | Path) -> str:
    """ "lines", "json", "xml" or "text" by the name's ending (.gz aside); "" for any other ending."""
    name = Path(path)
    suffix = (name.with_suffix("") if name.suffix.lower() == ".gz" else name).suffix.lower()
    return "lines" if suffix in (".jsonl", ".ndjson") else KINDS.get(suffix, "")


def _of_file(file: Path, where: str) -> Iterator[Item]:
    kind = kind_of(file) or "text"
    try:
        with _opened(file) as stream:
            if kind == "lines":
                yield from _lines(stream, where)
            elif kind == "json":
                yield from _studies(stream, where)
            else:
                yield Item(where, kind, stream.read(LARGEST + 1))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused(
            "RECORD-UNREADABLE", f"{where!r} is not whole gzip data: {error}", "Fetch the file again.", where
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        step = "Name a file that may be read."
        raise _refused("FILE-UNREADABLE", f"{where!r} cannot be read: {reason}", step, where) from error


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file, "rb") if file.suffix.lower() == ".gz" else file.open("rb")  # type: ignore[return-value]


def _lines(stream: IO[bytes], where: str) -> Iterator[Item]:
    """JSON lines; the rest of a line that is longer than any record is passed over."""
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        if line.strip():
            yield Item(f"{where}:{number}", "json", line)
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST)


def _studies(stream: IO[bytes], where: str) -> Iterator[Item]:
    """A JSON file is one study, a list of studies, or an object that holds the list under "studies"."""
    head = stream.read(CHUNK)
    opens = _LIST.match(head)
    if opens is None:
        yield Item(where, "json", head + stream.read(LARGEST + 1 - len(head)))
        return
    buffer, number = head[opens.end() :], 0
    while True:
        buffer = buffer.lstrip(b" \t\r\n,")
        if not buffer:
            buffer = stream.read(CHUNK)
            if not buffer:
                yield Item(f"{where}:{number + 1}", "json", b"")  # the list never closes
                return
            continue
        if buffer[:1] == b"]":
            return
        study, buffer = _one_study(buffer, stream)
        number += 1
        yield Item(f"{where}:{number}", "json", study)
        if not buffer:
            return


def _one_study(buffer: bytes, stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The first JSON value of the buffer, and what follows it; a value that never ends takes everything."""
    scan = _Scan()
    while True:
        end = scan.end_of(buffer)
        if end is not None:
            return buffer[:end], buffer[end:]
        more = stream.read(CHUNK)
        if not more or len(buffer) > LARGEST:
            return buffer[: LARGEST + 1], b""
        buffer += more


_STRUCTURE = re.compile(rb'[{}\[\]]|"[^"\\]*(?:\\.[^"\\]*)*"|"', re.S)


class _Scan:
    """Finds where a JSON value ends by its brackets; strings count as one piece. Each byte is looked at once."""

    def __init__(self) -> None:
        self.depth = 0
        self.at = 0

    def end_of(self, buffer: bytes) -> int | None:
        if not self.at and buffer[:1] not in (b"{", b"["):
            stop = re.search(rb"[,\]\s]", buffer)
            return stop.start() if stop and stop.start() else None
        for piece in _STRUCTURE.finditer(buffer, self.at):
            sign = piece.group()[:1]
            if piece.group() == b'"':  # the string goes on in what has not been read yet
                return None
            if sign == b'"':
                self.at = piece.end()
                continue
            self.depth += 1 if sign in b"{[" else -1
            self.at = piece.end()
            if self.depth <= 0:
                return piece.end()
        return None


def as_object(data: bytes) -> object:
    """The JSON value. *Raises:* ValueError with what is wrong with it."""
    if len(data) > LARGEST:
        raise ValueError(f"it is longer than {LARGEST >> 20} MB")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1})") from None


def _refused(code: str, message: str, step: str, where: str) -> Refusal:
    return Refusal(Finding(code, Severity.STOP, message, step, (Place("file", where=where),)))

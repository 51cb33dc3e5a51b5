"""Sources -> a folder of part files. A part is there whole or not at all, so a stopped build goes on where it was."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from posolog.atlas.chunks import Chunk, Part, chunks, of_sources
from posolog.atlas.rows import reader_version
from posolog.core.finding import Finding, Place, Refusal, Severity

TABLES = ("texts", "findings", "statements")  # in the order of writing: the last one says that the part is whole
FORM = 1
MANIFEST = "atlas.json"
Run = Callable[[Iterator[Chunk]], Iterator[tuple[Chunk, Part]]]


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the folder, and the sources that could not be read to their end."""

    folder: Path
    parts: tuple[str, ...]
    texts: int
    statements: int
    failed: int
    kept: int  # parts that stood there already
    findings: tuple[Finding, ...]


def build(
    sources: Iterable[str], folder: Path, *, run: Run, resume: bool = False,
    seen: Callable[[Chunk, bool], None] = lambda chunk, kept: None,
) -> Built:  # fmt: skip
    """Read every source into `folder`; `run` does the reading, here or on a cluster.

    With `resume`, parts of the same texts read by the same reader are kept. `seen` is told of every part that is done.
    *Raises:* Refusal when the folder holds an atlas and `resume` is not asked for, or when no source can be read.
    """
    _prepare(folder, resume=resume)
    refused: list[Finding] = []
    names: list[str] = []

    def missing() -> Iterator[Chunk]:
        for chunk in chunks(of_sources(sources, refused)):
            names.append(chunk.name)
            if _stands(folder, chunk.name):
                seen(chunk, True)
            else:
                fresh.add(chunk.name)
                yield chunk

    fresh: set[str] = set()
    for chunk, part in run(missing()):
        _commit(folder, chunk.name, part)
        seen(chunk, False)
    if not names:
        _take_back(folder)
        raise Refusal(*(refused or [_nothing(sources)]))
    _remove_others(folder, set(names))
    return _finish(folder, sources, names, len(names) - len(fresh), tuple(refused))


def _prepare(folder: Path, *, resume: bool) -> None:
    if not resume and folder.exists() and (folder.is_file() or any(folder.iterdir())):
        message = f"{str(folder)!r} is there already"
        step = "Add --resume to go on with it, or name another folder."
        raise Refusal(Finding("ATLAS-EXISTS", Severity.STOP, message, step, (Place("folder", where=str(folder)),)))
    for table in TABLES:
        (folder / table).mkdir(parents=True, exist_ok=True)


def _file(folder: Path, table: str, name: str) -> Path:
    return folder / table / f"{name}.parquet"


def _stands(folder: Path, name: str) -> bool:
    return all(_file(folder, table, name).is_file() for table in TABLES)


def _commit(folder: Path, name: str, part: Part) -> None:
    for table in TABLES:
        put(_file(folder, table, name), part.tables[table])


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _take_back(folder: Path) -> None:
    """The folders of a build that found nothing to read, where they are empty."""
    with suppress(OSError):
        for table in TABLES:
            (folder / table).rmdir()
        folder.rmdir()


def _remove_others(folder: Path, names: set[str]) -> None:
    """Parts of texts that are no longer in the sources, and what a killed build left."""
    for table in TABLES:
        for file in (folder / table).iterdir():
            if file.stem not in names:
                file.unlink()


def _finish(folder: Path, sources: Iterable[str], names: list[str], kept: int, refused: tuple[Finding, ...]) -> Built:
    """Counts come from the parts themselves, so that a resumed build says the same as one that was not stopped."""
    import pyarrow.parquet as pq

    def rows(table: str) -> int:
        return sum(pq.read_metadata(_file(folder, table, name)).num_rows for name in names)

    failed = 0
    for name in names:
        codes = pq.read_table(_file(folder, "findings", name), columns=["code"])["code"].to_pylist()
        failed += sum(code in ("TEXT-FAILED", "RECORD-UNREADABLE") for code in codes)
    built = Built(folder, tuple(names), rows("texts"), rows("statements"), failed, kept, refused)
    manifest = {
        "form": FORM, "reader": reader_version(), "sources": [str(source) for source in sources],
        "texts": built.texts, "statements": built.statements, "failed": built.failed, "parts": names,
    }  # fmt: skip
    put(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    return built


def _nothing(sources: Iterable[str]) -> Finding:
    shown = ", ".join(str(source) for source in sources)
    message = f"no text, record or list of records stands in {shown}"
    step = "Files end in .txt, .json, .jsonl or .xml, or in one of these and .gz."
    return Finding("RECORD-UNREADABLE", Severity.STOP, message, step, (Place("source", where=shown),))

"""The parts of an atlas as one file: .parquet, .jsonl or .csv. One part is in memory at a time."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SUFFIXES = (".parquet", ".jsonl", ".csv")


def export(folder: Path, table: str, names: tuple[str, ...], target: Path) -> int:
    """Write one table of all parts, in order, whole or not at all; the number of rows."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    try:
        files = [folder / table / f"{name}.parquet" for name in names]
        rows = _WRITERS[target.suffix.lower()](files, table, Path(temporary))
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return rows


def beside(target: Path) -> Path:
    """Where the findings go: statements.parquet has statements.findings.parquet beside it."""
    return target.with_name(f"{target.stem}.findings{target.suffix}")


def _parquet(files: list[Path], table: str, target: Path) -> int:
    import pyarrow.parquet as pq

    from posolog.atlas.tables import SCHEMAS

    rows = 0
    with pq.ParquetWriter(target, SCHEMAS[table], compression="zstd") as writer:
        for file in files:
            part = pq.read_table(file)
            rows += part.num_rows
            if part.num_rows:
                writer.write_table(part)
    return rows


def _jsonl(files: list[Path], table: str, target: Path) -> int:
    """Fields that the text does not state are left out."""
    rows = 0
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for row in _rows(files):
            said = {name: value for name, value in row.items() if value is not None}
            out.write(json.dumps(said, ensure_ascii=False) + "\n")
            rows += 1
    return rows


def _csv(files: list[Path], table: str, target: Path) -> int:
    """Items of a list stand with semicolons between them ("-6;-5;-4"), so that no spreadsheet reads them as a sum."""
    from posolog.atlas.tables import SCHEMAS

    rows = 0
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, SCHEMAS[table].names)
        writer.writeheader()
        for row in _rows(files):
            writer.writerow({name: cell(value) for name, value in row.items()})
            rows += 1
    return rows


def cell(value: object) -> object:
    """A value as a CSV cell; a text that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, list):
        return ";".join(str(_short(item)) for item in value)
    if isinstance(value, str) and value[:1] in ("=", "@", "+", "-", "\t"):
        return f"'{value}"
    return _short(value)


def _short(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def _rows(files: list[Path]) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for file in files:
        yield from pq.read_table(file).to_pylist()


_WRITERS = {".parquet": _parquet, ".jsonl": _jsonl, ".csv": _csv}

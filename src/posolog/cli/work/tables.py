"""`read` with a folder, or into a table: every text's statements in one file, the findings in another beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from posolog.cli.faults import INTERRUPTED, stop
from posolog.cli.output import echo
from posolog.cli.work.building import counted, local, needs, parts_of, told

TABLES = (".parquet", ".jsonl", ".csv")


def is_table(output: str | None) -> bool:
    return output is not None and Path(output).suffix.lower() in TABLES


def read_table(source: str, output: str | None, jobs: int | None, resume: bool) -> int:
    """Read every text of a file or folder into a table, with the findings in a second one beside it."""
    if output is None or not is_table(output):
        message = f"{source!r} cannot be read as one text: it is a folder"
        step = "Name a file in it, or read all of it into a table: -o statements.parquet, .jsonl or .csv."
        raise stop("FILE-UNREADABLE", message, step, words=source, label="file")
    needs("registry", "pyarrow", "duckdb")
    from posolog.atlas.export import beside, export

    target, folder = Path(output), Path(f"{output}.parts")
    if not target.parent.is_dir():
        message = f"{str(target.parent)!r} is no folder"
        raise stop("OUTPUT-UNWRITABLE", message, "Name a file in a folder that exists.", words=output)
    built = parts_of([source], folder, local(jobs), resume)
    if built is None:
        return INTERRUPTED
    rows = export(folder, "statements", built.parts, target)
    found = export(folder, "findings", built.parts, beside(target))
    shutil.rmtree(folder, ignore_errors=True)
    said = f"{counted(rows, 'statement')} of {counted(built.texts, 'text')}"
    echo(f"{output}: {said}; {beside(target)}: {counted(found, 'finding')}")
    return told(built)

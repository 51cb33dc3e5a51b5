"""`read`, `check` and `diff`: words and protocol files."""

from __future__ import annotations

import click


@click.command()
@click.argument("text")
@click.option("-o", "--output", metavar="FILE.yaml", help="Write the draft protocol to this file.")
@click.option("--coverage", is_flag=True, help="Show what became of every stretch of the text.")
@click.option("--statements", is_flag=True, help="Print the administrations as JSON instead of a draft.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes that read many texts; all cores.")
@click.option("--resume", is_flag=True, help="Go on with a table whose reading was stopped.")
def read(text: str, output: str | None, coverage: bool, statements: bool, jobs: int | None, resume: bool) -> int:
    """Read the prose of TEXT into a draft protocol; what it leaves open is listed.

    TEXT may be a registry record (.json, .xml). A folder or a list of records is read into a table:
    -o statements.parquet, .jsonl or .csv.
    """
    from pathlib import Path

    from posolog.cli.work import reading, tables

    if tables.is_table(output) or Path(text).is_dir():
        return tables.read_table(text, output, jobs, resume)
    if statements:
        return reading.statements(text, output)
    return reading.read(text, output, coverage)


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(file: str, as_json: bool) -> int:
    """List what a person should settle in FILE, a protocol file (.yaml) or a text.

    Leaves with 1 where a stop or a question is found, with 0 where there are notes only.
    """
    from posolog.cli.work import reading

    return reading.check(file, as_json)


@click.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> int:
    """List what changes from protocol file OLD to protocol file NEW.

    Leaves with 1 where something changes.
    """
    from posolog.cli.work import reading

    return reading.diff(old, new)

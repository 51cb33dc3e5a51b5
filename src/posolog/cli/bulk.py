"""`read` into a table, and `atlas`: whole registries."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from posolog.cli.boundary import FOUND, INTERRUPTED, stop
from posolog.cli.output import echo, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from posolog.atlas.build import Built, Run
    from posolog.atlas.query import Answer

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
    built = _build([source], folder, _local(jobs), resume)
    if built is None:
        return INTERRUPTED
    rows = export(folder, "statements", built.parts, target)
    found = export(folder, "findings", built.parts, beside(target))
    _remove(folder)
    said = f"{_counted(rows, 'statement')} of {_counted(built.texts, 'text')}"
    echo(f"{output}: {said}; {beside(target)}: {_counted(found, 'finding')}")
    return _told(built)


def build(sources: Sequence[str], folder: str, jobs: int | None, resume: bool, cluster: str | None) -> int:
    """Read sources into an atlas."""
    needs("registry", "pyarrow", "duckdb")
    if cluster:
        needs("cluster", "distributed")
        from posolog.atlas.cluster import on_cluster

        run = on_cluster(cluster)
    else:
        run = _local(jobs)
    built = _build(sources, Path(folder), run, resume)
    if built is None:
        return INTERRUPTED
    kept = f" ({built.kept} of {len(built.parts)} parts were there already)" if built.kept else ""
    echo(f"{folder}: {_counted(built.statements, 'statement')} of {_counted(built.texts, 'text')}{kept}")
    return _told(built)


def query(folder: str, words: str, output: str | None, as_json: bool, as_csv: bool, limit: int) -> int:
    """Print the trials that answer, their quotes and counts."""
    needs("registry", "pyarrow", "duckdb")
    from posolog.atlas.answers import answer_csv, answer_json, answer_text
    from posolog.atlas.query import ask

    everything = as_json or as_csv or output is not None
    answer: Answer = ask(folder, words, limit=None if everything else limit)
    kind = Path(output).suffix.lower() if output else ""
    if output and kind not in (".json", ".csv"):
        raise stop("OUTPUT-KIND", f"{output!r} is no table of answers", "Use .json or .csv.", words=output)
    text = (
        answer_json(answer)
        if as_json or kind == ".json"
        else answer_csv(answer)
        if as_csv or kind == ".csv"
        else answer_text(answer)
    )
    if output:
        write(output, text)
        echo(f"{output}: {answer.statements:,} statements of {answer.trials:,} trials")
    else:
        echo(text)
    return 0


def contradictions(folder: str, output: str | None) -> int:
    """Print or write the contradictions of an atlas; leaves with 1 where there are any that a person should settle."""
    needs("registry", "pyarrow", "duckdb")
    from posolog.atlas.answers import rows_csv, rows_json, rows_text
    from posolog.atlas.query import found_conflicts

    rows, texts = found_conflicts(folder)
    status = FOUND if any(row["severity"] != "note" for row in rows) else 0
    if output is None or output == "-":
        echo(rows_text(rows, texts))
        return status
    match Path(output).suffix.lower():
        case ".html":
            from posolog.report.contradictions import page

            write(output, page(rows, texts))
        case ".json":
            write(output, rows_json(rows))
        case ".csv":
            write(output, rows_csv(rows))
        case _:
            raise stop("OUTPUT-KIND", f"{output!r} is no report", "Use .html, .json or .csv.", words=output)
    echo(f"{output}: {len(rows)} contradictions in {texts:,} texts")
    return status


def needs(extra: str, *packages: str) -> None:
    """Refuse where a package of an extra is not installed."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        message = f"this needs {' and '.join(missing)}, which are not installed"
        raise stop(
            "EXTRA-MISSING", message, f"Install them: pip install 'posolog[{extra}]'.", words=extra, label="extra"
        )


def _local(jobs: int | None) -> Run:
    from posolog.atlas.workers import run

    number = jobs or _cores()
    return lambda chunks: run(chunks, number)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _build(sources: Sequence[str], folder: Path, run: Run, resume: bool) -> Built | None:
    """The built folder; None when it was interrupted, which is said with how to go on."""
    from posolog.atlas.build import build as make

    try:
        with _progress(sources) as seen:
            return make(sources, folder, run=run, resume=resume, seen=seen)
    except KeyboardInterrupt:
        echo(f"stopped; what was read stands in {folder}. Go on with the same command and --resume.", err=True)
        return None


@contextmanager
def _progress(sources: Iterable[str]) -> Iterator[Callable[[Any, bool], None]]:
    """A bar on the terminal; where errors go elsewhere, nothing is shown and nothing counted."""
    if not sys.stderr.isatty():
        yield lambda chunk, kept: None
        return
    from posolog.atlas.chunks import of_sources

    total = sum(1 for _ in of_sources(sources, []))
    with click.progressbar(length=total, label="reading", file=sys.stderr, show_pos=True) as bar:
        yield lambda chunk, kept: bar.update(len(chunk.items))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _told(built: Built) -> int:
    """Say what could not be read; the status is 1 where something could not."""
    if built.findings:
        from posolog.report.text import findings_text

        echo(findings_text(built.findings), err=True)
    if built.failed:
        lost = _counted(built.failed, "text")
        echo(f"{lost} could not be read; the findings name it (TEXT-FAILED, RECORD-UNREADABLE)", err=True)
    return FOUND if built.failed or built.findings else 0

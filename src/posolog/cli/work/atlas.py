"""`atlas`: a registry's statements built, asked, and held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from posolog.cli.faults import DONE, FOUND, INTERRUPTED, stop
from posolog.cli.output import echo, write
from posolog.cli.work.building import counted, local, needs, parts_of, told

if TYPE_CHECKING:
    from posolog.atlas.query import Answer

ANSWERS = (".json", ".csv")


def build(sources: Sequence[str], folder: str, jobs: int | None, resume: bool, cluster: str | None) -> int:
    """Read sources into an atlas."""
    needs("registry", "pyarrow", "duckdb")
    if cluster:
        needs("cluster", "distributed")
        from posolog.atlas.cluster import on_cluster

        run = on_cluster(cluster)
    else:
        run = local(jobs)
    built = parts_of(sources, Path(folder), run, resume)
    if built is None:
        return INTERRUPTED
    kept = f" ({built.kept} of {len(built.parts)} parts were there already)" if built.kept else ""
    echo(f"{folder}: {counted(built.statements, 'statement')} of {counted(built.texts, 'text')}{kept}")
    return told(built)


def query(folder: str, words: str, output: str | None, as_json: bool, as_csv: bool, limit: int) -> int:
    """Print the trials that answer, their quotes and counts."""
    needs("registry", "pyarrow", "duckdb")
    from posolog.atlas.query import ask

    kind = Path(output).suffix.lower() if output else ""
    if output and kind not in ANSWERS:
        raise stop("OUTPUT-KIND", f"{output!r} is no table of answers", "Use .json or .csv.", words=output)
    kind = ".json" if as_json else ".csv" if as_csv and kind != ".json" else kind
    answer = ask(folder, words, limit=None if kind else limit)
    if output:
        write(output, _answered(answer, kind))
        echo(f"{output}: {answer.statements:,} statements of {answer.trials:,} trials")
    else:
        echo(_answered(answer, kind))
    return DONE


def _answered(answer: Answer, kind: str) -> str:
    from posolog.atlas.answers import answer_csv, answer_json, answer_text

    written = {".json": answer_json, ".csv": answer_csv}.get(kind, answer_text)
    return written(answer)


def contradictions(folder: str, output: str | None) -> int:
    """Print or write the contradictions of an atlas; leaves with 1 where there are any that a person should settle."""
    needs("registry", "pyarrow", "duckdb")
    from posolog.atlas.query import found_conflicts

    rows, texts = found_conflicts(folder)
    if output is None or output == "-":
        from posolog.atlas.answers import rows_text

        echo(rows_text(rows, texts))
    else:
        write(output, _contradicted(rows, texts, output))
        echo(f"{output}: {len(rows)} contradictions in {texts:,} texts")
    return FOUND if any(row["severity"] != "note" for row in rows) else DONE


def _contradicted(rows: tuple[dict[str, Any], ...], texts: int, output: str) -> str:
    from posolog.atlas.answers import rows_csv, rows_json

    match Path(output).suffix.lower():
        case ".html":
            from posolog.report.contradictions import page

            return page(rows, texts)
        case ".json":
            return rows_json(rows)
        case ".csv":
            return rows_csv(rows)
        case _:
            raise stop("OUTPUT-KIND", f"{output!r} is no report", "Use .html, .json or .csv.", words=output)

"""The commands of `posolog atlas`."""

from __future__ import annotations

import click


@click.group()
def atlas() -> None:
    """Read whole registries, and ask which trials give what."""


@atlas.command("build")
@click.argument("sources", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Where the atlas goes.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes that read; all cores without it.")
@click.option("--resume", is_flag=True, help="Go on with a build that was stopped, or add to it.")
@click.option("--cluster", metavar="ADDRESS", help="Read on the Dask cluster whose scheduler is at this address.")
def atlas_build(sources: tuple[str, ...], output: str, jobs: int | None, resume: bool, cluster: str | None) -> int:
    """Read SOURCES (files and folders of texts and records) into an atlas of statements.

    Leaves with 1 where a text could not be read.
    """
    from posolog.cli.work import atlas as work

    return work.build(sources, output, jobs, resume, cluster)


@atlas.command("query")
@click.argument("folder")
@click.argument("words")
@click.option("-o", "--output", metavar="OUT", help="Write all answers to .json or .csv.")
@click.option("--json", "as_json", is_flag=True, help="Print all answers as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all answers as CSV.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Statements printed as text.")
def atlas_query(folder: str, words: str, output: str | None, as_json: bool, as_csv: bool, limit: int) -> int:
    """List the trials of the atlas in FOLDER that state WORDS: "busulfan 3.2 mg/kg days -6 to -3 IV"."""
    from posolog.cli.work import atlas as work

    return work.query(folder, words, output, as_json, as_csv, limit)


@atlas.command("contradictions")
@click.argument("folder")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .json or .csv instead of printing.")
def atlas_contradictions(folder: str, output: str | None) -> int:
    """List the trials of the atlas in FOLDER whose numbers contradict each other.

    Leaves with 1 where there is one to settle.
    """
    from posolog.cli.work import atlas as work

    return work.contradictions(folder, output)

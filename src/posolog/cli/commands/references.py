"""`references`: reference lists and the shipped library."""

from __future__ import annotations

import click


@click.group()
def references() -> None:
    """Reference lists: read a garbled one, see what the shipped library holds."""


@references.command("read")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="Write .json (CSL), .bib, .ris or .txt; else print.")
@click.option("--style", metavar="NAME", help="Print as vancouver, author-date or a .csl file says.")
@click.option("--enrich", multiple=True, metavar="EXPORT", help="Fill gaps from a Crossref .json or PubMed .nbib.")
def references_read(file: str, output: str | None, style: str | None, enrich: tuple[str, ...]) -> int:
    """Read FILE, a reference list as text, .json, .bib or .ris; what was mended or is in doubt is listed.

    Leaves with 1 where something is left to settle.
    """
    from posolog.cli.work import references as work

    return work.read(work.Reading(file, output, style, enrich))


@references.command("list")
@click.argument("word", default="")
def references_list(word: str) -> int:
    """List the works that posolog ships, or those whose entry holds WORD."""
    from posolog.cli.work import references as work

    return work.list_all(word)


@references.command("show")
@click.argument("key")
def references_show(key: str) -> int:
    """Show the work that KEY stands for, and the values that it is cited for."""
    from posolog.cli.work import references as work

    return work.show(key)

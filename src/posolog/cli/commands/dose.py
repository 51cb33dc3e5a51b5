"""`dose`: measurements to absorbed doses."""

from __future__ import annotations

import click


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="INPUT.yaml...")
@click.option("-o", "--output", metavar="OUT", help="Write .html, .pdf, .json, .csv (facts for gates) or .txt.")
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(100, 100_000), help="Simulated patients.")
@click.option("--seed", default=20270, show_default=True, type=click.IntRange(0), help="Seed of the simulation.")
@click.option("--images", metavar="FOLDER", help="DICOM tomograms: dose-volume histograms in the page.")
def dose(files: tuple[str, ...], output: str | None, draws: int, seed: int, images: str | None) -> int:
    """Compute absorbed doses from a patient's dosimetry file; of several patients, the population too.

    Leaves with 1 where a stop finding keeps a dose back.
    """
    from posolog.cli.work import dose as work

    return work.dose(files, output, draws, seed, images)

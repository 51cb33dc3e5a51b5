"""`images` and `phantom`: tomograms to activities and dose maps."""

from __future__ import annotations

import click


@click.command()
@click.argument("folder")
@click.option("-o", "--output", metavar="OUT", help="Write .csv (activities), or a dose map as .dcm, .json or .svg.")
@click.option("--decay", type=click.Choice(["START", "ADMIN", "NONE"]), help="For files that do not state it.")
@click.option("--therapy-mbq", type=float, metavar="MBQ", help="Make the dose map of this activity of 90Y.")
@click.option("--u-percent", type=float, default=10, show_default=True, help="Uncertainty of an activity in an image.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the replicates.")
def images(
    folder: str, output: str | None, decay: str | None, therapy_mbq: float | None, u_percent: float, seed: int
) -> int:
    """Measure outlined regions in the DICOM tomograms of FOLDER, or make a 90Y dose map from them.

    Research use. Leaves with 1 where an image could not be used.
    """
    from posolog.cli.work import images as work

    return work.images(work.Asked(folder, output, decay, therapy_mbq, u_percent, seed))


@click.command()
@click.option("-o", "--output", "folder", required=True, metavar="FOLDER", help="Write below this folder.")
@click.option("--times", default="1,24,48,96,144", show_default=True, help="Hours after the injection.")
@click.option("--activity-mbq", type=float, default=185, show_default=True, help="111In injected.")
@click.option("--voxel-mm", type=float, default=4.42, show_default=True, help="Edge of the voxels.")
@click.option("--fwhm-mm", type=float, default=0, show_default=True, help="Blur of the tomograms.")
@click.option("--counts-per-mbq", type=float, help="Add counting noise at this sensitivity.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the noise.")
def phantom(
    folder: str, times: str, activity_mbq: float, voxel_mm: float, fwhm_mm: float, counts_per_mbq: float | None,
    seed: int,
) -> int:  # fmt: skip
    """Write a phantom's tomograms, CT and outlines, and the exact answers to check an analysis by."""
    from posolog.cli.work import images as work

    return work.phantom(folder, times, activity_mbq, voxel_mm, fwhm_mm, counts_per_mbq, seed)

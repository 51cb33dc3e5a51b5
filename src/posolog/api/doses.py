"""Absorbed doses of a patient's file, tomograms, and a phantom to check them by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posolog.core.finding import Finding
    from posolog.dosimetry.images.absorbed import ImageDose
    from posolog.dosimetry.images.model import Study
    from posolog.dosimetry.study.result import Result


def dose(path: str | Path, *, draws: int = 1000, seed: int = 20_270) -> Result:
    """Absorbed doses of a patient's dosimetry file, with uncertainty, BED and limits. *Raises:* Refusal."""
    from posolog.dosimetry.study.head import read_study
    from posolog.dosimetry.study.solve import solve

    study, notes = read_study(path)
    return solve(study, draws=draws, seed=seed, notes=notes)


def image_dose(result: Result, folder: str | Path) -> tuple[ImageDose | None, tuple[Finding, ...]]:
    """The dose map of all therapy injections of a dosimetry file, from the tomograms below a folder.

    Clock and activity of the injection measured come from the file; the uncertainty of an activity is the largest of
    its calibrations, 10 % where none is stated.
    """
    from posolog.dosimetry.images import read_folder
    from posolog.dosimetry.images.absorbed import image_dose as make

    study, (first, *_) = result.study, result.study.of(result.study.measured.name)
    found_study, found = read_folder(folder)
    made, faults = make(
        found_study, therapy_mbq=sum(one.net.value for one in study.of(study.therapy.name)),
        u_percent=100 * max((u for _, u in study.cameras), default=0.1), seed=result.seed,
        injected=first.start.replace(tzinfo=None), injected_mbq=first.net.value,
    )  # fmt: skip
    return made, (*found, *faults)


def images(folder: str | Path, *, decay: str | None = None) -> tuple[Study, tuple[Finding, ...]]:
    """The usable DICOM images below a folder, and why others are not. `decay` is for files that do not state it."""
    from posolog.dosimetry.images import read_folder

    return read_folder(folder, decay=decay)  # type: ignore[arg-type]


def phantom(
    folder: str | Path, *, times_h: Sequence[float] = (1, 24, 48, 96, 144), activity_mbq: float = 185,
    edge_mm: float = 4.42, fwhm_mm: float = 0, counts_per_mbq: float | None = None, seed: int = 1,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the phantom's images and its exact answers below a folder; returns the paths."""
    from posolog.dosimetry.phantom import trunk
    from posolog.dosimetry.phantom.write import write_phantom

    return write_phantom(
        trunk(), Path(folder), times_h=times_h, activity_mbq=activity_mbq, edge_mm=edge_mm, fwhm_mm=fwhm_mm,
        counts_per_mbq=counts_per_mbq, seed=seed,
    )  # fmt: skip

"""`images` and `phantom`: tomograms to regions and dose maps; a phantom with exact answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.faults import DONE, FOUND, stop
from posolog.cli.output import echo, tell, write
from posolog.core.finding import Finding, Refusal

if TYPE_CHECKING:
    from posolog.dosimetry.images.absorbed import ImageDose
    from posolog.dosimetry.images.model import Study

MEASURED = (".csv",)
DOSED = (".dcm", ".json", ".svg")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `posolog images` as typed."""

    folder: str
    output: str | None
    decay: str | None
    therapy_mbq: float | None
    u_percent: float
    seed: int


def images(asked: Asked) -> int:
    """Measure the regions, or make a dose map of them."""
    suffix = Path(asked.output).suffix.lower() if asked.output else ""
    allowed = MEASURED if asked.therapy_mbq is None else DOSED
    if asked.output and suffix not in allowed:
        reason = "without --therapy-mbq" if asked.therapy_mbq is None else "with --therapy-mbq"
        message = f"{asked.output!r} is no kind of file that is written {reason}"
        raise stop("OUTPUT-KIND", message, f"Use {', '.join(allowed)}.", words=asked.output)
    study, found = _study(asked)
    if asked.therapy_mbq is None:
        return _measured(asked, study, found)
    return _dosed(asked, study, found, suffix)


def _study(asked: Asked) -> tuple[Study, tuple[Finding, ...]]:
    if not Path(asked.folder).is_dir():
        step = "Name the folder of the DICOM files."
        raise stop("FILE-MISSING", f"{asked.folder!r} is no folder", step, words=asked.folder)
    from posolog import api

    return api.images(asked.folder, decay=asked.decay)


def _measured(asked: Asked, study: Study, found: tuple[Finding, ...]) -> int:
    from posolog.dosimetry.images.measure import measure
    from posolog.report.image_dose import measured_csv, measured_text

    rows, faults = measure(study)
    if not rows:
        raise Refusal(*found, *faults)
    if asked.output:
        write(asked.output, measured_csv(rows))
        echo(f"{asked.output}: {len(rows)} activities of {len({row.region for row in rows})} regions", err=True)
    else:
        echo(measured_text(rows))
    return _say((*found, *faults))


def _dosed(asked: Asked, study: Study, found: tuple[Finding, ...], suffix: str) -> int:
    from posolog.dosimetry.images.absorbed import image_dose
    from posolog.report.image_dose import dose_text

    assert asked.therapy_mbq is not None
    dose, faults = image_dose(study, therapy_mbq=asked.therapy_mbq, u_percent=asked.u_percent, seed=asked.seed)
    if dose is None:
        raise Refusal(*found, *faults)
    if asked.output:
        write(asked.output, _rendered(dose, study, suffix))
        echo(f"{asked.output}: dose of {asked.therapy_mbq:g} MBq of 90Y", err=True)
    else:
        echo(dose_text(dose))
    return _say((*found, *faults))


def _rendered(dose: ImageDose, study: Study, suffix: str) -> str | bytes:
    if suffix == ".dcm":
        from posolog.dosimetry.images.rtdose import rtdose

        # The dose belongs to the last image's day: the same input gives the same bytes on any day.
        created = study.tomograms[-1].acquired or datetime(1970, 1, 1)
        patient = study.tomograms[-1].patient
        return rtdose(dose.dose_mgy / 1000, dose.grid, patient=patient, frame=dose.frame, created=created)
    from posolog.report.image_dose import dose_json, dose_volume_svg

    return dose_json(dose) if suffix == ".json" else dose_volume_svg(dose)


def _say(found: tuple[Finding, ...]) -> int:
    tell(found)
    return FOUND if found else DONE


def phantom(
    folder: str, times_h: str, activity_mbq: float, edge_mm: float, fwhm_mm: float, noise: float | None, seed: int
) -> int:
    """Write the phantom's files."""
    from posolog import api

    times = _times(times_h)
    if not (activity_mbq > 0 and 2 <= edge_mm <= 20 and 0 <= fwhm_mm <= 50 and (noise is None or noise > 0)):
        message = "an activity above 0 MBq, voxels of 2 to 20 mm, a blur of 0 to 50 mm and counts above 0 are possible"
        raise stop("OPTION-VALUE", message, "Correct the option.")
    written = api.phantom(
        folder, times_h=times, activity_mbq=activity_mbq, edge_mm=edge_mm, fwhm_mm=fwhm_mm,
        counts_per_mbq=noise, seed=seed,
    )  # fmt: skip
    for path in written:
        echo(str(path))
    return DONE


def _times(text: str) -> tuple[float, ...]:
    try:
        times = tuple(float(word) for word in text.split(","))
    except ValueError:
        times = ()
    if not times or any(not 0 < at < 2000 for at in times) or list(times) != sorted(set(times)):
        step = "Write hours after the injection, ascending: 1,24,48,96,144."
        raise stop("OPTION-VALUE", f"{text!r} are no times", step, words=text)
    return times

"""The value of a row in MBq or MBq/mL, before recovery and decay."""

from __future__ import annotations

from posolog.core.finding import Finding
from posolog.dosimetry.say import stop
from posolog.dosimetry.study.model import Region, Row, Study
from posolog.dosimetry.study.quantify.model import Made, place_of
from posolog.dosimetry.study.quantify.planar import from_planar


def activity_of(study: Study, region: Region, row: Row, found: list[Finding]) -> Made | None:
    """The value of a row in MBq or MBq/mL, before recovery and decay; None with a finding where it cannot be had."""
    given = dict(row.values)
    rel_u = row.u_percent / 100 if row.u_percent else None
    if row.quantity == "planar":
        return from_planar(study, region, row, given, rel_u, found)
    if row.quantity == "fraction":
        return Made(given["value"] * study.of(study.measured.name)[0].net.value, rel_u)
    value: float | Finding = given["value"]
    for applies, correct in (
        (row.quantity in ("sample", "plasma sample"), _counted),
        (row.quantity.startswith("plasma"), _in_blood),
        (row.quantity == "concentration" and region.kind != "blood", _in_the_region),
    ):
        if applies and not isinstance(value, Finding):
            value = correct(study, region, row, value)
    if isinstance(value, Finding):
        found.append(value)
        return None
    return Made(value, rel_u)


def _counted(study: Study, _: Region, row: Row, value: float) -> float | Finding:
    """Counts of a sample by the well counter's calibration."""
    if study.well_counter is None:
        message = f"{row.file}, line {row.line}: a sample in counts, and no well counter"
        return stop("RAD-CALIBRATION", message, "add 'well counter: 350 cps per kBq/mL ± 2 %'", place_of(row))
    return value / study.well_counter.value


def _in_blood(study: Study, _: Region, row: Row, value: float) -> float | Finding:
    """Plasma as whole blood."""
    if study.haematocrit is None:
        message = f"{row.file}, line {row.line}: plasma, and no haematocrit"
        return stop("RAD-HAEMATOCRIT", message, "add 'haematocrit: 0.31 ± 0.01'", place_of(row))
    return value * (1 - study.haematocrit.value)


def _in_the_region(_: Study, region: Region, row: Row, value: float) -> float | Finding:
    """A mean concentration times the region's volume."""
    if region.volume is None:
        message = f"{region.name}: a concentration, and no volume"
        return stop("RAD-MASS", message, "add 'volume: 1600 mL ± 4 %'", place_of(row))
    return value * region.volume.value

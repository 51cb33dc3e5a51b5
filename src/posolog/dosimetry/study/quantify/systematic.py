"""What bears on every point of a curve alike: recovery, calibration, well counter."""

from __future__ import annotations

from posolog.core.finding import Finding
from posolog.dosimetry import counts
from posolog.dosimetry.say import stop
from posolog.dosimetry.study.model import Region, Row, Study
from posolog.dosimetry.study.quantify.model import Factor, place_of


def recovery_of(
    study: Study, region: Region, rows: list[Row], found: list[Finding]
) -> tuple[float | None, float, tuple[Factor, ...], tuple[str, ...]]:
    """The recovery coefficient of the region's volume where one applies, its slope and its uncertainty."""
    means = any(row.quantity == "concentration" for row in rows)
    if study.recovery is None or not means or region.kind in ("blood", "whole body"):
        return None, 0.0, (), ()
    size = region.volume or region.mass  # 1 g taken as 1 mL where only a mass is stated
    if size is None:
        return None, 0.0, (), ()
    table = study.recovery
    volume = size.value / 2 if region.kind == "paired organ" else size.value
    try:
        value, u, slope = counts.recovery(volume, table.volume_ml, table.coefficient, table.u)
    except ValueError as error:
        step = "measure a smaller sphere, or take the region out"
        found.append(stop("RAD-RECOVERY", f"{region.name}: {error}", step, place_of(rows[0])))
        return None, 0.0, (), ()
    step = f"recovery coefficient {value:.4g} at {volume:.4g} mL (u {u:.2g})"
    return value, slope, (Factor(f"recovery coefficient of {region.name}", -1.0, u / value),), (step,)


def factors_of(study: Study, rows: list[Row]) -> tuple[Factor, ...]:
    known = dict(study.cameras)
    factors = []
    if any(row.quantity in ("concentration", "activity") for row in rows) and not _sampled(rows):
        factors.append(Factor("calibration of SPECT/CT", 1.0, known.get("SPECT/CT", 0.0)))
    if any(row.quantity == "planar" for row in rows) and study.planar.sensitivity is not None:
        factors.append(Factor("planar sensitivity", -1.0, study.planar.sensitivity.relative_u))
    if any("sample" in row.quantity for row in rows) and study.well_counter is not None:
        factors.append(Factor("well counter", -1.0, study.well_counter.relative_u))
    elif _sampled(rows):
        factors.append(Factor("well counter", 1.0, known.get("well counter", 0.0)))
    return tuple(factors)


def _sampled(rows: list[Row]) -> bool:
    return any(row.region == "blood" for row in rows)

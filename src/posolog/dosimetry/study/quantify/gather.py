"""From rows as written to one activity curve a region; what a curve cannot be made of is a finding."""

from __future__ import annotations

from itertools import pairwise
from math import exp

from posolog.core.finding import Finding
from posolog.dosimetry.say import ask, stop
from posolog.dosimetry.study.model import INJECTION, Region, Row, Study
from posolog.dosimetry.study.quantify.activity import activity_of
from posolog.dosimetry.study.quantify.model import Curve, Point, place_of
from posolog.dosimetry.study.quantify.systematic import factors_of, recovery_of

LEAST_POINTS = 3


def curves(study: Study) -> tuple[tuple[Curve, ...], tuple[Finding, ...]]:
    """A curve for every region that has enough sound points, and findings for the rest."""
    found: list[Finding] = []
    made: list[Curve] = []
    for name in dict.fromkeys(row.region for row in study.rows):
        if study.region(name) is None:
            row = next(row for row in study.rows if row.region == name)
            message = f"{row.file}, line {row.line}: {name!r} is not one of the regions"
            found.append(stop("RAD-REGION", message, "add it under regions, or correct the name", place_of(row)))
    for region in study.regions:
        mine = [row for row in study.rows if row.region == region.name]
        if not mine and region.kind == "red marrow":
            continue  # its mass serves the marrow by site and by blood
        if not mine:
            message = f"{region.name}: no measurement"
            found.append(ask("RAD-POINTS", message, "add its measurements, or take the region out"))
            continue
        curve = _curve(study, region, mine, found)
        if curve is not None:
            made.append(curve)
    return tuple(made), tuple(found)


def _curve(study: Study, region: Region, rows: list[Row], found: list[Finding]) -> Curve | None:
    before = len(found)
    kinds = {_unit(region, row) for row in rows}
    if len(kinds) > 1:
        message = f"{region.name}: measured both as a concentration and as an activity"
        found.append(stop("RAD-ROW", message, "use one quantity for a region", place_of(rows[0])))
        return None
    ratio, slope, factors, steps = recovery_of(study, region, rows, found)
    points = [point for row in rows if (point := _point(study, region, row, ratio, found)) is not None]
    _times(study, region, rows, found)
    if len(points) < LEAST_POINTS and len(found) == before:
        message = f"{region.name}: {len(points)} points; a curve needs at least {LEAST_POINTS}"
        step = "add measurements; no dose is computed from fewer"
        found.append(stop("RAD-POINTS", message, step, place_of(rows[0])))
    if any(finding.severity == "stop" for finding in found[before:]):
        return None
    volumetric = any(row.quantity == "concentration" for row in rows) and region.kind != "blood"
    steps = (*dict.fromkeys(_step(study, region, row) for row in rows), *steps)
    return Curve(
        region, kinds.pop(), tuple(points), (*factors_of(study, rows), *factors), ratio, slope,
        volumetric, steps,
    )  # fmt: skip


def _unit(region: Region, row: Row) -> str:
    return "MBq/mL" if region.kind == "blood" and row.quantity not in ("activity", "planar", "fraction") else "MBq"


def _point(study: Study, region: Region, row: Row, ratio: float | None, found: list[Finding]) -> Point | None:
    zero = study.of(study.measured.name)[0].start
    time_h = (row.at - zero).total_seconds() / 3600
    made = activity_of(study, region, row, found)
    if made is None:
        return None
    if made.value < 0 or (made.value == 0 and row.quantity != "planar"):
        message = f"{row.file}, line {row.line}: {region.name}: {made.value:.4g} after corrections is not above zero"
        step = "look at background and scatter; leave the row out with a reason, never as zero"
        found.append(stop("RAD-COUNTS", message, step, place_of(row), hazard="H10"))
        return None
    if made.rel_u is None:
        message = f"{row.file}, line {row.line}: {region.name}: no uncertainty is stated"
        step = "add a column u_percent, or duration_s for counts: the fit weighs points by it"
        found.append(stop("RAD-UNCERTAINTY", message, step, place_of(row)))
        return None
    value = made.value / (ratio or 1.0)
    if row.reference == INJECTION:
        value *= exp(-study.measured.rate_per_h * time_h)
    return Point(time_h, value, value * made.rel_u, row.source, row.line)


def _times(study: Study, region: Region, rows: list[Row], found: list[Finding]) -> None:
    """Times ascend, lie after the injection and outside every infusion of the measured nuclide."""
    given = study.of(study.measured.name)
    for early, late in pairwise(rows):
        if late.at <= early.at:
            said = "is not after" if late.at < early.at else "is the same as"
            when = late.at.isoformat(timespec="minutes")
            message = f"{late.file}, line {late.line}: {region.name}: {when} {said} the row before"
            step = "put the rows in order of time, and check the dates"
            found.append(stop("RAD-TIME", message, step, place_of(late)))
    for row in rows:
        if row.at <= given[0].start:
            message = f"{row.file}, line {row.line}: {region.name}: measured before the injection of {given[0].nuclide}"
            found.append(
                stop("RAD-TIME", message, "check the clocks of camera and injection", place_of(row), hazard="H13")
            )
        for one in given:
            since = (row.at - one.start).total_seconds() / 3600
            if 0 < since < one.duration_h:
                message = f"{row.file}, line {row.line}: {region.name}: measured during the infusion of {one.ident}"
                found.append(stop("RAD-TIME", message, "leave the row out: the infusion was not over", place_of(row)))


def _step(study: Study, region: Region, row: Row) -> str:
    """How such a row becomes an activity, in words."""
    match row.quantity:
        case "planar":
            return "conjugate view: sqrt(anterior × posterior ÷ transmission) × self-attenuation ÷ sensitivity"
        case "fraction":
            return "fraction of the injected activity"
        case "concentration" if region.kind != "blood":
            return f"mean concentration × volume ({region.volume.words if region.volume else ''})"
        case "plasma concentration" | "plasma sample":
            return "plasma × (1 − haematocrit)"
    return f"{row.quantity} as measured"

"""From rows as written to one activity curve a region; what a curve cannot be made of is a finding."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt

from posolog.core.finding import Finding, Place
from posolog.dosimetry import counts
from posolog.dosimetry.say import ask, stop
from posolog.dosimetry.study.model import INJECTION, Region, Row, Study

LEAST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Factor:
    """A systematic influence: the value of a curve goes with factor**power; `rel_u` its standard uncertainty."""

    name: str
    power: float
    rel_u: float


@dataclass(frozen=True, slots=True)
class Point:
    """One point: hours after the first injection of the measured nuclide, as measured (not decay corrected)."""

    time_h: float
    value: float
    u: float  # random part
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A region's points in MBq, or MBq/mL for blood and samples."""

    region: Region
    unit: str
    points: tuple[Point, ...]
    factors: tuple[Factor, ...]
    recovery: float | None
    recovery_slope: float  # d ln R/d ln V
    volume_counts: bool  # the activity was concentration times volume
    steps: tuple[str, ...]


@dataclass(slots=True)
class _Made:
    """A value on its way: what it is, its relative random uncertainty, and how it was made."""

    value: float
    rel_u: float | None
    step: str


def curves(study: Study) -> tuple[tuple[Curve, ...], tuple[Finding, ...]]:
    """A curve for every region that has enough sound points, and findings for the rest."""
    found: list[Finding] = []
    made: list[Curve] = []
    for name in dict.fromkeys(row.region for row in study.rows):
        if study.region(name) is None:
            row = next(row for row in study.rows if row.region == name)
            message = f"{row.file}, line {row.line}: {name!r} is not one of the regions"
            found.append(stop("RAD-REGION", message, "add it under regions, or correct the name", _place(row)))
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
        found.append(stop("RAD-ROW", message, "use one quantity for a region", _place(rows[0])))
        return None
    ratio, slope, factors, steps = _size(study, region, rows, found)
    points = [point for row in rows if (point := _point(study, region, row, ratio, found)) is not None]
    _times(study, region, rows, found)
    if len(points) < LEAST_POINTS and len(found) == before:
        message = f"{region.name}: {len(points)} points; a curve needs at least {LEAST_POINTS}"
        step = "add measurements; no dose is computed from fewer"
        found.append(stop("RAD-POINTS", message, step, _place(rows[0])))
    if any(finding.severity == "stop" for finding in found[before:]):
        return None
    volumetric = any(row.quantity == "concentration" for row in rows) and region.kind != "blood"
    steps = (*dict.fromkeys(_step(study, region, row) for row in rows), *steps)
    return Curve(
        region, kinds.pop(), tuple(points), (*_systematic(study, rows), *factors), ratio, slope,
        volumetric, steps,
    )  # fmt: skip


def _unit(region: Region, row: Row) -> str:
    return "MBq/mL" if region.kind == "blood" and row.quantity not in ("activity", "planar", "fraction") else "MBq"


def _size(
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
        found.append(stop("RAD-RECOVERY", f"{region.name}: {error}", step, _place(rows[0])))
        return None, 0.0, (), ()
    step = f"recovery coefficient {value:.4g} at {volume:.4g} mL (u {u:.2g})"
    return value, slope, (Factor(f"recovery coefficient of {region.name}", -1.0, u / value),), (step,)


def _systematic(study: Study, rows: list[Row]) -> tuple[Factor, ...]:
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


def _point(study: Study, region: Region, row: Row, ratio: float | None, found: list[Finding]) -> Point | None:
    zero = study.of(study.measured.name)[0].start
    time_h = (row.at - zero).total_seconds() / 3600
    made = _activity(study, region, row, found)
    if made is None:
        return None
    if made.value < 0 or (made.value == 0 and row.quantity != "planar"):
        message = f"{row.file}, line {row.line}: {region.name}: {made.value:.4g} after corrections is not above zero"
        step = "look at background and scatter; leave the row out with a reason, never as zero"
        found.append(stop("RAD-COUNTS", message, step, _place(row), hazard="H10"))
        return None
    if made.rel_u is None:
        message = f"{row.file}, line {row.line}: {region.name}: no uncertainty is stated"
        step = "add a column u_percent, or duration_s for counts: the fit weighs points by it"
        found.append(stop("RAD-UNCERTAINTY", message, step, _place(row)))
        return None
    value = made.value / (ratio or 1.0)
    if row.reference == INJECTION:
        value *= exp(-study.measured.rate_per_h * time_h)
    return Point(time_h, value, value * made.rel_u, row.source, row.line)


def _activity(study: Study, region: Region, row: Row, found: list[Finding]) -> _Made | None:
    """The value of a row in MBq or MBq/mL, before recovery and decay."""
    given = dict(row.values)
    rel_u = row.u_percent / 100 if row.u_percent else None
    match row.quantity:
        case "planar":
            return _planar(study, region, row, given, rel_u, found)
        case "fraction":
            return _Made(given["value"] * study.of(study.measured.name)[0].net.value, rel_u, "")
        case "sample" | "plasma sample":
            if study.well_counter is None:
                message = f"{row.file}, line {row.line}: a sample in counts, and no well counter"
                found.append(
                    stop("RAD-CALIBRATION", message, "add 'well counter: 350 cps per kBq/mL ± 2 %'", _place(row))
                )
                return None
            given["value"] /= study.well_counter.value
    value = given["value"]
    if row.quantity.startswith("plasma"):
        if study.haematocrit is None:
            message = f"{row.file}, line {row.line}: plasma, and no haematocrit"
            found.append(stop("RAD-HAEMATOCRIT", message, "add 'haematocrit: 0.31 ± 0.01'", _place(row)))
            return None
        value *= 1 - study.haematocrit.value
    if row.quantity == "concentration" and region.kind != "blood":
        if region.volume is None:
            message = f"{region.name}: a concentration, and no volume"
            found.append(stop("RAD-MASS", message, "add 'volume: 1600 mL ± 4 %'", _place(row)))
            return None
        value *= region.volume.value
    return _Made(value, rel_u, "")


def _planar(
    study: Study, region: Region, row: Row, given: dict[str, float], rel_u: float | None, found: list[Finding]
) -> _Made | None:  # fmt: skip
    """Scatter, background, geometric mean, attenuation: in this order; counting statistics where times are given."""
    p = study.planar
    if p.sensitivity is None or (region.transmission is None and (p.attenuation is None or region.body_cm is None)):
        message = f"{region.name}: planar counts, and no {'sensitivity' if p.sensitivity is None else 'attenuation'}"
        step = "add planar: {sensitivity, attenuation} and the region's body thickness or transmission"
        found.append(stop("RAD-CALIBRATION", message, step, _place(row)))
        return None
    views, relative = [], 0.0
    for view in ("anterior", "posterior"):
        net = _view(study, region, given, view)
        if net is None:
            message = f"{row.file}, line {row.line}: scatter windows, and no widths"
            found.append(stop("RAD-CALIBRATION", message, "add peak, lower and upper window in keV", _place(row)))
            return None
        if given.get(f"{view}_cps", -1.0) < 0 or net <= 0:
            message = f"{row.file}, line {row.line}: {region.name}: {view} counts are {net:.4g} cps after corrections"
            step = "look at scatter windows and background; no activity comes from it"
            found.append(stop("RAD-COUNTS", message, step, _place(row), hazard="H10"))
            return None
        views.append(net)
        if "duration_s" in given and given["duration_s"] > 0:
            relative += (sqrt(given[f"{view}_cps"] / given["duration_s"]) / net / 2) ** 2
    activity = counts.conjugate_view(
        *views, sensitivity_cps_per_mbq=p.sensitivity.value,
        attenuation_per_cm=p.attenuation.value if p.attenuation else 0.0, body_cm=region.body_cm or 0.0,
        source_cm=region.source_cm or 0.0, transmission=region.transmission.value if region.transmission else None,
    )  # fmt: skip
    total = sqrt(relative + (rel_u or 0.0) ** 2)
    return _Made(float(activity), total or None, "")


def _view(study: Study, region: Region, given: dict[str, float], view: str) -> float | None:
    p, cps = study.planar, given.get(f"{view}_cps", -1.0)
    low, high = given.get(f"{view}_low_cps"), given.get(f"{view}_high_cps")
    if low is not None or high is not None:
        if not (p.peak_kev and p.low_kev and (p.high_kev or high is None)):
            return None
        widths = {"peak_kev": p.peak_kev, "low_kev": p.low_kev, "high_kev": p.high_kev or 1.0}
        cps = float(counts.scatter_corrected(cps, low or 0.0, high or 0.0, **widths))
    background = given.get(f"{view}_background_cps", 0.0)
    thickness = {"source_cm": region.source_cm or 0.0, "body_cm": region.body_cm or 0.0}
    return float(counts.background_corrected(cps, background, **thickness))


def _times(study: Study, region: Region, rows: list[Row], found: list[Finding]) -> None:
    """Times ascend, lie after the injection and outside every infusion of the measured nuclide."""
    given = study.of(study.measured.name)
    for early, late in pairwise(rows):
        if late.at <= early.at:
            said = "is not after" if late.at < early.at else "is the same as"
            when = late.at.isoformat(timespec="minutes")
            message = f"{late.file}, line {late.line}: {region.name}: {when} {said} the row before"
            found.append(stop("RAD-TIME", message, "put the rows in order of time, and check the dates", _place(late)))
    for row in rows:
        if row.at <= given[0].start:
            message = f"{row.file}, line {row.line}: {region.name}: measured before the injection of {given[0].nuclide}"
            found.append(
                stop("RAD-TIME", message, "check the clocks of camera and injection", _place(row), hazard="H13")
            )
        for one in given:
            since = (row.at - one.start).total_seconds() / 3600
            if 0 < since < one.duration_h:
                message = f"{row.file}, line {row.line}: {region.name}: measured during the infusion of {one.ident}"
                found.append(stop("RAD-TIME", message, "leave the row out: the infusion was not over", _place(row)))


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


def _place(row: Row) -> Place:
    return Place("measurement", f"{row.region}, {row.at.isoformat(timespec='minutes')}", row.file, row.line)

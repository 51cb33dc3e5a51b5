"""Planar counts to an activity: scatter, background, geometric mean, attenuation."""

from __future__ import annotations

from math import sqrt

from posolog.core.finding import Finding
from posolog.dosimetry import counts
from posolog.dosimetry.say import stop
from posolog.dosimetry.study.model import Region, Row, Study
from posolog.dosimetry.study.quantify.model import Made, place_of


def from_planar(
    study: Study, region: Region, row: Row, given: dict[str, float], rel_u: float | None, found: list[Finding]
) -> Made | None:  # fmt: skip
    """Scatter, background, geometric mean, attenuation: in this order; counting statistics where times are given."""
    p = study.planar
    if p.sensitivity is None or (region.transmission is None and (p.attenuation is None or region.body_cm is None)):
        message = f"{region.name}: planar counts, and no {'sensitivity' if p.sensitivity is None else 'attenuation'}"
        step = "add planar: {sensitivity, attenuation} and the region's body thickness or transmission"
        found.append(stop("RAD-CALIBRATION", message, step, place_of(row)))
        return None
    views, relative = [], 0.0
    for view in ("anterior", "posterior"):
        net = _net(study, region, row, given, view)
        if isinstance(net, Finding):
            found.append(net)
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
    return Made(float(activity), total or None)


def _net(study: Study, region: Region, row: Row, given: dict[str, float], view: str) -> float | Finding:
    """The counts of one view after corrections, above nought."""
    net = _view(study, region, given, view)
    if net is None:
        message = f"{row.file}, line {row.line}: scatter windows, and no widths"
        return stop("RAD-CALIBRATION", message, "add peak, lower and upper window in keV", place_of(row))
    if given.get(f"{view}_cps", -1.0) < 0 or net <= 0:
        message = f"{row.file}, line {row.line}: {region.name}: {view} counts are {net:.4g} cps after corrections"
        step = "look at scatter windows and background; no activity comes from it"
        return stop("RAD-COUNTS", message, step, place_of(row), hazard="H10")
    return net


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

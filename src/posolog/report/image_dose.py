"""A dose map from tomograms in words, as data, and as dose-volume curves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from posolog import __version__
from posolog.dosimetry.images.absorbed import ImageDose, RegionDose
from posolog.dosimetry.images.measure import REMAINDER, Measured
from posolog.report.curves import Curve, StepFigure, nice_ticks, step_svg
from posolog.report.words import PURPOSE

MGY = 1000
PERCENTS = (98, 90, 50)
COLUMNS = ("region", "time", "quantity", "value", "unit", "reference", "source")


def measured_text(rows: Iterable[Measured]) -> str:
    """One line a region and image."""
    lines = [f"{'acquired':16}  {'region':20} {'activity':>12} {'volume':>12}"]
    for row in rows:
        held = f"{row.activity_mbq:>8.4g} MBq {row.volume_ml:>9.4g} mL"
        lines.append(f"{row.at:%Y-%m-%d %H:%M}  {row.region:20} {held}")
    return "\n".join([*lines, "No recovery coefficient is applied.", PURPOSE])


def measured_csv(rows: Iterable[Measured]) -> str:
    """The rows as `posolog dose` reads them; the source is the image's series."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        at = row.at.isoformat(timespec="seconds")
        writer.writerow([row.region, at, "activity", f"{row.activity_mbq:.6g}", "MBq", "acquisition", row.series])
    return out.getvalue()


def dose_text(dose: ImageDose) -> str:
    """Mean dose, D98, D90 and D50 of each region in Gy, with their 95 % intervals."""
    heads = ("mean", *(f"D{percent}" for percent in PERCENTS))
    lines = [f"{'region':20} {'volume':>9}  " + "".join(f"{head + ', Gy':>24}" for head in heads)]
    for region in dosed(dose):
        cells = "".join(f"{cell(region, head):>24}" for head in heads)
        lines.append(f"{region.name:20} {region.volume.volume_ml:>6.4g} mL  {cells}")
    return "\n".join([*lines, "", *dose.rules, PURPOSE])


def dosed(dose: ImageDose) -> tuple[RegionDose, ...]:
    """The outlined regions: a mean over what lies in none of them, air included, is no dose."""
    return tuple(region for region in dose.regions if region.name != REMAINDER)


def figures(region: RegionDose) -> dict[str, float]:
    """Gy by name."""
    volume = region.volume
    return {"mean": volume.mean_mgy / MGY} | {f"D{percent}": volume.d(percent) / MGY for percent in PERCENTS}


def cell(region: RegionDose, name: str) -> str:
    value = f"{figures(region)[name]:.3g}"
    if name not in region.intervals:
        return value
    low, high = region.intervals[name]
    return f"{value} ({low / MGY:.3g} to {high / MGY:.3g})"


def dose_json(dose: ImageDose) -> str:
    """All numbers with their units in the names."""
    outlined = dosed(dose)
    regions = [
        {
            "region": region.name,
            "volume_ml": region.volume.volume_ml,
            "time_integrated_activity_mbq_h": region.integral_mbq_h,
            "u_mbq_h": region.u_mbq_h,
            "dose_gy": figures(region) if region in outlined else None,
            "interval_95_gy": {name: [low / MGY, high / MGY] for name, (low, high) in region.intervals.items()},
        }
        for region in dose.regions
    ]
    head = {"posolog": __version__, "purpose": PURPOSE, "rules": dose.rules, "seed": dose.seed}
    return json.dumps({**head, "replicates": dose.replicates, "regions": regions}, indent=2) + "\n"


def dose_volume_figure(dose: ImageDose, *, points: int = 250, note: str = PURPOSE) -> StepFigure:
    """Share of each region that receives at least a dose; the remainder is left out."""
    curves, top = [], 0.0
    for hue, region in enumerate(dosed(dose)):
        doses, percent = region.volume.curve(points)
        gy = tuple(float(at) / MGY for at in doses)
        share = (*(float(at) / 100 for at in percent), 0.0)
        curves.append(Curve(region.name, (*gy, gy[-1]), share, hue=hue))
        top = max(top, gy[-1])
    return StepFigure("Dose-volume histograms", "Absorbed dose (Gy)", "Share of the volume that receives at least this",
                      tuple(curves), nice_ticks(top), note=note)  # fmt: skip


def dose_volume_svg(dose: ImageDose, *, note: str = PURPOSE) -> str:
    return step_svg(dose_volume_figure(dose, note=note), ident="dose-volume")

"""The phantom's files: images as DICOM, planar count rates, and the answers that an analysis should find."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from math import exp
from pathlib import Path

import numpy as np

from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.grid import Grid
from posolog.dosimetry.phantom.dicom import INJECTED, write_ct, write_outlines, write_tomogram
from posolog.dosimetry.phantom.geometry import grid_around
from posolog.dosimetry.phantom.model import Phantom
from posolog.dosimetry.phantom.tomography import ct, spect
from posolog.dosimetry.tables import sphere_fraction

TRACER, THERAPY = "111In", "90Y"


def write_phantom(
    phantom: Phantom, folder: Path, *, times_h: Sequence[float], activity_mbq: float, edge_mm: float,
    fwhm_mm: float = 0, counts_per_mbq: float | None = None, seed: int = 1,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the phantom's files below `folder`; returns the paths.

    dicom/ holds the CT, one tomogram a time and the outlines; dosimetry.yaml and measurements.csv are what
    `posolog dose` reads, with the exact activities; truth.json holds the answers. `activity_mbq` of 111In is given at
    time 0; the tomograms' noise is drawn with `seed` where `counts_per_mbq` is given.
    """
    images = folder / "dicom"
    images.mkdir(parents=True, exist_ok=True)
    grid = grid_around(phantom.body, edge_mm)
    write_ct(images, ct(phantom, grid), grid)
    write_outlines(images, phantom, grid)
    draw = np.random.default_rng(seed)
    for time_h in times_h:
        held = activities(phantom, activity_mbq, time_h)
        noise = {} if counts_per_mbq is None else {"counts_per_mbq": counts_per_mbq, "draw": draw}
        image = spect(phantom, held, grid, fwhm_mm=fwhm_mm, **noise)  # type: ignore[arg-type]
        write_tomogram(images, image, grid, time_h=time_h, nuclide=TRACER, injected_mbq=activity_mbq)
    answers = folder / "truth.json"
    answers.write_text(truth(phantom, activity_mbq, times_h, grid), encoding="utf-8")
    head, rows = folder / "dosimetry.yaml", folder / "measurements.csv"
    head.write_text(study_head(phantom, activity_mbq), encoding="utf-8")
    rows.write_text(measurements(phantom, activity_mbq, times_h), encoding="utf-8")
    return images, head, rows, answers


def activities(phantom: Phantom, activity_mbq: float, time_h: float) -> dict[str, float]:
    """MBq of 111In in each organ at a time after the injection."""
    left = activity_mbq * exp(-NUCLIDES[TRACER].rate_per_h * time_h)
    return {organ.name: left * organ.share(time_h) for organ in phantom.organs}


def study_head(phantom: Phantom, activity_mbq: float, *, therapy_mbq: float = 666) -> str:
    """The head of a dosimetry file that fits the phantom; no number of it is a patient's."""
    start = INJECTED.isoformat(timespec="minutes")
    lines = ["# An analytic phantom: invented organs, exact answers in truth.json.", "dosimetry: phantom"]
    lines += ["patient: PHANTOM", "zone: Europe/Paris", f"measured: {TRACER}", f"therapy: {THERAPY}"]
    lines += ["decay reference: acquisition", "injections:"]
    for nuclide, given in ((TRACER, activity_mbq), (THERAPY, therapy_mbq)):
        lines += [f"  - ident: {nuclide}, day 1", f"    nuclide: {nuclide}"]
        lines += [f"    start: {start}", "    duration: 0 min"]
        lines += [f"    activity: {given:g} MBq ± 1 %", f"    calibrated: {start}"]
    lines += ["regions:"]
    for organ in phantom.organs:
        kind = "kind: lesion, " if organ.name == "lesion" else ""
        size = f"volume: {organ.volume_ml:.6g} mL ± 1 %, density: {organ.density_g_ml:g} g/mL"
        lines.append(f"  {organ.name}: {{{kind}{size}}}")
    return "\n".join([*lines, "measurements: measurements.csv", ""])


def measurements(phantom: Phantom, activity_mbq: float, times_h: Sequence[float]) -> str:
    """Exact activities, with a standard uncertainty of 3 % to weigh them by."""
    lines = ["region,time,quantity,value,unit,u_percent,source"]
    for at in times_h:
        clock = (INJECTED + timedelta(hours=at)).isoformat(timespec="minutes")
        for name, held in activities(phantom, activity_mbq, at).items():
            lines.append(f"{name},{clock},activity,{held:.9g},MBq,3,phantom")
    return "\n".join([*lines, ""])


def truth(phantom: Phantom, activity_mbq: float, times_h: Sequence[float], grid: Grid) -> str:
    """Volumes, masses, activities, time-integrated 90Y activity and self-dose per MBq of 90Y, in closed form.

    The self-dose is energy per decay times absorbed fraction over mass, of a sphere of each part's mass.
    """
    delta = NUCLIDES[THERAPY].delta_gy_kg_per_mbq_h
    organs = []
    for organ in phantom.organs:
        part_g = organ.mass_g / len(organ.solids)
        share = sphere_fraction(part_g, density_g_per_ml=organ.density_g_ml)
        integral = organ.residence_h(THERAPY)
        organs.append({
            "organ": organ.name, "volume_ml": organ.volume_ml, "mass_g": organ.mass_g,
            "activity_mbq": [activities(phantom, activity_mbq, at)[organ.name] for at in times_h],
            "integral_90y_h": integral, "sphere_fraction": share,
            "self_dose_mgy_per_mbq": integral * delta * share / organ.mass_g * 1e6,
        })  # fmt: skip
    made = {"injected": INJECTED.isoformat(), "injected_mbq": activity_mbq, "times_h": list(times_h), "organs": organs}
    return json.dumps({**made, "voxel_mm": list(grid.edge_mm)}, indent=2) + "\n"

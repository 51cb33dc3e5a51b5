"""What a reader of the report would ask: items that guidance wants reported, and doses unlike any published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from posolog.core.finding import Finding, Place
from posolog.dosimetry.say import note
from posolog.dosimetry.study.model import Study
from posolog.dosimetry.study.result import Dose

# The EANM guidance for early-phase trials, Stokke 2024 (PMC10957710), table 4, as far as one patient's file shows it.
GUIDANCE = "Stokke 2024, table 4"
MARGIN = 2.0


def review(study: Study, doses: tuple[Dose, ...]) -> tuple[Finding, ...]:
    """A note for every item that is missing, and for every dose outside the published range."""
    made = [_missing(item, step) for item, step in missing_items(study)]
    return (*made, *(finding for dose in doses if (finding := _unlike(dose)) is not None))


def missing_items(study: Study) -> Iterator[tuple[str, str]]:
    """Items of the guidance that the file does not give, each with what to add."""
    for one in study.injections:
        if not one.net.u:
            yield f"uncertainty of the activity of {one.ident}", "write 'activity: 640 MBq ± 3 %'"
        if not one.planned and not any("residual" in step for step in one.steps):
            yield f"residual activity of {one.ident}", "measure the syringe after the injection"
    known = dict(study.cameras)
    quantities = {row.quantity for row in study.rows if row.region != "blood"}
    if quantities & {"concentration", "activity"} and "SPECT/CT" not in known:
        yield "uncertainty of the camera's calibration", "add 'calibration: {SPECT/CT: 4 %}'"
    if "concentration" in quantities and study.recovery is None:
        yield "recovery coefficients (partial volume)", "add 'recovery: recovery.csv', measured with spheres"
    for region in study.regions:
        size = region.mass if region.mass is not None else region.volume
        if region.kind not in ("blood", "whole body") and size is not None and not size.u:
            yield f"uncertainty of the mass of {region.name}", "write 'mass: 1650 g ± 5 %'"
    if any(not row.source for row in study.rows if row.region != "blood"):
        yield "the image behind each measurement", "fill the column 'source' (series UID or accession number)"
    if not study.tissues:
        yield "BED with its alpha/beta and repair half-time", "add 'tissues', each with a source"
    for name, tissue in study.tissues:
        if not tissue.source:
            yield f"source of alpha/beta and repair half-time of {name}", "add 'source: ...'"
    if not study.title:
        yield "name of the trial", "add 'dosimetry: NAME'"


def _missing(item: str, step: str) -> Finding:
    return note("RAD-ITEM", f"not reported: {item} ({GUIDANCE})", step)


def _unlike(dose: Dose) -> Finding | None:
    low, high, agents = published(dose.region)
    if not agents or low / MARGIN <= dose.gy_per_gbq <= high * MARGIN:
        return None
    message = (
        f"{dose.region} ({dose.method}): {dose.gy_per_gbq:.3g} mGy per MBq, published for {agents}: {low:g} to {high:g}"
    )
    step = "check activity, mass and units; another antibody may well differ"
    return note("RAD-PLAUSIBLE", message, step, Place("region", dose.region))


@lru_cache(maxsize=64)
def published(region: str) -> tuple[float, float, str]:
    """Lowest and highest published dose per activity (mGy/MBq) of a region, and the agents."""
    name = "lesion" if region.startswith("lesion") else region
    text = (files("posolog.dosimetry") / "data" / "published-doses.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line and not line.startswith("#")][1:]
    mine = [row for row in rows if row[0] == name]
    if not mine:
        return 0.0, 0.0, ""
    agents = " and ".join(dict.fromkeys(row[3].split(" ")[0] for row in mine))
    return min(float(row[1]) for row in mine), max(float(row[2]) for row in mine), agents

"""Regions of a dosimetry file: what they are, how heavy, how large. And the camera calibrations."""

from __future__ import annotations

from posolog.dosimetry.amounts import Amount
from posolog.dosimetry.constants import PAIRED, REFERENCE_MASS_G
from posolog.dosimetry.study.model import KINDS, Region
from posolog.dosimetry.study.yamls import Entry, Faults

KEYS = (
    "kind", "mass", "volume", "density", "marrow share", "thickness", "body thickness", "transmission", "confirmed",
)  # fmt: skip
NAMED = {"blood": "blood", "whole body": "whole body", "red marrow": "red marrow"}
WITHOUT_MASS = ("blood", "marrow site")
WATER_G_PER_ML = 1.0


def read(entry: Entry, faults: Faults) -> tuple[Region, ...]:
    """The regions, in the order of the file."""
    if not entry.pairs:
        faults.add("RAD-VALUE", "regions are 'name: {mass: ...}' lines", "name each source region", entry.line)
    return tuple(made for name, value in entry.pairs.items() if (made := _region(name, value, faults)))


def kind_of(name: str) -> str:
    """What a region's name says it is: organs by name, anything else an organ unless the file says otherwise."""
    return NAMED.get(name) or ("paired organ" if name in PAIRED else "lesion" if name.startswith("lesion") else "organ")


def _region(name: str, value: Entry, faults: Faults) -> Region | None:
    e = faults.keys(value, KEYS, f"region {name}") if value.value != "" else {}
    kind = e["kind"].text if "kind" in e else kind_of(name)
    if kind not in KINDS:
        faults.add(
            "RAD-VALUE", f"{name}: {kind!r} is no kind of region", f"use one of {', '.join(KINDS)}", e["kind"].line
        )
        return None
    mass, volume, derived = _size(name, e, kind, faults, value.line)
    thickness = faults.amount(e.get("thickness"), "length", f"{name}, thickness")
    body = faults.amount(e.get("body thickness"), "length", f"{name}, body thickness")
    share = faults.amount(e.get("marrow share"), "share", f"{name}, marrow share")
    if kind == "marrow site" and share is None:
        faults.add(
            "RAD-VALUE",
            f"{name}: which share of the red marrow it holds is not stated",
            "add 'marrow share: 6.7 %' with your source",
            value.line,
        )
    transmission = faults.amount(e.get("transmission"), "share", f"{name}, transmission")
    if transmission is not None and transmission.value > 1:
        faults.add(
            "RAD-VALUE",
            f"{name}: a transmission of {transmission.words} is above 1",
            "correct it",
            e["transmission"].line,
        )
    return Region(
        name, kind, mass, volume, derived, share, thickness.value if thickness else None,
        body.value if body else None, transmission,
        e["confirmed"].text.casefold() in ("yes", "true") if "confirmed" in e else False, value.line,
    )  # fmt: skip


def _size(
    name: str, e: dict[str, Entry], kind: str, faults: Faults, line: int
) -> tuple[Amount | None, Amount | None, bool]:
    """Mass in g, volume in mL, and whether the one was made of the other."""
    mass = faults.amount(e.get("mass"), "mass", f"{name}, mass")
    volume = faults.amount(e.get("volume"), "volume", f"{name}, volume")
    density = faults.amount(e.get("density"), "density", f"{name}, density")
    stated = "mass" in e or "volume" in e
    if not stated and kind not in WITHOUT_MASS:
        message = f"{name}: neither mass nor volume is stated"
        faults.add("RAD-MASS", message, "add the patient's own mass: 'mass: 1650 g ± 5 %'", line)
    if mass is not None:
        _plausible(name, mass, faults, line)
        return mass, volume, False
    if volume is None or kind in WITHOUT_MASS:
        return None, volume, False
    factor = density.value if density else WATER_G_PER_ML
    return Amount(volume.value * factor, volume.u * factor, f"{volume.words} at {factor:g} g/mL"), volume, True


def _plausible(name: str, mass: Amount, faults: Faults, line: int) -> None:
    """A mass that is a hundred times off the reference man's is a slip of the unit."""
    masses = [reference for reference in REFERENCE_MASS_G.get(name, ()) if reference]
    if masses and not min(masses) / 100 < mass.value < max(masses) * 30:
        message = f"{name}: a mass of {mass.words} (reference {masses[0]:g} g) is a slip of the unit"
        faults.add("RAD-MASS", message, "check g and kg", line, words=mass.words, hazard="H10")


def cameras(entry: Entry | None, faults: Faults) -> tuple[tuple[str, float], ...]:
    """Relative standard uncertainties of calibrations: 'SPECT/CT: 4 %'."""
    made = []
    for name, value in (entry.pairs if entry else {}).items():
        if name not in ("SPECT/CT", "well counter", "activity"):
            faults.add("RAD-KEY", f"{name!r} is no calibration", "use SPECT/CT, well counter, activity", value.line)
            continue
        amount = faults.amount(value, "share", f"calibration of {name}")
        if amount is not None and not 0 < amount.value < 0.5:
            faults.add(
                "RAD-VALUE",
                f"calibration of {name}: {amount.words} is no relative uncertainty",
                "write 4 %",
                value.line,
            )
        elif amount is not None:
            made.append((name, amount.value))
    return tuple(made)

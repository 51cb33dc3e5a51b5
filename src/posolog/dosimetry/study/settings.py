"""Smaller parts of a dosimetry file: choices, shares, limits, tissues, the planar camera."""

from __future__ import annotations

from math import isfinite

from posolog.dosimetry.amounts import Amount
from posolog.dosimetry.bed import Tissue
from posolog.dosimetry.study.model import Planar
from posolog.dosimetry.study.yamls import Entry, Faults


def planar(entry: Entry | None, faults: Faults) -> Planar:
    if entry is None:
        return Planar()
    e = faults.keys(entry, ("sensitivity", "attenuation", "peak window", "lower window", "upper window"), "planar")
    widths = [faults.amount(e.get(key), "energy", key) for key in ("peak window", "lower window", "upper window")]
    peak, low, high = (width.value if width else None for width in widths)
    return Planar(
        faults.amount(e.get("sensitivity"), "sensitivity", "sensitivity"),
        faults.amount(e.get("attenuation"), "per length", "attenuation"), peak, low, high,
    )  # fmt: skip


def tissues(entry: Entry | None, faults: Faults) -> tuple[tuple[str, Tissue], ...]:
    made = []
    for name, value in (entry.pairs if entry else {}).items():
        e = faults.keys(value, ("alpha/beta", "repair half-time", "source"), f"tissue {name}")
        ratio = faults.amount(e.get("alpha/beta"), "dose", f"alpha/beta of {name}")
        repair = faults.amount(e.get("repair half-time"), "time", f"repair half-time of {name}")
        if ratio is None or repair is None:
            if not {"alpha/beta", "repair half-time"} <= set(e):
                faults.add(
                    "RAD-VALUE",
                    f"tissue {name} needs alpha/beta and repair half-time",
                    "add both, with a source",
                    value.line,
                )
            continue
        source = e["source"].text if "source" in e else ""
        made.append((name, Tissue(ratio.value, repair.value, source, ratio.u)))
    return tuple(made)


def limits(entry: Entry | None, faults: Faults) -> tuple[tuple[str, float], ...]:
    made = []
    for name, value in (entry.pairs if entry else {}).items():
        if name != "marrow blasts":
            amount = faults.amount(value, "dose", f"limit of {name}")
            made += [(name, amount.value)] if amount else []
    return tuple(made)


def share(entry: Entry | None, what: str, faults: Faults) -> Amount | None:
    """A share from 0 to 1, or a percentage."""
    amount = faults.amount(entry, "share", what, positive=False)
    if amount is not None and entry is not None and not 0 <= amount.value <= 1:
        faults.add(
            "RAD-VALUE", f"{what}: {amount.words} is not between 0 and 1 (or 0 and 100 %)", "correct it", entry.line
        )
        return None
    return amount


def haematocrit(entry: Entry | None, what: str, faults: Faults) -> Amount | None:
    """A haematocrit: 0.05 to 0.7; 31 without a percent sign is refused, not read as 31 %."""
    amount = share(entry, what, faults)
    if amount is not None and entry is not None and not 0.05 <= amount.value <= 0.7:
        faults.add(
            "RAD-VALUE", f"{what}: {amount.words} is not between 0.05 and 0.7", "correct it", entry.line, hazard="H6"
        )
        return None
    return amount


def fraction(entry: Entry | None, faults: Faults) -> float | None:
    if entry is None:
        return None
    try:
        value = float(entry.text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and 0 < value <= 1):
        faults.add("RAD-VALUE", f"an absorbed fraction of {entry.text!r}", "write 0.439 or 1", entry.line)
        return None
    return value


def choice(entry: Entry | None, known: dict[str, str], what: str, faults: Faults) -> str:
    if entry is None:
        return ""
    found = known.get(entry.text.casefold())
    if found is None:
        faults.add(
            "RAD-VALUE",
            f"{what}: {entry.text!r} is not understood",
            f"use one of {', '.join(known)}",
            entry.line,
            words=entry.text,
        )
        return ""
    return found

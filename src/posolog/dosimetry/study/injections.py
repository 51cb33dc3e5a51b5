"""Injections: syringe before and after, decayed to the start of the injection; every clock is stated (hazard H13)."""

from __future__ import annotations

from datetime import datetime
from math import exp, hypot
from zoneinfo import ZoneInfo

from posolog.dosimetry.amounts import Amount
from posolog.dosimetry.constants import Nuclide
from posolog.dosimetry.study.model import Injection
from posolog.dosimetry.study.settings import choice
from posolog.dosimetry.study.yamls import Entry, Faults

KEYS = (
    "ident", "nuclide", "start", "duration", "activity", "calibrated", "residual", "residual measured", "planned",
    "confirmed",
)  # fmt: skip
CLOCKS = ("start", "calibrated", "residual measured")
NEEDED = (
    ("start", "RAD-CLOCK", "the clock of the injection"),
    ("activity", "RAD-VALUE", "the activity"),
    ("calibrated", "RAD-CLOCK", "the time at which the activity was measured"),
)
PLANNED = {"yes": "yes", "no": "no", "true": "yes", "false": "no"}
# Outside these an activity is taken for a slip of the unit unless a person confirms it; the bounds are ours.
USUAL_MBQ = {"90Y": (20.0, 15_000.0), "111In": (10.0, 1000.0)}
TENFOLD = 5.0  # one injection against another of the same nuclide (hazard H13)
CHAIN_H = 14 * 24.0  # a syringe is not measured two weeks before or after its injection


def read(entry: Entry, known: dict[str, Nuclide], zone: ZoneInfo | None, faults: Faults) -> tuple[Injection, ...]:
    """The injections of a file in order of time; what is missing, unusual or unlike the others is a fault."""
    if not entry.items:
        faults.add("RAD-VALUE", "injections are a list", "begin each with a dash", entry.line)
    made = [_injection(item, number, known, zone, faults) for number, item in enumerate(entry.items, 1)]
    whole = sorted((one for one in made if one is not None), key=lambda one: one.start)
    _alike(whole, entry, faults)
    for nuclide in known:
        if entry.items and not any(item.pairs.get("nuclide", Entry("", 0)).text == nuclide for item in entry.items):
            faults.add("RAD-VALUE", f"no injection of {nuclide} is listed", "add it: activity, start", entry.line)
    return tuple(whole)


def _injection(
    item: Entry, number: int, known: dict[str, Nuclide], zone: ZoneInfo | None, faults: Faults
) -> Injection | None:
    """One injection with its net activity at the start, or None where something is missing or cannot be."""
    e = faults.keys(item, KEYS, "an injection")
    what = e["ident"].text if "ident" in e else f"injection {number}"
    nuclide = known.get(e["nuclide"].text) if "nuclide" in e else None
    if nuclide is None:
        faults.add("RAD-NUCLIDE", f"{what}: the nuclide is not one of {', '.join(known)}", "correct it", item.line)
    clocks = _clocks(e, what, zone, item.line, faults)
    activity = faults.amount(e.get("activity"), "activity", f"{what}, activity")
    residual = faults.amount(e.get("residual"), "activity", f"{what}, residual", positive=False)
    duration = faults.amount(e.get("duration"), "time", f"{what}, duration", positive=False)
    planned = choice(e.get("planned"), PLANNED, "planned", faults) == "yes"
    start, calibrated = clocks.get("start"), clocks.get("calibrated")
    if nuclide is None or activity is None or start is None or calibrated is None:
        return None
    confirmed = "confirmed" in e and e["confirmed"].text.casefold() in ("yes", "true")
    if not confirmed and not _usual(what, nuclide.name, activity, start, clocks, faults, item.line):
        return None
    net, steps = _net(nuclide, activity, calibrated, residual, clocks.get("residual measured"), start)
    if net.value <= 0:
        message = f"{what}: the residual is not less than the activity"
        faults.add("RAD-VALUE", message, "correct the activities", item.line)
        return None
    return Injection(what, nuclide.name, start, duration.value if duration else 0.0, net, planned, steps)


def _clocks(
    e: dict[str, Entry], what: str, zone: ZoneInfo | None, line: int, faults: Faults
) -> dict[str, datetime | None]:
    """The clocks that are stated; one that is needed and missing is a fault, as is a missing activity (hazard H13)."""
    found = {key: faults.moment(e[key].text, zone, f"{what}, {key}", e[key].line) for key in CLOCKS if key in e}
    for key, code, reason in NEEDED:
        if key not in e:
            faults.add(code, f"{what}: {reason} is missing", f"add '{key}: ...'", line, hazard="H13")
    if "residual" in e and "residual measured" not in e:
        message, step = f"{what}: the residual has no time", "add 'residual measured: ...'"
        faults.add("RAD-CLOCK", message, step, e["residual"].line, hazard="H13")
    return found


def _usual(
    what: str, nuclide: str, activity: Amount, start: datetime, clocks: dict[str, datetime | None], faults: Faults,
    line: int,
) -> bool:  # fmt: skip
    """Whether activity and clocks are such as are used; 640 GBq for 640 MBq, or last year's date, are named."""
    low, high = USUAL_MBQ.get(nuclide, (0.0, float("inf")))
    if not low <= activity.value <= high:
        message = f"{what}: {activity.words} of {nuclide} is outside {low:g} to {high:g} MBq: a slip of the unit?"
        faults.add("RAD-SCALE", message, "check MBq and GBq; if it is so, add 'confirmed: yes'", line, hazard="H13")
        return False
    for key in ("calibrated", "residual measured"):
        at = clocks.get(key)
        hours = (at - start).total_seconds() / 3600 if at else 0.0
        if abs(hours) > CHAIN_H:
            message = f"{what}: {key} lies {abs(hours) / 24:.0f} days from the start of the injection"
            faults.add("RAD-CLOCK", message, "check the dates; if it is so, add 'confirmed: yes'", line, hazard="H13")
            return False
    return True


def _alike(given: list[Injection], entry: Entry, faults: Faults) -> None:
    """Injections of one nuclide that differ by more than a factor of five: one of them is a slip."""
    if any(item.pairs.get("confirmed") for item in entry.items):
        return
    for one in given:
        other = next(
            (two for two in given if two.nuclide == one.nuclide and two.net.value > TENFOLD * one.net.value), None
        )
        if other is not None:
            message = f"{other.ident}: {other.net.words}, and {one.ident}: {one.net.words}: more than fivefold"
            faults.add("RAD-SCALE", message, "check both; if it is so, add 'confirmed: yes'", entry.line, hazard="H13")
            return


def _net(
    nuclide: Nuclide, activity: Amount, calibrated: datetime, residual: Amount | None, after: datetime | None,
    start: datetime,
) -> tuple[Amount, tuple[str, ...]]:  # fmt: skip
    """Syringe before less syringe after, both decayed to the start of the injection."""
    hours = (start - calibrated).total_seconds() / 3600
    factor = exp(-nuclide.rate_per_h * hours)
    at_start = activity.value * factor
    clock = calibrated.isoformat(timespec="minutes")
    steps = [f"{activity.words} at {clock} is {at_start:.4g} MBq at the start ({hours:.4g} h, factor {factor:.5f})"]
    left, u_left = 0.0, 0.0
    if residual is not None and after is not None:
        back = exp(nuclide.rate_per_h * (after - start).total_seconds() / 3600)
        left, u_left = residual.value * back, residual.u * back
        steps.append(f"residual {residual.words} is {left:.4g} MBq at the start; net {at_start - left:.5g} MBq")
    return Amount(at_start - left, hypot(activity.u * factor, u_left), f"{at_start - left:.5g} MBq"), tuple(steps)

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
)  # fmt: skip


def read(entry: Entry, known: dict[str, Nuclide], zone: ZoneInfo | None, faults: Faults) -> tuple[Injection, ...]:
    if not entry.items:
        faults.add("RAD-VALUE", "injections are a list", "begin each with a dash", entry.line)
    made = [_injection(item, number, known, zone, faults) for number, item in enumerate(entry.items, 1)]
    whole = sorted((one for one in made if one is not None), key=lambda one: one.start)
    for nuclide in known:
        if entry.items and not any(item.pairs.get("nuclide", Entry("", 0)).text == nuclide for item in entry.items):
            faults.add("RAD-VALUE", f"no injection of {nuclide} is listed", "add it: activity, start", entry.line)
    return tuple(whole)


def _injection(
    item: Entry, number: int, known: dict[str, Nuclide], zone: ZoneInfo | None, faults: Faults
) -> Injection | None:
    e = faults.keys(item, KEYS, "an injection")
    ident = e["ident"].text if "ident" in e else f"injection {number}"
    what = ident
    nuclide = known.get(e["nuclide"].text) if "nuclide" in e else None
    if nuclide is None:
        faults.add("RAD-NUCLIDE", f"{what}: the nuclide is not one of {', '.join(known)}", "correct it", item.line)
    clocks = {
        key: faults.moment(e[key].text, zone, f"{what}, {key}", e[key].line)
        for key in ("start", "calibrated", "residual measured")
        if key in e
    }
    for key, reason in (
        ("start", "the clock of the injection"),
        ("activity", "the activity"),
        ("calibrated", "the time at which the activity was measured"),
    ):
        if key not in e:
            faults.add(
                "RAD-CLOCK" if key != "activity" else "RAD-VALUE",
                f"{what}: {reason} is missing",
                f"add '{key}: ...'",
                item.line,
                hazard="H13",
            )
    if "residual" in e and "residual measured" not in e:
        faults.add(
            "RAD-CLOCK",
            f"{what}: the residual has no time",
            "add 'residual measured: ...'",
            e["residual"].line,
            hazard="H13",
        )
    activity = faults.amount(e.get("activity"), "activity", f"{what}, activity")
    residual = faults.amount(e.get("residual"), "activity", f"{what}, residual", positive=False)
    duration = faults.amount(e.get("duration"), "time", f"{what}, duration", positive=False)
    planned = (
        choice(e.get("planned"), {"yes": "yes", "no": "no", "true": "yes", "false": "no"}, "planned", faults) == "yes"
    )
    start, calibrated = clocks.get("start"), clocks.get("calibrated")
    if nuclide is None or activity is None or start is None or calibrated is None:
        return None
    net, steps = _net(nuclide, activity, calibrated, residual, clocks.get("residual measured"), start)
    if net.value <= 0:
        faults.add(
            "RAD-VALUE", f"{what}: the residual is not less than the activity", "correct the activities", item.line
        )
        return None
    return Injection(ident, nuclide.name, start, duration.value if duration else 0.0, net, planned, steps)


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

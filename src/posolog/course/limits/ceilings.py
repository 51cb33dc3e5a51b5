"""Ceilings on a dose, a day, a week, a course and a lifetime (H1-H3, H8)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from posolog.core.finding import Finding
from posolog.core.units import find_unit
from posolog.course.acts import Draft
from posolog.course.body import formula_name, surface
from posolog.course.case import Case, body_on
from posolog.course.limits.known import limits_of, places_of, refuse
from posolog.course.limits.weigh import Item, inside, item_of, together
from posolog.course.model import Planned
from posolog.course.words import ask, short, stop
from posolog.protocol.model import Per

if TYPE_CHECKING:
    from posolog.formulary import Agent, Limit

_KIND = {
    "per_dose": "in one dose",
    "per_day": "in one day",
    "per_week": "in 7 days",
    "per_course": "in the course",
    "lifetime": "in all",
}


def ceilings(
    case: Case, drafts: list[Draft], acts: list[Planned], agent: Agent, own: list[int]
) -> list[Finding]:
    """The ceilings of an agent that its acts pass; acts that pass a hard one are refused."""
    items = [item for index in own if (item := item_of(drafts[index], acts[index], index)) is not None]
    routes = {acts[item.index].route for item in items}
    limits = dict.fromkeys(limit for route in sorted(routes) for limit in limits_of(agent.name, route))
    findings = []
    for limit in limits:
        held = [item for item in items if limit.route in (None, acts[item.index].route)]
        for group in together(held, acts):
            finding, passed = _passed(case, limit, agent, group, acts)
            if finding is None:
                continue
            findings.append(finding)
            if limit.hardness == "hard":
                refuse(acts, passed)
            break
    return findings


def _passed(
    case: Case, limit: Limit, agent: Agent, items: list[Item], acts: list[Planned]
) -> tuple[Finding | None, list[int]]:
    symbol, _, per = limit.unit.partition("/")
    unit = find_unit(symbol)
    if unit is None or (limit.unit == "U" and unit.kind != "units"):
        return None, []
    own = [item for item in items if item.kind == unit.kind and _judged(item.per, per)]
    worst, held, size = _worst(case, limit, own, per)
    if worst is None or size is None or worst <= limit.value * size * unit.factor:
        return None, []
    value = worst / size / unit.factor
    said = f"{short(value, 2)} {symbol}" + (f" per {per.replace('m2', 'm²')}" if per else "")
    ceiling = f"{short(limit.value, 2)} {symbol}" + (f" per {per.replace('m2', 'm²')}" if per else "")
    message = f"{agent.name}: {said} {_KIND[limit.kind]} is above the ceiling of {ceiling} ({limit.source})"
    make = stop if limit.hardness == "hard" else ask
    step = "check the dose against the protocol; " + (limit.note or "confirm it with a pharmacist")
    hazard = " ".join(limit.hazards)
    finding = make("LIMIT-PASSED", message, step, *places_of(acts, (item.index for item in held)), hazard=hazard)
    return finding, [item.index for item in held]


def _judged(per: Per, limit_per: str) -> bool:
    """Each ceiling judges its own basis and flat doses; a flat ceiling judges every line."""
    return limit_per == "" or per is Per.FLAT or (per is Per.M2) == (limit_per == "m2")


def _worst(
    case: Case, limit: Limit, items: list[Item], per: str
) -> tuple[Decimal | None, list[Item], Decimal | None]:
    if not items:
        return None, [], None
    groups = _groups(limit.kind, items)
    if not groups:
        return None, [], None
    worst = max(total for total, _ in groups)
    highest = next(group for total, group in groups if total == worst)
    size = _size(case, per, highest[0].day)
    if size is None:
        return None, [], None
    unit = find_unit(limit.unit.partition("/")[0])
    bound = limit.value * size * (unit.factor if unit else 1)
    held = {item.index: item for total, group in groups if total > bound for item in group}
    return worst, list(held.values()) or highest, size


def _groups(kind: str, items: list[Item]) -> list[tuple[Decimal, list[Item]]]:
    if kind == "per_dose":
        return [(item.dose, [item]) for item in items if item.dose is not None]
    if kind in ("per_course", "lifetime"):
        by: dict[int | None, list[Item]] = {}
        for item in items:
            by.setdefault(item.cycle if kind == "per_course" else None, []).append(item)
        return [(sum((item.total for item in group), Decimal(0)), group) for group in by.values()]
    span = 1 if kind == "per_day" else 7
    groups = []
    for start in sorted({item.day for item in items}):
        end = start + timedelta(days=span - 1)
        held = [item for item in items if item.day <= end and start <= item.last]
        total = sum((inside(item, start, end) for item in held), Decimal(0))
        groups.append((total, held))
    return groups


def _size(case: Case, per: str, day: date) -> Decimal | None:
    if not per:
        return Decimal(1)
    body = body_on(case, day)
    if per == "kg":
        return body.weight_kg
    name = formula_name(case.settings.bsa)
    if name is None or body.height_cm is None or body.weight_kg is None:
        return None
    return surface(name, body.height_cm, body.weight_kg)

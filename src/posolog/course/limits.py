"""The cumulative monitor: every plan is held against the formulary's ceilings and routes (H1-H4, H8, H11).

A hard ceiling refuses the acts that pass it and takes their dose away; a soft one is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from posolog.core.finding import Finding, Place
from posolog.core.units import find_unit
from posolog.course.acts import Draft
from posolog.course.body import formula_name, surface
from posolog.course.case import Case, body_on, product
from posolog.course.model import Planned, Status
from posolog.course.totals import amount_of
from posolog.course.words import ask, listed, note, place, short, stop
from posolog.protocol.model import Per

if TYPE_CHECKING:
    from posolog.formulary import Agent, Limit

_COUNTED = (Status.PLANNED, Status.WAITING, Status.GIVEN)
_KIND = {
    "per_dose": "in one dose",
    "per_day": "in one day",
    "per_week": "in 7 days",
    "per_course": "in the course",
    "lifetime": "in all",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One act with its amount in the base unit of its kind, and on what basis its line is written."""

    index: int
    day: date
    last: date
    total: Decimal
    dose: Decimal | None
    daily: Decimal | None
    kind: str
    per: Per
    cycle: int | None


def judge(case: Case, drafts: list[Draft], acts: list[Planned]) -> tuple[list[Planned], list[Finding]]:
    """The acts with refused ones marked, and the findings. `drafts[i]` is the draft of `acts[i]`."""
    result = list(acts)
    findings: list[Finding] = []
    agents: dict[tuple[str, str], list[int]] = {}
    for index, act in enumerate(acts):
        if act.kind == "give" and act.status in (*_COUNTED, Status.REFUSED):
            agents.setdefault((act.name, act.route), []).append(index)
    for (name, route), own in agents.items():
        agent = _agent(name)
        if agent is not None:
            findings += _routes(result, agent, route, own)
            findings += _weekly(result, agent, route, own)
    for name in dict.fromkeys(name for name, _ in agents):
        agent = _agent(name)
        if agent is not None:
            own = [index for (other, _), found in agents.items() if other == name for index in found]
            findings += _ceilings(case, drafts, result, agent, own)
    findings += _same_day(result) + _two_bases(drafts, result)
    return result, findings


@lru_cache(maxsize=512)
def _agent(name: str) -> Agent | None:
    from posolog.formulary import find

    match = find(name)
    return match.agents[0] if len(match.agents) == 1 else None


@lru_cache(maxsize=512)
def _limits(name: str, route: str) -> tuple[Limit, ...]:
    from posolog.formulary import ROUTES, limits

    agent = _agent(name)
    if agent is None:
        return ()
    known = route if route in ROUTES else None
    return tuple(limit for limit in limits(agent, known) if known or limit.route is None)


def _places(acts: list[Planned], own: Iterable[int]) -> tuple[Place, ...]:
    lines = dict.fromkeys((acts[index].line, acts[index].quote) for index in own)
    return tuple(replace(place(line), words=quote) for line, quote in lines if line)


def _refuse(acts: list[Planned], own: Iterable[int]) -> None:
    for index in own:
        if acts[index].status is not Status.GIVEN:
            acts[index] = replace(acts[index], status=Status.REFUSED, dose=None)


def _routes(acts: list[Planned], agent: Agent, route: str, own: list[int]) -> list[Finding]:
    vinca = agent.agent_class == "vinca"
    if not route:
        if not vinca:
            return []
        message = f"the route of {agent.name} is not stated: it is for intravenous use only, fatal by other routes"
        return [ask("ROUTE-UNSTATED", message, "write IV in the line", *_places(acts, own), hazard="H4")]
    if route in agent.routes or not agent.routes:
        return []
    allowed = listed(agent.routes)
    if vinca:
        _refuse(acts, own)
        message = f"{agent.name} by route {route} is refused: for intravenous use only, fatal by other routes"
        return [stop("ROUTE-REFUSED", message, "write IV in the line", *_places(acts, own), hazard="H4")]
    message = f"{agent.name} is not listed for the route {route} (listed: {allowed})"
    return [ask("ROUTE-UNUSUAL", message, "confirm the route", *_places(acts, own), hazard="H4")]


def _weekly(acts: list[Planned], agent: Agent, route: str, own: list[int]) -> list[Finding]:
    """A once-a-week drug on days closer than a week is refused (H11)."""
    if not agent.weekly or route != "PO":
        return []
    days = sorted({day for index in own if (day := acts[index].when) is not None})
    close = any(later - first < timedelta(days=7) for first, later in pairwise(days))
    stretch = any(acts[index].earliest is not None and acts[index].number is None for index in own)
    if not close and not stretch:
        return []
    _refuse(acts, own)
    message = f"{agent.name} by mouth is given once a week, and the plan has it on days closer than a week"
    return [stop("WEEKLY-DRUG", message, "settle the frequency", *_places(acts, own), hazard="H11")]


def _same_day(acts: list[Planned]) -> list[Finding]:
    """A vinca and a drug into the spinal canal on one day: the scene of H4."""
    spinal: dict[date, str] = {}
    for act in acts:
        if act.kind == "give" and act.route == "IT" and act.when and act.status in _COUNTED:
            spinal[act.when] = act.name
    found = []
    for act in acts if spinal else []:
        agent = _agent(act.name) if act.kind == "give" and act.when in spinal else None
        if agent is not None and agent.agent_class == "vinca" and act.status in _COUNTED and act.when:
            message = f"{act.name} and intrathecal {spinal[act.when]} are planned on one day, {act.when}"
            step = "give them on different days, or in different rooms with separate deliveries"
            found.append(ask("SAME-DAY-INTRATHECAL", message, step, *_places(acts, [acts.index(act)]), hazard="H4"))
    return found


def _two_bases(drafts: list[Draft], acts: list[Planned]) -> list[Finding]:
    """One agent per m² in one line and per kg in another: both are named (H9)."""
    bases: dict[str, dict[Per, int]] = {}
    for index, (draft, act) in enumerate(zip(drafts, acts, strict=True)):
        give = draft.give
        if give is not None and give.amount is not None and give.amount.per and act.status in _COUNTED:
            bases.setdefault(product(give.agent), {}).setdefault(give.amount.per, index)
    found = []
    for agent, lines in bases.items():
        if len(lines) > 1:
            said = listed((f"per {per.value} in {acts[index].line}" for per, index in lines.items()), "and")
            message = f"{agent} is dosed on two bases: {said}"
            found.append(note("TWO-BASES", message, "check each line", *_places(acts, lines.values()), hazard="H9"))
    return found


def _ceilings(
    case: Case, drafts: list[Draft], acts: list[Planned], agent: Agent, own: list[int]
) -> list[Finding]:
    items = [item for index in own if (item := _item(drafts[index], acts[index], index)) is not None]
    routes = {acts[item.index].route for item in items}
    limits = dict.fromkeys(limit for route in sorted(routes) for limit in _limits(agent.name, route))
    findings = []
    for limit in limits:
        held = [item for item in items if limit.route in (None, acts[item.index].route)]
        for group in _together(held, acts):
            finding, passed = _passed(case, limit, agent, group, acts)
            if finding is None:
                continue
            findings.append(finding)
            if limit.hardness == "hard":
                _refuse(acts, passed)
            break
    return findings


def _together(items: list[Item], acts: list[Planned]) -> list[list[Item]]:
    """What is settled, then each line that still waits beside it: lines that exclude each other are not summed."""
    fixed = [item for item in items if acts[item.index].status is not Status.WAITING]
    waiting: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        act = acts[item.index]
        if act.status is Status.WAITING:
            waiting.setdefault((act.part, act.line), []).append(item)
    return [fixed, *([*fixed, *group] for group in waiting.values())]


def _item(draft: Draft, act: Planned, index: int) -> Item | None:
    """What one act weighs: as given where it was given, else as planned."""
    give, given = draft.give, draft.given
    day = act.when or act.earliest
    per = give.amount.per if give is not None and give.amount is not None else Per.FLAT
    if day is None or act.status not in _COUNTED:
        return None
    if given is not None:
        value = given.value * given.unit.factor
        return Item(index, day, day, value, value, None, given.unit.kind, per, act.cycle)
    if act.dose is None:
        return None
    dose, amount = act.dose, amount_of(act)
    unit = dose.per_dose.unit
    total = (amount or dose.per_dose).value * unit.factor
    split = not dose.note and (dose.per_day is None or dose.doses_per_day is not None)
    single = dose.per_dose.value * unit.factor
    stretch = act.earliest is not None and (act.number is None or (give is not None and give.continuous))
    daily = dose.per_day.value * unit.factor if dose.per_day is not None and stretch else None
    last = act.latest or day
    return Item(index, day, last, total, single if split else None, daily, unit.kind, per, act.cycle)


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
    finding = make("LIMIT-PASSED", message, step, *_places(acts, (item.index for item in held)), hazard=hazard)
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
        total = sum((_inside(item, start, end) for item in held), Decimal(0))
        groups.append((total, held))
    return groups


def _inside(item: Item, start: date, end: date) -> Decimal:
    """What an item brings between two days: a stretch its daily amount for each day, an act all of it."""
    if item.daily is None:
        return item.total if start <= item.day <= end else Decimal(0)
    days = (min(end, item.last) - max(start, item.day)).days + 1
    return item.daily * max(days, 1)


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


"""What one act weighs against a ceiling, and which acts are summed together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from posolog.course.acts import Draft
from posolog.course.limits.known import COUNTED
from posolog.course.model import Planned, Status
from posolog.course.totals import amount_of
from posolog.protocol.model import Per


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


def item_of(draft: Draft, act: Planned, index: int) -> Item | None:
    """What one act weighs: as given where it was given, else as planned."""
    give, given = draft.give, draft.given
    day = act.when or act.earliest
    per = give.amount.per if give is not None and give.amount is not None else Per.FLAT
    if day is None or act.status not in COUNTED:
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


def together(items: list[Item], acts: list[Planned]) -> list[list[Item]]:
    """What is settled, then each line that still waits beside it: lines that exclude each other are not summed."""
    fixed = [item for item in items if acts[item.index].status is not Status.WAITING]
    waiting: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        act = acts[item.index]
        if act.status is Status.WAITING:
            waiting.setdefault((act.part, act.line), []).append(item)
    return [fixed, *([*fixed, *group] for group in waiting.values())]


def inside(item: Item, start: date, end: date) -> Decimal:
    """What an item brings between two days: a stretch its daily amount for each day, an act all of it."""
    if item.daily is None:
        return item.total if start <= item.day <= end else Decimal(0)
    days = (min(end, item.last) - max(start, item.day)).days + 1
    return item.daily * max(days, 1)

"""From a give line to its administrations: which day, how many, how many hours after the first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.days import Anchor
from posolog.core.finding import Finding, Place
from posolog.course.schedule.days import listed_days, runs
from posolog.course.schedule.often import Counts, step_days
from posolog.course.words import ask
from posolog.protocol.model import Count, Frequency, Give


@dataclass(frozen=True, slots=True)
class Slot:
    """One administration or one stretch of them.

    `day` is the protocol's day; `hours` the elapsed hours after 'first_day' of an unbroken run of days.
    `last_day` closes a stretch (a continuous infusion, a "from" line), None where it is open or single.
    """

    day: int | None
    number: int | None = None
    hours: Decimal | None = None
    first_day: int | None = None
    last_day: int | None = None
    stretch: bool = False
    undated: bool = False
    note: str = ""


def slots(
    give: Give, anchor: Anchor, count: Counts, place: Place
) -> tuple[tuple[Slot, ...], tuple[Finding, ...]]:
    """The administrations of one line in one cycle, in order, and what keeps them from a day."""
    days = listed_days(give, anchor)
    if days and give.continuous:
        stretches = runs(days, anchor)
        return tuple(_stretch(number, run) for number, run in enumerate(stretches, 1)), ()
    if days:
        gap = step_days(give.frequency)
        if len(days) == 1 and gap and gap > 1 and give.doses:
            return tuple(_spaced(days[0], give.doses, gap, anchor)), ()
        return tuple(_daily(give, days, count.per_day, anchor)), ()
    if give.from_day is not None:
        return _from(give, give.from_day, anchor, place)
    if give.weeks:
        return tuple(_weekly(give, anchor)), ()
    if give.taper is not None and give.amount is None:
        return (), ()
    message = f"no day is stated for {give.agent}"
    step = "settle the day in the protocol file; the act is shown without a date"
    return (Slot(None, undated=True, note="day not stated"),), (ask("DAY-UNSTATED", message, step, place),)


def _stretch(number: int, run: tuple[int, ...]) -> Slot:
    last = run[-1] if len(run) > 1 else None
    return Slot(run[0], number, Decimal(0), run[0], last or run[0], stretch=True, note="continuous infusion")


def _daily(give: Give, days: tuple[int, ...], per_day: int | None, anchor: Anchor) -> list[Slot]:
    each = per_day or 1
    gap = _gap_hours(give.frequency, each)
    found: list[Slot] = []
    for run in runs(days, anchor):
        for index, day in enumerate(run):
            for dose in range(each):
                number = len(found) + 1
                hours = None if gap is None else 24 * index + dose * gap
                said = f"dose {dose + 1} of {each} on that day" if each > 1 else ""
                found.append(Slot(day, number, hours, run[0], note=said))
    if give.doses and give.doses.at_most:
        found = found[: give.doses.number]
    return found


def _gap_hours(rate: Frequency | None, each: int) -> Decimal | None:
    """Hours between administrations of one day, only where the line states them."""
    if rate is None or rate.unit != "hour" or rate.every > 24 or rate.count != 1:
        return None
    return rate.every if rate.every * each == 24 else None


def _spaced(first: int, said: Count, gap: int, anchor: Anchor) -> list[Slot]:
    start = anchor.offset(first)
    return [
        Slot(anchor.day(start + step * gap), step + 1, note="up to" if said.at_most and step else "")
        for step in range(said.number)
    ]


def _from(
    give: Give, first: int, anchor: Anchor, place: Place
) -> tuple[tuple[Slot, ...], tuple[Finding, ...]]:
    gap = step_days(give.frequency)
    if give.doses and gap:
        return tuple(_spaced(first, give.doses, gap, anchor)), ()
    if give.doses and give.frequency is None and give.doses.number > 1:
        return _open_series(give, first, give.doses, place)
    if give.doses and give.doses.number == 1:
        return (Slot(first, 1, last_day=give.to_day, stretch=True, note="from this day on"),), ()
    said = "" if give.to_day is not None else "last day not stated"
    if give.until:
        said = f"until {give.until}"
    return (Slot(first, last_day=give.to_day, stretch=True, note=said),), ()


def _open_series(
    give: Give, first: int, said: Count, place: Place
) -> tuple[tuple[Slot, ...], tuple[Finding, ...]]:
    """"3 injections from D+120": the first has a day, the others wait for an interval nobody stated."""
    each = [Slot(first, 1, last_day=give.to_day, stretch=True, note="from this day on")]
    for number in range(2, said.number + 1):
        each.append(Slot(first, number, last_day=give.to_day, undated=True, note="interval not stated"))
    message = f"the interval between the {said.number} administrations of {give.agent} is not stated"
    step = "settle the interval in the protocol file; only the first one has a date"
    return tuple(each), (ask("INTERVAL-UNSTATED", message, step, place),)


def _weekly(give: Give, anchor: Anchor) -> list[Slot]:
    """Week w runs from day 1 + 7 (w - 1); the days within it are not stated, so the week is the window."""
    times = give.frequency.count if give.frequency and give.frequency.unit == "week" else 1
    found: list[Slot] = []
    for week in give.weeks:
        first = anchor.day((week - 1) * 7)
        last = anchor.day((week - 1) * 7 + 6)
        for _ in range(times):
            number = len(found) + 1
            found.append(Slot(first, number, last_day=last, undated=True, note=f"in week {week}, day not stated"))
    return found

"""From a give line to its administrations: which day, how many, how many hours after the first.

Days stay whole numbers from the anchor; "every 12 hours" is elapsed time (`Slot.hours`). Dates come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.days import Anchor
from posolog.core.finding import Finding, Place
from posolog.course.words import ask, stop
from posolog.protocol.model import Basis, Count, Frequency, Give


@dataclass(frozen=True, slots=True)
class Counts:
    """How often: None where the line does not say. `at_most` marks "up to" counts: totals stay open."""

    per_day: int | None = None
    n_days: int | None = None
    n_doses: int | None = None
    at_most: bool = False


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


def listed_days(give: Give, anchor: Anchor) -> tuple[int, ...]:
    """Every day on which the line says that something is given; () where it lists none.

    A first day with "for 4 days" lists four days; "from D+6" without an end lists none.
    """
    if give.days is not None:
        days = give.days.days(day_zero=anchor.has_day_zero)
        if len(days) == 1 and give.for_days and give.for_days.number > 1 and not give.for_days.at_most:
            return _run(days[0], give.for_days.number, anchor)
        return days
    if give.from_day is not None and give.for_days and not give.for_days.at_most:
        return _run(give.from_day, give.for_days.number, anchor)
    return ()


def _run(first: int, number: int, anchor: Anchor) -> tuple[int, ...]:
    start = anchor.offset(first)
    return tuple(anchor.day(start + step) for step in range(number))


def runs(days: tuple[int, ...], anchor: Anchor) -> tuple[tuple[int, ...], ...]:
    """Unbroken stretches: (1, 2, 3, 8) -> ((1, 2, 3), (8,))."""
    found: list[list[int]] = []
    for day in days:
        if found and anchor.offset(day) == anchor.offset(found[-1][-1]) + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(tuple(run) for run in found)


def per_day_of(give: Give) -> int | None:
    """Administrations on a day of giving, None where the line does not say."""
    rate = give.frequency
    if rate is None:
        basis = give.amount.basis if give.amount else Basis.UNSTATED
        one = basis in (Basis.DOSE, Basis.UNSTATED, Basis.HOUR, Basis.COURSE)
        return 1 if one and not give.continuous and give.doses is None else None
    if rate.unit == "day":
        return rate.count if rate.every == 1 else 1
    if rate.unit == "hour":
        return _whole(Decimal(24 * rate.count) / rate.every) if rate.every <= 24 else 1
    return 1


def _whole(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() else None


def step_days(rate: Frequency | None) -> int | None:
    """Whole days from one administration to the next, where it is a day or longer and single."""
    if rate is None or rate.count != 1:
        return None
    days = rate.every * {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7)}[rate.unit]
    return _whole(days) if days >= 1 else None


def counts(
    give: Give, anchor: Anchor, place: Place, *, per_day: int | None = None
) -> tuple[Counts, tuple[Finding, ...]]:
    """The counts of a line, and a stop finding where its statements disagree (hazards H3 and H18).

    `per_day` is a person's answer where the line does not say how many administrations make a day.
    """
    daily = per_day_of(give) or per_day
    days = listed_days(give, anchor)
    n_days: int | None = len(days) or None
    at_most = any(count is not None and count.at_most for count in (give.doses, give.for_days))
    if n_days is None and give.from_day is not None and give.to_day is not None:
        n_days = anchor.offset(give.to_day) - anchor.offset(give.from_day) + 1
    said = give.doses
    if daily is None and said and n_days and not said.at_most and said.number % n_days == 0:
        daily = said.number // n_days
    gap = step_days(give.frequency)
    n_doses = _n_doses(said, daily, n_days, gap, bool(days), give.continuous)
    if n_days is None and said and daily and gap is None and not at_most:
        n_days = -(-said.number // daily)
    found = _disagreements(give, days, n_days, daily, gap, place)
    return Counts(daily, n_days, n_doses, at_most), found


def _n_doses(
    said: Count | None, daily: int | None, n_days: int | None, gap: int | None, listed: bool, continuous: bool
) -> int | None:
    if said is not None:
        return None if said.at_most else said.number
    if daily is None or n_days is None or continuous:
        return None
    return n_days * daily if listed or gap in (None, 1) else -(-n_days // gap)


def _disagreements(
    give: Give, days: tuple[int, ...], n_days: int | None, daily: int | None, gap: int | None, place: Place
) -> tuple[Finding, ...]:
    said, spanned, found = give.doses, give.for_days, []
    step = "settle which count is meant in the protocol file"
    if spanned and days and (len(days) > spanned.number or (len(days) < spanned.number and not spanned.at_most)):
        message = f"{give.agent}: {len(days)} days are listed and {spanned.number} days are stated"
        found.append(stop("COUNT-DISAGREES", message, step, place, hazard="H3"))
    every = gap is not None and gap > 1
    if said and days and daily and not every:
        total = len(days) * daily
        if total > said.number or (total < said.number and not said.at_most):
            message = f"{give.agent}: {len(days)} days × {daily} a day = {total} doses, and {said.number} are stated"
            found.append(stop("COUNT-DISAGREES", message, step, place, hazard="H3"))
    elif said and n_days and daily is None and not give.continuous and said.number % n_days:
        message = f"{give.agent}: {said.number} doses do not share out over {n_days} days"
        found.append(stop("COUNT-DISAGREES", message, step, place, hazard="H3"))
    return tuple(found)


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

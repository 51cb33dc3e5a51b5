"""How often something is given: by day, in days, in doses; what a line does not say stays None."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.days import Anchor
from posolog.core.finding import Finding, Place
from posolog.course.schedule.days import listed_days
from posolog.course.words import stop
from posolog.protocol.model import Basis, Count, Frequency, Give


@dataclass(frozen=True, slots=True)
class Counts:
    """How often: None where the line does not say. `at_most` marks "up to" counts: totals stay open."""

    per_day: int | None = None
    n_days: int | None = None
    n_doses: int | None = None
    at_most: bool = False


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

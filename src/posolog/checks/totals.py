"""What a line's amount comes to per dose, day, week and course, in its own unit and multiplier; None where open."""

from __future__ import annotations

from decimal import Decimal

from posolog.checks.amounts import doses_of
from posolog.checks.counts import interval_days
from posolog.checks.view import Given, days_of, offset_of
from posolog.protocol.model import Amount, Basis

Totals = dict[str, Decimal]


def totals_of(given: Given) -> Totals:
    """ "dose", "day", "week" and "course", as far as the words fix them; a bound counts at its number."""
    amount = given.give.amount
    value = _number(amount) if amount is not None else None
    if amount is None or value is None:
        return {}
    times, days = _times_a_day(given), len(days_of(given)) or _stated_days(given)
    found: Totals = {}
    if amount.basis is Basis.DOSE or (amount.basis is Basis.UNSTATED and doses_of(given) == 1):
        found = {"dose": value, "day": value * max(1, times or 1)}
    elif amount.basis is Basis.DAY:
        found = {"day": value} | ({"dose": value / times} if times else {})
    elif amount.basis is Basis.HOUR:
        found = _hourly(given, value)
    elif amount.basis is Basis.WEEK:
        return {"week": value}
    elif amount.basis is Basis.COURSE:
        return {"course": value}
    if found and days:
        found |= _longer(given, found, days)
    return found


def _number(amount: Amount) -> Decimal | None:
    return max(amount.levels) if amount.levels else amount.high if amount.high is not None else amount.low


def _times_a_day(given: Given) -> Decimal | None:
    frequency = given.give.frequency
    if frequency is not None:
        return max(Decimal(1), 1 / interval_days(frequency))
    return Decimal(1) if given.give.continuous or given.give.infusion_h else None


def _stated_days(given: Given) -> int:
    return given.give.for_days.number if given.give.for_days is not None else 0


def _hourly(given: Given, value: Decimal) -> Totals:
    hours = given.give.infusion_h
    if hours:
        return {"dose": value * hours, "day": value * min(hours, Decimal(24))}
    return {"day": value * 24} if given.give.continuous else {}


def _longer(given: Given, found: Totals, n_days: int) -> Totals:
    """The course, and the heaviest seven days running."""
    doses, frequency = given.give.doses, given.give.frequency
    rare = frequency is not None and interval_days(frequency) > 1
    if rare and len(days_of(given)) > 1:
        return {}
    course = found["day"] * n_days
    if doses is not None and "dose" in found:
        course = found["dose"] * doses.number
    offsets = [offset_of(day, given.anchor) for day in days_of(given)]
    in_week = max((sum(1 for d in offsets if start <= d < start + 7) for start in offsets), default=min(n_days, 7))
    return {"week": min(course, found["day"] * in_week), "course": course}

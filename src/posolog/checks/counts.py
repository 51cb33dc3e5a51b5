"""Stated counts must agree with the listed days and the frequency (H3, H18)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from posolog.checks import say
from posolog.checks.view import Given, at_line, days_of, givens, runs
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Frequency, Protocol

HOURS = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}


def interval_days(frequency: Frequency) -> Decimal:
    """Days from one administration to the next."""
    return frequency.every * HOURS[frequency.unit] / 24 / frequency.count


def per_day(frequency: Frequency) -> Decimal:
    """Administrations a day; below 1 for weekly and rarer."""
    return 1 / interval_days(frequency)


def count_days(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        stated, listed = given.give.for_days, len(days_of(given))
        if stated is None or not listed or (given.give.days is None and given.give.to_day is None):
            continue
        if listed == stated.number or (stated.at_most and listed < stated.number):
            continue
        if all(len(run) == stated.number for run in runs(days_of(given))):
            yield _each_block(given, stated.number)
        elif listed == 1:
            yield _from_one_day(given, stated.number)
        else:
            yield _days_disagree(given, stated.number, listed)


def _from_one_day(given: Given, stated: int) -> Finding:
    (day,) = days_of(given)
    start = say.days([day], given.anchor)
    return Finding(
        "COUNT-DAYS", Severity.ASK,
        f"{given.agent} is said to be given for {say.counted(stated, 'day')}, but {start} is 1 day: "
        f"{start} may be the first of them.",
        f'Write "from {start}" if it is the start.', (at_line(given.line, "count and day"),), "H3",
    )


def _each_block(given: Given, stated: int) -> Finding:
    blocks = len(runs(days_of(given)))
    return Finding(
        "COUNT-DAYS", Severity.NOTE,
        f"{given.agent} is said to be given for {say.counted(stated, 'day')}; each of the {blocks} blocks "
        f"{say.days(days_of(given), given.anchor)} has {stated}, {blocks * stated} in all.",
        f"Write the whole count to settle it: for {blocks * stated} days.", (at_line(given.line, "count"),), "H3",
    )


def _other_convention(given: Given) -> int | None:
    """How many days the other day-0 convention would count, where the days pass over zero."""
    days = days_of(given)
    if not days or days[0] > 0 or days[-1] < 0:
        return None
    across = any(run[0] < 0 < run[-1] for run in runs({*days, 0} if 0 not in days else days))
    if not across:
        return None
    return len(days) - 1 if 0 in days else len(days) + 1


def _days_disagree(given: Given, stated: int, listed: int) -> Finding:
    listing = say.days(days_of(given), given.anchor)
    said = f"{given.agent} is said to be given for {say.counted(stated, 'day')}"
    place = (at_line(given.line, "count and days"),)
    if _other_convention(given) == stated:
        has, fits = ("has", "without") if given.anchor.has_day_zero else ("has no", "with")
        return Finding(
            "COUNT-DAYS", Severity.STOP,
            f"{said}, but {listing} is {say.counted(listed, 'day')}: the anchor {given.anchor.name} {has} a day 0, "
            f"and only a count {fits} day 0 gives {stated}.",
            "Settle whether this text uses a day 0, then correct the anchor or the last day.", place, "H18",
        )
    if given.give.continuous and listed == stated + 1:
        return Finding(
            "COUNT-DAYS", Severity.NOTE,
            f"{said} as a continuous infusion, and {listing} is {say.counted(listed, 'calendar day')}: "
            f"{say.number(stated * 24)} hours that start during the first day touch {listed} days.",
            "Give the starting hour, or list only the days on which the infusion starts.", place, "H18",
        )
    return Finding(
        "COUNT-DAYS", Severity.STOP, f"{said}, but {listing} is {say.counted(listed, 'day')}.",
        "Correct the count or the days, and give the reason under because.", place, "H3",
    )


def _expected(given: Given) -> tuple[int, int] | None:
    """Fewest and most doses that the days and the frequency allow, or None where they fix nothing."""
    days, frequency = days_of(given), given.give.frequency
    stated_days = given.give.for_days
    n = len(days) or (stated_days.number if stated_days and not stated_days.at_most else 0)
    if not n:
        return None
    if frequency is None:
        return n, n
    step = interval_days(frequency)
    if step <= 1:
        return _floor((n - len(runs(days) or [0])) / step) + 1, _floor(n / step)
    if n == 1:
        return None  # the one listed day is where a rarer frequency starts
    if len(runs(days)) == n:
        return n, n
    most = _floor(Decimal(n - 1) / step) + 1
    return most, max(most, _floor(n / step))


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))


def count_doses(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        stated, expected = given.give.doses, _expected(given)
        if stated is None or expected is None or expected[0] <= stated.number <= expected[1]:
            continue
        if stated.at_most and stated.number <= expected[1]:
            continue
        yield _doses_disagree(given, stated.number, expected[1])


def _doses_disagree(given: Given, stated: int, expected: int) -> Finding:
    days, frequency = days_of(given), given.give.frequency
    span = say.days(days, given.anchor) if days else f"{say.number(expected)} days"
    if frequency is None and days and stated == days[-1] - days[0] + 1:
        return _range_fits(given, stated)
    if frequency is None and days and stated % len(days) == 0:
        return Finding(
            "COUNT-DOSES", Severity.ASK,
            f"{given.agent} has {stated} doses on {say.counted(len(days), 'day')} ({span}): {stated // len(days)} "
            f"a day would fit, but no frequency is stated.",
            "State the frequency.", (at_line(given.line, "count and days"),), "H3",
        )
    rate = f" {say.frequency(frequency)}" if frequency else ""
    return Finding(
        "COUNT-DOSES", Severity.STOP,
        f"{given.agent}{rate} {'on ' if days else 'for '}{span} makes {say.counted(expected, 'dose')}, "
        f"but {say.counted(stated, 'dose')} {'is' if stated == 1 else 'are'} stated.",
        "Correct the days, the frequency or the count, and give the reason under because.",
        (at_line(given.line, "count and days"),), "H3",
    )


def _range_fits(given: Given, stated: int) -> Finding:
    days = days_of(given)
    first, last = (say.days([day], given.anchor) for day in (days[0], days[-1]))
    return Finding(
        "COUNT-DOSES", Severity.STOP,
        f"{given.agent} has {stated} doses on {say.counted(len(days), 'listed day')} "
        f"({say.days(days, given.anchor)}); {first} to {last} would be {stated} days.",
        "Settle whether a set of days or a range is meant, and correct the other.",
        (at_line(given.line, "count and days"),), "H3",
    )


def count_span(protocol: Protocol) -> Iterator[Finding]:
    """A count of doses at a frequency has a length; a stated number of days that differs from it is a conflict."""
    for given in givens(protocol):
        give = given.give
        if give.doses is None or give.for_days is None or give.frequency is None or not days_of(given):
            continue
        if give.doses.at_most or give.for_days.at_most:
            continue
        needed = -_floor(-give.doses.number * interval_days(give.frequency))
        if interval_days(give.frequency) <= 1 and needed > give.for_days.number:
            yield Finding(
                "COUNT-SPAN", Severity.STOP,
                f"{say.counted(give.doses.number, 'dose')} of {given.agent} {say.frequency(give.frequency)} take "
                f"{say.counted(needed, 'day')}, but {say.counted(give.for_days.number, 'day')} are stated.",
                "Correct the count of doses, the frequency or the count of days.",
                (at_line(given.line, "counts"),), "H3",
            )


def interval_unstated(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        give = given.give
        several = give.doses is not None and give.doses.number > 1
        if several and give.from_day is not None and give.frequency is None and give.days is None:
            yield Finding(
                "INTERVAL-UNSTATED", Severity.ASK,
                f"{give.doses.number if give.doses else 0} doses of {given.agent} start on "
                f"{say.days([give.from_day], given.anchor)}, and the time between them is not said.",
                'State it: "every 4 weeks", or list the days.', (at_line(given.line, "interval"),), "H3",
            )


def cycle_number(protocol: Protocol) -> Iterator[Finding]:
    """Cycles that a line is limited to must exist."""
    for given in givens(protocol):
        cycles = given.part.cycles
        known = cycles.count if cycles else 1
        beyond = [n for n in given.give.cycles if known is not None and n > known]
        if beyond:
            yield Finding(
                "CYCLE-NUMBER", Severity.STOP,
                f"{given.agent} is given in cycle {say.names([str(n) for n in beyond])}, but {given.part.name} has "
                f"{say.counted(known or 0, 'cycle')}.",
                "Correct the cycle of the line or the number of cycles.", (at_line(given.line, "cycle"),), "H18",
            )

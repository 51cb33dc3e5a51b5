"""A give line printed so that it reads back the same."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.quantity import plain
from posolog.protocol.amount_text import print_amount, print_cap
from posolog.protocol.days_text import print_day, print_days
from posolog.protocol.giveline.reading import parse_give
from posolog.protocol.giveline.words import checked, print_agent, print_numbered, print_words
from posolog.protocol.model import Count, Frequency, Give
from posolog.protocol.numbers_text import counted


def print_give(give: Give, *, day_zero: bool = True) -> str:
    """The give line in words; `day_zero` as in `print_days`. *Raises:* Refusal for a Give that no line can say."""
    clauses = [
        print_agent(give.agent),
        *_dose_clauses(give),
        *_time_clauses(give, day_zero),
        *_limit_clauses(give, day_zero),
    ]
    text = " ".join(clause for clause in clauses if clause)
    return checked(text, give, parse_give(text))


def _dose_clauses(give: Give) -> list[str]:
    return [
        print_amount(give.amount) if give.amount is not None else "",
        f"of {give.weight}" if give.weight else "",
        give.route,
        _print_infusion(give.infusion_h) if give.infusion_h is not None else "",
        "by continuous infusion" if give.continuous else "",
        f"via {print_words(give.access)}" if give.access else "",
        _print_frequency(give.frequency) if give.frequency is not None else "",
        _print_count(give.doses, "dose") if give.doses is not None else "",
        _print_count(give.for_days, "day") if give.for_days is not None else "",
    ]


def _time_clauses(give: Give, day_zero: bool) -> list[str]:
    span = ""
    if give.from_day is not None:
        span = f"from {print_day(give.from_day, day_zero=day_zero)}"
        span += f" to {print_day(give.to_day, day_zero=day_zero)}" if give.to_day is not None else ""
    return [
        f"on {print_days(give.days, day_zero=day_zero)}" if give.days is not None else "",
        span,
        print_numbered("week", give.weeks),
        f"until {print_words(give.until)}" if give.until else "",
        print_numbered("cycle", give.cycles),
    ]


def _limit_clauses(give: Give, day_zero: bool) -> list[str]:
    step = ""
    if give.round_to is not None and give.amount is not None:
        step = f"rounded to {plain(give.round_to)} {give.amount.unit.symbol}"
    taper = ""
    if give.taper is not None:
        first, last = (print_day(day, day_zero=day_zero) for day in (give.taper.first, give.taper.last))
        taper = f"tapered from {first} to {last}"
    return [
        *(f"at most {print_cap(cap)}" for cap in give.caps),
        f"with BSA at most {plain(give.bsa_cap_m2)} m²" if give.bsa_cap_m2 is not None else "",
        step,
        taper,
        f"as {print_words(give.reference)} says" if give.reference else "",
    ]


def _print_infusion(hours: Decimal) -> str:
    if hours == 0:
        return "as a bolus"
    minutes = (hours * 60).quantize(Decimal(1)) if hours < 1000 else Decimal(0)
    if hours != hours.to_integral_value() and minutes / 60 == hours:
        return "over " + counted(int(minutes), "minute")
    return "over 1 hour" if hours == 1 else f"over {plain(hours)} hours"


def _print_frequency(frequency: Frequency) -> str:
    count, every, unit = frequency.count, frequency.every, frequency.unit
    if every == 1:
        times = {1: "once", 2: "twice"}.get(count, f"{count} times")
        return f"{times} an hour" if unit == "hour" else f"{times} a {unit}"
    return ("" if count == 1 else f"{count} times ") + f"every {plain(every)} {unit}s"


def _print_count(count: Count, noun: str) -> str:
    return "for " + ("up to " if count.at_most else "") + counted(count.number, noun)

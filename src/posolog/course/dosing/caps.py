"""Caps are typed: per dose, day, week or course, flat, per m² or per kg; each is brought to one dose (hazard H5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.because import Because
from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.course.body import Body
from posolog.course.dosing.size import FLAT, Size, area, kilograms
from posolog.course.schedule import Counts, step_days
from posolog.course.words import amount_words, note, per_words, say, short, stop
from posolog.protocol.model import Amount, Basis, Give, Per


@dataclass(frozen=True, slots=True)
class Limited:
    """The lowest cap brought to the level worked on; `name` says which one it is."""

    limit: Quantity | None = None
    name: str = ""
    formula: str = ""
    because: tuple[Because, ...] = ()
    findings: tuple[Finding, ...] = ()


def limit_of(
    give: Give, body: Body, count: Counts, level: str, place: Place, *, bsa: str = "", weight: str = ""
) -> Limited:
    """The limit that the line's caps set on one dose (or one day, where `level` is "day").

    A cap without a basis, or one that cannot be brought to this level, is a stop finding and no limit.
    """
    reached: list[Limited] = []
    for cap in give.caps:
        one = _reach(give, cap, body, count, level, place, bsa=bsa, weight=weight)
        if one.limit is None:
            return one
        reached.append(one)
    if not reached:
        return Limited()
    lowest = min(reached, key=_magnitude)
    return Limited(
        lowest.limit, lowest.name, lowest.formula, lowest.because, _conflict(give, reached, lowest, place)
    )


def _magnitude(one: Limited) -> Decimal:
    assert one.limit is not None
    return one.limit.value * one.limit.unit.factor


def _reach(
    give: Give, cap: Amount, body: Body, count: Counts, level: str, place: Place, *, bsa: str, weight: str
) -> Limited:
    words = f"at most {amount_words(cap)}"
    if cap.exact is None or cap.basis is Basis.UNSTATED:
        message = f"the cap of {give.agent}, {words}, does not say of what: no dose is computed"
        step = "write /dose, /day or /course in the cap"
        return Limited(findings=(stop("CAP-BASIS", message, step, place, hazard="H5"),))
    if give.amount is None or cap.unit.kind != give.amount.unit.kind:
        message = f"the cap of {give.agent}, {words}, is in another kind of unit than its dose"
        return Limited(findings=(stop("CAP-UNIT", message, "correct the unit", place, hazard="H5"),))
    size, faults = _size(cap, body, give.agent, place, bsa=bsa, weight=give.weight or weight)
    if size is None:
        return Limited(findings=faults)
    times = shares(cap.basis, count, level, give)
    if times is None:
        message = f"the cap of {give.agent}, {words}, cannot be brought to one {level}: a count is not stated"
        step = "state how many doses make a day or a course"
        return Limited(findings=(stop("CAP-BASIS", message, step, place, hazard="H5"),))
    whole = Quantity(cap.exact * size.value, cap.unit)
    formula = f"{short(cap.exact)} {per_words(cap)}"
    formula += f" × {size.factor} = {say(whole)}" if size.factor else ""
    formula += f" ÷ {times} = {say(whole / times)}" if times != 1 else ""
    because = (size.because,) if size.because else ()
    return Limited((whole / times).to(give.amount.unit), words, formula, because)


def _size(
    cap: Amount, body: Body, agent: str, place: Place, *, bsa: str, weight: str
) -> tuple[Size | None, tuple[Finding, ...]]:
    if cap.per is Per.M2:
        return area(body, agent, place, bsa=bsa)
    if cap.per is Per.KG:
        return kilograms(body, agent, place, kind=weight)
    return FLAT, ()


def shares(basis: Basis, count: Counts, level: str, give: Give) -> int | None:
    """Over how many doses (or days, at the level of a day) a cap of `basis` is shared; None when not known."""
    if level == "week":
        return 1 if basis is Basis.WEEK else None
    if basis is Basis.DOSE:
        return 1 if level == "dose" else None
    if basis is Basis.DAY:
        return 1 if level == "day" else count.per_day
    if basis is Basis.COURSE:
        return count.n_days if level == "day" else count.n_doses
    if basis is Basis.WEEK:
        return _in_a_week(count, level, give)
    return None


def _in_a_week(count: Counts, level: str, give: Give) -> int | None:
    if give.frequency and give.frequency.unit == "week":
        return give.frequency.count if give.frequency.every == 1 else 1
    if (step_days(give.frequency) or 1) >= 7:
        return 1
    days = min(count.n_days or 7, 7)
    return days if level == "day" else days * count.per_day if count.per_day else None


def _conflict(give: Give, reached: list[Limited], lowest: Limited, place: Place) -> tuple[Finding, ...]:
    """Several caps of different value stand together: say which binds (the fault of H5)."""
    if len({_magnitude(one) for one in reached}) == 1:
        return ()
    said = "; ".join(f"{one.name} is {say(one.limit)}" for one in reached if one.limit is not None)
    message = f"{give.agent} has {len(reached)} caps: {said}. The lowest holds: {lowest.name}"
    return (note("CAP-CONFLICT", message, "check that both caps are meant", place, hazard="H5"),)

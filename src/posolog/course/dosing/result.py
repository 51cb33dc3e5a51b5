"""The dose with its totals, its rate, what bound it and why it is so."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from posolog.core.because import Because, Computed, Entered
from posolog.core.quantity import Quantity
from posolog.course.dosing.caps import Limited
from posolog.course.dosing.model import Level, Reduction
from posolog.course.dosing.rate import rate_of
from posolog.course.dosing.size import Size
from posolog.course.model import Dose, Step
from posolog.course.schedule import Counts
from posolog.course.words import reads, say
from posolog.protocol.model import Give, Source

UNSPLIT = "number of doses a day not stated: the amount of a day is shown"


def result_of(
    give: Give, level: Level, count: Counts, steps: tuple[Step, ...], limited: Limited, size: Size,
    reasons: tuple[Because, ...],
) -> Dose:  # fmt: skip
    """The dose as planned, with what it adds up to and why."""
    unrounded = next(step.result for step in reversed(steps) if step.name != "rounding")
    final = steps[-1].result
    daily, number = (count.per_day, count.n_doses) if level.of == "dose" else (None, None)
    rule = "dose, reduction, cap, rounding" if len(steps) > 1 else "dose"
    return Dose(
        unrounded=unrounded,
        per_dose=final,
        per_day=final if level.of == "day" else final * daily if daily else None,
        per_course=_course(level, final, count),
        doses_per_day=daily,
        n_doses=number,
        n_days=count.n_days,
        basis=size.words,
        steps=steps,
        binding_cap=_binding(steps, limited),
        deviation_percent=_deviation(unrounded, final),
        rate_text=rate_of(give, level, final, count),
        note=_remark(give, level, final, count),
        because=Computed(rule, "; ".join(step.formula for step in steps), reasons),
    )


def _course(level: Level, final: Quantity, count: Counts) -> Quantity | None:
    if count.at_most or level.of == "week":
        return None
    times = count.n_doses if level.of == "dose" else count.n_days
    return final * times if times else None


def _remark(give: Give, level: Level, final: Quantity, count: Counts) -> str:
    said = []
    if level.of == "day" and not give.continuous:
        said.append(UNSPLIT)
    if level.of == "week":
        said.append("number of doses a week not stated: the amount of a week is shown")
    said += _up_to(give, level, final, count)
    if give.round_to and level.of != "dose":
        said.append("not rounded")
    return "; ".join(said)


def _up_to(give: Give, level: Level, final: Quantity, count: Counts) -> list[str]:
    """ "For up to 5 days": the most that it can bring; the course total itself stays open."""
    spans, doses = give.for_days, give.doses
    daily = 1 if level.of == "day" else count.per_day
    if spans is not None and spans.at_most and daily and level.of != "week":
        return [f"up to {say(final * (daily * spans.number), 2)} in {spans.number} days"]
    if doses is not None and doses.at_most and level.of == "dose":
        return [f"up to {say(final * doses.number, 2)} in {doses.number} doses"]
    return []


def _binding(steps: tuple[Step, ...], limited: Limited) -> str:
    for before, step in pairwise(steps):
        if step.name == "cap" and step.result < before.result:
            return limited.name
    return ""


def _deviation(unrounded: Quantity, final: Quantity) -> Decimal:
    if unrounded.value == 0:
        return Decimal(0)
    return (final.to(unrounded.unit).value - unrounded.value) / unrounded.value * 100


def reasons_of(
    sources: tuple[Source, ...], because: str, chosen: Because | None, size: Size, reduction: Reduction | None,
    limited: Limited,
) -> tuple[Because, ...]:  # fmt: skip
    """Every reason of a dose: quotes, choices, body, reduction, cap."""
    stated = Entered("protocol file", why=because) if because else None
    reduced = reduction.because if reduction is not None else None
    capped = Computed("cap", limited.formula, limited.because) if limited.limit is not None else None
    known = (stated, chosen, size.because, reduced, capped)
    return (*reads(sources), *(reason for reason in known if reason is not None))

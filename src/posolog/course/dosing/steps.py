"""The steps from the amount to the dose: reduction, cap, rounding; rounding never passes a cap (hazard H5)."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from posolog.core.quantity import Quantity
from posolog.course.dosing.caps import Limited
from posolog.course.dosing.model import Level, Reduction
from posolog.course.model import Step
from posolog.course.words import say, short
from posolog.protocol.model import Give


def steps_of(give: Give, level: Level, limited: Limited, reduction: Reduction | None) -> tuple[Step, ...]:
    """Dose, reduction, cap and rounding in this order, each with its formula."""
    steps = [Step("dose", level.value, level.formula)]
    value = level.value
    if reduction is not None:
        factor = 1 - reduction.percent / 100
        reduced = value * factor
        said = f"{short(reduction.percent)} % reduction: {say(value)} × {short(factor)} = {say(reduced)}"
        steps.append(Step("reduction", reduced, said))
        value = reduced
    if limited.limit is not None:
        bound = limited.limit if value > limited.limit else value
        said = f"{say(value)} held to {say(bound)} ({limited.name})"
        if bound is value:
            said = f"{say(value)} is not above {say(limited.limit)} ({limited.name})"
        steps.append(Step("cap", bound, said))
        value = bound
    if give.round_to and level.of == "dose":
        rounded = round_below(value, give.round_to, limited.limit)
        step = Quantity(give.round_to, value.unit)
        steps.append(Step("rounding", rounded, f"{say(value)} to the nearest {say(step)} = {say(rounded)}"))
    return tuple(steps)


def round_below(value: Quantity, step: Decimal, limit: Quantity | None) -> Quantity:
    """The nearest multiple of `step`, or the last one at or below `limit` where the nearest passes it."""
    rounded = value.rounded(step)
    if limit is None or not rounded > limit:
        return rounded
    whole = (limit.to(value.unit).value / step).to_integral_value(ROUND_FLOOR)
    return Quantity(whole * step, value.unit)

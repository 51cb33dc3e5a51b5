"""An infusion's rate in one form only (hazard H7)."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.quantity import Quantity
from posolog.course.dosing.model import Level
from posolog.course.schedule import Counts
from posolog.course.words import short
from posolog.protocol.model import Give


def rate_of(give: Give, level: Level, final: Quantity, count: Counts) -> str:
    """The rate of an infusion whose duration is known, or of a continuous one; else ""."""
    if give.infusion_h and level.of == "dose":
        return rate_text(final, give.infusion_h)
    if give.continuous and level.of == "day":
        return rate_text(final * (count.n_days or 1), Decimal(24 * count.n_days)) if count.n_days else (
            f"{_rate_number(final / 24)} {final.unit.symbol} per hour"
        )
    return ""


def rate_text(total: Quantity, hours: Decimal) -> str:
    """One rate only, per hour, with the duration in hours and in days (hazard H7).

    >>> from posolog.core.quantity import quantity
    >>> rate_text(quantity("96 mg"), Decimal(24))
    '4 mg per hour for 24 hours (1 day)'
    """
    per_hour = total / hours
    days = hours / 24
    back = (per_hour * hours, per_hour * 24 * days)
    if any(abs(again.value - total.value) > abs(total.value) * Decimal("1e-20") for again in back):
        raise ArithmeticError(f"{per_hour} for {hours} hours does not give {total} back")
    said = f"{_rate_number(per_hour)} {total.unit.symbol} per hour for {short(hours)} hour"
    said += "" if hours == 1 else "s"
    return f"{said} ({short(days)} day{'' if days == 1 else 's'})"


def _rate_number(per_hour: Quantity) -> str:
    return short(per_hour.value, 2 if per_hour.value >= 1 else 4)

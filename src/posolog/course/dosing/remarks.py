"""What a person should settle about a dose that was computed (hazards H5, H8, H11, H16)."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.course.dosing.caps import Limited
from posolog.course.dosing.model import Level, Reduction, Settings
from posolog.course.model import Dose
from posolog.course.words import ask, say, short
from posolog.protocol.model import Give

TOLERANCE_PERCENT = Decimal(10)


def remarks_on(
    give: Give, level: Level, result: Dose, limited: Limited, reduction: Reduction | None, settings: Settings,
    place: Place,
) -> list[Finding]:  # fmt: skip
    """Counts that are not stated, a rounding that changes the dose, an order that matters."""
    found = []
    if level.of == "day" and not give.continuous:
        message = f"how many doses make a day is not stated for {give.agent}"
        step = 'choose "LINE doses per day=N" for each line, or write the frequency in the line'
        found.append(ask("DOSES-PER-DAY", message, step, place, hazard="H8"))
    if level.of == "week":
        message = f"how many doses make a week is not stated for {give.agent}"
        found.append(ask("DOSES-PER-WEEK", message, "write the frequency in the line", place, hazard="H11"))
    if abs(result.deviation_percent) > TOLERANCE_PERCENT:
        said = f"rounding changes the dose of {give.agent} by {short(result.deviation_percent, 1)} %"
        found.append(ask("ROUNDING-DEVIATION", said, "settle a finer rounding", place, hazard="H16"))
    if reduction is not None and limited.limit is not None and not settings.order_settled:
        found += _order(give, level.value, limited.limit, reduction, place)
    return found


def _order(give: Give, full: Quantity, limit: Quantity, reduction: Reduction, place: Place) -> list[Finding]:
    factor = 1 - reduction.percent / 100
    reduced_first = min(full * factor, limit)
    cap_first = min(full, limit) * factor
    if reduced_first == cap_first:
        return []
    message = (
        f"{give.agent}: reduction before cap gives {say(reduced_first)}, cap before reduction gives "
        f"{say(cap_first)}, and the protocol does not say which: {say(reduced_first)} is shown"
    )
    step = 'settle "order of reduction and cap" in the protocol file'
    return [ask("ORDER-MATTERS", message, step, place, hazard="H5")]

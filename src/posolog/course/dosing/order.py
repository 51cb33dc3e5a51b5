"""One line's dose in the one fixed order: dose, reduction, cap, rounding (hazards H1, H5, H7, H8, H10).

Everything stays an exact decimal until the one rounding at the end. What forbids a dose is a stop finding.
"""

from __future__ import annotations

from posolog.core.because import Because
from posolog.core.finding import Finding, Place
from posolog.course.body import Body
from posolog.course.dosing.caps import limit_of
from posolog.course.dosing.level import level_of
from posolog.course.dosing.model import Dosed, Reduction, Settings
from posolog.course.dosing.remarks import remarks_on
from posolog.course.dosing.result import reasons_of, result_of
from posolog.course.dosing.size import size_of
from posolog.course.dosing.steps import steps_of
from posolog.course.schedule import Counts
from posolog.course.words import amount_words, ask, say, short, stop
from posolog.protocol.model import Amount, Give, Source


def dose(
    give: Give,
    body: Body,
    count: Counts,
    *,
    settings: Settings,
    place: Place,
    sources: tuple[Source, ...] = (),
    reduction: Reduction | None = None,
    chosen: Because | None = None,
    because: str = "",
) -> Dosed:
    """The dose of `give` for a body on one day, or no dose and the reason.

    `count` are the line's counts (`schedule.counts`); `chosen` is the reason of an amount that a person
    chose (already in `give`); `because` is the protocol file's own reason. Units are those of the line.
    *Errors:* stop findings DOSE-BASIS, BODY-MISSING, BSA-FORMULA-UNSTATED, WEIGHT-BASIS-UNSTATED, CAP-BASIS,
    COURSE-SPLIT, RATE-DURATION, AUC; none of them raises.
    *Source:* HAZARDS section 5 (order of operations; rounding never passes a cap; 10 % tolerance).
    """
    amount = give.amount
    if amount is None:
        return Dosed(None, _no_amount(give, place))
    if amount.exact is None:
        return _open_amount(give, amount, place)
    size, faults = size_of(give, body, place, bsa=settings.bsa, weight=settings.weight)
    if size is None:
        return Dosed(None, faults)
    level = level_of(give, amount, size, count, place)
    if isinstance(level, Finding):
        return Dosed(None, (level,))
    limited = limit_of(give, body, count, level.of, place, bsa=settings.bsa, weight=settings.weight)
    if any(finding.severity == "stop" for finding in limited.findings):
        return Dosed(None, limited.findings)
    reasons = reasons_of(sources, because, chosen, size, reduction, limited)
    made = steps_of(give, level, limited, reduction)
    if made[-1].result.value == 0 < made[0].result.value and give.round_to and not _full(reduction):
        message = f"{give.agent}: {say(made[0].result)} rounds to nothing by steps of {short(give.round_to)}"
        return Dosed(None, (stop("ROUNDING-ZERO", message, "settle another rounding", place, hazard="H16"),))
    result = result_of(give, level, count, made, limited, size, reasons)
    return Dosed(result, (*limited.findings, *remarks_on(give, level, result, limited, reduction, settings, place)))


def _full(reduction: Reduction | None) -> bool:
    return reduction is not None and reduction.percent == 100


def _no_amount(give: Give, place: Place) -> tuple[Finding, ...]:
    if give.reference or (give.taper is not None and give.days is None and give.from_day is None):
        return ()
    message = f"no amount is stated for {give.agent}: the act is planned without a dose"
    return (ask("DOSE-UNSTATED", message, "settle the amount in the protocol file", place),)


def _open_amount(give: Give, amount: Amount, place: Place) -> Dosed:
    """A range, a bound or dose levels: a person chooses, nothing is taken from the middle."""
    words = amount_words(amount)
    key = "dose level" if amount.levels else place.where
    wait = f"the {'dose level' if amount.levels else 'dose'} of {give.agent} ({words})"
    if amount.levels:
        message = f"{give.agent} has dose levels and none is chosen: {words}"
        found = ask("CHOICE-OPEN", message, f'choose "{key}={short(amount.levels[0])}"', place)
        return Dosed(None, (found,), (wait,))
    message = f"{give.agent}: {words} names no single amount, so no dose is computed"
    step = f'choose "{key}=VALUE {amount.unit.symbol}{"/" + amount.per.value if amount.per else ""}"'
    return Dosed(None, (ask("DOSE-RANGE", message, step, place),), (wait,))

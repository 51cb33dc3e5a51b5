"""One line's dose in the one fixed order: dose, reduction, cap, rounding (hazards H1, H5, H7, H8, H10).

Everything stays an exact decimal until the one rounding at the end. What forbids a dose is a stop finding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal, localcontext
from itertools import pairwise

from posolog.core.because import Because, Computed, Entered
from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.course.body import DIGITS, Body
from posolog.course.caps import Limited, limit_of
from posolog.course.model import Dose, Step
from posolog.course.schedule import Counts
from posolog.course.size import Size, size_of
from posolog.course.words import amount_words, ask, per_words, reads, say, short, stop
from posolog.protocol.model import Amount, Basis, Give, Source

UNSPLIT = "number of doses a day not stated: the amount of a day is shown"
TOLERANCE_PERCENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class Settings:
    """The trial's choices: BSA formula, weight, and whether the order of reduction and cap is settled."""

    bsa: str = ""
    weight: str = ""
    order_settled: bool = False


@dataclass(frozen=True, slots=True)
class Reduction:
    """A dose reduction in percent, with who entered it."""

    percent: Decimal
    because: Because


@dataclass(frozen=True, slots=True)
class Dosed:
    """A dose or none, the findings, and in words what it still waits for."""

    dose: Dose | None
    findings: tuple[Finding, ...] = ()
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Level:
    """The quantity the steps work on: of one dose, or of one day (or week) where no dose is known."""

    value: Quantity
    formula: str
    of: str  # "dose" | "day" | "week"


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
    level = _level(give, amount, size, count, place)
    if isinstance(level, Finding):
        return Dosed(None, (level,))
    limited = limit_of(give, body, count, level.of, place, bsa=settings.bsa, weight=settings.weight)
    if any(finding.severity == "stop" for finding in limited.findings):
        return Dosed(None, limited.findings)
    reasons = _reasons(sources, because, chosen, size, reduction, limited)
    made = _steps(give, level, limited, reduction)
    if made[-1].result.value == 0 < made[0].result.value and give.round_to and not _full(reduction):
        message = f"{give.agent}: {say(made[0].result)} rounds to nothing by steps of {short(give.round_to)}"
        return Dosed(None, (stop("ROUNDING-ZERO", message, "settle another rounding", place, hazard="H16"),))
    result = _dose(give, level, count, made, limited, size, reasons)
    return Dosed(result, (*limited.findings, *_remarks(give, level, result, limited, reduction, settings, place)))


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


def _level(give: Give, amount: Amount, size: Size, count: Counts, place: Place) -> _Level | Finding:
    if amount.unit.kind == "carboplatin AUC":
        message = f"{give.agent}: a dose by AUC needs the glomerular filtration rate and a named formula"
        return stop("AUC", message, "settle the dose in mg in the protocol file", place, hazard="H17")
    assert amount.exact is not None
    base = Quantity(amount.exact * size.value, amount.unit)
    formula = f"{short(amount.exact)} {per_words(amount)}"
    formula = f"{formula} × {size.factor} = {say(base)}" if size.factor else formula
    if amount.basis is Basis.DAY:
        return _of_day(give, base, formula, count)
    if amount.basis is Basis.HOUR:
        return _of_hour(give, base, formula, place)
    if amount.basis is Basis.WEEK:
        return _of_week(give, base, formula)
    if amount.basis is Basis.COURSE:
        return _of_course(give, base, formula, count, place)
    if amount.basis is Basis.UNSTATED and not _single(give, count):
        return _no_basis(give, amount, place)
    return _Level(base, formula, "dose")


def _single(give: Give, count: Counts) -> bool:
    once = count.n_doses == 1 or (count.n_days == 1 and count.per_day in (None, 1) and count.n_doses is None)
    return once and not give.continuous and not count.at_most


def _no_basis(give: Give, amount: Amount, place: Place) -> Finding:
    message = (
        f"{amount_words(amount)} of {give.agent} is given more than once, and whether it is the amount of a "
        "dose, of a day or of the course is not stated: no dose is computed"
    )
    return stop("DOSE-BASIS", message, "write /dose, /day or /course in the line", place, hazard="H1")


def _of_day(give: Give, base: Quantity, formula: str, count: Counts) -> _Level:
    if count.per_day is None or give.continuous:
        return _Level(base, formula, "day")
    if count.per_day == 1:
        return _Level(base, formula, "dose")
    share = _share(base, count.per_day)
    return _Level(share, f"{formula} a day ÷ {count.per_day} = {say(share)}", "dose")


def _of_hour(give: Give, base: Quantity, formula: str, place: Place) -> _Level | Finding:
    if give.infusion_h:
        total = base * give.infusion_h
        return _Level(total, f"{formula} an hour × {short(give.infusion_h)} hours = {say(total)}", "dose")
    if give.continuous:
        return _Level(base * 24, f"{formula} an hour × 24 hours = {say(base * 24)}", "day")
    message = f"{give.agent} has an amount per hour and no duration: no dose is computed"
    return stop("RATE-DURATION", message, 'add "over N hours" to the line', place, hazard="H7")


def _of_week(give: Give, base: Quantity, formula: str) -> _Level:
    rate = give.frequency
    if rate is None or rate.unit != "week" or rate.every != 1:
        return _Level(base, formula, "week")
    if rate.count == 1:
        return _Level(base, formula, "dose")
    share = _share(base, rate.count)
    return _Level(share, f"{formula} a week ÷ {rate.count} = {say(share)}", "dose")


def _share(whole: Quantity, parts: int) -> Quantity:
    """An equal share, to 20 digits: the totals made from it reconcile exactly."""
    with localcontext() as context:
        context.prec = DIGITS
        return whole / parts


def _of_course(give: Give, base: Quantity, formula: str, count: Counts, place: Place) -> _Level | Finding:
    if count.n_doses is None:
        message = f"{give.agent}: {formula} has no stated number of doses to share it over"
        return stop("COURSE-SPLIT", message, "state the number of doses", place, hazard="H1")
    if count.n_doses == 1:
        return _Level(base, formula, "dose")
    share = _share(base, count.n_doses)
    return _Level(share, f"{formula} in all ÷ {count.n_doses} doses = {say(share)}", "dose")


def _steps(give: Give, level: _Level, limited: Limited, reduction: Reduction | None) -> tuple[Step, ...]:
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


def _dose(
    give: Give,
    level: _Level,
    count: Counts,
    steps: tuple[Step, ...],
    limited: Limited,
    size: Size,
    reasons: tuple[Because, ...],
) -> Dose:
    unrounded = next(step.result for step in reversed(steps) if step.name != "rounding")
    final = steps[-1].result
    split = level.of == "dose"
    daily = count.per_day if split else None
    per_day = final if level.of == "day" else final * daily if daily else None
    result = Dose(
        unrounded,
        final,
        per_day,
        _course(level, final, count),
        daily,
        count.n_doses if split else None,
        count.n_days,
        size.words,
        steps,
        _binding(steps, limited),
        _deviation(unrounded, final),
        _rate(give, level, final, count),
        "",
        _remark(give, level, final, count),
    )
    formula = "; ".join(step.formula for step in steps)
    rule = "dose, reduction, cap, rounding" if len(steps) > 1 else "dose"
    return replace(result, because=Computed(rule, formula, reasons))


def _course(level: _Level, final: Quantity, count: Counts) -> Quantity | None:
    if count.at_most or level.of == "week":
        return None
    times = count.n_doses if level.of == "dose" else count.n_days
    return final * times if times else None


def _remark(give: Give, level: _Level, final: Quantity, count: Counts) -> str:
    said = []
    if level.of == "day" and not give.continuous:
        said.append(UNSPLIT)
    if level.of == "week":
        said.append("number of doses a week not stated: the amount of a week is shown")
    said += _up_to(give, level, final, count)
    if give.round_to and level.of != "dose":
        said.append("not rounded")
    return "; ".join(said)


def _up_to(give: Give, level: _Level, final: Quantity, count: Counts) -> list[str]:
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


def _rate(give: Give, level: _Level, final: Quantity, count: Counts) -> str:
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


def _reasons(
    sources: tuple[Source, ...],
    because: str,
    chosen: Because | None,
    size: Size,
    reduction: Reduction | None,
    limited: Limited,
) -> tuple[Because, ...]:
    reasons: list[Because] = list(reads(sources))
    if because:
        reasons.append(Entered("protocol file", why=because))
    if chosen is not None:
        reasons.append(chosen)
    if size.because is not None:
        reasons.append(size.because)
    if reduction is not None:
        reasons.append(reduction.because)
    if limited.limit is not None:
        reasons.append(Computed("cap", limited.formula, limited.because))
    return tuple(reasons)


def _remarks(
    give: Give,
    level: _Level,
    result: Dose,
    limited: Limited,
    reduction: Reduction | None,
    settings: Settings,
    place: Place,
) -> list[Finding]:
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

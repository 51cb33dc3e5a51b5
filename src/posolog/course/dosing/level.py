"""The amount of a line brought to one dose, or to one day or week where no dose is known (hazards H1, H7)."""

from __future__ import annotations

from decimal import localcontext

from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.course.body import DIGITS
from posolog.course.dosing.model import Level
from posolog.course.dosing.size import Size
from posolog.course.schedule import Counts
from posolog.course.words import amount_words, per_words, say, short, stop
from posolog.protocol.model import Amount, Basis, Give


def level_of(give: Give, amount: Amount, size: Size, count: Counts, place: Place) -> Level | Finding:
    """The amount of one dose, or of a day or week; a stop finding where it cannot be told."""
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
    return Level(base, formula, "dose")


def _single(give: Give, count: Counts) -> bool:
    once = count.n_doses == 1 or (count.n_days == 1 and count.per_day in (None, 1) and count.n_doses is None)
    return once and not give.continuous and not count.at_most


def _no_basis(give: Give, amount: Amount, place: Place) -> Finding:
    message = (
        f"{amount_words(amount)} of {give.agent} is given more than once, and whether it is the amount of a "
        "dose, of a day or of the course is not stated: no dose is computed"
    )
    return stop("DOSE-BASIS", message, "write /dose, /day or /course in the line", place, hazard="H1")


def _of_day(give: Give, base: Quantity, formula: str, count: Counts) -> Level:
    if count.per_day is None or give.continuous:
        return Level(base, formula, "day")
    if count.per_day == 1:
        return Level(base, formula, "dose")
    share = _share(base, count.per_day)
    return Level(share, f"{formula} a day ÷ {count.per_day} = {say(share)}", "dose")


def _of_hour(give: Give, base: Quantity, formula: str, place: Place) -> Level | Finding:
    if give.infusion_h:
        total = base * give.infusion_h
        return Level(total, f"{formula} an hour × {short(give.infusion_h)} hours = {say(total)}", "dose")
    if give.continuous:
        return Level(base * 24, f"{formula} an hour × 24 hours = {say(base * 24)}", "day")
    message = f"{give.agent} has an amount per hour and no duration: no dose is computed"
    return stop("RATE-DURATION", message, 'add "over N hours" to the line', place, hazard="H7")


def _of_week(give: Give, base: Quantity, formula: str) -> Level:
    rate = give.frequency
    if rate is None or rate.unit != "week" or rate.every != 1:
        return Level(base, formula, "week")
    if rate.count == 1:
        return Level(base, formula, "dose")
    share = _share(base, rate.count)
    return Level(share, f"{formula} a week ÷ {rate.count} = {say(share)}", "dose")


def _share(whole: Quantity, parts: int) -> Quantity:
    """An equal share, to 20 digits: the totals made from it reconcile exactly."""
    with localcontext() as context:
        context.prec = DIGITS
        return whole / parts


def _of_course(give: Give, base: Quantity, formula: str, count: Counts, place: Place) -> Level | Finding:
    if count.n_doses is None:
        message = f"{give.agent}: {formula} has no stated number of doses to share it over"
        return stop("COURSE-SPLIT", message, "state the number of doses", place, hazard="H1")
    if count.n_doses == 1:
        return Level(base, formula, "dose")
    share = _share(base, count.n_doses)
    return Level(share, f"{formula} in all ÷ {count.n_doses} doses = {say(share)}", "dose")

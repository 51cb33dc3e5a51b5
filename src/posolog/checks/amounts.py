"""Is the amount a dose? Unlabelled, open, missing or per-day amounts (H1, H8)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from posolog.checks import say
from posolog.checks.view import Given, at_all, at_line, days_of, givens, lines_of
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Amount, Basis, Give, Per, Protocol, Refer


def doses_of(given: Given) -> int | None:
    """The number of administrations as far as it is stated or listed; None when open or unknown."""
    give = given.give
    if give.doses is not None:
        return give.doses.number
    if give.frequency is not None:
        return None
    if days_of(given):
        return len(days_of(given))
    return give.for_days.number if give.for_days is not None else None


def _repeats(given: Given) -> bool:
    """Whether more than one administration may follow from the line's words."""
    give = given.give
    several = (doses_of(given) or 1) > 1 or len(days_of(given)) > 1
    ongoing = give.from_day is not None and give.to_day is None
    return several or ongoing or give.frequency is not None or bool(give.until or len(give.weeks) > 1)


def dose_basis(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        amount = given.give.amount
        if amount is None or amount.basis is not Basis.UNSTATED or amount.unit.symbol == "AUC":
            continue
        if _repeats(given):
            yield Finding(
                "DOSE-BASIS", Severity.STOP, f"{given.agent} {say.amount(amount)} {_two_readings(given, amount)}",
                'Write what the amount is for: "/dose", "/day" or "/course".',
                (at_line(given.line, "amount without a basis"),), "H1",
            )


def _two_readings(given: Given, amount: Amount) -> str:
    times, value = doses_of(given), amount.exact
    if value is None or times is None or times < 2:
        return "is given more than once, and it is not said whether it is per dose, per day or per course."
    whole = say.of_value(value * times, amount, Basis.UNSTATED)
    share = say.of_value((value / times).quantize(Decimal("0.01")).normalize(), amount, Basis.UNSTATED)
    return (
        f"is given {times} times: as an amount per dose it is {whole} in all, "
        f"as an amount for the whole course it is {share} each time."
    )


def doses_per_day(protocol: Protocol) -> Iterator[Finding]:
    """One question for all per-day lines; NARROW-PER-DAY takes the agents whose readings part at a limit."""
    found = [given for given in givens(protocol) if divisible(given)]
    if found:
        yield Finding(
            "DOSES-PER-DAY", Severity.ASK,
            f"{say.names([given.agent for given in found])}: the amount is per day and the number of "
            f"administrations is not said, so {_split_example(found)}.",
            'State it in each line: "once a day", "twice a day", "every 6 hours" or "by continuous infusion".',
            at_all(found), "H8",
        )


def divisible(given: Given) -> bool:
    """A per-day amount that may be one dose or several."""
    give = given.give
    per_day = give.amount is not None and give.amount.basis is Basis.DAY
    one = give.frequency is not None or give.continuous or give.infusion_h is not None
    return per_day and not one and give.doses is None and give.route != "external beam"


def _split_example(found: list[Given]) -> str:
    """The first exact amount, read as one dose and as four."""
    amounts = (given.give.amount for given in found)
    amount = next((a for a in amounts if a is not None and a.exact is not None), None)
    if amount is None or amount.exact is None:
        return "one dose cannot be computed"
    once, quarter = say.number(amount.exact), say.number((amount.exact / 4).normalize())
    return f"{say.of_value(amount.exact, amount, Basis.DAY)} may be 1 × {once} or 4 × {quarter}"


def amount_open(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        amount = given.give.amount
        if amount is None or amount.exact is not None or (amount.levels and protocol.escalation):
            continue
        why = "dose levels without a rule that picks one" if amount.levels else "not one number"
        yield Finding(
            "AMOUNT-OPEN", Severity.ASK,
            f"{given.agent} {say.amount(amount)} is {why}: no dose can be computed from it.",
            "Settle one amount in the protocol, or name the document that rules the dose.",
            (at_line(given.line, "open amount"),), "H1",
        )


def count_open(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        for count, what in ((given.give.for_days, "day"), (given.give.doses, "dose")):
            if count is not None and count.at_most:
                yield Finding(
                    "COUNT-OPEN", Severity.NOTE,
                    f"{given.agent} is given for up to {say.counted(count.number, what)}: how many is left open.",
                    "Say who decides on the number, or settle one.", (at_line(given.line, "open count"),), "H1",
                )


def amount_missing(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        if given.give.amount is None and not given.give.reference and not _only_tapers(protocol, given):
            yield Finding(
                "AMOUNT-MISSING", Severity.ASK,
                f"No amount is stated for {given.agent}, and no document that rules it is named.",
                'Add the amount, or the document: "as the pharmacy manual says".',
                (at_line(given.line, "no amount"),), "H1",
            )


def _only_tapers(protocol: Protocol, given: Given) -> bool:
    """A line that tapers what another line doses."""
    return given.give.taper is not None and any(
        other.give.amount is not None and other.agent.casefold() == given.agent.casefold()
        for other in givens(protocol)
    )


def schedule_missing(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if not given.give.reference and not _timed(given)]
    if found:
        yield Finding(
            "DAYS-MISSING", Severity.ASK, f"No day is stated for {say.names([given.agent for given in found])}.",
            "Add the days, or say with which other line it is given.", at_all(found), "H18",
        )


def _timed(given: Given) -> bool:
    give = given.give
    return bool(give.days or give.from_day is not None or give.weeks or give.taper or give.frequency)


def outside(protocol: Protocol) -> Iterator[Finding]:
    found = [
        (line, line.what.reference if isinstance(line.what, Give) else line.what.to)
        for _, line in lines_of(protocol)
        if isinstance(line.what, Refer) or (isinstance(line.what, Give) and line.what.reference)
    ]
    if found:
        yield Finding(
            "REFERENCE-OUTSIDE", Severity.NOTE,
            f"{say.counted(len(found), 'line')} leave{'s' if len(found) == 1 else ''} the matter to an outside "
            f"document: {say.names([to for _, to in found])}.",
            "Keep that document with the trial file; nothing is computed for these lines.",
            tuple(at_line(line, to) for line, to in found),
        )


def unquoted(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if not given.line.sources]
    if found:
        yield Finding(
            "SOURCE-UNQUOTED", Severity.NOTE,
            f"{say.counted(len(found), 'line')} without a quote from the source: "
            f"{say.names([given.agent for given in found])}.",
            "Add `from` with the words that the line was read from.", at_all(found),
        )


def weight_unstated(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if _per(given, Per.KG) and not given.give.weight]
    if found and not protocol.weight:
        yield Finding(
            "WEIGHT-UNSTATED", Severity.ASK,
            f"Which weight kg means is not said for {say.names([given.agent for given in found])}: actual, ideal "
            f"or adjusted weight can move the dose by more than 10 %.",
            'Set `settings: {weight: ...}` for the trial, or "of actual weight" in a line.', at_all(found), "H9",
        )


def bsa_unstated(protocol: Protocol) -> Iterator[Finding]:
    found = [given for given in givens(protocol) if _per(given, Per.M2)]
    if found and not protocol.bsa:
        yield Finding(
            "BSA-UNSTATED", Severity.ASK,
            f"No body surface formula is named for {say.names([given.agent for given in found])}: Du Bois and "
            f"Mosteller differ by up to 4 %.",
            "Set `settings: {bsa: Du Bois}` or the formula the trial uses.", at_all(found), "H9",
        )


def _per(given: Given, per: Per) -> bool:
    give = given.give
    return any(amount.per is per for amount in (give.amount, *give.caps) if amount is not None)


def unsettled(protocol: Protocol) -> Iterator[Finding]:
    """Questions that the reader or a reviewer left in the file (H5)."""
    for part in protocol.parts:
        for line in part.lines:
            for question in line.unsettled:
                yield Finding(
                    "UNSETTLED", Severity.STOP, f"{line.ident} waits for an answer: {question}.",
                    'Settle it in the line, say why in its "because", and remove it from "unsettled".',
                    (at_line(line, "no dose until it is settled"),), "H5",
                )

"""Caps are typed quantities: a basis, a kind, and no conflict with each other or the amount (H5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from posolog.checks import say
from posolog.checks.counts import per_day
from posolog.checks.view import Given, at_line, givens
from posolog.core.finding import Finding, Severity
from posolog.protocol.model import Amount, Basis, Per, Protocol

SMALL_M2 = Decimal("1.2")  # a flat cap that binds above this body surface binds nearly every adult
SMALL_KG = Decimal(40)


def cap_ambiguous(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        for cap in given.give.caps:
            if cap.basis is Basis.UNSTATED and cap.exact is not None and not _once(given):
                yield Finding(
                    "CAP-AMBIGUOUS", Severity.STOP, _readings(given, cap, cap.exact),
                    'Write the basis of the cap: "at most 2 g/day" or "at most 1 g/dose".',
                    (at_line(given.line, "cap without a basis"),), "H5",
                )


def _once(given: Given) -> bool:
    """One dose a day makes per dose and per day the same."""
    give = given.give
    if give.frequency is None and give.amount is not None and give.amount.basis is Basis.DOSE and give.days:
        return True  # one dose on each listed day
    daily = give.frequency is not None and per_day(give.frequency) <= 1
    return daily or (give.doses is not None and give.doses.number == 1)


def _readings(given: Given, cap: Amount, value: Decimal) -> str:
    frequency = given.give.frequency
    times = per_day(frequency) if frequency else Decimal(2)
    each = say.of_value(value, cap, Basis.UNSTATED)
    total = say.of_value(value * times, cap, Basis.UNSTATED)
    said = "" if frequency else ", at 2 doses a day for example,"
    return (
        f"The cap of {each} on {given.agent} does not say per dose or per day: "
        f"per dose{said} it allows {total} a day, per day it allows {each}."
    )


def cap_twice(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        for one, other in combinations(given.give.caps, 2):
            if one.exact is None or other.exact is None or one.unit.kind != other.unit.kind:
                continue
            if one.basis is other.basis:
                yield from _pair(given, one, other)


def _pair(given: Given, one: Amount, other: Amount) -> Iterator[Finding]:
    place = (at_line(given.line, "two caps"),)
    if one.per is other.per:
        yield Finding(
            "CAP-AMBIGUOUS", Severity.STOP,
            f"{given.agent} has two caps of the same kind: {say.amount(one)} and {say.amount(other)}.",
            "Keep one, or write what each of them limits.", place, "H5",
        )
    elif Per.FLAT in (one.per, other.per):
        flat, scaled = (one, other) if one.per is Per.FLAT else (other, one)
        meet = _base(flat) / _base(scaled)
        size = f"{say.number(meet.quantize(Decimal('0.01')).normalize())} {scaled.per.value}"
        yield Finding(
            "CAP-CONFLICT", Severity.ASK,
            f"{given.agent} is capped at {say.amount(scaled)} and at {say.amount(flat)}: above {size} the flat cap "
            f"is the lower one, below it the cap per {scaled.per.value}.",
            "Confirm that the lower cap always holds, or drop one; settle it under because.", place, "H5",
        )


def _base(amount: Amount) -> Decimal:
    return (amount.exact or Decimal(0)) * amount.unit.factor


def cap_kind(protocol: Protocol) -> Iterator[Finding]:
    for given in givens(protocol):
        amount = given.give.amount
        for cap in given.give.caps:
            if amount is not None and cap.unit.kind != amount.unit.kind:
                yield Finding(
                    "CAP-KIND", Severity.STOP,
                    f"The cap of {say.amount(cap)} cannot bind {say.amount(amount)} of {given.agent}: "
                    f"{cap.unit.kind} is not {amount.unit.kind}.",
                    "Write the cap in a unit of the amount.", (at_line(given.line, "cap and amount"),), "H5",
                )


def cap_binding(protocol: Protocol) -> Iterator[Finding]:
    """A cap at or below what (nearly) every patient would get is the dose, not a cap."""
    for given in givens(protocol):
        amount = given.give.amount
        for cap in given.give.caps:
            if amount is None or amount.exact is None or not cap.exact or cap.unit.kind != amount.unit.kind:
                continue
            ratio = _base(cap) / _in_basis(given, amount, cap) if _in_basis(given, amount, cap) else None
            if ratio is not None and _always(amount, cap, ratio):
                yield _binds(given, amount, cap, ratio)


def _in_basis(given: Given, amount: Amount, cap: Amount) -> Decimal:
    """The amount in the cap's basis and base unit; 0 where the two cannot be compared."""
    frequency = given.give.frequency
    if amount.basis is cap.basis:
        return _base(amount)
    if frequency is not None and (amount.basis, cap.basis) == (Basis.DOSE, Basis.DAY):
        return _base(amount) * per_day(frequency)
    if frequency is not None and (amount.basis, cap.basis) == (Basis.DAY, Basis.DOSE):
        return _base(amount) / per_day(frequency)
    return Decimal(0)


def _always(amount: Amount, cap: Amount, ratio: Decimal) -> bool:
    if amount.per is cap.per:
        return ratio < 1
    small = {Per.M2: SMALL_M2, Per.KG: SMALL_KG}.get(amount.per)
    return cap.per is Per.FLAT and small is not None and ratio < small


def _binds(given: Given, amount: Amount, cap: Amount, ratio: Decimal) -> Finding:
    above = f" above {say.number(ratio.quantize(Decimal('0.01')).normalize())} {amount.per.value}"
    whom = "for every patient" if amount.per is cap.per else f"for every patient{above}"
    return Finding(
        "CAP-BINDING", Severity.ASK,
        f"The cap of {say.amount(cap)} binds {say.amount(amount)} of {given.agent} {whom}.",
        "Check both numbers and their units, or write the capped amount as the dose.",
        (at_line(given.line, "cap and amount"),), "H5",
    )

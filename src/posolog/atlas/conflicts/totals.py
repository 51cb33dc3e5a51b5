"""A stated total beside the sum of its parts: "20 mg/kg on days -5 to -3 (total 40 mg/kg)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from posolog.atlas.conflicts.common import close, finding_of, placed, times_a_day, unit_words
from posolog.core.finding import Finding, Severity
from posolog.core.quantity import Quantity, plain
from posolog.protocol.model import Amount, Basis, Give
from posolog.reader.model import Statement
from posolog.reader.tokens.amounts import amounts
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.token import Token

_TOTAL = re.compile(
    r"\btotal\b(?!\s+daily)(?:\s+(?:dose|amount|cumulative|activity|of|radiation)){0,3}[\s:=]{0,3}\Z", re.I
)
_OVER_CYCLES = re.compile(r"\b(?:cycles?|courses?|weeks?|months?|fractions?|maximum|exceed|lifetime)\b", re.I)
_APART = re.compile(r"\b(?:followed|then|plus|or|received?|versus|vs)\b", re.I)
_FAR = 80  # characters between an amount and its total


def totals(block: Block, start: int, end: int, mine: list[Statement]) -> Iterator[Finding]:
    """ "20 mg/kg on days -5 to -3 (total 40 mg/kg)": the sum of all steps of the agent before the total."""
    since = start
    found = amounts(block.text, start, end)
    for last, token in zip([None, *found], found, strict=False):
        lead = block.text[max(start, token.start - 40) : token.start]
        total = token.value
        if not isinstance(total, Amount) or total.exact is None or not _TOTAL.search(lead):
            continue
        steps = _steps(block, [s for s in mine if s.start >= since], last, token)
        since = token.end
        if not steps or _OVER_CYCLES.search(block.text[steps[0].start : token.end + 30]):
            continue
        sums = _sums(steps, total)
        some = [value for first in range(len(steps)) for value in _sums(steps[first:], total)]  # the last steps alone
        if sums and not any(close(Quantity(value, total.unit), Quantity(total.exact, total.unit)) for value in some):
            shown = f"{plain(sums[0])} {unit_words(total)}"
            message = f"A total of {plain(total.exact)} {unit_words(total)} is stated for {steps[0].give.agent}, "
            message += f"the parts make {shown}."
            yield placed(
                finding_of("STATED-TOTAL", Severity.ASK, message, "Ask which of the two holds.", "H1"),
                block, steps[0].start, token.end,
            )  # fmt: skip


def _steps(block: Block, mine: list[Statement], last: Token | None, total: Token) -> list[Statement]:
    """The statements of the agent whose amount stands last before the total, without the total itself."""
    if last is None or total.start - last.end > _FAR or _APART.search(block.text, last.end, total.start):
        return []
    before = [s for s in mine if s.start < total.start and not _same(s.give.amount, total.value)]
    if not before or not _same(before[-1].give.amount, last.value):
        return []
    agent = before[-1].give.agent
    while before[0].give.agent != agent:
        before = before[1:]
    if any(s.give.agent != agent for s in before) or before[0].inferred or any(s.doubts for s in before):
        return []
    return before


def _same(one: object, other: object) -> bool:
    if not (isinstance(one, Amount) and isinstance(other, Amount)):
        return False
    return one.exact == other.exact and one.unit == other.unit


def _sums(steps: list[Statement], total: Amount) -> list[Decimal]:
    """The sum under each way to count administrations; () where a step has no count or another unit."""
    sums = [Decimal(0)]
    for step in steps:
        amount = step.give.amount
        assert isinstance(amount, Amount)
        if amount.exact is None or amount.unit.kind != total.unit.kind or amount.per != total.per:
            return []
        value = Quantity(amount.exact, amount.unit).to(total.unit).value
        ways = _ways(step.give, amount)
        if not ways:
            return []
        sums = [before + value * times for before in sums for times in ways][:64]
    return sums


def _ways(give: Give, amount: Amount) -> list[Decimal]:
    """How often the amount may be given, the likeliest first; [] where the words do not say."""
    days = len(give.days.days()) if give.days else give.for_days.number if give.for_days else 0
    a_day = times_a_day(give.frequency) if give.frequency else Decimal(1)
    found = [Decimal(give.doses.number)] if give.doses else []
    if days and amount.basis is not Basis.COURSE:
        per_dose = amount.basis is not Basis.DAY
        found += [days * a_day, Decimal(days)] if per_dose else [Decimal(days), days * a_day]
    return found

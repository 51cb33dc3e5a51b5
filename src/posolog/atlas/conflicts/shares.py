"""A day's amount beside the amount of each dose: "1000 mg/day (250 mg twice daily)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from posolog.atlas.conflicts.common import close, finding_of, placed, schedule_of, times_a_day, unit_words
from posolog.core.finding import Finding, Severity
from posolog.core.quantity import Quantity, plain
from posolog.protocol.model import Amount, Basis, Frequency
from posolog.reader.tokens.amounts import amounts
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.token import Token

_SHARED = re.compile(r"[\s,;]*(?:[(=]|i\.e\.,?|as\b|given as\b|or\b)[\s(]*")
A_DAY = re.compile(r"(?:/\s?d(?:ay)?|per\s+day|a\s+day)[\s,;]{0,3}(?:[(=]|i\.e\.|as\b|given|or\b)", re.I)


def shares(block: Block, start: int, end: int) -> Iterator[Finding]:
    """ "1000 mg/day (250 mg twice daily)": the day's amount beside the amount of each dose."""
    found = amounts(block.text, start, end)
    often = [token for token in schedule_of(block.text, start, end) if _frequency(token) is not None]
    for one, other in pairwise(found):
        day, dose = one.value, other.value
        if not (isinstance(day, Amount) and isinstance(dose, Amount)) or not _comparable(day, dose):
            continue
        next_to = [token for token in often if 0 <= token.start - other.end <= 3]
        frequency = _frequency(next_to[0]) if next_to else None
        times = times_a_day(frequency) if frequency else None
        if times and times > 1 and _SHARED.fullmatch(block.text, one.end, other.start):
            yield from _share(block, one, next_to[0], times)


def _comparable(day: Amount, dose: Amount) -> bool:
    exact = day.exact is not None and dose.exact is not None
    same = day.unit.kind == dose.unit.kind and day.per == dose.per
    return exact and same and day.basis is Basis.DAY and dose.basis in (Basis.UNSTATED, Basis.DOSE)


def _frequency(token: Token) -> Frequency | None:
    value = token.value[0] if isinstance(token.value, tuple) and token.kind == "every" else token.value
    return value if isinstance(value, Frequency) and token.kind in ("times", "every") else None


def _share(block: Block, one: Token, last: Token, times: Decimal) -> Iterator[Finding]:
    (other,) = amounts(block.text, one.end, last.start)
    day, dose = one.value, other.value
    assert isinstance(day, Amount) and isinstance(dose, Amount) and day.exact is not None and dose.exact is not None
    made = Quantity(dose.exact * times, dose.unit)
    if not close(made, Quantity(day.exact, day.unit)):
        stated, each = f"{plain(day.exact)} {unit_words(day)}", f"{plain(dose.exact)} {unit_words(dose)}"
        message = f"{stated} a day is stated, and {plain(times)} doses of {each} "
        message += f"make {plain(made.value)} {unit_words(dose)}."
        finding = finding_of("STATED-DAILY", Severity.ASK, message, "Ask which of the two holds.", "H1")
        yield placed(finding, block, one.start, last.end)

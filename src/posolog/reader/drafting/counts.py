"""Counts of doses that are a frequency: "two infusions of X per week", "25 mg/kg/day in 4 doses"."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.protocol.model import Amount, Basis, Count, Frequency
from posolog.reader.tokens.token import Token

_PER = re.compile(r"\s(?:of\s[\w-]+\s)?(?:per|a|each|every)\s(?P<unit>week|day)\b", re.I)
_DIVIDED = re.compile(r"\b(?:in|into|as|over)\s\Z", re.I)
_MOST_A_DAY = 6


def frequency_of_count(text: str, token: Token, amount: Amount | None) -> Frequency | None:
    """The frequency that the count of doses states, None where it is a count."""
    value = token.value[0] if isinstance(token.value, tuple) else None
    if not isinstance(value, Count) or value.number < 2:
        return None
    if match := _PER.match(text, token.end):
        return Frequency(value.number, Decimal(1), match["unit"].lower())
    daily = amount is not None and amount.basis is Basis.DAY and value.number <= _MOST_A_DAY
    if daily and _DIVIDED.search(text[max(0, token.start - 6) : token.start + 1].rstrip() + " "):
        return Frequency(value.number, Decimal(1), "day")
    return None

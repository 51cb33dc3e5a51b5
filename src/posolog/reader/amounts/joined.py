"""Amounts that stand joined: two agents' by a stroke, a day's sum or one dose's parts in a bracket."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Amount, Basis
from posolog.reader.agents import Spotted
from posolog.reader.tokens.numbers import NUMBER
from posolog.reader.tokens.token import Token

STROKE = re.compile(r"\s?[/+]\s?")
_OR_TO = re.compile(r"\bor\b|\bto\b")
_STROKED = re.compile(rf"({NUMBER})\s?[/+]\s?({NUMBER})")


def unjoined(text: str, doses: list[Token], agents: list[Spotted]) -> list[Token]:
    """ "A/B 400/100 mg" holds two amounts."""
    found: list[Token] = []
    for token in doses:
        amount = token.value
        pair = [a for a in agents if a.end <= token.start][-2:]
        match = _STROKED.match(text, token.start, token.end)
        joined = len(pair) == 2 and STROKE.fullmatch(text[pair[0].end : pair[1].start]) is not None
        near = joined and token.start - pair[1].end < 12
        if isinstance(amount, Amount) and match and len(amount.levels) == 2 and near:
            first, second = (replace(amount, low=one, high=one, levels=()) for one in amount.levels)
            note = "" if "two agents" in token.note else token.note
            found.append(replace(token, end=match.end(1), value=first, note=note))
            found.append(replace(token, start=match.start(2), value=second, note=note))
        else:
            found.append(token)
    return found


def breakdown(gap: str, whole: Amount, part: Amount) -> bool:
    """ "600 mg daily (2 doses of 300 mg)", "12,000 IU (400 IU/day)": the bracket divides the amount before it."""
    if whole.levels:  # the last one of "240 mg/day (120 mg/12 h), 320 mg/day (160 mg/12 h)"
        whole = replace(whole, low=whole.levels[-1], high=whole.levels[-1], levels=())
    if gap.count("(") <= gap.count(")") or _OR_TO.search(gap) or whole.exact is None or part.exact is None:
        return False
    if whole.unit.kind != part.unit.kind or whole.per is not part.per:
        return False
    a, b = whole.exact * whole.unit.factor, part.exact * part.unit.factor
    return b < a and a % b == 0


_TIMES_A_DAY = re.compile(
    r"""\b(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|twice|two|three|four|2|3|4)\b
        |\bq\s?(?:12|8|6)
        |every\s(?:12|8|6|six|eight|twelve)""",
    re.I | re.X,
)


def daily_sum(text: str, part: Amount, part_end: int, whole: Amount, start: int, end: int) -> bool:
    """ "10 mg bid (20 mg/day)": the bracket adds up the doses of one day."""
    gap = text[part_end:start]
    bracketed = gap.count("(") > gap.count(")") and len(gap) <= 60
    if not bracketed or not _TIMES_A_DAY.search(gap) or not whole.exact or not part.exact:
        return False
    ratio = whole.exact * whole.unit.factor / (part.exact * part.unit.factor)
    daily = whole.basis is Basis.DAY or re.match(r"\s?(?:daily|total|a\sday|in\stotal)", text[end : end + 12])
    return whole.unit.kind == part.unit.kind and whole.per is part.per and ratio in (2, 3, 4) and bool(daily)

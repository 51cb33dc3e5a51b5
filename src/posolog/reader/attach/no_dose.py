"""Which amounts of a sentence are no dose, and which are the cap or the total of another one."""

from __future__ import annotations

import re

from posolog.reader import aside
from posolog.reader.attach.between import BRACKETS
from posolog.reader.attach.rays import bracketed_total, is_absorbed, of_earlier_rays, per_fraction
from posolog.reader.lexer import Token

# "10 mg/kg/d max": a cap; "10 mg maximum tolerated dose" is none.
_CAP_AFTER = re.compile(
    r"\s?(?:/\s?d(?:ay)?\s)?(?:daily\s)?(?:max\b|maximum\b)(?!\s(?:of|tolerated|dose\s(?:until|of|is)))", re.I
)
_GOES_ON = re.compile(r"\s{0,2}(?:to|and|or|-|–|,)\s{1,2}")


def set_aside(
    text: str, start: int, doses: list[Token], rest: list[Token]
) -> tuple[list[Token], list[tuple[Token, str]]]:
    """Doses, and amounts that are none with their class; caps and totals stay with the doses as kinds of their own."""
    kept: list[Token] = []
    out: list[tuple[Token, str]] = []
    marks = {token.end: token.kind for token in rest if token.kind in ("cap", "total")}
    several_gy = sum(is_absorbed(token) for token in doses) > 1
    for token in doses:
        kind = next((marks[i] for i in range(token.start, max(start, token.start - 4), -1) if i in marks), "")
        if is_absorbed(token):
            why = _rays_aside(text, start, token, several=several_gy, total=kind == "total")
        elif kind or _CAP_AFTER.match(text, token.end):
            token, why = Token(f"{kind or 'cap'} amount", token.start, token.end, token.value, token.note), ""
        else:
            why = aside.kind_of(text, start, token) or _as_before(text, token, out)
        if why:
            out.append((token, why))
        else:
            kept.append(token)
    return kept, out


def _rays_aside(text: str, start: int, token: Token, *, several: bool, total: bool) -> str:
    """An absorbed dose is a dose, unless it tells of earlier rays, or is the total or the fraction of another one."""
    if of_earlier_rays(text, start, token):
        return aside.ELIGIBILITY
    if several and total and bracketed_total(text, token):
        return aside.TOTAL
    return aside.FRACTION if several and per_fraction(text, token) else ""


def _as_before(text: str, token: Token, out: list[tuple[Token, str]]) -> str:
    """ "from 120 mg (cycle 7) to 160 mg": the second amount is what the first one is."""
    if not out or token.start - out[-1][0].end > 40:
        return ""
    gap = BRACKETS.sub("", text[out[-1][0].end : token.start])
    return out[-1][1] if _GOES_ON.fullmatch(gap) else ""

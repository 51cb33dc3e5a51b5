"""Which amounts of a sentence are no dose, and which are the cap or the total of another one."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.amounts import classes
from posolog.reader.amounts.aside import kind_of
from posolog.reader.attach.between import BRACKETS
from posolog.reader.attach.counted import counted
from posolog.reader.attach.rays import bracketed_total, calculated, is_absorbed, of_earlier_rays, per_fraction
from posolog.reader.tokens.token import Token

# "10 mg/kg/d max": a cap; "10 mg maximum tolerated dose" is none.
_CAP_AFTER = re.compile(
    r"\s?(?:/\s?d(?:ay)?\s)?(?:daily\s)?(?:max\b|maximum\b)(?!\s(?:of|tolerated|dose\s(?:until|of|is)))", re.I
)
# "The maximum dose of X will be 50 mg", "the maximum dose regardless of weight is 32 mCi"
_CAP_BEFORE = re.compile(
    r"""\bmaxim(?:um|al)\s(?:daily\s|single\s|total\s|absolute\s|weekly\s|individual\s)?(?:dose|amount|activity)\s
        (?: of\s(?:the\s)?[\w-]{3,30} | regardless[^.;,]{3,40} | (?:per|for)\s(?:\w+\s)?\w+ )
        \s(?:will\sbe|is|was)\s\Z
      | \bmaxim(?:um|al)\s(?:cumulative|total|lifetime)\s(?:[\w-]{3,30}\s){0,2}(?:dose|amount|activity)\sof\s\Z""",
    re.I | re.X,
)
_OF_DAY = re.compile(r"\bdaily\s(?:dose|dosage|amount)?[^.;,()]{0,12}\Z", re.I)  # "maximum daily dose of 40 mg"
_A_DAY = re.compile(r"\s?(?:daily|(?:per|a|each)\sday)\b", re.I)
_REPEATED = re.compile(r"\b\d{1,2}\s?[x×]\s?\d")  # "2 x 2 Gy"
_FOR_OTHERS = re.compile(r"\s(?:for|in)\s(?:(?!will|then|receive)[^.;:,])*\s(?:and|or)\s(?:to\s)?", re.I)
_ALL_TOGETHER = re.compile(r"\b(?:total|cumulative|lifetime)\s(?!daily|weekly)[^.;,()]{0,40}\Z", re.I)
_TIMES = re.compile(r"\s?[x×]\s?\d{1,2}\s?(?:fractions?|fx)\b", re.I)  # "8 Gy x 3 fractions"
# "unresponsive to A 3 mg/kg and IV B 2 mg/kg": the next member of the same list
_NEXT_OF_LIST = re.compile(r"\s?,?\s?(?:and|or|plus|with|,|\+)\s[\w-]+(?:\s{1,2}[\w-]+){0,2}\s{1,2}")
_AT_LEAST = re.compile(r"\b(?:minim|at\sleast|maxim|optim|target|no\sless)", re.I)
_PER_TIME = re.compile(r"(?:/|per)\s?(?:h|hr|hours?|min|minutes?)\Z", re.I)
_RATE = re.compile(
    r"""\b(?: rates?\s(?:of\s)? | start(?:ing|ed)?\s(?:at|with|from)\s | initial(?:ly)?\s(?:at\s)?
            | increas\w+\s(?:to|by)\s | steps\sof\s | maximum\s(?:of\s)? | until[^.;]{0,50} )\Z""",
    re.I | re.X,
)
_GOES_ON = re.compile(r"\s{0,2}(?:to|and|or|-|–|,)\s{1,2}")


def set_aside(
    text: str, start: int, doses: list[Token], rest: list[Token]
) -> tuple[list[Token], list[tuple[Token, str]]]:
    """Doses, and amounts that are none with their class; caps and totals stay with the doses as kinds of their own."""
    kept: list[Token] = []
    out: list[tuple[Token, str]] = []
    marks = {token.end: token.kind for token in rest if token.kind in ("cap", "total")}
    rays = _rays_aside(text, start, [token for token in doses if is_absorbed(token)], marks)
    for token in doses:
        kind = _mark(marks, start, token)
        if is_absorbed(token):
            why, token = rays.get(token.start, ""), _with_basis(text, token, rays, total=kind == "total")
        elif kind or _is_cap(text, start, token):
            amount = _cap_of(text, start, token) if kind != "total" else token.value
            token, why = Token(f"{kind or 'cap'} amount", token.start, token.end, amount, token.note), ""
        elif kept and kept[-1].kind != "amount" and _same_in_bracket(text, kept[-1], token):
            why = classes.OTHER_UNIT
        elif _is_rate(text, start, token, kept):
            why = classes.VOLUME
        elif together := counted(text, start, token):
            token, why = together, ""
        else:
            why = kind_of(text, start, token) or _as_before(text, token, out)
        if why:
            out.append((token, why))
        else:
            kept.append(token)
    return kept, out


def _same_in_bracket(text: str, before: Token, token: Token) -> bool:
    """ "a maximum activity of 11.1 GBq (300 mCi)": the cap in another unit."""
    first, second = before.value, token.value
    if not isinstance(first, Amount) or not isinstance(second, Amount) or first.unit.kind != second.unit.kind:
        return False
    return first.unit != second.unit and text[before.end : token.start].strip() == "("


def _cap_of(text: str, start: int, token: Token) -> object:
    """ "with a total dosage not to exceed 1500 mCi": the cap of all administrations together; or that of a day."""
    amount, lead = token.value, text[max(start, token.start - 50) : token.start]
    if not isinstance(amount, Amount) or amount.basis is not Basis.UNSTATED:
        return amount
    if _OF_DAY.search(lead[-24:]) or _A_DAY.match(text, token.end):
        return replace(amount, basis=Basis.DAY)
    return replace(amount, basis=Basis.COURSE) if _ALL_TOGETHER.search(lead) else amount


def _with_basis(text: str, token: Token, rays: dict[int, str], *, total: bool) -> Token:
    """A total beside its fraction is of the whole course; "three fractions of 8 Gy" alone is each time."""
    amount = token.value
    if not isinstance(amount, Amount) or amount.basis is not Basis.UNSTATED:
        return token
    if total and classes.FRACTION in rays.values():
        return replace(token, value=replace(amount, basis=Basis.COURSE))
    each = (not rays and per_fraction(text, token)) or (token.start not in rays and _TIMES.match(text, token.end))
    return replace(token, value=replace(amount, basis=Basis.DOSE)) if each else token


def _mark(marks: dict[int, str], start: int, token: Token) -> str:
    """The kind of the cap or total words that end right before the amount."""
    return next((marks[i] for i in range(token.start, max(start, token.start - 4), -1) if i in marks), "")


def _is_cap(text: str, start: int, token: Token) -> bool:
    before = text[max(start, token.start - 90) : token.start]
    return _CAP_AFTER.match(text, token.end) is not None or _CAP_BEFORE.search(before) is not None


def _rays_aside(text: str, start: int, rays: list[Token], marks: dict[int, str]) -> dict[int, str]:
    """Start of the amount -> its class, for absorbed doses that are no dose of their own.

    They tell of earlier rays, or are the fraction or the total of another one: "50 Gy (2 Gy per fraction)". Where only
    the fraction and the total are told, "2 x 2 Gy (total dose 8 Gy)", the total is the dose.
    """
    found: dict[int, str] = {}
    for index, token in enumerate(rays):
        if of_earlier_rays(text, start, token):
            found[token.start] = classes.ELIGIBILITY
        elif calculated(text, start, token):
            found[token.start] = classes.TARGET
        elif len(rays) > 1 and per_fraction(text, token):
            found[token.start] = classes.FRACTION
        elif index and _mark(marks, start, token) == "total" and bracketed_total(text, token):
            last = rays[index - 1]
            alone = per_fraction(text, last) or _REPEATED.search(text, max(start, last.start - 4), last.end)
            found[last.start if alone else token.start] = classes.FRACTION if alone else classes.TOTAL
    return found


def _as_before(text: str, token: Token, out: list[tuple[Token, str]]) -> str:
    """ "from 120 mg (cycle 7) to 160 mg": the second amount is what the first one is."""
    if not out or token.start - out[-1][0].end > 140:
        return ""
    last, why = out[-1]
    gap = BRACKETS.sub("", text[last.end : token.start])
    if why == classes.REDUCTION and _alike(last, token) and _FOR_OTHERS.fullmatch(gap):
        return why  # "reduced to 60 mg/m2 for patients of group A and 50 mg/m2 for others"
    if why == classes.ELIGIBILITY and len(gap) <= 60 and _NEXT_OF_LIST.fullmatch(gap):
        return why
    if why == classes.COLLECTED and _alike(last, token) and _AT_LEAST.search(text[last.end : token.start]):
        return why  # "collect 4 x 10^6 cells/kg (minimal dose of 2 x 10^6 cells/kg)"
    return why if len(gap) <= 40 and _GOES_ON.fullmatch(gap) else ""


def _is_rate(text: str, start: int, token: Token, kept: list[Token]) -> bool:
    """ "X 375 mg/m2 ... by infusion starting at 50 mg/h": how fast the amount before runs in."""
    amount, said = token.value, text[token.start : token.end]
    if not isinstance(amount, Amount) or amount.per is not Per.FLAT or not _PER_TIME.search(said):
        return False
    dosed = any(isinstance(t.value, Amount) and t.value.unit.kind == "mass" and t.kind == "amount" for t in kept)
    return dosed and _RATE.search(text[max(start, token.start - 60) : token.start]) is not None


def _alike(last: Token, token: Token) -> bool:
    """Two amounts in the same unit and of the same body size."""
    a, b = last.value, token.value
    return isinstance(a, Amount) and isinstance(b, Amount) and a.unit == b.unit and a.per is b.per

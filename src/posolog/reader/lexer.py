"""One sentence -> typed tokens with spans. Bounded patterns only: cost is linear in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from posolog.core.units import find_unit
from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.daywords import START, DayWords, read_days
from posolog.reader.patterns import (
    AMOUNT,
    AUC,
    CAP_TWICE,
    CELLS,
    DAY_LEAD,
    MASTER,
    NUMBER,
    PATTERNS,
    UNKNOWN_PER,
)
from posolog.reader.token_values import decimal, value_of, whole

NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and its value in the sentence's block text `[start, end)`; `note` says what was repaired or left open."""

    kind: str
    start: int
    end: int
    value: object = None
    note: str = ""


def amounts(text: str, start: int, end: int) -> list[Token]:
    """Dosing amounts (mass, activity, absorbed dose, cells, AUC) in text[start:end]."""
    found = [token for match in CELLS.finditer(text, start, end) if (token := _cells(match))]
    found += [token for match in AUC.finditer(text, start, end) if (token := _auc(match))]
    taken = [(token.start, token.end) for token in found]
    for match in AMOUNT.finditer(text, start, end):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            token = _amount(_without_days(text, match))
            if token:
                found.append(token)
    return sorted(found, key=lambda token: token.start)


def _without_days(text: str, match: re.Match[str]) -> re.Match[str]:
    """ "on day +1 and 10 mg": the numbers before the last "and" are days, not levels of the amount."""
    joints = list(re.finditer(r"and|or|,", match["rest"]))
    if not joints or not DAY_LEAD.search(text, max(0, match.start() - 16), match.start()):
        return match
    return AMOUNT.search(text, match.start("rest") + joints[-1].end(), match.end()) or match


def _bounds(more: str | None, first: Decimal, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    word = (more or "").strip().lower()
    if last is not None:
        return first, last
    if word in ("at least", "minimum of", ">", ">=", "≥", "⩾"):
        return first, None
    if word in ("up to", "less than or equal to", "maximum of", "≤", "<", "<="):
        return None, first
    return first, first


def _amount(match: re.Match[str]) -> Token | None:
    unit = find_unit(match["unit"])
    if unit is None or (match["unit"] == "U" and not match["per"] and match["first"] == "1"):
        return None
    numbers, note = [], ""
    for words in [match["first"], *re.findall(NUMBER, match["rest"])]:
        value, said = decimal(words)
        numbers.append(value)
        note = note or said
    if not any(numbers):
        return None
    if match["own"] and (own := find_unit(match["own"])) is not None and own.kind == unit.kind:
        numbers[0] = numbers[0] * own.factor / unit.factor
    per, basis, lost = denominators(match["per"])
    beyond = UNKNOWN_PER.match(match.string, match.end())
    note = f"{(match.group() + beyond.group()).strip()!r}: per what is {NOT_UNDERSTOOD}" if beyond else note or lost
    levels: tuple[Decimal, ...] = ()
    low, high = _bounds(match["more"], numbers[0], None)
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to|~)", match["rest"]):
        low, high = numbers[0], numbers[1]
    elif len(numbers) > 1:
        low, high, levels = None, None, tuple(number for number in numbers if number)
        if len(levels) == 1:
            low, high, levels = levels[0], levels[0], ()
    if low is not None and high is not None and low > high:
        note = note or f"the range {match.group()!r} runs downwards"
        low, high = high, low
    if not low:
        low = None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis, levels), note)


def _cells(match: re.Match[str]) -> Token | None:
    if not (match["per"] or match["iu"] or re.search(r"cells?|lymphocytes?|MNC|TNC", match.group())):
        return None
    first, note = decimal(match["first"])
    if not first:
        return None
    if not re.search(
        r"[\^*Ee(]\s?\Z|\(\s?\Z", match.string[match.end("first") : match.start("power")].replace("*10", "x10")
    ):
        note = note or f"{match.group()!r}: the exponent is read as lost superscript"
    value = first * Decimal(10) ** int(match["power"])
    low, high = _bounds(match["more"], value, None)
    per, basis, lost = denominators(match["per"])
    unit = find_unit("IU" if match["iu"] else "cells")
    assert unit is not None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis), note or lost)


def _auc(match: re.Match[str]) -> Token | None:
    unit = find_unit("AUC")
    assert unit is not None
    first, _ = decimal(match["first"])
    if not first:  # "AUC 0-24" is a stretch of hours, not a dose
        return None
    last = decimal(match["last"])[0] if match["last"] else first
    return Token("amount", match.start(), match.end(), Amount(first, last, unit))


def denominators(words: str) -> tuple[Per, Basis, str]:
    """What stands after the unit: body size, what the amount refers to, and a note when the 2 of m² was lost."""
    per, basis, note = Per.FLAT, Basis.UNSTATED, ""
    for part in re.split(r"[/\\]|\bper\s|\.", words):
        word = part.strip().lower()
        if not word:
            continue
        if word.startswith("kg") or word.startswith("kilogram"):
            per = Per.KG
        elif word == "m" or word[:2] in ("m2", "m²", "m^", "m(", "m ", "sq", "mq"):
            per = Per.M2
            note = "'/m' is read as per m²: the 2 is lost" if word == "m" else note
        else:
            basis = _BASES[next(key for key in _BASES if word.startswith(key))]
    return per, basis, note


_BASES = {
    "dose": Basis.DOSE,
    "day": Basis.DAY,
    "d": Basis.DAY,
    "24": Basis.DAY,
    "inj": Basis.DOSE,
    "inf": Basis.DOSE,
    "h": Basis.HOUR,
    "min": Basis.UNSTATED,
    "w": Basis.WEEK,
    "c": Basis.COURSE,
}


def schedule(text: str, start: int, end: int) -> list[Token]:
    """Everything else that a statement may hold: days, frequencies, counts, infusion, route, cap, taper, rest."""
    found: list[Token] = []
    position = start
    while match := START.search(text, position, end):
        days = read_days(text, match.start())
        if days is None or days.end > end:
            position = match.start() + 1
            continue
        found.append(Token("days", match.start(), days.end, days))
        position = days.end
    taken = [(token.start, token.end) for token in found]
    for match in MASTER.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        kind = next(name for name, _ in PATTERNS if match[f"k_{name}"] is not None)
        found.append(Token(kind, match.start(), match.end(), value_of(kind, match)))
    return sorted(found, key=lambda token: token.start)


def cap_twice(text: str, start: int) -> re.Match[str] | None:
    """A cap written "x2 1g / day", which has two readings a factor apart (2 x 1 g a day, or 1 g a day)."""
    return CAP_TWICE.match(text, start)


__all__ = ["DayWords", "Token", "amounts", "cap_twice", "decimal", "schedule", "whole"]

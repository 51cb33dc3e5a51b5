"""A matched amount with a unit -> a token: one value, a range, levels, or a bound."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.tokens.amount_words import CAP_TWICE, UNKNOWN_PER
from posolog.reader.tokens.numbers import NUMBER
from posolog.reader.tokens.token import NOT_UNDERSTOOD, Token
from posolog.reader.tokens.units import bounds, denominators, unit_of
from posolog.reader.tokens.values import decimal

# "escalating doses of X (from 5 mg/day)": no dose is below; "from 5 to 20 mg" says up to which
_FROM = re.compile(r"\b(?:escalat|increas|ascend|rising)\w*\sdoses?\b[^.;]{0,40}\bfrom\s\Z", re.I)
_ONWARDS = re.compile(r"\s?(?:[/\w-]{1,8}\s){0,2}(?:to|up\sto|until|-|–)\s?\d", re.I)
_UP_TO_TARGET = re.compile(r"\bup\sto\s(?:an?\s|the\s)?(?:target|final|full|goal)\s(?:\w+\s)?dose\sof\s\Z", re.I)
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # "40.000 IU": no one counts units to three decimals


def amount_token(match: re.Match[str]) -> Token | None:
    unit, note = unit_of(match["unit"])
    if unit is None or (match["unit"] == "U" and not match["per"] and match["first"] == "1"):
        return None
    numbers = []
    for words in [match["first"], *re.findall(NUMBER, match["rest"])]:
        value, said = _thousands(words) if unit.kind == "units" and _POINTED.fullmatch(words) else decimal(words)
        numbers.append(value)
        note = note or said
    if not any(numbers):
        return None
    if match["own"] and (own := unit_of(match["own"])[0]) is not None and own.kind == unit.kind:
        numbers[0] = numbers[0] * own.factor / unit.factor
    per, basis, lost = denominators(match["per"])
    if match["lost"]:
        per, lost = Per.M2, f"{match.group().strip()!r} is read as per m²: the m² is lost"
    if match["day"] and re.match(r"days?\s\d{1,2}\s?(?:-|–|to)\s?\d", match.string[match.end() : match.end() + 14]):
        basis, lost = Basis.DAY, lost or f"'{match.group()}day ...': per day, or on these days"
    beyond = None if match["day"] or match["lost"] else UNKNOWN_PER.match(match.string, match.end())
    note = f"{(match.group() + beyond.group()).strip()!r}: per what is {NOT_UNDERSTOOD}" if beyond else note or lost
    levels: tuple[Decimal, ...] = ()
    low, high = bounds(match["more"], numbers[0], None)
    if low == high and _FROM.search(match.string[max(0, match.start() - 60) : match.start()]):
        high = high if _ONWARDS.match(match.string, match.end()) else None
    if low == high and _UP_TO_TARGET.search(match.string[max(0, match.start() - 40) : match.start()]):
        low = None
    if match["twice"]:
        note = note or f"{match.group()!r}: how often, or how many at a time"
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to|up to|~)", match["rest"]):
        low, high = numbers[0], numbers[1]
    elif len(numbers) > 1:
        low, high, levels = None, None, tuple(dict.fromkeys(number for number in numbers if number))
        if len(levels) == 1:
            low, high, levels = levels[0], levels[0], ()
        elif "/" in match["rest"] and levels[0] > levels[-1]:
            note = note or f"{match.group()!r}: levels, or the amounts of two agents"
    if low is not None and high is not None and low > high:
        note = note or f"the range {match.group()!r} runs downwards"
        low, high = high, low
    if not low:
        low = None
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis, levels), note)


def _thousands(words: str) -> tuple[Decimal, str]:
    return Decimal(words.replace(".", "")), f"the point in {words!r} is read as parting thousands"


def cap_twice(text: str, start: int) -> re.Match[str] | None:
    """A cap written "x2 1g / day", which has two readings a factor apart (2 x 1 g a day, or 1 g a day)."""
    return CAP_TWICE.match(text, start)

"""A matched amount with a unit -> a token: one value, a range, levels, or a bound."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.core.units import Unit
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
_DAYS_FOLLOW = re.compile(r"days?\s\d{1,2}\s?(?:-|–|to)\s?\d")
_RANGE = re.compile(r"\s?(?:-|–|to|up to|~)")
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # "40.000 IU": no one counts units to three decimals


def amount_token(match: re.Match[str]) -> Token | None:
    """The token of a match of `AMOUNT`, with a note on what was repaired or is left open; None for no amount."""
    unit, repaired = unit_of(match["unit"])
    if unit is None or (match["unit"] == "U" and not match["per"] and match["first"] == "1"):
        return None
    numbers, said = _numbers(match, unit)
    if not any(numbers):
        return None
    per, basis, lost = _denominators(match)
    low, high, levels, asked = _values(match, numbers)
    beyond = None if match["day"] or match["lost"] else UNKNOWN_PER.match(match.string, match.end())
    if beyond:
        note = f"{(match.group() + beyond.group()).strip()!r}: per what is {NOT_UNDERSTOOD}"
    else:
        often = f"{match.group()!r}: how often, or how many at a time" if match["twice"] else ""
        note = repaired or said or lost or often or asked
    return Token("amount", match.start(), match.end(), Amount(low, high, unit, per, basis, levels), note)


def _numbers(match: re.Match[str], unit: Unit) -> tuple[list[Decimal], str]:
    """The numbers, in the unit of the last one, and the first note on one of them: "500 mg-1 g" has two units."""
    words = [match["first"], *re.findall(NUMBER, match["rest"])]
    pointed = unit.kind == "units"
    read = [_thousands(one) if pointed and _POINTED.fullmatch(one) else decimal(one) for one in words]
    numbers = [number for number, _ in read]
    if match["own"] and (own := unit_of(match["own"])[0]) is not None and own.kind == unit.kind:
        numbers[0] = numbers[0] * own.factor / unit.factor
    return numbers, next((note for _, note in read if note), "")


def _denominators(match: re.Match[str]) -> tuple[Per, Basis, str]:
    """Per what, what the amount refers to, and a note where a stroke has lost its word or a day two meanings."""
    per, basis, lost = denominators(match["per"])
    if match["lost"]:
        per, lost = Per.M2, f"{match.group().strip()!r} is read as per m²: the m² is lost"
    if match["day"] and _DAYS_FOLLOW.match(match.string[match.end() : match.end() + 14]):
        basis, lost = Basis.DAY, lost or f"'{match.group()}day ...': per day, or on these days"
    return per, basis, lost


_Values = tuple[Decimal | None, Decimal | None, tuple[Decimal, ...], str]


def _values(match: re.Match[str], numbers: list[Decimal]) -> _Values:
    """Low, high and levels, and a note where the words leave open which they are."""
    if len(numbers) > 1:
        ranged = len(numbers) == 2 and _RANGE.match(match["rest"])
        return _range(match, numbers[0], numbers[1]) if ranged else _levels(match, numbers)
    low, high = bounds(match["more"], numbers[0], None)
    if low == high and _FROM.search(match.string[max(0, match.start() - 60) : match.start()]):
        high = high if _ONWARDS.match(match.string, match.end()) else None
    if low == high and _UP_TO_TARGET.search(match.string[max(0, match.start() - 40) : match.start()]):
        low = None
    return low or None, high, (), ""


def _range(match: re.Match[str], low: Decimal, high: Decimal) -> _Values:
    if low > high:
        return high or None, low, (), f"the range {match.group()!r} runs downwards"
    return low or None, high, (), ""


def _levels(match: re.Match[str], numbers: list[Decimal]) -> _Values:
    levels = tuple(dict.fromkeys(number for number in numbers if number))
    if len(levels) == 1:
        return levels[0], levels[0], (), ""
    two = "/" in match["rest"] and levels[0] > levels[-1]
    return None, None, levels, f"{match.group()!r}: levels, or the amounts of two agents" if two else ""


def _thousands(words: str) -> tuple[Decimal, str]:
    return Decimal(words.replace(".", "")), f"the point in {words!r} is read as parting thousands"


def cap_twice(text: str, start: int) -> re.Match[str] | None:
    """A cap written "x2 1g / day", which has two readings a factor apart (2 x 1 g a day, or 1 g a day)."""
    return CAP_TWICE.match(text, start)

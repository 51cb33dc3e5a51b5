"""Counts of cells and units written with a power of ten: "2 x 10^6 CD34+ cells/kg"."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.core.units import find_unit
from posolog.protocol.model import Amount
from posolog.reader.tokens.numbers import NUMBER
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.units import bounds, denominators
from posolog.reader.tokens.values import decimal

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MOST = 11  # the highest power of ten of cells; more is a number that has swallowed another
_RAISED = re.compile(r"(?:[\^*Ee(]|exp)\s?\Z|\(\s?\Z")
_NO_CELLS = re.compile(r"^(?:total|viable|nucleated|of|the)\s")
_POWERED = re.compile(
    rf"""(?<![\w.])(?P<first>{NUMBER})\s?[xX×*]\s?10\s?(?:\^|\*\*|[Ee])?\s?\(?(?P<power>\d{{1,2}})\)?\s?
        (?P<joint>-|–|~|to|,\s?and|,\s?or|,|and|or|/)\s?\Z""",
    re.X,
)


def cells_token(match: re.Match[str]) -> Token | None:
    """The token of a match of `CELLS`; its words say what the cells are. None for a number that counts nothing."""
    noun = _noun(match)
    first, repaired = decimal(match["first"])
    power, lost_sign = _power(match)
    if power is None or not first or not (match["per"] or match["iu"] or noun):
        return None
    value = first * Decimal(10) ** power
    low, high, downwards = _bounds_of(match, value, power)
    start, earlier, ranged = _before_cells(match)
    if earlier:
        low, high = (min(earlier[-1], value), max(earlier[-1], value)) if ranged else (None, None)
    levels = (*earlier, value) if earlier and not ranged else ()
    per, basis, lost = denominators(match["per"])
    unit = find_unit("IU" if match["iu"] else "cells")
    assert unit is not None
    words = "" if match["iu"] else _NO_CELLS.sub("", noun)
    note = repaired or lost_sign or downwards or lost
    return Token("amount", start, match.end(), Amount(low, high, unit, per, basis, levels), note, words)


def _noun(match: re.Match[str]) -> str:
    """What is counted; "of virus-specific T cells" tells more than "cells"."""
    noun = match["noun"] or match["after"] or ""
    named = match["after"] and match.string[match.start("after") - 3 : match.start("after")] == "of "
    return match["after"] if named and noun.lower() in ("cell", "cells") else noun


def _power(match: re.Match[str]) -> tuple[int | None, str]:
    """The exponent, and a note where only its place tells it from the ten ("x 106"); None where it cannot be one."""
    power = 6 if match["power"] == "m" else int(match["power"].translate(_SUPERSCRIPT))
    lead = match.string[match.end("first") : match.start("power")].replace("*10", "x10")
    if not match["power"].isascii() or _RAISED.search(lead):
        return power, ""
    said = "10^6: its exponent is lost" if match["power"] == "m" else "lost superscript"
    return (None, "") if power > _MOST else (power, f"{match.group()!r}: the exponent is read as {said}")


def _bounds_of(match: re.Match[str], value: Decimal, power: int) -> tuple[Decimal | None, Decimal | None, str]:
    """Low and high; "1-5 x 10^6" has one power for both."""
    low, high = bounds(match["more"], value, None)
    if not match["low"]:
        return low, high, ""
    low = decimal(match["low"])[0] * Decimal(10) ** power
    return (value, low, f"the range {match.group().strip()!r} runs downwards") if low > value else (low, high, "")


def _before_cells(match: re.Match[str]) -> tuple[int, tuple[Decimal, ...], bool]:
    """ "1 x 10^6, 3 x 10^6 and 1 x 10^7 cells/kg", "1 x 10^5 to 4 x 10^6 cells": start, the numbers before, a range."""
    start, ranged = match.start(), False
    earlier: list[Decimal] = []
    while before := _POWERED.search(match.string, max(0, start - 26), start):
        power = int(before["power"])
        if power > _MOST or ranged:
            break
        ranged = before["joint"] in ("-", "–", "~", "to")
        earlier.insert(0, decimal(before["first"])[0] * Decimal(10) ** power)
        start = before.start()
    return start, tuple(earlier), ranged and len(earlier) == 1

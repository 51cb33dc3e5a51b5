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
_POWERED = re.compile(
    rf"""(?<![\w.])(?P<first>{NUMBER})\s?[xX×*]\s?10\s?(?:\^|\*\*|[Ee])?\s?\(?(?P<power>\d{{1,2}})\)?\s?
        (?P<joint>-|–|~|to|,\s?and|,\s?or|,|and|or|/)\s?\Z""",
    re.X,
)


def cells_token(match: re.Match[str]) -> Token | None:
    noun = match["noun"] or match["after"] or ""
    named = match["after"] and match.string[match.start("after") - 3 : match.start("after")] == "of "
    if named and noun.lower() in ("cell", "cells"):
        noun = match["after"]  # "1 x 10^6 cells/kg of virus-specific T cells"
    if not (match["per"] or match["iu"] or noun):
        return None
    first, note = decimal(match["first"])
    if not first:
        return None
    power = 6 if match["power"] == "m" else int(match["power"].translate(_SUPERSCRIPT))
    lead = match.string[match.end("first") : match.start("power")].replace("*10", "x10")
    if match["power"].isascii() and not re.search(r"(?:[\^*Ee(]|exp)\s?\Z|\(\s?\Z", lead):
        said = "10^6: its exponent is lost" if match["power"] == "m" else "lost superscript"
        note = note or f"{match.group()!r}: the exponent is read as {said}"
        if power > 11:
            return None
    value = first * Decimal(10) ** power
    low, high = bounds(match["more"], value, None)
    if match["low"]:
        low = decimal(match["low"])[0] * Decimal(10) ** power
        if low > value:
            note = note or f"the range {match.group().strip()!r} runs downwards"
            low, high = value, low
    start, earlier, ranged = _before_cells(match)
    if earlier and ranged:
        low, high = min(earlier[-1], value), max(earlier[-1], value)
    levels = (*earlier, value) if earlier and not ranged else ()
    if levels:
        low = high = None
    per, basis, lost = denominators(match["per"])
    unit = find_unit("IU" if match["iu"] else "cells")
    assert unit is not None
    words = "" if match["iu"] else re.sub(r"^(?:total|viable|nucleated|of|the)\s", "", noun)
    return Token("amount", start, match.end(), Amount(low, high, unit, per, basis, levels), note or lost, words)


def _before_cells(match: re.Match[str]) -> tuple[int, tuple[Decimal, ...], bool]:
    """ "1 x 10^6, 3 x 10^6 and 1 x 10^7 cells/kg", "1 x 10^5 to 4 x 10^6 cells": start, the numbers before, a range."""
    start, ranged = match.start(), False
    earlier: list[Decimal] = []
    while before := _POWERED.search(match.string, max(0, start - 26), start):
        power = int(before["power"])
        if power > 11 or ranged:
            break
        ranged = before["joint"] in ("-", "–", "~", "to")
        earlier.insert(0, decimal(before["first"])[0] * Decimal(10) ** power)
        start = before.start()
    return start, tuple(earlier), ranged and len(earlier) == 1

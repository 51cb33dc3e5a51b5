"""Areas under the curve, as carboplatin is dosed: "AUC 5"."""

from __future__ import annotations

import re
from decimal import Decimal

from posolog.core.units import find_unit
from posolog.protocol.model import Amount
from posolog.reader.tokens.numbers import NUMBER
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.values import decimal

_EXPOSURE = re.compile(r"\s?(?:m?g|ng|[µu]g|[µu]?M|[µu]mol)\s?(?:[*x·.-]|/\s?[lL])\s?(?:h|min|[lL])")


def auc_token(match: re.Match[str]) -> Token | None:
    unit = find_unit("AUC")
    assert unit is not None
    numbers = [decimal(words)[0] for words in [match["first"], *re.findall(NUMBER, match["rest"])]]
    # "AUC 0-24" is a stretch of hours, "an AUC of 20 mg*hr/L" an aim; no carboplatin AUC is above 30.
    if not all(numbers) or numbers[0] > 30 or _EXPOSURE.match(match.string, match.end()):
        return None
    first = last = numbers[0]
    levels: tuple[Decimal, ...] = ()
    if len(numbers) == 2 and re.match(r"\s?(?:-|–|to)", match["rest"]):
        first, last = sorted(numbers)
    elif len(numbers) > 1:
        levels = tuple(numbers)
    amount = Amount(None, None, unit, levels=levels) if levels else Amount(first, last, unit)
    return Token("amount", match.start(), match.end(), amount)

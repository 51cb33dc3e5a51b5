"""Pieces that are counted: "three 50 mg tablets twice daily" are 150 mg at a time, which a person should confirm."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Amount
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.values import whole

_COUNT = re.compile(
    r"""(?P<amount>\d\s?m?c?g\b[^()]{0,14}\(\s?)?(?<![-–/,.])(?<!day\s)(?<!days\s)
        (?<!to\s)(?<!and\s)(?<!x\s)(?<!AUC\s)\b(?P<n>two|three|four|five|six|eight|ten|[2-9]|1\d)\s(?:x\s)?\Z""",
    re.I | re.X,
)
_PIECES = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:capsules|tablets|pills|caplets|sachets|patches)\b", re.I)


def counted(text: str, start: int, token: Token) -> Token | None:
    """The amount of all pieces together, None where they are not counted or divide the amount before a bracket."""
    amount = token.value
    pieces = _PIECES.match(text, token.end)
    if pieces is None or not isinstance(amount, Amount) or amount.exact is None:
        return None
    match = _COUNT.search(text[max(start, token.start - 36) : token.start])
    if match is None or match["amount"]:
        return None
    number = whole(match["n"])
    said = match["n"] + " " + text[token.start : pieces.end()]
    together = replace(amount, low=amount.exact * number, high=amount.exact * number)
    return replace(token, value=together, note=token.note or f"{said!r} are read as taken together")

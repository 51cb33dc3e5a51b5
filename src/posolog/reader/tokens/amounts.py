"""The dosing amounts of a sentence, without numbers of days, codes and margins."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from posolog.protocol.model import Amount
from posolog.reader.tokens.amount import amount_token
from posolog.reader.tokens.amount_words import AMOUNT, COUNTED, DAY_LEAD
from posolog.reader.tokens.cell_words import AUC, CELLS
from posolog.reader.tokens.cells import cells_token
from posolog.reader.tokens.cues import holds
from posolog.reader.tokens.curves import auc_token
from posolog.reader.tokens.numbers import NUMBER
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.units import unit_of
from posolog.reader.tokens.values import decimal, whole

_MARGIN = re.compile(rf"(?<![\w.+-])(?P<n>{NUMBER})\s?(?:\+\s?/\s?-|\+|±)\s?\Z")
_WORDED = re.compile(
    r"""\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s
        (?:\(\d+\)\s)?(?P<unit>milligrams?|grams?|micrograms?|million\sunits)\b(?!\s?/|\sper)""",
    re.I | re.X,
)
_CODE_LEAD = re.compile(r"[A-Z]{2}-?\Z")
_TWO_NAMED = re.compile(r"\s?and\s\d{1,2}\sto(?=\s\d{2,4}\Z)")  # "cohorts 4 and 5 to 1800 mg"


def amounts(text: str, start: int, end: int) -> list[Token]:
    """Dosing amounts (mass, activity, absorbed dose, cells, AUC) in text[start:end]."""
    found: list[Token] = []
    if text.find("10", start, end) >= 0:
        found += [token for match in CELLS.finditer(text, start, end) if (token := cells_token(match))]
    if holds(text[start:end].lower(), ("auc", "curve")):
        found += [token for match in AUC.finditer(text, start, end) if (token := auc_token(match))]
    taken = [(token.start, token.end) for token in found]
    for match in AMOUNT.finditer(text, start, end) if COUNTED.search(text, start, end) else ():
        if not any(a < match.end() and match.start() < b for a, b in taken):
            own = _without_days(text, _without_code(text, match))
            token = _with_margin(text, amount_token(own) if own else None)
            if token:
                found.append(token)
    if holds(text[start:end].lower(), ("gram", "million units")):
        found += [worded(match) for match in _WORDED.finditer(text, start, end)]
    return sorted(found, key=lambda token: token.start)


def _with_margin(text: str, token: Token | None) -> Token | None:
    """ "8 ± 0.8 mCi", and "8+0.8 mCi" where half of the sign is lost: the first number is the amount."""
    before = _MARGIN.search(text, max(0, token.start - 16), token.start) if token else None
    if token is None or before is None or not isinstance(token.value, Amount) or token.value.exact is None:
        return token
    value = decimal(before["n"])[0]
    if token.value.exact * 2 > value:
        return token
    said = text[before.start() : token.end]
    whole_sign = "±" in said or "/" in said[: len(said) // 2 + 2]
    note = token.note or ("" if whole_sign else f"{said!r}: the second number is read as a margin")
    return replace(token, start=before.start(), value=replace(token.value, low=value, high=value), note=note)


def worded(match: re.Match[str]) -> Token:
    """ "Four milligrams of X"."""
    value, unit = Decimal(whole(match["n"])), unit_of(match["unit"].lower())[0]
    assert unit is not None
    return Token("amount", match.start(), match.end(), Amount(value, value, unit))


def _without_code(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """ "XY-523 up to 800 mg", "XY-523 tablets": the number of a code is no amount and no level."""
    if not _CODE_LEAD.search(text, max(0, match.start() - 5), match.start()):
        return match
    if match["rest"]:
        return AMOUNT.search(text, match.end("first"), match.end())
    return None if match["unit"].lower().startswith(("tab", "cap")) else match


def _without_days(text: str, match: re.Match[str] | None) -> re.Match[str] | None:
    """ "on day +1 and 10 mg", "on days -3 and -2, 200 cGy": days, not levels of the amount."""
    joints = list(re.finditer(r"and|or|,", match["rest"])) if match else []
    if match is None or not joints or not DAY_LEAD.search(text[max(0, match.start() - 16) : match.start()]):
        return match
    named = _TWO_NAMED.match(match["rest"])
    after = AMOUNT.search(text, match.start("rest") + (named or joints[-1]).end(), match.end() + 6)
    return after if after and after.start() < match.end() else match

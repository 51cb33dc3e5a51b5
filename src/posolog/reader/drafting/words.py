"""What the plain words of an administration say: route, infusion, frequency, counts, and what the amount refers to."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from posolog.protocol.model import Basis, Count, Frequency, Give
from posolog.reader.drafts import Draft
from posolog.reader.tokens.token import Token

_VEIN = re.compile(r"\bc?i\.?v(?:i|\b)|intravenous")
_RHYTHM = re.compile(r"\b(?:weekly|daily)\b")
_TIMES_AMOUNT = re.compile(r"(?P<n>[2-4])\s?[x×]\s?\d")
_DAILY = Frequency(1, Decimal(1), "day")


def take_words(fields: dict[str, object], token: Token) -> None:
    """Put what a token says into the fields of a Give; the first route, frequency and duration stay."""
    _take_infusion(fields, token)
    _take_often(fields, token)
    value = token.value
    if token.kind in ("route", "access"):
        fields.setdefault(token.kind, value)
    elif token.kind == "weeks" and value:
        fields["weeks"] = value
    elif token.kind in ("weeksonoff", "dayspercycle") and isinstance(value, tuple):
        fields.setdefault("for_days", Count(value[0]))
    elif token.kind == "dailyx":
        fields["for_days"] = value
    elif token.kind == "for" and isinstance(value, Count):
        fields.setdefault("for_days", value)


def _take_infusion(fields: dict[str, object], token: Token) -> None:
    """How it runs, with what stands within: "24-hour continuous infusion", "a single bolus injection"."""
    words = token.words.lower()
    if token.kind in ("infusion", "continuous") and _VEIN.search(words):
        fields.setdefault("route", "IV")
    if token.kind == "continuous" or (token.kind == "infusion" and "continuous" in words):
        fields["continuous"] = True
    if token.kind == "infusion":
        fields["infusion_h"] = token.value
    elif token.kind == "bolus":
        fields["infusion_h"] = Decimal(0)
    elif token.kind == "doses" and "bolus" in words:
        fields.setdefault("infusion_h", Decimal(0))


def _take_often(fields: dict[str, object], token: Token) -> None:
    """How often, and how many times."""
    value = token.value
    if token.kind == "times" and value is not None:
        fields.setdefault("frequency", value)
    elif token.kind == "every" and isinstance(value, tuple):
        if value[0] is not None and value[0].unit != "month":
            fields.setdefault("frequency", value[0])
        if value[1] is not None:
            fields["doses"] = value[1]
    elif token.kind == "doses" and isinstance(value, tuple):
        fields["doses"] = value[0]
        if rhythm := _RHYTHM.search(token.words.lower()):
            fields.setdefault("frequency", Frequency(1, Decimal(1), "week" if rhythm[0] == "weekly" else "day"))
    elif token.kind == "divided" and value:
        fields["frequency"] = Frequency(int(str(value)), Decimal(1), "day")


def twice(text: str, draft: Draft) -> Frequency | None:
    """ "2 x 1000 mg p.o.": twice a day is the likelier reading; the statement stays in doubt."""
    match = _TIMES_AMOUNT.match(text, draft.at[0]) if draft.amount and draft.amount.unit.kind == "mass" else None
    return Frequency(int(match["n"]), Decimal(1), "day") if match else None


def levels_counted(draft: Draft, fields: dict[str, object]) -> bool:
    """ "three doses of X (280, 420, 560 mg)": as many levels as doses, so that each is given once."""
    levels = draft.amount.levels if draft.amount is not None else ()
    doses = fields.get("doses")
    return len(levels) > 1 and isinstance(doses, Count) and doses.number == len(levels)


def with_basis(give: Give, draft: Draft) -> Give:
    """The basis that the words state beside the unit: "2 injections of X" and "every 12 hours" are per dose."""
    if give.amount is None or give.amount.basis is not Basis.UNSTATED:
        return give
    often = give.frequency
    of = any(token.kind == "doses" and isinstance(token.value, tuple) and token.value[2] for token in draft.tokens)
    if of or (often and (often.unit in ("hour", "week") or often.count > 1 or often.every > 1)):
        return replace(give, amount=replace(give.amount, basis=Basis.DOSE))
    return replace(give, amount=replace(give.amount, basis=Basis.DAY)) if often == _DAILY else give

"""Agents that no list holds, by one word: known words, codes, endings of nonproprietary names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from posolog.formulary import known_words
from posolog.reader.agents.codes import CELL_PRODUCT, CODE, DIGIT, LOOSE_CODE, NOT_CODES, RECOMBINANT
from posolog.reader.agents.spotted import Spotted
from posolog.reader.agents.words import key

_NOT_AGENTS = frozenset(
    re.findall(
        r"\w+",
        """disease cancer cells cell blood plasma serum water oxygen insulin glucose sodium potassium calcium iron
        albumin creatinine protein placebo control standard alcohol iodine nitrogen carbon platelet platelets marrow
        tissue factor enzyme vaccine bilirubin hemoglobin haemoglobin urea cholesterol estrogen progesterone
        testosterone hormone steroids serotonin tryptophan chloroform""",
    )
)
_HYPHENS = re.compile(r"[A-Za-z]{4,}(?:-[A-Za-z]{4,})+\Z")


def single_word(word: re.Match[str]) -> tuple[Spotted, int] | None:
    """An agent the formulary does not hold, by its one word."""
    name, weak = known_alone(word.group())
    return (Spotted(word.start(), word.end(), name, word.group(), False, weak), 1) if name else None


@lru_cache(maxsize=50_000)
def known_alone(written: str) -> tuple[str, bool]:
    """The name of a known word or a company code, and whether it is weak; "" for any other word."""
    lowered = written.lower()
    if len(lowered) > 4 and lowered in known_words() and lowered not in _NOT_AGENTS:
        return lowered, False
    if len(lowered) > 6 and written.isalpha() and f"{lowered}e" in known_words() and lowered not in _NOT_AGENTS:
        return f"{lowered}e", False  # "bendamustin", "mycophenolat": names as other languages write them
    if CELL_PRODUCT.match(written):
        return written, False
    if RECOMBINANT.match(written):
        return written, True
    if DIGIT.search(written):
        if CODE.match(written) and not NOT_CODES.match(written):
            return written, False
        if LOOSE_CODE.match(written) and not NOT_CODES.match(written):
            return written, True
    elif _HYPHENS.match(written) and key(written) in known_words():  # broken at a line's end: "dexa-methasone"
        return key(written), False
    elif len(lowered) > 7 and inn_endings().search(lowered):
        return lowered, False
    return "", False


@cache
def inn_endings() -> re.Pattern[str]:
    """Endings of international nonproprietary names that no ordinary English word has."""
    return re.compile(
        r"""(?:
                [aeiou](?:zu|xi|mu|li|ki|tu)mab
                |[a-z]{3}(?:
                     tinib|zomib|rubicin|citabine|arabine|fosfamide|[^o]platin|fungin|conazole|ciclovir|setron
                     |poetin|gatran|xaban|gliptin|gliflozin|sartan|statin|prazole|cept|limus|grastim|parib|ciclib
                     |lisib|degib|denib|clax|leucel|vedotin|parin|taxel|tecan|mustine|afil|triptan|oxacin|cillin
                     |mycin|sulfan))\Z""",
        re.X,
    )

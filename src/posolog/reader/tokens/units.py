"""Units and denominators as written, with a note on what had to be repaired."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from posolog.core.units import Unit, find_unit
from posolog.protocol.model import Basis, Per
from posolog.reader.tokens.amount_words import MICRO

_BASES = {
    "dose": Basis.DOSE,
    "day": Basis.DAY,
    "d": Basis.DAY,
    "inj": Basis.DOSE,
    "inf": Basis.DOSE,
    "h": Basis.HOUR,
    "min": Basis.UNSTATED,
    "w": Basis.WEEK,
    "c": Basis.COURSE,
    "f": Basis.DOSE,
}


def bounds(more: str | None, first: Decimal, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    word = (more or "").strip().lower()
    if last is not None:
        return first, last
    if word in ("at least", "minimum of", ">", ">=", "≥", "⩾"):
        return first, None
    if word in ("up to", "less than or equal to", "maximum of", "≤", "<", "<="):
        return None, first
    return first, first


@lru_cache(maxsize=512)
def unit_of(words: str) -> tuple[Unit | None, str]:
    """The unit, and a note when the words had to be repaired."""
    if words.lower().startswith(("million", "mio")):
        return find_unit("MU"), ""
    plain = words.replace(".", "").lower()
    if plain in ("iu", "ui", "ie", "international units"):
        return find_unit("IU"), ""
    if re.fullmatch(MICRO, words):
        note = "" if words.lower().startswith(("micro", "µ ", "μ ")) else f"{words!r} is read as µg: the µ is lost"
        return find_unit("mcg"), note
    if plain.endswith(("curie", "curies", "currie", "curries")):
        return find_unit("mCi"), ""
    if "becquerel" in plain:
        return find_unit("GBq" if plain.startswith("g") else "MBq"), ""
    if plain.endswith(("gye", "gray", "grays")):
        return find_unit("cGy" if plain.startswith("c") else "Gy"), ""
    return find_unit(words) or find_unit(plain), ""


def denominators(words: str) -> tuple[Per, Basis, str]:
    """What stands after the unit: body size, what the amount refers to, and a note when the 2 of m² was lost."""
    per, basis, note = Per.FLAT, Basis.UNSTATED, ""
    for part in re.split(r"[/\\]|\bper\s|\.(?=d)", words):
        word = part.strip().lower()
        if not word:
            continue
        if word.removeprefix("1 ").startswith(("kg", "kilogram")):
            per = Per.KG
        elif word == "m" or word.startswith(("m2", "m²", "m^", "m(", "m ", "m.", "sq", "mq", "met", "body")):
            per = Per.M2
            note = "'/m' is read as per m²: the 2 is lost" if word == "m" else note
        elif word == "2":
            per, note = Per.M2, "'/2' is read as per m²: the m is lost"
        elif word[0].isdigit():
            basis = Basis.DAY if word.startswith("24") else Basis.DOSE
        else:
            basis = _BASES[next(key for key in _BASES if word.startswith(key))]
    return per, basis, note

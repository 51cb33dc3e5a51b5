"""Small helpers on words: white space, folding, files under `data/`."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d",
            "Đ": "D", "ı": "i", "ð": "d", "þ": "th"}  # fmt: skip


def squash(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """Small letters without accents.

    >>> fold("Gökbuget")
    'gokbuget'
    """
    if text.isascii():
        return text.casefold()
    plain = "".join(_LETTERS.get(letter, letter) for letter in text)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).casefold()


def compact(text: str) -> str:
    """Folded letters and digits only: what two spellings of one title have in common."""
    return re.sub(r"[^0-9a-z]+", "", fold(text))


def word_set(text: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(text.split())


def data_text(name: str) -> str:
    """Content of a UTF-8 file under `data/`."""
    from importlib.resources import files

    return (files(__package__) / "data" / name).read_text(encoding="utf-8")

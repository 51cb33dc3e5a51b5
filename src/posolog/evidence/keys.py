"""Citation keys: first author and year, accents folded: kantarjian2012, kantarjian2012b."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from posolog.evidence.model import Reference
from posolog.evidence.text import compact, fold


def keyed(references: Iterable[Reference]) -> Iterator[Reference]:
    """References with keys. A key that is there stays; a stem that comes again takes b, c, ... in order."""
    given = list(references)
    taken = {one.key for one in given if one.key}
    for one in given:
        yield one if one.key else replace(one, key=_free(stem(one), taken))


def stem(one: Reference) -> str:
    """ "garciabarros2003"; without an author the first long word of the title, without a year "nd"."""
    year = re.sub(r"\D", "", one.year) or "nd"
    if one.authors:
        return (compact(one.authors[0].family) or "anon") + year
    words = [word for word in re.findall(r"[a-z]+", fold(one.title)) if len(word) > 3]
    return (words[0] if words else "anon") + year


def _free(wanted: str, taken: set[str]) -> str:
    key, letter = wanted, 1
    while key in taken:
        letter += 1
        key = wanted + _letters(letter)
    taken.add(key)
    return key


def _letters(number: int) -> str:
    """2 -> b, 26 -> z, 27 -> aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text

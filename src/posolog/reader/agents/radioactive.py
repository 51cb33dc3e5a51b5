"""Radioactive agents: "131I", "iodine I 131", "177-Lu-DOTA-cG250"; their mass number is no dose."""

from __future__ import annotations

import re
from functools import lru_cache

from posolog.reader.agents.codes import opens_code
from posolog.reader.agents.lists import nuclides
from posolog.reader.agents.spotted import Spotted

NUCLIDE = re.compile(r"\(?(\d{2,3}m?)\)?-?([A-Z][A-Za-z]{0,9})(?:-(.+))?\Z")
_NUCLIDE_LAST = re.compile(r"([A-Za-z]{1,9})-?(\d{2,3}m?)\Z")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d\Z)\d{3,7}")
_MASS = re.compile(r"\d{2,3}m?")
_TAIL = re.compile(r"\.[A-Z][a-z]\b")


def radioactive(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """ "131I", "I-131", "iodine I 131", "177-Lu-DOTA-cG250": the mass number is no dose."""
    first = words[index]
    written = first.group()
    if name := nuclide_named(written):
        opened = written[0] == "(" and ")" not in written
        return Spotted(first.start() + opened, first.end(), name, written[opened:], False), 1
    following = [word.group() for word in words[index + 1 : index + 3]]
    if not any(word[0].isdigit() for word in following):
        return None
    if following and following[0][0].isdigit() and opens_code(written):
        number, gap = words[index + 1], text[first.end() : words[index + 1].start()]
        if gap == " " and _NUMBER.fullmatch(following[0]):
            tail = _TAIL.match(text, number.end())
            end = tail.end() if tail else number.end()
            return Spotted(first.start(), end, text[first.start() : end], text[first.start() : end], False, True), 2
    for count in range(len(following), 0, -1):
        symbol, mass = (written, *following)[count - 1 : count + 1]
        if mass[0].isdigit() and _MASS.fullmatch(mass) and (mass + symbol).lower() in nuclides():
            last = words[index + count]
            if text[words[index + count - 1].end() : last.start()] in (" ", "-"):
                said = text[first.start() : last.end()]
                return Spotted(first.start(), last.end(), said, said, False), count + 1
    return None


@lru_cache(maxsize=50_000)
def nuclide_named(written: str) -> str:
    """The word without brackets where it begins with a nuclide ("131I-MIBG") or is one ("I-131"), else ""."""
    match = NUCLIDE.match(written)
    if match and (match[1] + match[2]).lower() in nuclides():
        return written.strip("()")
    match = _NUCLIDE_LAST.match(written)
    return written if match and (match[2] + match[1]).lower() in nuclides() else ""

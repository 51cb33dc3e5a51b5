"""Words broken after ff, fi, fl, ffi or ffl: printers set these letters as one sign, and extraction adds a space."""

from __future__ import annotations

import re
from functools import cache

from posolog.evidence.text import data_text, word_set

# Words that end in such a sign and stand alone: what follows them is joined only if it is no word either way.
ALONE = word_set("off staff stiff cuff cutoff puff cliff bluff tariff runoff sniff buff stuff payoff banff ")
SMALL = word_set("a an and as at by for from in into is of on or the to with wi sci hi ")
_BROKEN = re.compile(r"(?:\b(?P<before>[^\W\d_]+) )?\b(?P<left>[^\W\d_]*?(?:ffi|ffl|ff|fi|fl)) (?P<right>[a-z]+)", re.I)
_SIGNS = frozenset({"ffi", "ffl", "ff", "fi", "fl"})


@cache
def words() -> frozenset[str]:
    """Words that hold ff, fi or fl, in small letters."""
    return frozenset(line for line in data_text("ligature_words.txt").splitlines() if not line.startswith("#"))


def joins(text: str) -> list[tuple[int, int, str]]:
    """Start, end and joined form of every broken word of `text`, from left to right.

    >>> joins("after fi rst relapse of diff use lymphoma")
    [(6, 12, 'first'), (24, 32, 'diffuse')]
    """
    found: list[tuple[int, int, str]] = []
    at = 0
    while (match := _BROKEN.search(text, at)) is not None:
        start = _start_of_word(match)
        if start is None:
            at = match.start("left") + 1
            continue
        found.append((start, match.end("right"), text[start : match.end("right")].replace(" ", "")))
        at = match.end("right")
    return found


def _start_of_word(match: re.Match[str]) -> int | None:
    """Where the broken word starts: at the piece with the sign, at the piece before it, or nowhere."""
    before, left, right = (match[name] or "" for name in ("before", "left", "right"))
    whole, longer = (left + right).casefold(), (before + left + right).casefold()
    known = words()
    sign_alone = left.casefold() in _SIGNS
    if sign_alone and longer in known and not (before.casefold() in SMALL and whole in known):
        return match.start("before") if before else match.start("left")
    if left.casefold() in ALONE:
        return match.start("left") if whole in known and right not in known and len(right) > 3 else None
    if whole in known or (sign_alone and before.casefold() not in {"wi", "sci", "hi"} and left.islower()):
        return match.start("left")
    return None

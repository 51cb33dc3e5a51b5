"""Whether one of many wordings stands in a sentence: a wording is tried only where its first word does.

Everything is compared in small letters, which is quicker than patterns that ignore case.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = bytes(code if chr(code).islower() and code < 128 else 32 for code in range(256))


@lru_cache(maxsize=256)
def words_in(sentence: str) -> frozenset[str]:
    """Its runs of the letters a to z, in small letters."""
    return frozenset(sentence.lower().encode("ascii", "replace").translate(_LETTERS).decode("ascii").split())


def holds(low: str, stems: tuple[str, ...]) -> bool:
    """Whether words in small letters hold one of these runs of characters."""
    for stem in stems:  # noqa: SIM110  (a plain loop is quicker)
        if stem in low:
            return True
    return False


def small(pattern: str) -> str:
    """The pattern in small letters; classes (\\S) and names of groups stay as they are."""
    return re.sub(r"\(\?P|\\[A-Z]|[A-Z]", lambda m: m.group() if len(m.group()) > 1 else m.group().lower(), pattern)


def in_small(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compiled for words in small letters."""
    return re.compile(small(pattern), flags)


class Cues:
    """Wordings, each as (its first words, the pattern of what follows them); without first words it is tried always.

    >>> Cues(("will shall", r"\\b"), ("to", r"\\sbe\\sgiven")).within("Drug X is to be given")
    True
    """

    __slots__ = ("_all", "_open", "_rows")

    def __init__(self, *rows: tuple[str, str]) -> None:
        self._rows = tuple((frozenset(first.split()), _compiled(first.split(), rest)) for first, rest in rows)
        self._all = frozenset().union(*(words for words, _ in self._rows))
        self._open = not all(words for words, _ in self._rows)

    def within(self, sentence: str) -> bool:
        """Whether one of the wordings stands in the sentence."""
        here = words_in(sentence) & self._all
        if not here and not self._open:
            return False
        low = sentence.lower()
        for words, pattern in self._rows:  # noqa: SIM110  (a plain loop is quicker)
            if (not words or not words.isdisjoint(here)) and pattern.search(low):
                return True
        return False


def _compiled(first: list[str], rest: str) -> re.Pattern[str]:
    return in_small((rf"\b(?:{'|'.join(first)})" if first else "") + rest)

"""What a kind of schedule words is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.reader.tokens.cues import in_small


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of token: its name, its pattern for a sentence in small letters, and when that is tried.

    It is tried only where the sentence holds one of the guards, or one of the words by itself.
    """

    name: str
    pattern: re.Pattern[str]
    guards: tuple[str, ...]
    words: frozenset[str]


def kind(name: str, body: str, *, guards: str, words: str = "", begins: str = "") -> Kind:
    """A kind from its pattern and its guards, which strokes divide; an underscore there is a space.

    `begins` says where a match may begin, looked at first: most places are passed over at once.
    """
    pattern = in_small(f"{begins}(?:{body})", re.X)
    return Kind(name, pattern, tuple(guards.replace("_", " ").split("|")), frozenset(words.split()))

"""An amount and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.reader.tokens.cues import in_small
from posolog.reader.tokens.token import Token

DOSE_LEVEL = in_small(r"dose[\s-]levels?|level\s\d|starting\slevel|target\sdoses?|cohort")


@dataclass(frozen=True, slots=True)
class Around:
    """An amount and the words around it: `lead` are those before it, `said` its own, both within its sentence."""

    text: str
    start: int
    token: Token
    lead: str  # in small letters
    said: str


def last_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends, 0 without one: what stood before it was said of something else."""
    return max((match.end() for match in pattern.finditer(words)), default=0)

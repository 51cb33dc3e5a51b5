"""A typed stretch of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and its value in the sentence's block text `[start, end)`; `note` says what was repaired or left open."""

    kind: str
    start: int
    end: int
    value: object = None
    note: str = ""
    words: str = ""  # of cells: what they are, as written

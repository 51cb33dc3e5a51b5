"""A label in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A label at text[start:end]; it rules what follows, past the sentence when it stands in front with a colon."""

    start: int
    end: int
    words: str
    lasting: bool

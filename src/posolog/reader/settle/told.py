"""One sentence read: its place, what it holds, the label it stands under, and whose treatment it tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from posolog.reader.drafts import Draft, Sentence
from posolog.reader.tokens.token import Token


@dataclass(slots=True)
class Told:
    """A sentence `[start, end)` of a block; `drafts` and `aside` are settled in place."""

    block: int
    start: int
    end: int
    words: str
    found: Sentence
    label: str = ""
    background: bool = False
    claimed: str = ""  # what another part of the reader made of it
    drafts: list[Draft] = field(default_factory=list)
    aside: list[tuple[Token, str]] = field(default_factory=list)

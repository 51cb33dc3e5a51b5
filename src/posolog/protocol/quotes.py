"""Finds a quote in the source documents, word for word; white space counts as one space."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from posolog.core.because import Span

NEAR = 60  # characters of context shown around the nearest words
LONGEST_COMPARED = 20_000  # characters of a document searched for the nearest words


@dataclass(frozen=True)
class Document:
    """A source text under its name in the protocol file."""

    name: str
    text: str

    @cached_property
    def squeezed(self) -> tuple[str, tuple[int, ...]]:
        """The text with each run of white space as one space, and where each of its characters stands."""
        kept = [
            (at, " " if character.isspace() else character)
            for at, character in enumerate(self.text)
            if not (character.isspace() and at > 0 and self.text[at - 1].isspace())
        ]
        return "".join(character for _, character in kept), tuple(at for at, _ in kept)


def find_quote(words: str, documents: tuple[Document, ...]) -> tuple[Span, ...]:
    """Every place where the words stand (at most two are looked for in a document)."""
    wanted = " ".join(words.split())
    spans: list[Span] = []
    for document in documents:
        text, places = document.squeezed
        start = text.find(wanted) if wanted else -1
        while start >= 0 and len(spans) < 2:
            spans.append(Span(document.name, places[start], places[start + len(wanted) - 1] + 1))
            start = text.find(wanted, start + 1)
    return tuple(spans)


def nearest(words: str, documents: tuple[Document, ...]) -> str:
    """The words of the documents that come closest to the quote, "" when nothing does."""
    wanted = " ".join(words.split())
    best, found = 0, ""
    for document in documents:
        text = document.squeezed[0][:LONGEST_COMPARED]
        match = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
        if match.size > max(best, 3):
            start = max(0, match.a - match.b)
            best, found = match.size, text[start : start + max(len(wanted), NEAR)].strip()
    return found

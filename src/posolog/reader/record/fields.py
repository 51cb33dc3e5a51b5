"""One prose field of a record, as it was read."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.reader.model import ReadResult
from posolog.records import Passage

GRAFT = "D0"  # the anchor of the whole trial, where a field speaks of a graft


@dataclass(frozen=True, slots=True)
class FieldRead:
    """A field, how it was read, and the arms that it is about (none: all of them)."""

    passage: Passage
    result: ReadResult
    arms: tuple[str, ...] = ()

    def document(self, name: str) -> str:
        """The name of another field of the same record."""
        return self.result.document.removesuffix(self.passage.field) + name

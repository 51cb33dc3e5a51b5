"""Words that look mistranslated: a small table of false friends, each with where it was seen (H18)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from posolog.checks.view import at, at_line, lines_of
from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """`cue` counts only where `context` stands in the same text; `seen` is where the slip was found."""

    cue: re.Pattern[str]
    context: re.Pattern[str]
    word: str
    language: str
    meant: str
    severity: Severity
    seen: str


@cache
def false_friends() -> tuple[FalseFriend, ...]:
    """The rows of data/false_friends.csv."""
    text = (files(__package__) / "data" / "false_friends.csv").read_text(encoding="utf-8")
    return tuple(
        FalseFriend(
            re.compile(rf"\b(?:{row['cue']})", re.IGNORECASE),
            re.compile(row["context"], re.IGNORECASE | re.DOTALL),
            row["word"], row["language"], row["meant"], Severity(row["severity"]), row["seen"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def texts(protocol: Protocol) -> Iterator[tuple[str, Place]]:
    """Quotes, part names and notes, each with its place."""
    for part in protocol.parts:
        yield part.name, Place("part", part.name, part.name, part.file_line)
        for source in part.sources:
            yield source.words, at(part, "quote")
    for _, line in lines_of(protocol):
        for source in line.sources:
            yield source.words, at_line(line, "quote")
    for visits in protocol.visits:
        yield from ((source.words, at(visits, "quote")) for source in visits.sources)
    for endpoint in protocol.endpoints:
        yield from ((source.words, at(endpoint, "quote")) for source in endpoint.sources)
    for note in protocol.notes:
        yield note.words, Place("note", note.words, "notes")


def translation(protocol: Protocol) -> Iterator[Finding]:
    for friend in false_friends():
        found: dict[Place, str] = {}
        for words, place in texts(protocol):
            hit = friend.cue.search(words)
            if hit and friend.context.search(words.replace(hit.group(), " ") or "."):
                found[place] = " ".join(hit.group().split())
        if found:
            yield Finding(
                "TRANSLATION", friend.severity,
                f'"{next(iter(found.values()))}" may stand for "{friend.meant}" '
                f"({friend.language} {friend.word}).",
                "Check against the protocol in its own language; the words of the source are kept.",
                tuple(found), "H18",
            )

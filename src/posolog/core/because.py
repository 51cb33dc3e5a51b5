"""Why a value is what it is. A Because rides along and never takes part in equality."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open `[start, end)` character offsets into the document named `document`."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """Read in a source text: the words, and where they stand (None when a quote has not been located)."""

    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """Taken from a publication or label: the key of a reference, and page, table or equation."""

    key: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """Stated by a person: who, when (as text), and the reason given."""

    who: str
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """Result of a named rule; `formula` shows it with its numbers, `of` are the reasons of its inputs."""

    rule: str
    formula: str = ""
    of: tuple[Because, ...] = ()


Because = Read | Cited | Entered | Computed


def tree(because: Because, depth: int = 0, *, work: Callable[[str], str] = str) -> list[str]:
    """The lines of an explanation, one step of reasoning a line, deeper steps indented by two spaces.

    `work` says the key of a reference in words.
    """
    lead = "  " * depth
    match because:
        case Read(words, span):
            place = f" ({span.document}, characters {span.start} to {span.end})" if span else ""
            return [f'{lead}read: "{words}"{place}']
        case Cited(key, where):
            return [f"{lead}cited: {work(key)}" + (f", {where}" if where else "")]
        case Entered(who, at, why):
            return [f"{lead}entered by {who}" + (f" at {at}" if at else "") + (f": {why}" if why else "")]
        case Computed(rule, formula, of):
            lines = [f"{lead}{rule}" + (f": {formula}" if formula else "")]
            for reason in of:
                lines += tree(reason, depth + 1, work=work)
            return lines

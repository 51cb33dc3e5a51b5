"""A text -> its entries: numbered, set apart by blank lines, or one a line; broken ones put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from posolog.evidence.grammar import YEAR
from posolog.evidence.names import INITIALS, SURNAME

NUMBERED = re.compile(r"^\s*(?:\[(\d{1,4})\]|(\d{1,4})[.)])\s+(?=\S)")
_BARE_NUMBER = re.compile(r"^\s*(?:(\d{1,3})|(?!))\s+(?=[^\W\d_][^\W\d_])")
_BULLET = re.compile(r"^\s*[-–•*·▪]\s+(?=\S)")
_ENDS = re.compile(
    rf"(?:\b{YEAR}[a-z]?\)?|\d[\w-]*|doi\S*|10\.\d{{4,9}}/\S+|PMID:?\s*\d+|https?://\S+)\s*[.\]]?\s*$", re.I
)
_ENDS_IN_YEAR = re.compile(rf",\s*{YEAR}[a-z]?\.?\s*$|\({YEAR}[a-z]?\)\.?\s*$")
_ADDRESS = re.compile(r"^\s*(?:(?:URL|DOI|PMID|PMCID|Available (?:from|at))\s*:?\s*\S|https?://\S|doi:)", re.I)
_STARTS_BROKEN = re.compile(r"^\s*[,.;:)]")
_UNTITLED = re.compile(rf",\s*,\s*(?:p\.\s*\d+|{YEAR})\.?\s*$")
_OPEN_END = re.compile(r"(?:,|\band|&|-|\bet al\.?,?)\s*$")
_AUTHORS_FIRST = re.compile(
    rf"\s*(?:{INITIALS}\s*{SURNAME}\s*(?:,|and\b|et al)|[^\W\d_][\w'’ -]+\s[A-Z]{{1,4}}\s*[,.]"
    rf"|[^\W\d_][\w'’ -]+,\s{INITIALS})"
)
_HEADING = re.compile(
    r"^\s*(?:references?|bibliography|literature(?: cited)?|r[ée]f[ée]rences?|bibliographie)\s*:?\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one reference as they stand, the line they start on (from 1), and where two pieces were joined."""

    words: str
    line: int
    seam: tuple[str, str] | None = None  # the two pieces, where one entry had been broken into two


def entries(text: str) -> list[Entry]:
    """The entries of a list in order. White space inside an entry is kept as it stands."""
    lines = text.split("\n")
    starts = _numbering(lines)
    if starts:
        return list(_numbered(lines, starts))
    return list(_rejoined([piece for start, block in _blocks(lines) for piece in _in_block(start, block)]))


def _numbering(lines: list[str]) -> dict[int, int]:
    """Line and end of the number of each entry in a numbered list, {} where the numbers do not count up by one."""
    for pattern, least in ((NUMBERED, 2), (_BARE_NUMBER, 3)):
        starts: dict[int, int] = {}
        expected: int | None = None
        for at, line in enumerate(lines):
            match = pattern.match(line)
            number = int(match[1] or match[2]) if match else None
            if match and (expected is None or number == expected):
                starts[at] = match.end()
                expected = (number or 0) + 1
        if len(starts) >= least:
            return starts
    return {}


def _numbered(lines: list[str], starts: dict[int, int]) -> Iterator[Entry]:
    held: list[str] = []
    start = 1
    for at, line in enumerate(lines):
        if at in starts:
            yield from _made(held, start)
            held, start = [line[starts[at] :]], at + 1
        elif not held and (_HEADING.match(line) or not line.strip()):
            start = at + 2
        else:
            held.append(line)
    yield from _made(held, start)


def _made(lines: list[str], start: int) -> Iterator[Entry]:
    words = "\n".join(lines).strip()
    if words:
        yield Entry(words, start)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for at, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield at - len(block), block
            block = []


def _in_block(start: int, block: list[str]) -> Iterator[Entry]:
    """One entry, or one a line where every line but addresses ends as an entry does and the next starts as one."""
    if _HEADING.match(block[0]):
        start, block = start + 1, block[1:]
    held: list[str] = []
    at = start
    for number, line in enumerate(block, start):
        ended = bool(held) and _ENDS.search(_without_address(held)) is not None
        begins = _BULLET.match(line) is not None or (ended and (_AUTHORS_FIRST.match(line) or _whole(held)))
        if held and begins and not _ADDRESS.match(line):
            yield from _made(held, at)
            held, at = [], number
        match = NUMBERED.match(line) or _BULLET.match(line) if not held else None
        held.append(line[match.end() :] if match else line)
    yield from _made(held, at)


def _without_address(lines: list[str]) -> str:
    kept = [line for line in lines if not _ADDRESS.match(line)]
    return kept[-1] if kept else ""


def _whole(lines: list[str]) -> bool:
    return _ENDS_IN_YEAR.search(_without_address(lines)) is not None and len(_without_address(lines)) > 60


def _rejoined(pieces: list[Entry]) -> Iterator[Entry]:
    """Pieces put together: one that lacks its end, and the next that lacks its beginning."""
    held: Entry | None = None
    for piece in pieces:
        if held is not None and _ADDRESS.match(piece.words) and "\n" not in piece.words:
            held = Entry(f"{held.words}\n\n{piece.words}", held.line, held.seam)
            continue
        if held is not None and held.seam is None and _one_entry(held.words, piece.words):
            held = Entry(f"{held.words}\n\n{piece.words}", held.line, (held.words, piece.words))
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _one_entry(first: str, second: str) -> bool:
    """Whether `second` goes on with `first`: a piece without a beginning after one without an end."""
    if _UNTITLED.search(first) and _STARTS_BROKEN.match(second):
        return True
    addressed = any(_ADDRESS.match(line) for line in first.split("\n"))
    if addressed or re.search(rf"\b{YEAR}\b", first) or not _AUTHORS_FIRST.match(first):
        return False
    starts = _STARTS_BROKEN.match(second) or re.match(r"\s*[a-zß-öø-ÿ(]", second)
    return bool(starts) or _OPEN_END.search(first) is not None

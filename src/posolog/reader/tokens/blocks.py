"""Raw text -> a tree of blocks. Registry wrapping is unfolded through a span map; the source is never rewritten."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_MARKER = re.compile(
    r"(?P<number>\d{1,2})(?P<dot>\s?[.)]|-|\s-)?(?=\s+[^\d\s])|(?P<bullet>[-*•·–]|[a-hA-H][.)])(?=\s)"
)
_DEEPEST = 8  # levels of a list; deeper ones stay at this depth, so that reading is linear in the text


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item.

    `text` is unfolded (single spaces); `at` and `raw_at` are where its stretches without a gap begin, in text and raw.
    `marker` is the list marker as written ("1-", "2", "-", ""), `parents` the indices of the blocks it hangs under,
    outermost first. `start`/`end` are raw offsets including the marker.
    """

    index: int
    text: str
    at: tuple[int, ...]
    raw_at: tuple[int, ...]
    marker: str
    number: int | None
    parents: tuple[int, ...]
    start: int
    end: int

    @property
    def heading(self) -> bool:
        return self.text.rstrip().endswith(":")

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw half-open offsets of text[start:end]."""
        first = self._place(start)
        return (first, self._place(end - 1) + 1) if end > start else (first, first)

    def _place(self, position: int) -> int:
        index = bisect_right(self.at, position) - 1
        return self.raw_at[index] + position - self.at[index]


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    indent: int
    marker: str
    number: int | None
    marker_start: int


def split_blocks(raw: str) -> tuple[Block, ...]:
    """All blocks of a text in order; every character that is not white space lies in exactly one of them."""
    pieces = _pieces(raw)
    base = min((piece.indent for piece in pieces), default=0)
    blocks: list[Block] = []
    head: tuple[int, ...] = ()  # the open base-level heading ("Secondary endpoints:")
    levels: list[tuple[int, int]] = []  # (number, block index) of the open numbered items, outermost first
    inner: list[tuple[int, int]] = []  # (indent, block index) of open bullets below them
    for piece in pieces:
        text, at, raw_at = _unfold(raw, piece.start, piece.end)
        if piece.number is not None:
            levels, inner = _open_level(levels, piece.number)[:_DEEPEST], []
        elif not piece.marker and piece.indent <= base:
            head, levels, inner = (), [], []
        else:
            inner = [(indent, index) for indent, index in inner if indent < piece.indent][:_DEEPEST]
        parents = head + tuple(index for _, index in levels) + tuple(index for _, index in inner)
        number, begins = piece.number, piece.marker_start
        blocks.append(Block(len(blocks), text, at, raw_at, piece.marker, number, parents, begins, piece.end))
        if piece.number is not None:
            levels.append((piece.number, len(blocks) - 1))
        elif not piece.marker and piece.indent <= base and blocks[-1].heading:
            head = (len(blocks) - 1,)
        elif piece.marker or blocks[-1].heading:
            inner.append((piece.indent, len(blocks) - 1))
    return tuple(blocks)


def _open_level(levels: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    """The levels that stay open above item `number`: 1 opens a list, n continues the innermost one that is at n - 1."""
    if number == 1:
        return levels
    for depth in range(len(levels) - 1, -1, -1):
        if levels[depth][0] == number - 1:
            return levels[:depth]
    return levels[:-1] if levels else []


def _pieces(raw: str) -> list[_Piece]:
    """Paragraphs and list items as raw spans, split at blank lines and at markers."""
    pieces: list[_Piece] = []
    fresh, seen = True, {0}
    for match in re.finditer(r"[^\n]*\n|[^\n]+\Z", raw):
        line = match.group()
        body = line.strip()
        if not body:
            fresh = True
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        marker = _marker(body, fresh=fresh, seen=seen)
        if marker is not None:
            number = int(marker["number"]) if marker["number"] else None
            if number is not None:
                seen.add(number)
            skipped = start + marker.end() + len(body[marker.end() :]) - len(body[marker.end() :].lstrip())
            pieces.append(_Piece(skipped, end, start - match.start(), marker.group().strip(), number, start))
        elif fresh or not pieces:
            pieces.append(_Piece(start, end, start - match.start(), "", None, start))
        else:
            pieces[-1].end = end
        fresh = False
    return pieces


def _marker(body: str, *, fresh: bool, seen: set[int]) -> re.Match[str] | None:
    """A list marker at the start of a line. A bare number counts only on a fresh paragraph that continues a list."""
    marker = _MARKER.match(body)
    if marker is None:
        return None
    if marker["number"] and not marker["dot"]:
        follows = body[marker.end() :].lstrip()
        return marker if fresh and int(marker["number"]) - 1 in seen - {0} and follows[:1].isupper() else None
    if marker["number"] and not fresh and int(marker["number"]) - 1 not in seen:
        return None
    return marker


_GAP = re.compile(r"[\s\u200b\u00ad\ufeff](?:[\s\u200b\u00ad\ufeff]+|(?<! ))")  # all but a single space


def _unfold(raw: str, start: int, end: int) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    words: list[str] = []
    at, raw_at = [0], [start]
    length = 0
    position = start
    for gap in _GAP.finditer(raw, start, end):
        words.append(raw[position : gap.start()])
        length += gap.start() - position
        at += [length, length + 1]
        raw_at += [gap.start(), gap.end()]
        length += 1
        position = gap.end()
    words.append(raw[position:end])
    return " ".join(words), tuple(at), tuple(raw_at)

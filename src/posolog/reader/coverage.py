"""What became of every character: read, informative, or not understood. Only blanks and list markers lie between."""

from __future__ import annotations

from bisect import bisect_right

from posolog.reader.model import Claim, Mark, State
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.sentences import sentences


def cover(text: str, blocks: tuple[Block, ...], claims: tuple[Claim, ...]) -> tuple[Mark, ...]:
    """Marks in order. A sentence that nothing claims is not understood; a marker shares its sentence's state."""
    by_block: dict[int, list[Claim]] = {}
    for claim in claims:
        by_block.setdefault(claim.block, []).append(claim)
    marks: list[Mark] = []
    for block in blocks:
        first = len(marks)
        cuts = sentences(block.text)
        for (start, end), mine in zip(cuts, _by_sentence(cuts, by_block.get(block.index, [])), strict=True):
            marks.append(_mark(block, start, end, mine))
        if len(marks) > first and block.marker:
            marks[first] = Mark(block.start, marks[first].end, marks[first].state, marks[first].reason)
    return tuple(marks)


def _by_sentence(cuts: tuple[tuple[int, int], ...], claims: list[Claim]) -> list[list[Claim]]:
    """For each sentence the claims that touch it, in their order."""
    found: list[list[Claim]] = [[] for _ in cuts]
    for claim in claims:
        first = bisect_right(cuts, claim.start, key=lambda cut: cut[1])
        for index in range(first, len(cuts)):
            if cuts[index][0] >= claim.end:
                break
            found[index].append(claim)
    return found


def _mark(block: Block, start: int, end: int, claims: list[Claim]) -> Mark:
    mine = [c for c in claims if c.start <= start and c.end >= end] or [
        c for c in claims if c.start < end and start < c.end and c.end - c.start > (end - start) / 2
    ]
    raw = block.raw(start, end)
    best = next((c for c in mine if c.state is State.READ), mine[0] if mine else None)
    if best is None:
        return Mark(*raw, State.UNREAD, "nothing in the reader's grammar fits these words")
    return Mark(*raw, best.state, best.reason)


WORDS = {State.READ: "used", State.INFORMATIVE: "no dose", State.UNREAD: "unread"}


def show(text: str, marks: tuple[Mark, ...], amounts: tuple[Mark, ...] = ()) -> str:
    """The whole text, stretch after stretch, each with its line, its state and the reason; then every amount."""
    lines = []
    for mark in marks:
        line = text.count("\n", 0, mark.start) + 1
        words = " ".join(text[mark.start : mark.end].split())
        lines += [f"line {line}: {mark.state.value} ({mark.reason})", f"    {words}"]
    counts = ", ".join(f"{sum(mark.state is state for mark in marks)} {state.value}" for state in State)
    for mark in amounts:
        words, line = " ".join(text[mark.start : mark.end].split()), text.count("\n", 0, mark.start) + 1
        lines.append(f"amount {words!r} in line {line}: {WORDS[mark.state]} ({mark.reason})")
    seen = ", ".join(f"{sum(mark.state is state for mark in amounts)} {word}" for state, word in WORDS.items())
    return "\n".join([*lines, f"{len(amounts)} amounts: {seen}", f"{len(marks)} stretches: {counts}"])

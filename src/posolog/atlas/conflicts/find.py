"""The contradictions of one text, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.atlas.conflicts.durations import durations
from posolog.atlas.conflicts.shares import A_DAY, shares
from posolog.atlas.conflicts.totals import totals
from posolog.core.finding import Finding
from posolog.reader.model import ReadResult, Statement
from posolog.reader.tokens.blocks import split_blocks
from posolog.reader.tokens.sentences import sentences

CODES = ("STATED-DAYS", "STATED-TOTAL", "STATED-DAILY")
_LIKELY = re.compile(
    r"\btotal\b|(?:\bfor|[x×*])\s?(?:[a-z]{1,7}\s){0,3}\d{0,3}[a-z]{0,6}\s?(?:consecutive\s)?d(?:ays?)?\b[\s\S]{0,60}?"
    r"(?:\bdays?|\b[dDJ])\s?[-+−–(]?\s?\d|(?:\bdays?|\b[dDJ])\s?[-+−–(]?\s?\d[\s\S]{0,60}?(?:\bfor|[x×*])\s?[\s\S]{0,20}?d(?:ays?)?\b",
    re.I,
)


def conflicts(text: str, result: ReadResult) -> Iterator[Finding]:
    """The contradictions of one text and of the statements read in it."""
    if not _LIKELY.search(text) and not A_DAY.search(text):
        return
    by_block: dict[int, list[Statement]] = {}
    for statement in result.statements:
        by_block.setdefault(statement.block, []).append(statement)
    for block in split_blocks(text):
        for start, end in sentences(block.text):
            mine = [s for s in by_block.get(block.index, []) if start <= s.start < end]
            words = block.text[start:end]
            if _LIKELY.search(words):
                yield from durations(block, start, end)
            if mine and "total" in words.lower():
                yield from totals(block, start, end, mine)
            if A_DAY.search(words):
                yield from shares(block, start, end)

"""Stated counts against listed items, and one cut-off stated in two ways, across the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Protocol
from posolog.reader.tokens.blocks import Block, split_blocks
from posolog.reader.tokens.numbers import WORDS
from posolog.records import Passage, Record

_NUMBER = r"(?P<n>[2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten)"
_NOUN = (
    r"(?P<noun>regimen|arm|group|option|schedule|cohort|stratum|strata|criteria|drug|agent|treatment|phase|part|step)s?"
)
_STATED = re.compile(
    rf"\b(?:only\s+|the\s+|these\s+|following\s+|one\s+of\s+)*{_NUMBER}\s+(?:[a-z/-]+\s+){{0,3}}?{_NOUN}\b", re.I
)
_ARMS = re.compile(
    rf"\b(?:random\w*|assigned|allocated)\s+(?:[\w-]+\s+){{0,5}}?(?:to|into|in|between|among)\s+(?:one\s+of\s+)?{_NUMBER}\s+"
    rf"(?:[a-z/-]+\s+){{0,2}}?(?:arm|group)s\b|\b{_NUMBER.replace('<n>', '<m>')}-arm(?:ed)?\b",
    re.I,
)
_CUTOFF = re.compile(
    r"\b(?P<marker>CD\d{1,3}[a-z]?|HER-?2|PD-?L1|Ki-?67|LVEF|BCMA)\b(?P<between>[^.;\n]{0,60}?)(?P<value>\d{1,3}(?:\.\d+)?)\s?%"
    r"(?!\s*(?:CI|confidence))|(?P<value2>\d{1,3}(?:\.\d+)?)\s?%(?P<between2>[^.;\n\d]{0,40}?)\b(?P<marker2>CD\d{1,3}[a-z]?|"
    r"HER-?2|PD-?L1|BCMA)\b"
)
_AT_LEAST = re.compile(r"≥|>|at least|minimum|more than|positiv|express|cut-?\s?off|threshold", re.I)


def counts_disagree(
    record: Record, protocol: Protocol, passages: Iterable[Passage], document: str
) -> Iterator[Finding]:
    """ "only three regimens" beside a list of four; "randomised to two arms" beside three arm groups."""
    listed = {
        part.choice: {p.option or p.name for p in protocol.parts if p.choice == part.choice and p.arm == part.arm}
        for part in protocol.parts
        if part.choice
    }
    for passage in passages:
        yield from _in_lists(passage, document)
        for match in _STATED.finditer(passage.text):
            noun, stated = match["noun"].lower(), _value(match["n"])
            names = next((names for choice, names in listed.items() if noun in choice), set())
            if len(names) > 1 and stated != len(names):
                yield _count(passage, match.span(), stated, noun + "s", sorted(names), document)
        for match in _ARMS.finditer(passage.text):
            stated = _value(match["n"] or match["m"])
            if len(record.arms) > 1 and stated != len(record.arms):
                yield _count(passage, match.span(), stated, "arms", [arm.label for arm in record.arms], document)


def _in_lists(passage: Passage, document: str) -> Iterator[Finding]:
    """A heading that counts the items below it: "the following three regimens:" and four numbered items."""
    blocks = split_blocks(passage.text)
    for block in blocks:
        stated = None if not block.heading else next(reversed(list(_STATED.finditer(block.text))), None)
        items = [b for b in blocks if b.parents[-1:] == (block.index,) and b.marker]
        if stated is None or len(items) < 2 or _value(stated["n"]) == len(items):
            continue
        names = [_short(item) for item in items]
        yield _count(
            passage, block.raw(*stated.span()), _value(stated["n"]), stated["noun"].lower() + "s", names, document
        )


def _short(block: Block) -> str:
    return block.text if len(block.text) <= 40 else block.text[:37] + "..."


def _value(words: str) -> int:
    return int(words) if words.isdigit() else WORDS[words.lower()]


def _count(
    passage: Passage, span: tuple[int, int], stated: int, noun: str, listed: list[str], document: str
) -> Finding:
    words = " ".join(passage.text[slice(*span)].split())
    name = f"{document}, {passage.field}" if document else passage.field
    return Finding(
        "ITEM-COUNT",
        Severity.ASK,
        f'The {passage.field} says "{words}", and {len(listed)} {noun} are listed: {"; ".join(listed)}.',
        "Settle whether one is missing, one was added later, or the count is of something else.",
        (Place(f"{stated} stated", words, name, span=Span(name, *span)),),
    )


def cutoffs_disagree(passages: Iterable[Passage], document: str) -> Iterator[Finding]:
    """One marker with two percentages in two fields ("CD22 at least 70 %" and "CD22 >= 30 %")."""
    found: dict[str, list[tuple[str, Passage, tuple[int, int]]]] = {}
    for passage in passages:
        for match in _CUTOFF.finditer(passage.text):
            marker = (match["marker"] or match["marker2"]).upper().replace("-", "")
            around = passage.text[max(0, match.start() - 40) : match.end() + 40]
            if _AT_LEAST.search(around):
                found.setdefault(marker, []).append((match["value"] or match["value2"], passage, match.span()))
    for marker, said in found.items():
        values = list(dict.fromkeys(value for value, _, _ in said))
        if len(values) > 1 and len({passage.field for _, passage, _ in said}) > 1:
            yield _cutoff(marker, values, said, document)


def _cutoff(marker: str, values: list[str], said: list[tuple[str, Passage, tuple[int, int]]], document: str) -> Finding:
    places = []
    for value in values:
        _, passage, span = next(one for one in said if one[0] == value)
        name = f"{document}, {passage.field}" if document else passage.field
        places.append(Place(f"{value} %", " ".join(passage.text[slice(*span)].split()), name, span=Span(name, *span)))
    listed = " and ".join(
        f"{value} % ({place.where.rpartition(', ')[2]})" for value, place in zip(values, places, strict=True)
    )
    return Finding(
        "CUTOFF-DISAGREES",
        Severity.ASK,
        f"The record states {marker} with {listed}.",
        "Settle which cut-off holds for entry.",
        tuple(places),
        "H17",
    )

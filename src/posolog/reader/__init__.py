"""The only room that sees prose: text -> a draft protocol, findings, and what became of every character."""

from __future__ import annotations

from dataclasses import replace

from posolog.core.because import Span
from posolog.core.days import DayRange
from posolog.core.finding import Finding, Place, Severity
from posolog.reader.accounts import account
from posolog.reader.coverage import cover
from posolog.reader.drafting import Sheet, assemble, draft_lines
from posolog.reader.model import Drafted, Mark, Purpose, ReadResult, State, Statement
from posolog.reader.purpose import read_purpose
from posolog.reader.statements import Administration, as_json, statements, uncertain_share
from posolog.reader.tokens.blocks import Block, split_blocks

__all__ = [
    "Administration",
    "Mark",
    "ReadResult",
    "State",
    "Statement",
    "as_json",
    "read",
    "statements",
    "uncertain_share",
]


def read(text: str, *, name: str = "draft", document: str = "") -> ReadResult:
    """Read a protocol's or registry's words.

    `name` names the draft, `document` is the file that `from` quotes refer to. Nothing is guessed: what the words leave
    open is a finding, what could not be understood is listed in the coverage and as a NOT-UNDERSTOOD finding.
    """
    blocks = split_blocks(text)
    purpose = read_purpose(blocks, raw=text, document=document)
    sheet = draft_lines(blocks, purpose.claims)
    located = tuple(_located(text, blocks[one.block], one) for one in sheet.statements)
    return ReadResult(located, document, lambda: _draft(name, document, text, purpose, sheet))


def _draft(name: str, document: str, text: str, purpose: Purpose, sheet: Sheet) -> Drafted:
    """The draft, what was found, and what became of every character and every amount."""
    blocks = sheet.blocks
    protocol = assemble(name, document, text, blocks, list(sheet.parts.values()), purpose)
    marks = cover(text, blocks, (*purpose.claims, *sheet.claims))
    findings = [
        *purpose.findings,
        *sheet.findings,
        *_dashes(blocks, sheet.statements),
        *_not_understood(text, marks),
    ]
    named = tuple(_named(finding, document) for finding in findings)
    return Drafted(protocol, named, marks, account(blocks, sheet.told))


def _located(text: str, block: Block, statement: Statement) -> Statement:
    """The statement with its words as they stand in the raw text."""
    raw = block.raw(statement.start, statement.end)
    return replace(statement, raw=raw, quote=text[raw[0] : raw[1]].strip())


def _not_understood(text: str, marks: tuple[Mark, ...]) -> list[Finding]:
    return [
        Finding(
            "NOT-UNDERSTOOD",
            Severity.ASK,
            f"These words were not understood: {_short(text[m.start : m.end])!r}.",
            "Write what they ask as lines of the protocol, or note them as informative with the reason.",
            (Place("not understood", " ".join(text[m.start : m.end].split()), span=Span("", m.start, m.end)),),
        )
        for m in marks
        if m.state is State.UNREAD
    ]


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 100 else flat[:97] + "..."


def _dashes(blocks: tuple[Block, ...], statements: list[Statement]) -> list[Finding]:
    """A dash between days is read as a range and said so, with the number of doses (hazard H3)."""
    places = []
    for statement in statements:
        words = blocks[statement.block].text[statement.start : statement.end]
        for item in statement.give.days.items if statement.give.days else ():
            if isinstance(item, DayRange) and f"{item.first}-{item.last}" in words:
                raw = blocks[statement.block].raw(statement.start, statement.end)
                count = item.last - item.first + 1
                places.append(Place(f"day {item.first} to day {item.last} ({count} days)", words, span=Span("", *raw)))
    if not places:
        return []
    return [
        Finding(
            "DAY-DASH",
            Severity.ASK,
            f"A dash between day numbers is read as a range in {len(places)} place(s).",
            "Confirm that every day of the range is meant, not only its first and last.",
            tuple(places),
            "H3",
        )
    ]


def _named(finding: Finding, document: str) -> Finding:
    """The finding with the document's name in its places."""
    places = tuple(
        Place(
            p.label, p.words, p.where or document, p.line, Span(document, p.span.start, p.span.end) if p.span else None
        )
        for p in finding.places
    )
    return Finding(finding.code, finding.severity, finding.message, finding.next_step, places, finding.hazard)

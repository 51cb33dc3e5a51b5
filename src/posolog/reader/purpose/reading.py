"""Every sentence of a text, read once for all that it says beside administrations."""

from __future__ import annotations

import re

from posolog.protocol.model import Note, Source
from posolog.reader.model import Claim, Purpose, State
from posolog.reader.purpose.allocation import allocation_of, arms_of, joined
from posolog.reader.purpose.goals import goals_of
from posolog.reader.purpose.notebook import Notebook, unranked_findings
from posolog.reader.purpose.remarks import Text, remark, still
from posolog.reader.purpose.sections import NOWHERE, Heading, Section, heading, opening, pieces
from posolog.reader.purpose.visits import asks_visits, visits_of
from posolog.reader.tokens.blocks import Block
from posolog.reader.tokens.sentences import sentences

_BETWEEN = re.compile(r"\b(?:to|into|between)\s+(?!one\b|1\b|two\b|2\b|the\s+(?:two|2)\b|treatment\b)", re.I)


def read_purpose(blocks: tuple[Block, ...], *, raw: str, document: str) -> Purpose:
    """Read every sentence of `blocks` once, under the heading it stands under.

    `raw` is the text that the blocks were split from and `document` its name; sources quote the raw words. Sentences
    that hold an amount or a day schedule with a verb of giving are left to the dose reader.
    """
    reading = Notebook(document)
    sections: dict[int, Section] = {}
    flow = NOWHERE
    for block in blocks:
        inside = next((sections[parent] for parent in reversed(block.parents) if sections[parent].kind), flow)
        if not block.parents and not block.marker and inside.kind == "purpose" and _left(block, blocks):
            inside = NOWHERE
        flow, sections[block.index] = _read_block(reading, block, inside, raw)
        if block.parents and not block.heading:
            flow = inside
    return Purpose(
        tuple(reading.endpoints),
        tuple(reading.visits),
        joined(reading.allocation),
        tuple(reading.notes),
        tuple(reading.arms),
        tuple(reading.claims),
        unranked_findings(reading),
    )


def _left(block: Block, blocks: tuple[Block, ...]) -> bool:
    """A paragraph at base level that follows a list item has left the list."""
    return block.index > 0 and bool(blocks[block.index - 1].marker)


def _read_block(reading: Notebook, block: Block, inside: Section, raw: str) -> tuple[Section, Section]:
    """Returns the section at the block's end and the one that its children stand in."""
    opened = NOWHERE
    first, child = True, bool(block.parents)
    for start, end in sentences(block.text):
        outcomes: list[tuple[State | None, str]] = []
        for piece, stop in pieces(block.text, start, end):
            text = block.text[piece:stop]
            head = _headings(text, inside)
            if head is not None:
                inside = head.section
                opened = inside if block.heading else opened
            span = block.raw(piece, stop)
            source = Source(raw[span[0] : span[1]], reading.document, *span)
            outcomes.append(
                _read_sentence(
                    reading,
                    text,
                    head.end if head else 0,
                    inside,
                    source,
                    listed=child or first or head is not None,
                    child=child,
                )
            )
            if outcomes[-1][0] is None and inside.kind and head is None and not child and text.strip(" .-0123456789"):
                inside = NOWHERE
            first = False
        _claim(reading, block, start, end, outcomes)
    return inside, opened


def _claim(reading: Notebook, block: Block, start: int, end: int, outcomes: list[tuple[State | None, str]]) -> None:
    """One claim on a whole sentence, where every piece of it has been dealt with."""
    if any(state is None for state, _ in outcomes):
        return
    state, reason = next((outcome for outcome in outcomes if outcome[0] is State.READ), outcomes[0])
    assert state is not None
    reading.claims.append(Claim(block.index, start, end, state, reason))
    if state is State.INFORMATIVE and reason != _HEADING:
        reading.notes.append(Note(block.text[start:end], reason))


_HEADING = "heading of a list"


def _headings(text: str, inside: Section) -> Heading | None:
    """The heading that `text` starts with, or the second of two ("Objectives: Primary: ..."), or an opening."""
    head = heading(text, inside=inside)
    if head is None:
        opened = opening(text)
        return Heading(text, len(text), opened) if opened.kind else None
    if head.section.kind != "purpose":
        return head
    rest = text[head.end :]
    second = heading(rest.lstrip(), inside=head.section)
    if second is None or second.section.kind != "purpose":
        return head
    return Heading(second.name, head.end + len(rest) - len(rest.lstrip()) + second.end, second.section)


def _read_sentence(
    reading: Notebook, text: str, body: int, section: Section, source: Source, *, listed: bool, child: bool
) -> tuple[State | None, str]:
    """What becomes of one sentence whose words after its heading start at `body`."""
    sentence = Text(text)
    if section.kind and not text[body:].strip(" -:"):
        return State.INFORMATIVE, _HEADING
    goal = goals_of(reading, sentence, body, section, source, listed=listed, child=child)
    if goal[0] is not None:
        return goal
    allocation = allocation_of(text, source)
    reason = remark(sentence, section.kind, flowing=not child and not body)
    if not reason.startswith("background"):
        reading.arms.update(dict.fromkeys(arms_of(text)))
        if allocation is not None:
            reading.allocation.append(allocation)
    if reason and not (allocation is not None and reason.startswith("design")):
        return State.INFORMATIVE, reason
    visits = visits_of(text, source) if asks_visits(text, sentence.words) and still(sentence) else None
    if visits is not None:
        reading.visits.append(visits)
        return State.READ, "follow-up visits"
    if allocation is not None and still(sentence) and (reason or _whole(text)):
        return State.READ, "allocation"
    return (State.INFORMATIVE, reason) if reason else (None, "")


def _whole(text: str) -> bool:
    """An allocation sentence that names no treatment of its own ("to CRT or CRT plus drug")."""
    return not text.rstrip().endswith(":") and (bool(arms_of(text)) or _BETWEEN.search(text) is None)

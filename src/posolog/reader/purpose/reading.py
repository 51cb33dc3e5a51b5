"""All that a text says beside administrations: objectives, endpoints, follow-up, allocation, arms, remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Allocation, Endpoint, Note, Source, Visits
from posolog.reader.model import Claim, Purpose, State
from posolog.reader.purpose.allocation import allocation_of, arms_of, joined
from posolog.reader.purpose.endpoints import endpoints_of, panel_of, roles_in
from posolog.reader.purpose.guard import gives, has_amount, has_schedule
from posolog.reader.purpose.remarks import Text, harmless, remark, still
from posolog.reader.purpose.sections import NOWHERE, Heading, Section, heading, opening, pieces
from posolog.reader.purpose.visits import asks_visits, visits_of
from posolog.reader.tokens.blocks import Block, sentences

_ITEM = re.compile(
    r"(?:(?:[IVX]{1,4}|\d{1,2}|[A-Ha-h])[.)]\s*|\(\w{1,3}\)\s*|[-*•]\s*)|(?:to|further)\s+[a-z]+|(?:Evaluat|"
    r"Assess|Determin|Compar|"
    r"Estimat|Describ|Correlat|Analy[sz]|Examin|Investigat|Characteri[sz]|Measur|Explor|Defin|Establish|"
    r"Identify|Demonstrat|"
    r"Obtain|Observ|Monitor|Study|Test|Document|Validat|Develop)(?:e|y|s)?\s", re.I)
_FINITE = re.compile(r"\b(?:will|is|are|was|were|be|has|have|must|should|may|can)\b")
_RANKS = frozenset(("primary", "main", "principal", "major", "secondary", "tertiary", "exploratory", "correlative",
                    "other", "coprimary"))
_BETWEEN = re.compile(r"\b(?:to|into|between)\s+(?!one\b|1\b|two\b|2\b|the\s+(?:two|2)\b|treatment\b)", re.I)
_PLAN = re.compile(r"\b(?:will|must|should|shall|patients\s+(?:are|receive))\b", re.I)
_RECONSTITUTION = re.compile(r"\bimmune\s+reconstitution\b", re.I)
_EXPLORATORY = "exploratory objective: no endpoint of the protocol"
_UNRANKED = "the text lists it as an objective without calling it primary or secondary"


@dataclass(slots=True)
class _Reading:
    """What has been read so far, in text order."""

    document: str
    endpoints: list[Endpoint] = field(default_factory=list)
    visits: list[Visits] = field(default_factory=list)
    allocation: list[Allocation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    arms: dict[str, None] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    unranked: list[Source] = field(default_factory=list)


def read_purpose(blocks: tuple[Block, ...], *, raw: str, document: str) -> Purpose:
    """Read every sentence of `blocks` once, under the heading it stands under.

    `raw` is the text that the blocks were split from and `document` its name; sources quote the raw words. Sentences
    that hold an amount or a day schedule with a verb of giving are left to the dose reader.
    """
    reading = _Reading(document)
    sections: dict[int, Section] = {}
    flow = NOWHERE
    for block in blocks:
        inside = next((sections[parent] for parent in reversed(block.parents) if sections[parent].kind), flow)
        if not block.parents and not block.marker and inside.kind == "purpose" and _left(block, blocks):
            inside = NOWHERE
        flow, sections[block.index] = _read_block(reading, block, inside, raw)
        if block.parents and not block.heading:
            flow = inside
    return Purpose(tuple(reading.endpoints), tuple(reading.visits), joined(reading.allocation), tuple(reading.notes),
                   tuple(reading.arms), tuple(reading.claims), _findings(reading))


def _left(block: Block, blocks: tuple[Block, ...]) -> bool:
    """A paragraph at base level that follows a list item has left the list."""
    return block.index > 0 and bool(blocks[block.index - 1].marker)


def _read_block(reading: _Reading, block: Block, inside: Section, raw: str) -> tuple[Section, Section]:
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
            source = Source(raw[span[0]:span[1]], reading.document, *span)
            outcomes.append(_read_sentence(reading, text, head.end if head else 0, inside, source,
                                           listed=child or first or head is not None, child=child))
            if outcomes[-1][0] is None and inside.kind and head is None and not child and text.strip(" .-0123456789"):
                inside = NOWHERE
            first = False
        _claim(reading, block, start, end, outcomes)
    return inside, opened


def _claim(reading: _Reading, block: Block, start: int, end: int, outcomes: list[tuple[State | None, str]]) -> None:
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
    rest = text[head.end:]
    second = heading(rest.lstrip(), inside=head.section)
    if second is None or second.section.kind != "purpose":
        return head
    return Heading(second.name, head.end + len(rest) - len(rest.lstrip()) + second.end, second.section)


def _read_sentence(reading: _Reading, text: str, body: int, section: Section, source: Source, *,
                   listed: bool, child: bool) -> tuple[State | None, str]:
    """What becomes of one sentence whose words after its heading start at `body`."""
    sentence = Text(text)
    if section.kind and not text[body:].strip(" -:"):
        return State.INFORMATIVE, _HEADING
    goal = _goals(reading, sentence, body, section, source, listed=listed, child=child)
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


def _goals(reading: _Reading, sentence: Text, body: int, section: Section, source: Source, *,
           listed: bool, child: bool) -> tuple[State | None, str]:
    """Objectives and endpoints, named by the sentence itself or by the heading it stands under."""
    text = sentence.text
    ranked = not _RANKS.isdisjoint(sentence.words) and (not body or section.kind != "purpose")
    stretches = roles_in(text[body:], body) if ranked else ()
    found: list[Endpoint] = []
    if stretches:
        for stretch in stretches:
            if stretch.role:
                found += endpoints_of(text[stretch.start:stretch.end], stretch.role, source)
        exploratory = not any(stretch.role for stretch in stretches)
    elif section.kind == "purpose" and _is_item(text[body:], listed=listed, child=child):
        exploratory = not section.role
        because = "" if section.ranked else _UNRANKED
        found += endpoints_of(text[body:], section.role, source, because=because) if section.role else ()
        if found and not section.ranked:
            reading.unranked.append(source)
    else:
        return None, ""
    if not found and not exploratory:
        return None, ""
    reading.endpoints += found
    reading.visits += _panel(text, found, source)
    if not harmless(sentence):
        return None, ""
    return (State.READ, found[0].role) if found else (State.INFORMATIVE, _EXPLORATORY)


def _is_item(text: str, *, listed: bool, child: bool) -> bool:
    """Whether words under a heading of objectives name one: an item of the list, or a phrase without a verb."""
    if _ITEM.match(text.lstrip()) is not None:
        return not (has_amount(text) and gives(text))
    if not listed or len(text) > 400 or has_amount(text) or (gives(text) and has_schedule(text)):
        return False
    return (_PLAN if child else _FINITE).search(text) is None


def _panel(text: str, found: list[Endpoint], source: Source) -> list[Visits]:
    """An endpoint with time points and a bracketed list of what is measured asks for visits, too."""
    items = panel_of(text)
    timed = [endpoint for endpoint in found if endpoint.at]
    if not items or len(timed) != 1:
        return []
    name = "immune reconstitution" if _RECONSTITUTION.search(text) else timed[0].name
    return [Visits(name, timed[0].after, timed[0].at, items, sources=(source,))]


def _findings(reading: _Reading) -> tuple[Finding, ...]:
    if not reading.unranked:
        return ()
    places = tuple(Place("listed without a rank", source.words, reading.document) for source in reading.unranked)
    return (Finding("OBJECTIVE-UNRANKED", Severity.NOTE,
                    "The text lists objectives without saying which are primary; they are drafted as primary.",
                    "Set the role of each endpoint in the draft.", places),)

"""The words of a statement: its quote, its alternatives, and findings placed in the block it stands in."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Do, Give
from posolog.reader.drafts import Draft
from posolog.reader.scope.conditions import ConditionWords
from posolog.reader.tokens.blocks import Block


def quote_of(block: Block, start: int, end: int, draft: Draft, *, lone: bool) -> tuple[int, int, int]:
    """The quote: the whole sentence when it holds one statement, else the statement with its closing bracket."""
    if lone and end - start <= 240:
        return block.index, start, end
    words = block.text[draft.start : draft.end]
    closes = words.count("(") > words.count(")") and block.text[draft.end : draft.end + 1] == ")"
    return block.index, draft.start, draft.end + closes


def as_do(give: Give) -> Do | None:
    """A graft is transfused, not dosed."""
    if give.amount is None and give.days is not None and "graft" in give.agent:
        return Do("graft transfusion", give.days)
    return None


def alternatives(text: str, draft: Draft, drafts: tuple[Draft, ...]) -> tuple[str, ...]:
    """ "A 5 mg/kg or B 140 mg/m2": a person says which one is given."""
    for left, right in pairwise(drafts):
        if draft in (left, right) and re.fullmatch(r"\s?[)\]]?,?\s?(?:either\s)?or\s", text[left.end : right.start]):
            return (f"{left.agent.name} or {right.agent.name}: which of the two is given",)
    return ()


_NO_CONDITION = ("in combination", "combination", "if eligible", "if applicable", "if any", "if possible")

# "in patients with advanced renal cell carcinoma": the trial's patients, all of them
_EVERYBODY = re.compile(
    r"""\b(?:in|for)\s(?:\w+\s){0,2}?(?:patients|subjects|participants|adults|children|women|men|individuals)\s
        (?:\w+\s)?with\b(?!
            .*(?:
                [<>≥≤]|\bwho\b|respon|progress|persist|fail|toxicit|stable|remission|relapse\s|MRD|clearance|weigh
                |platelet|risk)).*
        (?:
            cancer|carcinoma|lympho|leuk|myelo|tumou?r|melanoma|sarcoma|blastoma|glioma|neoplas|malignan|disease
            |syndrome|anaemia|anemia|thalass|haemophil|hemophil|AML|CLL|CML|MDS|\bMM\b|NSCLC|SCLC|HCC|disorder|CNV
            |hypertens|diabet|arthrit)""",
    re.I | re.X,
)


def when_of(block: Block, conditions: list[ConditionWords]) -> str:
    found = (block.text[one.start : one.end] for one in conditions)
    return next((words for words in found if words.lower() not in _NO_CONDITION and not _EVERYBODY.search(words)), "")


def finding_at(
    code: str, severity: Severity, block: Block, start: int, end: int, message: str, step: str, hazard: str = ""
) -> Finding:
    a, b = block.raw(start, end)
    return Finding(
        code, severity, message, step, (Place("here", block.text[start:end].strip(), span=Span("", a, b)),), hazard
    )


def located(finding: Finding, block: Block, draft: Draft) -> Finding:
    words = finding.places[0].words if finding.places else block.text[draft.start : draft.end]
    at = block.text.find(words.strip(), max(0, draft.start - 20))
    start, end = (at, at + len(words.strip())) if at >= 0 else (draft.start, draft.end)
    a, b = block.raw(start, end)
    label = finding.places[0].label if finding.places else "here"
    return replace(finding, places=(Place(label, block.text[start:end], span=Span("", a, b)),))


def repairs(block: Block, draft: Draft) -> list[Finding]:
    """A repair of the text is a noted inference with a finding of its own."""
    return [
        finding_at(
            "READ-REPAIRED",
            Severity.ASK,
            block,
            draft.start,
            draft.end,
            f"{note[0].upper()}{note[1:]}.",
            "Confirm the reading in the line's because.",
        )
        for note in draft.notes
    ]

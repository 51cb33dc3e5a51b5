"""Cycle lengths and counts said for the treatment as a whole reach the lines that say none.

"Treatment repeats every 21 days for 6 cycles": the text's only length reaches every line whose days count in a cycle,
its only count where it is said of the treatment as a whole; of several, each line has the one that is said next
after it under the same label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from posolog.protocol.model import Count
from posolog.reader.agents import key
from posolog.reader.clauses.kinds import days_of
from posolog.reader.drafts import Draft
from posolog.reader.labels import labels
from posolog.reader.lexer import Token
from posolog.reader.settle.compare import same_agent
from posolog.reader.settle.told import Told

_COUNT, _LENGTH = 0, 1  # the places in the value of a cycle token
# "after 2 cycles", "at least 4 cycles", "the first 3 cycles": no count of the treatment.
_NO_COUNT = re.compile(
    r"""(?: \bafter(?:\sthe)? | \bevery | \bfirst | \blast | \bleast | \bcomplet\w*(?:\sof)? | \bthan | \bfollowing
          | \beach | \bbetween | \bprior | \bprevious | \bremaining | \bfurther | \bsubsequent | \badditional | \bnext
          | \bwithin | \bend\sof | \bbeyond | \bbefore | \bduring | \bover | \breceived | \binitial | \bminimum\sof
          | [<>≤≥]=? )
        \s? (?: the\s | first\s | a\stotal\sof\s )? $""",
    re.I | re.X,
)
_LISTED_COUNT = re.compile(r"(?:\btotal|(?:days?|weeks?|cycle|course),)\s?\Z", re.I)  # "every 21 days, 6 cycles"
_REPEATS = re.compile(
    r"""\b(?: totally | in\stotal
            | repeat | recycl | continue | for\sup\sto | maximum | a\stotal\sof | up\sto | for\s\d | x\s\d | receive
            | will\sbe | consist | given | planned | duration | over )""",
    re.I | re.X,
)
# "treatment repeats for up to 6 cycles", "there will be 10 cycles of therapy"
_OF_TREATMENT = re.compile(
    r"""\bthere\swill\sbe\b | \b(?: up\sto | total\sof | maximum\sof )\s [^.;]{0,40}
        \b(?: cycles | courses )\sof\s(?: one | the | treatment | therapy )\b
        | \b(?: repeat\w* | continue[sd]? | treated | treatment | therapy | cycles? | courses? )\b [^.;]{0,60}
        \b(?: for | up\ to | total\ of | maximum | every | will\ be | are\ planned )\b""",
    re.I | re.X,
)


_OF_ALL = re.compile(r"\b(?:treatment|therapy|chemotherapy|there\swill\sbe)\b", re.I)
_PHASE = re.compile(
    r"\b(?:arms?|phases?|cohorts?|groups?|strat(?:um|a)|parts?|stages?|steps?|induction|consolidation|maintenance|salvage)\b",
    re.I,
)
# "CVP will be repeated": one regimen's cycle.
_REPEATED = re.compile(r"([A-Za-z-]+)\s(?:(?:will|is|are|was|were|to|may|can|be|then)\s){1,3}\Z")
_ANYTHING = frozenset(
    """
    treatment treatments therapy cycle cycles course courses regimen regimens chemotherapy combination dosing schedule
    it this these they both which that drugs drug infusion infusions injections dose doses administration
    """.split()
)
_FOLLOWING = re.compile(r"\bfollowing\b|:")


@dataclass(frozen=True, slots=True)
class _Said:
    """A cycle token, the sentence that says it, and whether a statement of that sentence has it already."""

    sentence: int
    token: Token
    used: bool

    def value(self, slot: int) -> int:
        found = self.token.value[slot] if isinstance(self.token.value, tuple) else 0
        return int(found or 0)


def spread_cycles(told: list[Told], kept: list[tuple[Told, Draft]]) -> None:
    """Hands cycle lengths and counts to the kept drafts that say none."""
    lengths: list[_Said] = []
    counts: list[_Said] = []
    for index, one in enumerate(told):
        if one.background:
            continue
        used = {id(t) for draft in one.drafts for t in draft.tokens}
        for token in one.found.tokens:
            if token.kind != "cycles" or not isinstance(token.value, tuple):
                continue
            said = _Said(index, token, id(token) in used)
            if said.value(_LENGTH) >= 5:
                lengths.append(said)
            if said.value(_COUNT) > 1 and _counts_treatment(one, token):
                counts.append(said)
            elif said.value(_COUNT):
                _take_count_away([draft for _, draft in kept], token)
    turning = [(one, draft) for one, draft in kept if _counts_in_cycles(draft)]
    others = [(one, draft) for one, draft in kept if not any(draft is other for _, other in turning)]
    _reach(told, kept, lengths, _LENGTH)
    _reach(told, turning, counts, _COUNT)
    both = {said.sentence for said in lengths}
    _reach(told, others, [said for said in counts if said.sentence in both], _COUNT)


def _counts_treatment(one: Told, token: Token) -> bool:
    """The count is how often the treatment is given."""
    lead = one.words[max(0, token.start - one.start - 24) : token.start - one.start]
    if _NO_COUNT.search(lead) or "additional" in token.words:
        return False
    return _REPEATS.search(one.words) is not None or _LISTED_COUNT.search(lead) is not None


def _take_count_away(drafts: list[Draft], token: Token) -> None:
    """ "after 2 cycles of 21 days": no count of this line, but its length."""
    length = token.value[_LENGTH] if isinstance(token.value, tuple) else None
    instead = [replace(token, value=(None, length, False))] if length else []
    for draft in drafts:
        if not any(mine is token for mine in draft.tokens):
            continue
        draft.tokens = [t for mine in draft.tokens for t in (instead if mine is token else [mine])]


def _reach(told: list[Told], kept: list[tuple[Told, Draft]], said: list[_Said], slot: int) -> None:
    for one, draft in kept:
        counted = _counts_in_cycles(draft)
        if not said or _says(draft, slot) or not (counted or (slot == _LENGTH and _goes_on(draft))):
            continue
        at = next(i for i, other in enumerate(told) if other is one)
        found = _rules(told, said, slot, at)
        if found is not None and not counted and _of_others(told[found.sentence], found, one, draft):
            continue
        there = told[found.sentence] if found is not None else one
        if slot == _COUNT and _of_another(there, one, draft):
            continue
        if slot == _LENGTH and _other_phase(there.label, one.label):
            continue
        if found is not None and slot == _COUNT and _of_its_own(found, at, one, draft):
            continue
        if found is None or (slot == _LENGTH and max(_days(draft), default=0) > found.value(_LENGTH)):
            continue
        value: list[object] = [None, None, False]
        value[slot] = found.value(slot)
        draft.tokens.append(replace(found.token, value=tuple(value)))


def _rules(told: list[Told], said: list[_Said], slot: int, at: int) -> _Said | None:
    """What rules the line of sentence `at`: the text's only one, or the next after it under the same label."""
    if len({one.value(slot) for one in said}) == 1:
        alone = slot == _LENGTH or any(_of_whole_treatment(told, one, at) for one in said)
        return said[0] if alone else None
    after = [one for one in said if not one.used and one.sentence >= at and _same_label(told, at, one.sentence)]
    return after[0] if after and after[0].sentence - at <= 6 else None


_A_PHASE = re.compile(r"\bphase\b|induction|consolidation|maintenance|conditioning|salvage|mobili[sz]ation", re.I)


def _other_phase(there: str, here: str) -> bool:
    """ "Induction phase" and "Randomization phase" have cycles of their own; the levels of a phase have not."""
    phases = _A_PHASE.search(there) is not None and _A_PHASE.search(here) is not None
    return phases and there.lower() != here.lower()


def _of_its_own(said: _Said, at: int, one: Told, draft: Draft) -> bool:
    """A count of the draft's sentence that is not the draft's.

    "A for 2 cycles, and B on days 1 and 8" counts A's; "A on day 1 Three cycles of consolidation will be given" what
    comes after it.
    """
    if said.sentence != at:
        return False
    if draft.at[0] > said.token.end:
        return said.used
    return _PHASE.search(one.words[said.token.end - one.start :][:30]) is not None


def _of_another(there: Told, one: Told, draft: Draft) -> bool:
    """A count told elsewhere of one phase or arm is not that of a line of another one."""
    if there is one or not draft.when or draft.when.lower() in there.words.lower():
        return False
    if _OF_ALL.search(there.words) and not _PHASE.search(there.words):
        return False  # "Therapy will continue for 10 cycles"
    named = [label.words for label in labels(there.words, 0, len(there.words)) if label.words]
    return bool(named) or there.label != one.label or one.label != draft.when


def _of_whole_treatment(told: list[Told], said: _Said, at: int) -> bool:
    """A sentence about the treatment as a whole, after the line or in its own paragraph."""
    one = told[said.sentence]
    at_token = said.token.start - one.start
    if at < said.sentence and _PHASE.search(one.words[max(0, at_token - 30) : at_token + 60]):
        return False  # "three cycles of consolidation": not those before it
    if one.drafts and said.sentence != at and not _opens_list(one, said):
        return False
    return (one.block == told[at].block and one.label != "") or _OF_TREATMENT.search(one.words) is not None


def _same_label(told: list[Told], first: int, last: int) -> bool:
    return all(told[i].label == told[first].label for i in range(first, last + 1))


def _says(draft: Draft, slot: int) -> bool:
    """The draft states the count or the length of its cycles, in whatever words."""
    if any(isinstance(t.value, tuple) and t.value[slot] for t in draft.tokens if t.kind == "cycles"):
        return True
    if slot == _COUNT:
        return False
    return draft.has("weeksonoff", "dayspercycle") or any(t.kind == "every" and _two_weeks(t) for t in draft.tokens)


def _two_weeks(token: Token) -> bool:
    frequency = token.value[0] if isinstance(token.value, tuple) else None
    if frequency is None or frequency.unit == "hour":
        return False
    return bool(frequency.every * (7 if frequency.unit == "week" else 1) >= 14)


def _counts_in_cycles(draft: Draft) -> bool:
    """A line whose days count within a cycle: days from 1 on, or a stated stretch of days, or levels."""
    days = _days(draft)
    if days:
        return min(days) >= 1
    levels = draft.amount is not None and bool(draft.amount.levels)
    return not draft.has("weeks", "every") and (draft.has("cycles", "dailyx") or levels)


def _opens_list(one: Told, said: _Said) -> bool:
    """ "up to six 21-day cycles of one of the following: A ...": said before the agents that follow."""
    return not said.used and all(draft.start > said.token.end for draft in one.drafts) and bool(
        _FOLLOWING.search(one.words[said.token.end - one.start : said.token.end - one.start + 80])
    )


def _of_others(there: Told, said: _Said, one: Told, draft: Draft) -> bool:
    """ "Y on days 1-21 of each 28-day cycle", "CVP is repeated every 21 days": a cycle that is not of this line."""
    lasts = max((t.value.number for t in draft.tokens if isinstance(t.value, Count) and t.kind == "for"), default=0)
    if lasts > said.value(_LENGTH) or there.label not in ("", one.label):
        return True
    if said.used:
        holds = [one for one in there.drafts if any(t is said.token for t in one.tokens)]
        together = any(one is draft for one in there.drafts)
        return not any(same_agent(one, draft) and (together or one.amount is None) for one in holds)
    if "repeat" not in said.token.words:
        return False
    named = [key(agent.name) for agent in there.found.agents]
    subject = _REPEATED.search(there.words[: said.token.start - there.start])
    return key(draft.agent.name) not in named if named else bool(subject and subject[1].lower() not in _ANYTHING)


def _goes_on(draft: Draft) -> bool:
    """A line given day by day, without days of its own: "10 mg daily. A cycle is defined as 28 days"."""
    if draft.has("weeks", "until", "open") or _days(draft) or draft.amount is None:
        return False
    return draft.amount.unit.kind not in ("absorbed dose", "activity", "cells", "volume")


def _days(draft: Draft) -> set[int]:
    return {day for token in draft.tokens if token.kind == "days" for day in days_of(token)}

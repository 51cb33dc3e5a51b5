"""Cycle lengths and counts said for the treatment as a whole reach the lines that say none.

"Treatment repeats every 21 days for 6 cycles": the text's only length reaches every line whose days count in a cycle,
its only count where it is said of the treatment as a whole; of several, each line has the one that is said next
after it under the same label.
"""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.reader.clauses.kinds import days_of
from posolog.reader.drafts import Draft
from posolog.reader.settle.phases import of_other_phase, phases_of, subject_phase
from posolog.reader.settle.told import Told
from posolog.reader.settle.whose_cycles import (
    COUNT,
    LENGTH,
    Said,
    names_another,
    of_another,
    of_its_own,
    of_others,
    of_whole_treatment,
    opens_phase,
    other_phase,
)
from posolog.reader.tokens.token import Token

# "after 2 cycles", "at least 4 cycles", "the first 3 cycles": no count of the treatment.
_NO_COUNT = re.compile(
    r"""(?: \bafter(?:\sthe)? | \bevery | \bfirst | \blast | \bleast | \bcomplet\w*(?:\sof)? | \bthan | \bfollowing
          | \beach | \bbetween | \bprior | \bprevious | \bremaining | \bfurther | \bsubsequent | \badditional | \bnext
          | \bwithin | \bend\sof | \bbeyond | \bbefore | \bduring | \bover | \breceived | \binitial | \bminimum\sof
          | [<>≤≥]=? )
        \s? (?: the\s | first\s | a\stotal\sof\s )? $""",
    re.I | re.X,
)
# "for 2 cycles past best response"
_PAST_RESPONSE = re.compile(
    r"""\s (?: of\s\w+\s )? (?: past | beyond | after | following ) \s (?:\w+\s)?
        (?: best | maxim\w+ | complete | CR | response | progress )""",
    re.I | re.X,
)
# "on day 1 following HSCT": a day that counts from the graft, whatever the cycles of the text
_AFTER_GRAFT = re.compile(
    r"""\bdays?\s[+-]?\d{1,2}\s(?:after|following|post|before|prior\sto)\s
        (?:the\s)?(?:autologous\s|allogeneic\s|stem\scell\s)*(?:HSCT|ASCT|SCT|BMT|PBSCT|transplant\w*|graft\w*)""",
    re.I | re.X,
)
_FIRST = re.compile(r"\b(?:for|during|in)\s(?:the\s)?first\s\Z", re.I)
# "every 21 days, 6 cycles", "q3w, 6 cycles"
_LISTED_COUNT = re.compile(r"(?:\btotal|(?:days?|weeks?|cycle|course|\bq\d{1,2}\s?(?:[wd]|wks?)),)\s?\Z", re.I)
_OF_SOMETHING = re.compile(r"\sof\s(?!therap|treatment|chemo)")  # "six cycles of rituximab 375 mg/m2 on day 1"
_REPEATS = re.compile(
    r"""\b(?: totally | in\stotal | number\sof
            | repeat | recycl | continue | for\sup\sto | maximum | a\stotal\sof | up\sto | x\s\d | receive
            | for\s(?:\d | one | two | three | four | five | six | seven | eight | nine | ten | twelve)
            | will\sbe | consist | compris | given | planned | duration | over )""",
    re.I | re.X,
)


def spread_cycles(told: list[Told], kept: list[tuple[Told, Draft]]) -> None:
    """Hands cycle lengths and counts to the kept drafts that say none."""
    lengths: list[Said] = []
    counts: list[Said] = []
    for index, one in enumerate(told):
        if one.background:
            continue
        used = {id(t) for draft in one.drafts for t in draft.tokens}
        for token in one.found.tokens:
            if token.kind != "cycles" or not isinstance(token.value, tuple):
                continue
            said = Said(index, token, id(token) in used)
            if said.value(LENGTH) >= 5:
                lengths.append(said)
            if said.value(COUNT) > 1 and _counts_treatment(one, token):
                counts.append(said)
            elif said.value(COUNT) and not _first_of_its_own(one, token):
                _take_count_away([draft for _, draft in kept], token)
    turning = [(one, draft) for one, draft in kept if _counts_in_cycles(draft)]
    others = [(one, draft) for one, draft in kept if not any(draft is other for _, other in turning)]
    _reach(told, kept, lengths, LENGTH)
    _reach(told, turning, counts, COUNT)
    both = {said.sentence for said in lengths}
    _reach(told, others, [said for said in counts if said.sentence in both], COUNT)


def _counts_treatment(one: Told, token: Token) -> bool:
    """The count is how often the treatment is given."""
    lead = one.words[max(0, token.start - one.start - 24) : token.start - one.start]
    if _NO_COUNT.search(lead) or "additional" in token.words:
        return False
    if _PAST_RESPONSE.match(one.words, token.end - one.start):
        return False
    if _OF_SOMETHING.match(one.words, token.end - one.start):
        ahead = [draft for draft in one.drafts if draft.start > token.start or draft.at[0] > token.start]
        if any(mine is token for draft in ahead for mine in draft.tokens):
            return True
    return _REPEATS.search(one.words) is not None or _LISTED_COUNT.search(lead) is not None


def _first_of_its_own(one: Told, token: Token) -> bool:
    """ "on day 1 of each 28-day cycle for the first 4 cycles": the line before it is given in these."""
    lead = one.words[max(0, token.start - one.start - 24) : token.start - one.start]
    behind = any(mine is token and draft.at[1] <= token.start for draft in one.drafts for mine in draft.tokens)
    return behind and _FIRST.search(lead) is not None


def _take_count_away(drafts: list[Draft], token: Token) -> None:
    """ "after 2 cycles of 21 days": no count of this line, but its length."""
    length = token.value[LENGTH] if isinstance(token.value, tuple) else None
    instead = [replace(token, value=(None, length, False))] if length else []
    for draft in drafts:
        if not any(mine is token for mine in draft.tokens):
            continue
        draft.tokens = [t for mine in draft.tokens for t in (instead if mine is token else [mine])]


def _reach(told: list[Told], kept: list[tuple[Told, Draft]], said: list[Said], slot: int) -> None:
    for one, draft in kept if said else ():
        counted = _counts_in_cycles(draft)
        if _says(draft, slot) or not (counted or (slot == LENGTH and _goes_on(draft))):
            continue
        place = max(0, draft.start - one.start - 60), draft.end - one.start + 60
        if min(_days(draft), default=0) < 0 or _AFTER_GRAFT.search(one.words, *place):
            continue
        at = next(i for i, other in enumerate(told) if other is one)
        found = _rules(told, said, slot, at)
        if found is not None and of_other_phase(told[found.sentence], one):
            continue
        if found is not None and not counted and of_others(told[found.sentence], found, one, draft):
            continue
        there = told[found.sentence] if found is not None else one
        told_of_it = _told_next(told, found, at) or subject_phase(there) in phases_of(one)
        if slot == COUNT and not told_of_it and of_another(there, one, draft):
            continue
        if slot == LENGTH and other_phase(there.label, one.label):
            continue
        if found is not None and slot == COUNT and of_its_own(found, at, one, draft):
            continue
        if found is None or (slot == LENGTH and max(_days(draft), default=0) > found.value(LENGTH)):
            continue
        value: list[object] = [None, None, False]
        value[slot] = found.value(slot)
        draft.tokens.append(replace(found.token, value=tuple(value)))


def _told_next(told: list[Told], found: Said | None, at: int) -> bool:
    """ "Patients in arm A receive X on day 1. They will receive 6 cycles": the sentence after is of the same arm."""
    if found is None or found.sentence - at != 1:
        return False
    there = told[found.sentence]
    return not there.drafts and not names_another(there)


def _rules(told: list[Told], said: list[Said], slot: int, at: int) -> Said | None:
    """What rules the line of sentence `at`: the text's only one, or the next after it under the same label."""
    before = [one for one in said if one.sentence < at]
    if before and opens_phase(told, before[-1], at):
        return before[-1]
    mine = phases_of(told[at])
    own = [one for one in said if at < one.sentence <= at + 4 and subject_phase(told[one.sentence]) in mine]
    if mine and own:
        return own[0]
    if len({one.value(slot) for one in said}) == 1:
        alone = slot == LENGTH or any(of_whole_treatment(told, one, at) for one in said)
        return said[0] if alone else None
    after = [one for one in said if not one.used and one.sentence >= at and _same_label(told, at, one.sentence)]
    return after[0] if after and after[0].sentence - at <= 6 else None


def _same_label(told: list[Told], first: int, last: int) -> bool:
    return all(told[i].label == told[first].label for i in range(first, last + 1))


def _says(draft: Draft, slot: int) -> bool:
    """The draft states the count or the length of its cycles, in whatever words."""
    if any(isinstance(t.value, tuple) and t.value[slot] for t in draft.tokens if t.kind == "cycles"):
        return True
    if slot == COUNT:
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


def _goes_on(draft: Draft) -> bool:
    """A line given day by day, without days of its own: "10 mg daily. A cycle is defined as 28 days"."""
    if draft.has("weeks", "until", "open") or _days(draft) or draft.amount is None:
        return False
    return draft.amount.unit.kind not in ("absorbed dose", "activity", "cells", "volume")


def _days(draft: Draft) -> set[int]:
    return {day for token in draft.tokens if token.kind == "days" for day in days_of(token)}

# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""What only the whole text can settle: which study a sentence tells of, which dose is told twice, whose cycles they are.

Sentences are read one by one; then, over the whole text, doses of earlier studies are set aside, an amount and a schedule
of one agent that stand apart are joined, plain restatements are left out, and cycle lengths reach the lines they rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from posolog.protocol.model import Amount
from posolog.reader import aside
from posolog.reader.agents import key
from posolog.reader.clauses import PLACED
from posolog.reader.daywords import DayWords
from posolog.reader.drafts import Draft, Sentence
from posolog.reader.levels import merge_levels
from posolog.reader.lexer import Token


@dataclass(slots=True)
class Told:
    """One sentence read: its place, what it holds, the label it stands under, and whose treatment it tells."""

    block: int
    start: int
    end: int
    words: str
    found: Sentence
    label: str = ""
    background: bool = False
    claimed: str = ""  # what another part of the reader made of it
    drafts: list[Draft] = field(default_factory=list)
    aside: list[tuple[Token, str]] = field(default_factory=list)


def settle(told: list[Told]) -> None:
    """Settles the drafts of all sentences in place: `kept` is False where one is background, joined or restated."""
    for one in told:
        one.drafts = list(one.found.drafts)
        one.aside = list(one.found.not_doses)
    _backgrounds(told)
    kept: list[tuple[Told, Draft]] = []
    for one in told:
        if one.background:
            continue
        for draft in one.drafts:
            _place(one, draft, kept)
        for agent, token in one.found.caps:
            _late_cap(agent.name, token, kept)
    _thin([draft for _, draft in kept if draft.kept])
    _cycles(told, [(one, draft) for one, draft in kept if draft.kept])


def _thin(kept: list[Draft]) -> None:
    """ "cohorts of carfilzomib weekly", "4 doses of X": no line of its own beside a fuller one of the same agent."""
    for draft in kept:
        thin = draft.amount is None and not draft.has("days", "weeks", "dayspercycle", "weeksonoff")
        if thin and any(other is not draft and other.kept and same_agent(other, draft) for other in kept):
            draft.kept = False


_UNDER_NAME = re.compile(
    r"\W{0,3}(?:(?:Drug|Biological|Radiation|Procedure|Device|Genetic|Dietary\sSupplement|Combination\sProduct|Other|Experimental|Active\sComparator):\s|[^.;:]{2,80}?\s(?:Participants|Patients|Subjects|Adults|Children)\s)"
)


def _backgrounds(told: list[Told]) -> None:
    """An earlier study, and what is told of it in the past tense right after. Asked only where an amount stands."""
    if not any(one.drafts or one.aside for one in told):
        return
    planned = any(aside.planned(one.words) for one in told)
    ours = planned or any(aside.ours(one.words) for one in told)
    if _UNDER_NAME.match(told[0].words):  # a record's arm or intervention, told in the past throughout
        ours = ours or not any(aside.earlier(one.words) for one in told)
    for index, one in enumerate(told):
        if not one.drafts and not one.found.unplaced:
            continue
        past = aside.past(one.words)
        follows = past and (not ours or _after_background(told, index))
        one.background = follows or aside.earlier(one.words) or one.claimed.startswith(("background", "eligibility"))
        if one.background:
            reason = aside.ELIGIBILITY if one.claimed.startswith("eligibility") else aside.BACKGROUND
            one.aside += [(Token("amount", *d.at, d.amount), reason) for d in one.drafts if d.amount is not None]
            for draft in one.drafts:
                draft.kept = False
        elif planned and past:
            for draft in one.drafts:
                draft.doubts.append("told in the past tense")


def _after_background(told: list[Told], index: int) -> bool:
    """One of the sentences right before tells of an earlier study, and none between of this one."""
    for one in reversed(told[max(0, index - 4) : index]):
        if one.background or aside.earlier(one.words):
            return True
        if one.drafts or aside.ours(one.words):
            return False
    return False


def same_agent(left: Draft, right: Draft) -> bool:
    a, b = key(left.agent.name), key(right.agent.name)
    return a == b or key(left.agent.words) == key(right.agent.words)


def _place(one: Told, draft: Draft, kept: list[tuple[Told, Draft]]) -> None:
    """Keeps the draft, or joins it to an earlier one of the same agent, or drops it as a restatement."""
    earlier = [(t, d) for t, d in reversed(kept) if d.kept and same_agent(d, draft) and not _distinct(d, draft)]
    anywhere = [(t, d) for t, d in kept if d.kept and same_agent(d, draft)]
    if _covered(one, draft, anywhere):
        draft.kept = False
        return
    for there, old in earlier:
        if _restated(old, draft, same_sentence=there is one):
            if draft.when and old.amount and draft.amount and old.amount.levels and not draft.amount.levels and not old.has(*PLACED):
                old.kept = False  # "1.0 and 1.5 mg/kg groups", then which patients receive which
                continue
            draft.kept = False
            old.tokens += [t for t in draft.tokens if t.kind in _ADDED and not old.has(t.kind)]
            if not old.has(*PLACED) and draft.has(*PLACED):
                _join(old, draft)
            return
    for there, old in earlier:
        if there is not one and _apart(old, draft):
            _join(old, draft)
            draft.kept = False
            return
    for there, old in earlier:
        if _escalates(one, there, old, draft):
            merge_levels(old, draft)
            draft.kept = False
            return
    kept.append((one, draft))


_ADDED = ("route", "infusion", "cap amount", "cap", "for", "doses", "cycles")


def _covered(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """An amount without a schedule whose every number has been given to this agent before."""
    if draft.amount is None or draft.has(*PLACED) or draft.when.startswith("("):
        return False
    alike = [d for t, d in earlier if t is not one and d.amount is not None and _same_unit(d.amount, draft.amount)]
    told = frozenset().union(*(values(d.amount) for d in alike))
    return len(values(draft.amount)) > 1 and values(draft.amount) <= told


_COHORT = re.compile(r"cohort|level", re.I)
_STEPPED = re.compile(r"cohort|level|\bphase\b|\bstep\b|\bpart\b", re.I)


def _distinct(old: Draft, new: Draft) -> bool:
    """Listed for another arm or cycle: never the same statement. Cohorts and levels of one escalation may be."""
    mine, theirs = new.get("incycle"), old.get("incycle")
    if mine and theirs and mine.words.lower() != theirs.words.lower():
        return True
    if not old.when or not new.when or old.when.lower() == new.when.lower():
        return False
    if _COHORT.search(old.when) and _COHORT.search(new.when):
        return False
    return new.has(*PLACED) or not (_STEPPED.search(old.when) and _STEPPED.search(new.when))


def values(amount: Amount | None) -> frozenset[Decimal]:
    if amount is None:
        return frozenset()
    return frozenset(v * amount.unit.factor for v in (*amount.levels, amount.low, amount.high) if v is not None)


def _same_unit(left: Amount, right: Amount) -> bool:
    return left.unit.kind == right.unit.kind and left.per is right.per


def _restated(old: Draft, new: Draft, *, same_sentence: bool) -> bool:
    """The new one says nothing that the old one does not: the same amount, and no other schedule."""
    if new.amount is not None:
        if old.amount is None or not _same_unit(old.amount, new.amount) or not values(new.amount) <= values(old.amount):
            return False
    elif same_sentence:
        return False
    if old.amount is not None and old.amount.levels and new.amount is not None and not new.amount.levels and not same_sentence:
        return not new.has("days", "weeks") and not new.when.startswith("(")
    if not new.has(*PLACED):
        return not same_sentence or new.how in ("step", "before", "far")
    if not old.has(*PLACED):
        return not same_sentence and values(new.amount) == values(old.amount) and new.amount is not None
    mine, theirs = _schedule(new), _schedule(old)
    if not same_sentence and _rhythm(mine) and _rhythm(mine) == _rhythm(theirs) and values(new.amount) == values(old.amount):
        return True
    return mine <= theirs


def _rhythm(schedule: frozenset[tuple[str, object]]) -> frozenset[tuple[str, object]]:
    """Days and frequencies, without durations and counts."""
    return frozenset(one for one in schedule if one[0] in ("day", "every", "times", "weeks"))


def _schedule(draft: Draft) -> frozenset[tuple[str, object]]:
    found: set[tuple[str, object]] = set()
    for token in draft.tokens:
        if token.kind == "days" and isinstance(token.value, DayWords):
            found |= {("day", day) for day in token.value.days.days()}
        elif token.kind in ("every", "weeks", "for", "doses", "dayspercycle", "times"):
            found.add((token.kind, token.value))
    return frozenset(found)


def _apart(old: Draft, new: Draft) -> bool:
    """One has the amount, the other the schedule."""
    if old.amount is None and new.amount is not None:
        kinds = {t.kind for t in old.tokens if t.kind in PLACED}
        return not any(t.kind in kinds for t in new.tokens) or _schedule(new) == _schedule(old)
    return old.amount is not None and new.amount is None and not old.has(*PLACED)


def _join(old: Draft, new: Draft) -> None:
    if old.amount is None:
        old.amount, old.at = new.amount, old.at
        old.notes += new.notes
        _apart_said(old)
    elif new.amount is None:
        _apart_said(old)
    old.doubts += [d for d in new.doubts if d not in old.doubts and new.how != "before"]
    old.tokens += [t for t in new.tokens if not old.has(t.kind)]


def _apart_said(draft: Draft) -> None:
    said = "amount and schedule stand in different sentences"
    draft.inferred.append(said)
    draft.doubts.append(said)


_LEVEL = re.compile(r"dose[\s-]levels?|\blevels?\b|\bcohorts?\b|escalat|starting\sdose|maximum\stolerated|\bMTD\b|increased\sto|\bdoses\sof\b", re.I)


def _escalates(one: Told, there: Told, old: Draft, new: Draft) -> bool:
    """Both are steps of a dose escalation: levels of one statement."""
    if old.amount is None or new.amount is None or not _same_unit(old.amount, new.amount) or old.amount.unit != new.amount.unit:
        return False
    if new.has("incycle") or old.has("incycle") or (new.has(*PLACED) and _schedule(new) != _schedule(old)):
        return False
    lead = one.words[max(0, new.at[0] - one.start - 120) : new.at[0] - one.start + 40]
    before = there.words[max(0, old.at[0] - there.start - 120) : old.at[0] - there.start + 60]
    return _LEVEL.search(lead) is not None and _LEVEL.search(before) is not None


def _late_cap(name: str, token: Token, kept: list[tuple[Told, Draft]]) -> None:
    """ "The dose of X should not exceed 75 mg": the cap of X's own line."""
    for _, draft in reversed(kept):
        if draft.kept and draft.agent.name == name and draft.amount is not None and isinstance(token.value, Amount):
            if draft.amount.unit.kind == token.value.unit.kind and not draft.has("cap amount"):
                draft.tokens.append(token)
            return


_NO_COUNT = re.compile(
    r"(?:\bafter|\bevery|\bfirst|\blast|\bleast|\bcomplet\w*|\bthan|\bfollowing|\beach|\bbetween|\bprior|\bprevious|\bremaining|\bfurther|\bsubsequent|\badditional|\bnext|\bwithin|\bend\sof|\bbefore|\bduring|\bover|\breceived|\bafter\sthe|\binitial|\bminimum\sof|[<>≤≥]=?)\s?(?:the\s|first\s|a\stotal\sof\s)?$",
    re.I,
)
_LISTED_COUNT = re.compile(r"(?:\btotal|(?:days?|weeks?),)\s?\Z", re.I)
_REPEATS = re.compile(r"\b(?:repeat|recycl|continue|for\sup\sto|maximum|a\stotal\sof|up\sto|for\s\d|x\s\d|receive|will\sbe|consist|given|planned|duration|over)", re.I)


def _cycles(told: list[Told], kept: list[tuple[Told, Draft]]) -> None:
    """Cycle lengths and counts said apart reach the lines that say none, where the text knows only one."""
    lengths, counts = [], []
    for index, one in enumerate(told):
        if one.background:
            continue
        used = {id(t) for draft in one.drafts for t in draft.tokens}
        for token in one.found.tokens:
            if token.kind != "cycles" or not isinstance(token.value, tuple):
                continue
            count, length, _ = token.value
            if length and length >= 5:
                lengths.append((index, token, id(token) in used))
            lead = one.words[max(0, token.start - one.start - 24) : token.start - one.start]
            if count and count > 1 and not _NO_COUNT.search(lead) and "additional" not in token.words and (_REPEATS.search(one.words) or _LISTED_COUNT.search(lead)):
                counts.append((index, token, id(token) in used))
            elif count:
                for draft in one.drafts:  # "after 2 cycles", "at least 4 cycles": no count of this line
                    if length:
                        draft.tokens = [replace(t, value=(None, length, False)) if t is token else t for t in draft.tokens]
                    else:
                        draft.tokens = [t for t in draft.tokens if t is not token]
    _reach(told, kept, lengths, 1)
    _reach(told, kept, counts, 0)


def _reach(told: list[Told], kept: list[tuple[Told, Draft]], said: list[tuple[int, Token, bool]], slot: int) -> None:
    distinct = {t.value[slot] for _, t, _ in said if isinstance(t.value, tuple)}
    apart = [(i, t) for i, t, used in said if not used]
    for one, draft in kept:
        if _says(draft, slot) or not _cyclic_line(draft):
            continue
        place = next(i for i, other in enumerate(told) if other is one)
        if len(distinct) == 1:
            token = said[0][1]
            if slot == 0 and not _repeating(told, said[0][0], place):
                continue
        else:
            after = [(i, t) for i, t in apart if i >= place and _same_label(told, place, i)]
            if not after or after[0][0] - place > 6:
                continue
            token = after[0][1]
        value = [None, None, False]
        value[slot] = token.value[slot]  # type: ignore[index]
        if slot == 1 and not _days_fit(draft, token.value[1]):  # type: ignore[index]
            continue
        draft.tokens.append(replace(token, value=tuple(value)))


_AGAIN = re.compile(
    r"\b(?:repeat\w*|continue[sd]?|treated|treatment|therapy|cycles?|courses?)\b[^.;]{0,60}\b(?:for|up to|total of|maximum|every|will be|are planned)\b",
    re.I,
)


def _repeating(told: list[Told], index: int, place: int) -> bool:
    """A sentence about the treatment as a whole, after the line or in its own paragraph."""
    one = told[index]
    if one.drafts and index != place:
        return False
    return (one.block == told[place].block and one.label != "") or _AGAIN.search(one.words) is not None


def _same_label(told: list[Told], first: int, last: int) -> bool:
    return all(told[i].label == told[first].label for i in range(first, last + 1))


def _says(draft: Draft, slot: int) -> bool:
    return any(
        isinstance(t.value, tuple) and t.value[slot] for t in draft.tokens if t.kind == "cycles"
    ) or (slot == 1 and (draft.has("weeksonoff", "dayspercycle") or any(t.kind == "every" and _long(t) for t in draft.tokens)))


def _long(token: Token) -> bool:
    frequency = token.value[0] if isinstance(token.value, tuple) else None
    return frequency is not None and frequency.unit != "hour" and frequency.every * (7 if frequency.unit == "week" else 1) >= 14


def _cyclic_line(draft: Draft) -> bool:
    """A line whose days count within a cycle: days from 1 on, or a stated stretch of days."""
    days = [d for t in draft.tokens if t.kind == "days" and isinstance(t.value, DayWords) for d in t.value.days.days()]
    if days:
        return min(days) >= 1
    return not draft.has("weeks", "every") and (draft.has("cycles", "dailyx") or draft.how == "levels" or (draft.amount is not None and bool(draft.amount.levels)))


def _days_fit(draft: Draft, length: int) -> bool:
    days = [d for t in draft.tokens if t.kind == "days" and isinstance(t.value, DayWords) for d in t.value.days.days()]
    return not days or max(days) <= length

"""A restatement of a dose is left out; a listing for another arm or cycle is none."""

from __future__ import annotations

import re

from posolog.reader.amounts.levels import told_apart
from posolog.reader.clauses import PLACED
from posolog.reader.drafts import Draft
from posolog.reader.settle.columns import adds_days
from posolog.reader.settle.compare import lasting, rhythm, same_agent, same_unit, schedule_of, values
from posolog.reader.settle.joining import completes, escalates, join
from posolog.reader.settle.listings import lists_anew
from posolog.reader.settle.told import Told

_ARM = re.compile(r"\b(?:arm|group|stratum|option|regimen)\b", re.I)
_FOLLOWED = re.compile(r"\b(?:followed\sby|then|thereafter|maintenance)\b", re.I)
_VERSUS = re.compile(r"\b(?:versus|vs|compared\s(?:to|with)|with\s[a-z-]+\s\Z)", re.I)
_COHORT = re.compile(r"cohort|level", re.I)
_STEPPED = re.compile(r"cohort|level|\bphase\b|\bstep\b|\bpart\b", re.I)
_TAKEN_OVER = ("route", "infusion", "cap amount", "cap", "for", "doses", "cycles")


def place(one: Told, draft: Draft, kept: list[tuple[Told, Draft]]) -> None:
    """Keeps the draft, or joins it to an earlier one of the same agent, or drops it as a restatement."""
    alike = [(there, old) for there, old in kept if old.kept and same_agent(old, draft)]
    other = [(there, old) for there, old in reversed(alike) if not _distinct(old, draft)]
    earlier = [
        (there, old)
        for there, old in other
        if not _another_arm(there, old, draft) and not lists_anew(one, draft, there, old)
    ]
    if (
        _covered(one, draft, alike)
        or adds_days(one, draft, other)
        or _restates(one, draft, earlier)
        or _fuller(one, draft, earlier)
        or escalates(one, draft, earlier)
        or completes(one, draft, earlier)
    ):
        draft.kept = False
    else:
        kept.append((one, draft))


def _covered(one: Told, draft: Draft, alike: list[tuple[Told, Draft]]) -> bool:
    """An amount without a schedule whose every number has been given to this agent before."""
    if draft.amount is None or draft.has(*PLACED) or draft.when.startswith("("):
        return False
    amounts = [old.amount for there, old in alike if there is not one and old.amount is not None]
    told = frozenset().union(*(values(amount) for amount in amounts if same_unit(amount, draft.amount)))
    return len(values(draft.amount)) > 1 and values(draft.amount) <= told


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


def _another_arm(there: Told, old: Draft, new: Draft) -> bool:
    """A listing under an arm's label, where the earlier one stands in another arm's sentence without a label."""
    if old.when or old.amount is None or new.amount is None or old.amount.levels or not _ARM.search(new.when):
        return False
    return _ARM.search(there.words) is not None and old.has(*PLACED) and new.has(*PLACED)


def _restates(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """An earlier draft says all of this one; it takes over the route, the cap and the counts that it lacks."""
    for there, old in earlier:
        if not _says_no_more(old, draft, same_sentence=there is one) or (there is one and _compared(one, old, draft)):
            continue
        if _says_for_whom(old, draft):
            old.kept = False
            continue
        old.tokens += [t for t in draft.tokens if t.kind in _TAKEN_OVER and not old.has(t.kind)]
        if not old.has(*PLACED) and draft.has(*PLACED):
            join(old, draft)
        return True
    return False


def _compared(one: Told, old: Draft, new: Draft) -> bool:
    """ "A 10 mg plus B 5 mg versus B 5 mg": two arms, though the words are the same."""
    between = one.words[old.at[1] - one.start : max(0, new.at[0] - one.start)]
    if old.amount != new.amount and told_apart(between):
        return True
    if old.amount is not None and new.amount is not None and old.amount.basis is not new.amount.basis:
        return _FOLLOWED.search(between) is not None  # "400 mg every 12 hours, followed by 400 mg/day"
    return new.how in ("left", "right") and new.has(*PLACED) and _VERSUS.search(between) is not None


def _fuller(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """The same amount for the same arm told again with more of its schedule: the earlier draft takes that over."""
    for there, old in earlier:
        same = bool(old.when) and old.when.lower() == draft.when.lower() and old.amount is not None
        if there is one or not same or old.amount != draft.amount or not schedule_of(old) <= schedule_of(draft):
            continue
        if old.has("doses") and draft.has("every", "times"):
            old.doubts.append("told twice, with a count and with a rhythm")
        old.tokens += [token for token in draft.tokens if not old.has(token.kind)]
        return True
    return False


def _says_for_whom(old: Draft, new: Draft) -> bool:
    """ "1.0 and 1.5 mg/kg groups", then which patients receive which."""
    if not new.when or old.amount is None or new.amount is None or old.has(*PLACED):
        return False
    return bool(old.amount.levels) and not new.amount.levels


def _says_no_more(old: Draft, new: Draft, *, same_sentence: bool) -> bool:
    """The same amount, and no other schedule."""
    if new.amount is None:
        if same_sentence:
            return False
    elif old.amount is None or not same_unit(old.amount, new.amount) or not values(new.amount) <= values(old.amount):
        return False
    if same_sentence and len({t.value for one in (old, new) for t in one.tokens if t.kind == "route"}) > 1:
        return False  # "10 mg IV before the first exchange followed by 10 mg SC daily"
    one_level = new.amount is not None and not new.amount.levels
    if old.amount is not None and old.amount.levels and one_level and not same_sentence:
        return not new.has("days", "weeks") and not new.when.startswith("(")
    if not new.has(*PLACED):
        return not same_sentence or new.how in ("step", "before", "far")
    same_amount = values(new.amount) == values(old.amount)
    if not old.has(*PLACED):
        return not same_sentence and same_amount and new.amount is not None
    return _no_other_schedule(old, new, same=same_amount and not same_sentence)


def _no_other_schedule(old: Draft, new: Draft, *, same: bool) -> bool:
    """The old one states every part; of the `same` amount told again, the rhythm is enough."""
    mine, theirs = schedule_of(new), schedule_of(old) | (lasting(old) if same else frozenset())
    return mine <= theirs or (same and bool(rhythm(mine)) and rhythm(mine) == rhythm(theirs))

"""What joins two drafts of one agent: amount and schedule that stand apart, steps of one escalation, a later cap."""

from __future__ import annotations

import re
from dataclasses import replace

from posolog.protocol.model import Amount
from posolog.reader.agents import Spotted
from posolog.reader.amounts.levels import bracketed_condition, merge_levels, told_apart
from posolog.reader.clauses import PLACED
from posolog.reader.drafts import Draft
from posolog.reader.settle.compare import same_unit, schedule_of
from posolog.reader.settle.told import Told
from posolog.reader.tokens.token import Token

_LEVEL = re.compile(
    r"""dose[\s-]levels? | \blevels?\b | \bcohorts?\b | escalat | starting\sdose | maximum\stolerated | \bMTD\b
      | increased\sto | \bdoses\sof\b | \(?dose\s\d\s?:""",
    re.I | re.X,
)
_NUMBERED = re.compile(
    r"\b(?:level|dose|cohort)\s(?:\d{1,2}|[IVX]{1,4}|one|two|three|four|five|six|seven|eight)\s?[:=-]\s?"
    r"(?:[\w-]+\s){0,2}\Z",
    re.I,
)
# One patient's next step: "500 mg twice daily, then increased to 750 mg", "20 mg/m2 with the first dose, 27 after it".
_NEXT_STEP = re.compile(
    r"\b(?:then|followed\sby|thereafter|subsequently|afterwards?|increas\w+\sto|after\s\w+\s(?:days|weeks))\b", re.I
)
_OF_COHORTS = re.compile(r"\b(?:cohorts?|levels?|MTD|DLTs?|patients\swill\sbe\senrolled|3\s?\+\s?3)\b", re.I)
_HEADED = re.compile(r"\W{0,3}(?:dose\s)?cohort\s\w+[^.:]{0,30}:", re.I)  # a list of cohorts is an escalation
_TELLS = re.compile(r"\b(?:receiv\w+|will|is|are|was|were|in\scohort)\b", re.I)
_TIMED = tuple(kind for kind in PLACED if kind != "doses")  # "a single dose of 8 Gy" may have its day elsewhere
_APART = "amount and schedule stand in different sentences"


def completes(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """Joins the draft to the last one that has its amount without its schedule, or the other way round."""
    for there, old in earlier:
        if there is not one and _apart(old, draft):
            join(old, draft, sure=_tells_its_dose(there, one, draft))
            return True
    return False


def _apart(old: Draft, new: Draft) -> bool:
    """One has the amount, the other the schedule."""
    if old.amount is None and new.amount is not None:
        kinds = {t.kind for t in old.tokens if t.kind in PLACED}
        return not any(t.kind in kinds for t in new.tokens) or schedule_of(new) == schedule_of(old)
    counted_twice = old.has("doses") and new.has("doses")
    return old.amount is not None and new.amount is None and not old.has(*_TIMED) and not counted_twice


def _tells_its_dose(there: Told, one: Told, draft: Draft) -> bool:
    """ "X is given on days 1 and 8. The dose of X is 2 mg/m2": the next sentence, about this agent alone."""
    if one.block != there.block or not 0 <= one.start - there.end <= 2 or draft.how not in ("left", "right"):
        return False
    named = {agent.name for agent in one.found.agents}
    return draft.amount is not None and named == {draft.agent.name} and len(one.drafts) == 1 and len(there.drafts) == 1


def join(old: Draft, new: Draft, *, sure: bool = False) -> None:
    """The old draft takes over what it lacks; it is doubtful where amount and schedule stood apart."""
    if old.amount is None or new.amount is None:
        old.inferred.append(_APART)
        old.doubts += [] if sure else [_APART]
    if old.amount is None:
        old.amount = new.amount
        old.notes += new.notes
    old.doubts += [d for d in new.doubts if d not in old.doubts and new.how != "before"]
    old.tokens += [t for t in new.tokens if not old.has(t.kind)]


def escalates(one: Told, draft: Draft, earlier: list[tuple[Told, Draft]]) -> bool:
    """Joins the draft to the last one that is a step of the same dose escalation: levels of one statement."""
    for there, old in earlier:
        if there is one and _no_levels(one, old, draft):
            continue
        levels = _of_levels(one, draft, after=40) and (_APART in old.inferred or _of_levels(there, old, after=60))
        levels = levels or _under_levels(there, old, one, draft)
        numbered = there is one and _NUMBERED.search(one.words, 0, max(0, draft.at[0] - one.start)) is not None
        apart = there is not one and _of_two_cohorts(one, there, old, draft)
        if levels and not apart and _same_escalation(old, draft, numbered=numbered):
            if not old.has(*PLACED):
                old.tokens += [token for token in draft.tokens if not old.has(token.kind)]
            merge_levels(old, draft)
            return True
    return False


def _under_levels(there: Told, old: Draft, one: Told, new: Draft) -> bool:
    """ "Dose levels: 1. A 8 mg/m2 (days 1, 8) 2. A 10 mg/m2 (days 1, 8)": items under one heading of levels."""
    same = there is not one and old.when == new.when and "levels" in new.when.lower()
    return same and old.has(*PLACED) and schedule_of(old) == schedule_of(new)


def _no_levels(one: Told, old: Draft, new: Draft) -> bool:
    """Two amounts of one sentence that are steps, for other patients, of two arms or of two times of the day."""
    between = one.words[old.at[1] - one.start : max(0, new.at[0] - one.start)]
    return _steps_on(one, old, new) or _for_some(one, old, new) or told_apart(between)


def _steps_on(one: Told, old: Draft, new: Draft) -> bool:
    """ "25 mg daily for 3 days, then increasing to 50 mg": one after the other in the same patients, no levels."""
    between = one.words[old.at[1] - one.start : max(0, new.at[0] - one.start)]
    return _NEXT_STEP.search(between) is not None and (old.has("for", "until") or not _OF_COHORTS.search(one.words))


def _for_some(one: Told, old: Draft, new: Draft) -> bool:
    """ "50 mg daily (25 mg for East Asian patients)": in brackets, for some of the patients."""
    between = one.words[old.at[1] - one.start : max(0, new.at[0] - one.start)]
    return between.count("(") > between.count(")") and bracketed_condition(one.words, new.at[1] - one.start)


def _of_two_cohorts(one: Told, there: Told, old: Draft, new: Draft) -> bool:
    """ "Patients in cohort 1 receive 420 mg daily. Patients in cohort 2 receive 560 mg daily.": two listings."""
    named = "cohort" in old.when.lower() and "cohort" in new.when.lower() and old.when != new.when
    told = _TELLS.search(one.words) and _TELLS.search(there.words) and not _HEADED.match(one.words)
    return bool(named and told) and old.has(*PLACED) and new.has(*PLACED)


def _same_escalation(old: Draft, new: Draft, *, numbered: bool) -> bool:
    """The same unit, and no schedule or cycle of its own; `numbered` levels share what follows the last of them."""
    if old.amount is None or new.amount is None or old.amount.unit != new.amount.unit:
        return False
    if _range(old.amount) or _range(new.amount):
        return False
    if old.has("route") and new.has("route") and _routes(old) != _routes(new):
        return False
    if not same_unit(old.amount, new.amount) or new.has("incycle") or old.has("incycle"):
        return False
    return numbered or not new.has(*PLACED) or schedule_of(new) == schedule_of(old)


def _routes(draft: Draft) -> set[object]:
    return {token.value for token in draft.tokens if token.kind == "route"}


def _range(amount: Amount) -> bool:
    """ "5 to 20 mg": no levels, but whatever lies between."""
    return amount.low is not None and amount.high is not None and amount.low != amount.high


def _of_levels(one: Told, draft: Draft, *, after: int) -> bool:
    """The words around the amount speak of levels, cohorts or an escalation."""
    start, end = draft.at[0] - one.start, draft.at[1] - one.start
    return _LEVEL.search(one.words[max(0, start - 120) : end + after]) is not None


def listed_levels(kept: list[tuple[Told, Draft]]) -> None:
    """ "Phase 1: X 0.1 mg/kg Phase 1: X 0.3 mg/kg Phase 1: X 1 mg/kg": three that rise and say no more are levels."""
    run: list[Draft] = []
    for _, draft in [*(pair for pair in kept if pair[1].kept), (None, None)]:
        if draft is not None and run and _rises(run[-1], draft):
            run.append(draft)
            continue
        for level in run[1:] if len(run) > 2 else ():
            merge_levels(run[0], level)
            level.kept = False
        run = [draft] if draft is not None and _bare(draft) else []


def _bare(draft: Draft) -> bool:
    """One amount without a time of its own."""
    return draft.amount is not None and draft.amount.exact is not None and not draft.has(*PLACED)


def _rises(last: Draft, new: Draft) -> bool:
    """The same agent under the same label, and a higher amount in the same unit."""
    a, b = last.amount, new.amount
    if a is None or b is None or not _bare(new) or last.agent.name != new.agent.name or last.when != new.when:
        return False
    if a.unit.kind in ("absorbed dose", "volume") or a.basis is not b.basis:
        return False
    return a.unit == b.unit and same_unit(a, b) and (a.exact or 0) < (b.exact or 0)


def late_cap(name: str, token: Token, kept: list[tuple[Told, Draft]]) -> bool:
    """ "The dose of X should not exceed 75 mg": the cap of X's own line; False where X has none."""
    for _, draft in reversed(kept):
        if draft.kept and draft.agent.name == name and draft.amount is not None and isinstance(token.value, Amount):
            own = draft.amount.exact == token.value.exact or draft.has("cap amount")
            if draft.amount.unit.kind == token.value.unit.kind and not own:
                draft.tokens.append(token)
            return True
    return False


def lone_cap(one: Told, agent: Spotted, token: Token) -> Draft | None:
    """ "the top dose of 300 mg X", where the text tells no other dose of X: an amount of at most that."""
    if not isinstance(token.value, Amount) or token.value.exact is None or agent.start < token.end:
        return None
    amount = replace(token.value, low=None)
    draft = Draft(agent, amount, min(agent.start, token.start), max(agent.end, token.end), at=(token.start, token.end))
    draft.doubts.append("only a maximum is stated")
    draft.when = one.label
    return draft

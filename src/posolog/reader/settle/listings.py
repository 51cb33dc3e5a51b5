"""A dose told a second time: a listing for other patients or another phase, or plainly told again."""

from __future__ import annotations

import re
from functools import lru_cache

from posolog.reader.clauses import PLACED
from posolog.reader.drafts import Draft
from posolog.reader.settle.told import Told

# "To evaluate prednisone 5 mg bid and everolimus 10 mg/day": a title or an aim lists no treatment.
_AIM = re.compile(
    r"""\b(?: objectives? | aims? | purpose | hypothes\w+ | titled?
            | to\s(?:evaluate|assess|determine|compare|investigate|estimate|establish|explore|study|test)
            | (?:efficacy|safety|tolerability)(?:\sand\s\w+)?\sof )\b""",
    re.I | re.X,
)
_PATIENTS = re.compile(
    r"""\b(?: patients | recipients | subjects | participants | those | women | men | children | adults )
        \s(?: with | of | in | who | whose | aged | randomi[sz]ed | assigned | allocated )\b
        ([^,.;:()]{3,80}?)
        (?= [,.;:()] | \s(?: will | would | shall | should | may | is | are | was | were | receiv\w+
                             | consist\w* )\b )""",
    re.I | re.X,
)
_PHASE = re.compile(
    r"""\b( pre-?phase | prophase | (?:re-?)?induction | consolidation | intensification | maintenance
          | mobili[sz]ation | conditioning | salvage | continuation | cross(?:es|ed|ing)?[\s-]over
          | bridg(?:e|ing) | extension | additional )\b""",
    re.I | re.X,
)
_IF = re.compile(r"\bif\s([^,.;:()]{3,60})", re.I)
# What a rule of escalation or toxicity says; its condition lists no dose.
_RULE = re.compile(
    r"""\b(?:
            DLTs?|MTD|toxicit\w+|tolerat\w+|escalat\w+|dose\slevels?|cohorts?|safety|adverse|neutrop\w+|reduc\w+
            |resum\w+|remain|continu\w+|stay|delay\w*|missed|vomit\w*|possible|necessary|needed|required|available
            |applicable)\b""",
    re.I | re.X,
)
# "For all other indications: ...", "The others receive ..."
_OF_OTHERS = re.compile(
    r"\A\W{0,3}(?:(?:for|in)\s(?:all\s)?(?:the\s)?other\s\w|the\sothers\b"
    r"|(?:all\s)?other\s(?:patients|subjects|participants)\b)",
    re.I,
)
_RANDOMISED = re.compile(
    r"((?:[\w/+-]+\s){1,3})(?:patients|subjects|participants)\s(?:\w+\s){1,2}randomi[sz]ed\b", re.I
)
_TELLS_NOTHING = frozenset("a an the and or of in for with who whose this".split())
_ITEM = re.compile(r"\s*(?:[-•*–]|cent\b|\d{1,2}[.)])\s?")
_OF_LEVELS = re.compile(r"level|cohort(?!s?\s?[A-H]\b)", re.I)  # "cohort B" is an arm, "cohort 2" a step
_ESCALATES = re.compile(r"cohort|level|escalat|increas|\bMTD\b", re.I)


def lists_anew(one: Told, new: Draft, there: Told, old: Draft) -> bool:
    """The new one stands in a regimen, is for other patients, on a condition or in another phase."""
    full = old.has(*PLACED) and new.has(*PLACED) and (old.amount is None) == (new.amount is None)
    if there is one:
        return full and _again(one, old, new)
    if _aims(one.words) or _aims(there.words) or _OF_LEVELS.search(new.when):
        return False
    if _apart(one, new, there):
        return True
    if not full:
        return _both_list(one, new, there, old)
    return _lists(one) or _items(one, there) or _for_others(one, there) or _other_phase(one, new, there, old)


@lru_cache(maxsize=512)
def _aims(words: str) -> bool:
    """A sentence is asked for every pair of doses told twice."""
    return _AIM.search(words) is not None


def _again(one: Told, old: Draft, new: Draft) -> bool:
    """ "AB (A 1 mg days 1, 8; B 100 mg daily) or BC (B 100 mg daily; C 40 mg)": another agent stands between."""
    between = [d for d in one.drafts if old.at[1] <= d.start and d.end <= new.at[0] and d.amount is not None]
    if new.how not in ("left", "right") or _ESCALATES.search(one.words, old.at[1] - one.start, new.at[0] - one.start):
        return False
    return any(d.agent.name != new.agent.name for d in between)


def _apart(one: Told, new: Draft, there: Told) -> bool:
    """On a condition, or of patients randomised by themselves: listed anew even where a schedule is lacking."""
    told = new.amount is not None and new.how in ("left", "right")
    of_others = _OF_OTHERS.search(one.words) is not None and not _RULE.search(one.words)
    return told and (of_others or _on_condition(one, there) or _randomised_apart(one, there))


def _on_condition(one: Told, there: Told) -> bool:
    """ "If MRD is positive, A 30 mg/day until year 2", after A 30 mg/day for all; no rule for toxicity."""
    if "if " not in one.words.lower() or _RULE.search(one.words):
        return False
    mine, theirs = _condition(one.words), _condition(there.words)
    return bool(mine) and mine != theirs


def _condition(words: str) -> str:
    found = _IF.search(words)
    return found[1].lower() if found else ""


def _randomised_apart(one: Told, there: Told) -> bool:
    """ "B-wild patients are randomised to A or B. B-mutant patients are randomised to C or A and B."."""
    mine, theirs = _randomised(one.words), _randomised(there.words)
    return bool(mine and theirs) and mine != theirs


@lru_cache(maxsize=512)
def _randomised(words: str) -> str:
    found = _RANDOMISED.search(words) if "randomi" in words else None
    return found[1].lower() if found else ""


def _lists(one: Told) -> bool:
    """ "A 300 mg/m2 on day -6, B 100 mg/m2 on days -5 to -2 and C ...": a regimen, written out."""
    listed = {d.agent.name for d in one.drafts if d.amount is not None and d.has(*PLACED)}
    return len(listed) > 1


def _both_list(one: Told, new: Draft, there: Told, old: Draft) -> bool:
    """ "A 10 mg plus B 5 mg", without times, for two kinds of patients or under two labels."""
    if old.amount is None or new.amount is None:
        return False
    several = all(len({d.agent.name for d in told.drafts if d.amount is not None}) > 1 for told in (one, there))
    return several and (_for_others(one, there) or bool(new.when and old.when and new.when != old.when))


def _items(one: Told, there: Told) -> bool:
    """ "- A 200 mg every 3 weeks", under one heading and again under the next."""
    return bool(_ITEM.match(one.words) and _ITEM.match(there.words))


def _for_others(one: Told, there: Told) -> bool:
    """ "for recipients of haploidentical donors", after "for recipients of matched donors" or of donors at large."""
    mine, theirs = _patients(one.words), _patients(there.words)
    return bool(mine) and mine != theirs


def _patients(words: str) -> frozenset[str]:
    """What tells the patients of a sentence from others: the words behind the first naming of them."""
    found = _PATIENTS.search(words)
    return frozenset(re.findall(r"[\w/]+", found[1].lower())) - _TELLS_NOTHING if found else frozenset()


def _other_phase(one: Told, new: Draft, there: Told, old: Draft) -> bool:
    """ "Maintenance consists of A 40 mg on days 1-4", after an induction with the same."""
    mine, theirs = _phase(one, new), _phase(there, old)
    return mine is not None and mine != theirs


def _phase(one: Told, draft: Draft) -> str | None:
    """The phase named last before the draft in its sentence."""
    named = _PHASE.findall(one.words, 0, max(0, draft.start - one.start))
    return named[-1].lower() if named else None

"""Whose a cycle length or a count of cycles is: the whole treatment's, or one phase's, arm's, regimen's or line's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from posolog.protocol.model import Count
from posolog.reader.agents import key
from posolog.reader.drafts import Draft
from posolog.reader.scope.labels import labels
from posolog.reader.settle.compare import same_agent
from posolog.reader.settle.told import Told
from posolog.reader.tokens.token import Token

COUNT, LENGTH = 0, 1  # the places in the value of a cycle token
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
    r"""\b(?:
            arms?|phases?|cohorts?|groups?|strat(?:um|a)|parts?|stages?|steps?|induction|consolidation|maintenance
            |salvage)\b""",
    re.I | re.X,
)
# "CVP will be repeated": one regimen's cycle.
_REPEATED = re.compile(r"([A-Za-z-]+)\s(?:(?:will|is|are|was|were|to|may|can|be|then)\s){1,3}\Z")
_ANYTHING = frozenset(
    """
    treatment treatments therapy cycle cycles course courses regimen regimens chemotherapy combination dosing schedule
    it this these they both which that drugs drug infusion infusions injections dose doses administration
    """.split()
)
_CHEMOTHERAPY = re.compile(r"\bchemotherapy\b", re.I)  # "chemotherapy is 4 cycles": not those of a drug beside it
# "aspirin 100 mg daily while receiving X": given all the time, not in cycles
_ALONG = re.compile(
    r"[^.;,]{0,60}\b(?:while|as\slong\sas|whilst)\s(?:receiving|taking|on\b|they|the\spatient|being)", re.I
)
# "After two cycles patients are restaged", "Responders receive two more cycles": counts of a part
_OF_A_PART = re.compile(
    r"""\b(?: after | before | prior | if | who | with | without | respon\w+ | then | followed | additional\w* | further
            | more | first | last | remaining | evaluat\w+ | assess\w* | restag\w+ | at\sleast | toxicit\w+ | DLTs?
            | completed | least | every\s\d\scycles | (?:neo-?)?adjuvant | concurrent | concomitant )\b""",
    re.I | re.X,
)
_ALL_ARMS = re.compile(
    r"\b(?:both|all|either|each|every)\s(?:of\sthe\s)?(?:\w+\s)?(?:arms?|groups?|cohorts?|phases?)\b", re.I
)
# "Induction consists of 4 cycles of 21 days.": said before the lines of the phase
_OPENS_PHASE = re.compile(
    r"""\W{0,4}(?:\d\W{1,2})?(?:the\s)?(?:\w+\s){0,2}?
        (?: induction | consolidation | maintenance | intensification | re-?induction | salvage
          | phase\s[IV\d]+ | part\s\w )
        \b [^.;]{0,60}? \b (?: consists? | comprises? | includes? | is | are | will | lasts? ) \b""",
    re.I | re.X,
)
_FOLLOWING = re.compile(r"\bfollowing\b|:")
_A_PHASE = re.compile(r"\bphase\b|induction|consolidation|maintenance|conditioning|salvage|mobili[sz]ation", re.I)


@dataclass(frozen=True, slots=True)
class Said:
    """A cycle token, the sentence that says it, and whether a statement of that sentence has it already."""

    sentence: int
    token: Token
    used: bool

    def value(self, slot: int) -> int:
        found = self.token.value[slot] if isinstance(self.token.value, tuple) else 0
        return int(found or 0)


def other_phase(there: str, here: str) -> bool:
    """ "Induction phase" and "Randomization phase" have cycles of their own; the levels of a phase have not."""
    phases = _A_PHASE.search(there) is not None and _A_PHASE.search(here) is not None
    return phases and there.lower() != here.lower()


def of_its_own(said: Said, at: int, one: Told, draft: Draft) -> bool:
    """A count of the draft's sentence that is not the draft's.

    "A for 2 cycles, and B on days 1 and 8" counts A's; "A on day 1 Three cycles of consolidation will be given" what
    comes after it.
    """
    if said.sentence != at:
        return False
    if draft.at[0] > said.token.end:
        return said.used
    return _PHASE.search(one.words[said.token.end - one.start :][:30]) is not None


def of_another(there: Told, one: Told, draft: Draft) -> bool:
    """A count told elsewhere of one phase or arm is not that of a line of another one."""
    if there is one or not draft.when or draft.when.lower() in there.words.lower() or _ALL_ARMS.search(there.words):
        return False
    if _OF_ALL.search(there.words) and not _PHASE.search(there.words):
        return False  # "Therapy will continue for 10 cycles"
    named = [label.words for label in labels(there.words, 0, len(there.words)) if label.words]
    return bool(named) or there.label != one.label or one.label != draft.when


def names_another(there: Told) -> bool:
    """The sentence names an arm, phase or regimen of its own."""
    return _PHASE.search(there.words) is not None or any(one.words for one in labels(there.words, 0, len(there.words)))


def of_whole_treatment(told: list[Told], said: Said, at: int) -> bool:
    """A sentence about the treatment as a whole, after the line or in its own paragraph."""
    one = told[said.sentence]
    at_token = said.token.start - one.start
    if _ALL_ARMS.search(one.words) and not one.drafts:
        return True
    if at < said.sentence and _PHASE.search(one.words[max(0, at_token - 30) : at_token + 60]):
        return False  # "three cycles of consolidation": not those before it
    if one.drafts and said.sentence != at and not _opens_list(one, said):
        return False
    labelled = one.block == told[at].block and one.label != ""
    return labelled or _OF_TREATMENT.search(one.words) is not None or _plain_count(one)


def _plain_count(one: Told) -> bool:
    """ "Patients will receive six cycles.": a sentence that counts cycles and speaks of nothing else."""
    return not one.drafts and len(one.words) < 160 and not names_another(one) and _OF_A_PART.search(one.words) is None


def opens_phase(told: list[Told], said: Said, at: int) -> bool:
    """A sentence of cycles alone that opens the phase whose lines follow it."""
    one = told[said.sentence]
    here = 0 < at - said.sentence <= 6 and one.label in ("", told[at].label)
    return here and not said.used and not one.drafts and _OPENS_PHASE.match(one.words) is not None


def _opens_list(one: Told, said: Said) -> bool:
    """ "up to six 21-day cycles of one of the following: A ...": said before the agents that follow."""
    return (
        not said.used
        and all(draft.start > said.token.end for draft in one.drafts)
        and bool(_FOLLOWING.search(one.words[said.token.end - one.start : said.token.end - one.start + 80]))
    )


def of_others(there: Told, said: Said, one: Told, draft: Draft) -> bool:
    """ "Y on days 1-21 of each 28-day cycle", "CVP is repeated every 21 days": a cycle that is not of this line."""
    behind = one.words[max(0, draft.at[1] - one.start) : draft.end - one.start + 60]
    if _ALONG.match(behind) or (there is not one and _CHEMOTHERAPY.search(there.words)):
        return True
    lasts = max((t.value.number for t in draft.tokens if isinstance(t.value, Count) and t.kind == "for"), default=0)
    if lasts > said.value(LENGTH) or there.label not in ("", one.label):
        return True
    if said.used:
        holds = [line for line in there.drafts if any(t is said.token for t in line.tokens)]
        together = any(line is draft for line in there.drafts)
        return not any(same_agent(line, draft) and (together or line.amount is None) for line in holds)
    if "repeat" not in said.token.words:
        return False
    named = [key(agent.name) for agent in there.found.agents]
    subject = _REPEATED.search(there.words[: said.token.start - there.start])
    return key(draft.agent.name) not in named if named else bool(subject and subject[1].lower() not in _ANYTHING)

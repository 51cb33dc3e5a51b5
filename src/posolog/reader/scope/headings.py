"""Headings with a colon: which of them say for whom, in which arm, in which stretch of the treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posolog.formulary import all_regimens
from posolog.reader.agents import spot
from posolog.reader.scope.label import Label
from posolog.reader.scope.named import NAMED

_PREFIX = re.compile(
    r"""(?:\A[-•*\s]{0,3}|(?<=[-•*;.:]\s)|(?<=;))\s?(?:\(?\d{1,2}[.)]\s)?(?P<label>[A-Z][^:;.]{0,90}?)\s?:\s?
        (?=\S|\Z)""",
    re.X,
)
_NO_LABEL = re.compile(
    r"""^(?:days?|weeks?|dose|doses|dosage|treatment|drug|biological|radiation|procedure|device|genetic|other|n)\b
        |\bfollowing|\bfollows|\d\s?mg|\bD\s?\d""",
    re.I | re.X,
)
# Words of headings that restrict: for whom, in which arm, in which stretch of the treatment.
_RESTRICTS = re.compile(
    r"""\b(?:
             arms?|groups?|cohorts?|strat(?:um|a)|options?|sequences?|schedules?|schema|regimens?|levels?|blocks?
             |parts?|steps?|stages?|phases?|periods?|courses?|cycles?|modules?|alternatives?|patients|subjects
             |participants|children|adults|infants|women|men|males|females|recipients|donors|responders|induction
             |re-?induction|consolidation|maintenance|intensification|salvage|conditioning|pre-?phase|run-?in
             |lead-?in|adjuvant|neo-?adjuvant|mobili[sz]\w+|bridging|continuation|extension|escalation|expansion
             |control|experimental|standard|placebo|pre-?medication|rescue
             |(?:high|low|intermediate|standard)[\s-]risk|elderly|older|younger|if|for|when|years?|age[d]?|weight
             |weighing|positive|negative|therapy)\b
        |[<>≥≤]|\A[A-Z][A-Z0-9+-]{0,9}\Z""",
    re.I | re.X,
)
# ... and of headings that restrict nothing, whatever other words they hold.
_OPENS_NOTHING = re.compile(
    r"""\b(?:
            numbers?|populations?|eligib\w+|criteria|methods?|methodology|titles?|statistic\w+|objectives?|aims?
            |endpoints?|outcomes?|assessments?|measures?|evaluations?|sample|designs?|overview|summary|abstract
            |introduction|background|rationale|procedures?|durations?|types?|synopsis|acronym|hypothes\w+
            |indications?|definitions?|plans?|descriptions?|consists?|compar\w+|characteristics|toxicit\w+
            |modifications?|consent|safety|efficacy|feasibility|registration|randomi[sz]\w+|update|settings?
            |results?|conclusions?|outline|primary|secondary|exploratory|tertiary|purpose|conditions?|preparative
            |immunosuppress\w+|transplantation|prophylaxis|gvhd|objective|risks|benefits|protocol|include[sd]?
            |study\s(?:phase|group|drugs?|treatments?|medications?)
            |phase|stage|interventions?|frequency|route|note|inclusion|exclusion|materials?|follow-?up|baseline
            |re-?check|visits?|examinations?|tests?|laboratory|imaging|samples|monitoring|behaviou?ral
            |dietary\ssupplement|combination\sproduct|diagnostic\stest|research|total)
        (?!\s?(?:[A-H\d]\b|I{1,3}\b))(?:\b|$)""",
    re.I | re.X,
)
# Headings of another subject, under which no arm's or phase's label goes on.
_ENDS_LABEL = re.compile(
    r"""\b(?:
            transplantation|immunosuppress\w+|(?:gvhd|cns|infection)\sprophylaxis|statistic\w+|endpoints?
            |objectives?|outcomes?|eligib\w+|inclusion|exclusion|follow-?up|study\sdesign|background|rationale
            |sample\ssize|supportive\s(?:care|therapy)|safety|evaluations?|assessments?)\b""",
    re.I | re.X,
)
_CLAUSE = re.compile(r"\b(?:will|are|is|be|to|there|has|have|was|were)\b", re.I)
# "... of a 28-day cycle Rd Arm:" in a list that has lost its line breaks: the heading of what follows.
_LONGEST = 50  # characters of a heading
_DIVIDES = re.compile(r"\b(?:arm|group|cohort|phase|regimen|therapy|cycle)\b", re.I)
_EVERYONE = re.compile(
    r"(?:study\s|eligible\s|all\s)?(?:patients|subjects|participants|screening|treatments?|therapy)(?:\sreceived)?",
    re.I,
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9+-]{1,9}")


def headings(text: str, start: int, end: int) -> Iterator[Label]:
    """Labels with a colon before what they rule; a heading of another subject ends the label before it."""
    for match in _PREFIX.finditer(text[start:end]):
        words = match["label"].strip(" -–•*")
        if len(words) > _LONGEST and words.endswith(")") and "(" in words:
            words = words[: words.index("(")].strip()  # "Maintenance therapy (for patients in CR at the end of ...)"
        at, until = start + match.start("label"), start + match.end()
        if _ENDS_LABEL.search(words) and not NAMED.search(words):
            yield Label(at, until, "", True)
        elif _heads(words) and (_DIVIDES.search(words) or not spot(text, at, at + len(match["label"]))):
            yield Label(at, until, words, True)


def _heads(words: str) -> bool:
    """Whether the words are a heading that restricts, and no clause of a sentence."""
    whole = len(words) <= _LONGEST and words.count("(") == words.count(")")
    return whole and _restricts(words) and not _CLAUSE.search(words)


@cache
def _regimens() -> frozenset[str]:
    """Acronyms of regimens: "VAD: ..." heads what VAD is."""
    return frozenset(name for one in all_regimens() for name in (one.acronym, *one.also_written))


def _restricts(words: str) -> bool:
    """Whether a heading's words say for whom, in which arm or in which stretch of the treatment."""
    if _NO_LABEL.search(words) or _OPENS_NOTHING.search(words) or _EVERYONE.fullmatch(words):
        return False
    if words.isupper() and len(words) > 1 and _ACRONYM.fullmatch(words):
        return words in _regimens() or _RESTRICTS.search(words.lower()) is not None
    return _RESTRICTS.search(words) is not None

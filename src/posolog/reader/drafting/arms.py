"""Which arm or choice words name, and treatment that may be given again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from posolog.reader.tokens.cues import words_in

AGAIN_WORDS = frozenset(
    "second third additional further permitted allowed possible impossible authorised authorized".split()
)
_EXPERIMENTAL_WORDS = frozenset(("experimental", "investigational"))
_CONTROL_WORDS = frozenset(("control", "comparator", "standard", "conventional"))

CHOICE = re.compile(
    r"""investigator['’]?s?['’]?\schoice|physician['’]?s?['’]?\schoice
        |one\ of\ the\ following\b.{0,60}(?:regimens?|treatments?|therap)""",
    re.I | re.X,
)
# "A second cycle (after recovery) is also allowed"
_SECOND = re.compile(
    r"""^(?:an?\s|one\s)?(?P<what>(?:second|third|additional|further)\s[\w\ -]{2,40}?)\s?(?:\([^)]{0,40}\)\s?)?
        (?:will\ be|is|may\ be|can\ be|are)\s(?:also\s)?
        (?:allowed|permitted|possible|given|offered|authori[sz]ed|administered)\b""",
    re.I | re.X,
)
# "it is permitted to offer the study drug to patients in the control group"
_CROSSOVER = re.compile(
    r"""(?:permitted|allowed|possible|authori[sz]ed)\sto\s(?:propose|give|offer|administer)\s(?:the\s)?
        (?P<what>[\w\ -]{3,60}?)\s(?:in|to)\s(?:patients\sin\s)?(?:the\s)?(?P<arm>[\w\ -]{3,30}?)\s(?:group|arm)\b""",
    re.I | re.X,
)
_OPTIONAL = re.compile(r"(?:\+\s?/?\s?-|±|with or without|\+-)\s?(?P<what>[\w-]+)", re.I)
_EXPERIMENTAL = re.compile(r"\b(?:experimental|investigational)\s(?:treatment|group|arm|regimen)\b", re.I)
_CONTROL = re.compile(r"\b(?:control|comparator|standard of care|conventional)\b", re.I)
_ARM = re.compile(
    r"""^\s?(?P<arm>(?:Arm|Group|Cohort|Stratum)\s(?:[A-Z]\b|I{1,3}V?\b|\d{1,2}\b))
        (?:\s?\([^)]{0,80}\))?\s?[:,–-]""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Again:
    """Treatment that may be given again: `what` in words, `arm` when the words name one."""

    what: str
    arm: str


def again(text: str, start: int, end: int) -> Again | None:
    """A second cycle, or the experimental treatment for controls."""
    words = text[start:end]
    if AGAIN_WORDS.isdisjoint(words_in(words)):
        return None
    if match := _SECOND.search(words):
        return Again(match["what"].strip(), arm_of(words))
    if match := _CROSSOVER.search(words):
        return Again(f"{match['what'].strip()} in the {match['arm'].strip()} arm", match["arm"].strip().lower())
    return None


def arm_of(words: str) -> str:
    """ "experimental" or "control" when the words say so, or "Arm A" when they begin with it."""
    if match := _ARM.match(words):
        return match["arm"]
    here = words_in(words)
    if not _EXPERIMENTAL_WORDS.isdisjoint(here) and _EXPERIMENTAL.search(words):
        return "experimental"
    return "control" if not _CONTROL_WORDS.isdisjoint(here) and _CONTROL.search(words) else ""


@lru_cache(maxsize=128)
def optional_class(text: str) -> str:
    """The agent or class after "+-" or "with or without"."""
    likely = "+" in text or "±" in text or "with or without" in text.lower()
    match = _OPTIONAL.search(text) if likely else None
    return match["what"].lower() if match else ""

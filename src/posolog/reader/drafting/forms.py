# ruff: noqa: E501  (patterns are easier to compare unbroken)
"""Sentences that are not "agent, amount, days": rest, hospital stays, co-injections, references, second cycles, crossovers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from posolog.core.days import DayRange, DaySet
from posolog.protocol.model import Cycles, Do, Give, Refer, Rest
from posolog.reader.agents import Spotted
from posolog.reader.drafts import Sentence
from posolog.reader.lexer import whole
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.daywords import DayWords

_N = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth)"
_STAY = re.compile(
    rf"(?P<least>at least\s)?(?:for\s)?(?:the\s)?first\s(?P<days>{_N})\sdays\s(?:during|of|in)\s(?:the\s)?(?P<cycle>{_N})\s(?:cycle|course)",
    re.I,
)
_REST = re.compile(r"\brest(?:ing)?\s?(?:period\s?)?:?\s?\(?(?:from\s|on\s)?$", re.I)
_HOSPITAL = re.compile(r"\bhospitali[sz](?:ed|ation)\b", re.I)
_COINJECTED = re.compile(
    rf"\b(?P<nth>{_N})\s(?:infusion|injection|dose|administration)\sof\s.{{3,80}}?\b(?:co-?\s?(?:injected|administered|infused)|given together|combined)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:follow|followed|according to|as per|per|in accordance with|as described in)\s(?P<to>(?:the\s)?(?:\w+\s){0,2}"
    r"(?:prescribing information|package insert|product (?:label|monograph|information)|SmPC|label(?:l?ing)?\b|summary of product characteristics))",
    re.I,
)
_CENTRE = re.compile(
    r"\b(?:according to|as per|per|following)\s(?P<to>(?:the\s)?(?:(?:local|institutional)\s(?:protocols?|guidelines?|practices?|standards?|polic(?:y|ies))"
    r"|(?:protocols?|guidelines|practices?|standards?|polic(?:y|ies))\sof\s(?:each|the|every)\s(?:participating\s)?(?:cent(?:er|re)|site|institution|hospital)s?))",
    re.I,
)
_TOPIC = re.compile(r"([^.;:]{3,120}?)\s?:?\s?(?:will be\s|is\s|are\s|be\s|given\s|managed\s|used\s)*\Z")
_SECOND = re.compile(
    r"^(?:an?\s|one\s)?(?P<what>(?:second|third|additional|further)\s[\w -]{2,40}?)\s?(?:\([^)]{0,40}\)\s?)?(?:will be|is|may be|can be|are)\s(?:also\s)?"
    r"(?:allowed|permitted|possible|given|offered|authori[sz]ed|administered)\b",
    re.I,
)
_CROSSOVER = re.compile(
    r"(?:permitted|allowed|possible|authori[sz]ed)\sto\s(?:propose|give|offer|administer)\s(?:the\s)?(?P<what>[\w -]{3,60}?)\s(?:in|to)\s(?:patients\sin\s)?(?:the\s)?"
    r"(?P<arm>[\w -]{3,30}?)\s(?:group|arm)\b",
    re.I,
)
CHOICE = re.compile(
    r"investigator['’]?s?['’]?\schoice|physician['’]?s?['’]?\schoice|one of the following\b.{0,60}(?:regimens?|treatments?|therap)",
    re.I,
)
_OPTIONAL = re.compile(r"(?:\+\s?/?\s?-|±|with or without|\+-)\s?(?P<what>[\w-]+)", re.I)
_EXPERIMENTAL = re.compile(r"\b(?:experimental|investigational)\s(?:treatment|group|arm|regimen)\b", re.I)
_CONTROL = re.compile(r"\b(?:control|comparator|standard of care|conventional)\b", re.I)
_ARM = re.compile(
    r"^\s?(?P<arm>(?:Arm|Group|Cohort|Stratum)\s(?:[A-Z]\b|I{1,3}V?\b|\d{1,2}\b))(?:\s?\([^)]{0,80}\))?\s?[:,–-]"
)


# Each form needs one of these words: a sentence without them holds none, which is cheaper to see than to search.
_EXPERIMENTAL_WORDS = frozenset(("experimental", "investigational"))
_CONTROL_WORDS = frozenset(("control", "comparator", "standard", "conventional"))
_STAY_WORDS = frozenset("hospitalised hospitalized hospitalisation hospitalization".split())
_BESIDE_WORDS = frozenset("co coinjected coadministered coinfused together combined".split())
_LABEL_WORDS = frozenset(
    "label labels labeled labelled labeling labelling information insert inserts monograph characteristics smpc".split()
)
_CENTRE_WORDS = frozenset(
    "protocol protocols guideline guidelines practice practices standard standards policy policies".split()
)
_AGAIN_WORDS = frozenset("second third additional further permitted allowed possible impossible authorised authorized".split())
_FORM_WORDS = _STAY_WORDS | _BESIDE_WORDS | _LABEL_WORDS | _CENTRE_WORDS | _AGAIN_WORDS


def may_hold_one(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] may hold a stay, a co-injection, a reference or a repeat."""
    return not _FORM_WORDS.isdisjoint(words_in(text[start:end]))


def stays(text: str, start: int, end: int) -> tuple[Do, ...]:
    """Hospital days: "hospitalized the first 9 days during the first cycle and at least the first 2 days ..."."""
    if _STAY_WORDS.isdisjoint(words_in(text[start:end])) or not _HOSPITAL.search(text, start, end):
        return ()
    return tuple(
        Do("hospital stay", DaySet((DayRange(1, whole(m["days"])),)), (whole(m["cycle"]),), bool(m["least"]))
        for m in _STAY.finditer(text, start, end)
    )


def rest_days(text: str, sentence: Sentence) -> tuple[Rest, ...]:
    """Rest on named days: "Rest days J-8 and J-6" (which days lie between is the checks' question)."""
    found = []
    for token in sentence.tokens:
        lead = text[max(0, token.start - 16) : token.start]
        if token.kind == "days" and isinstance(token.value, DayWords) and _REST.search(lead):
            found.append(Rest(token.value.days))
    return tuple(found)


def co_injected(text: str, start: int, end: int, agents: tuple[Spotted, ...]) -> tuple[Spotted, Spotted, int] | None:
    """(the agent added, the agent it goes with, the how-manieth administration), amount not stated."""
    match = None
    if not _BESIDE_WORDS.isdisjoint(words_in(text[start:end])):
        match = _COINJECTED.search(text, start, end)
    if match is None:
        return None
    left = [a for a in agents if a.end <= match.end()]
    right = [a for a in agents if a.start >= match.end()]
    return (right[0], left[-1], whole(match["nth"])) if left and right else None


def by_label(text: str, start: int, end: int, agents: tuple[Spotted, ...]) -> Give | None:
    """A dose left to an outside document: a named reference, never an invented dose."""
    if _LABEL_WORDS.isdisjoint(words_in(text[start:end])):
        return None
    match = _LABEL.search(text, start, end)
    before = [a for a in agents if match and a.end <= match.start()]
    return Give(before[-1].name, reference=match["to"].strip()) if match and before else None


def referred(text: str, start: int, end: int) -> Refer | None:
    if _CENTRE_WORDS.isdisjoint(words_in(text[start:end])):
        return None
    match = _CENTRE.search(text, start, end)
    topic = _TOPIC.search(text[max(start, match.start() - 120) : match.start()]) if match else None
    return Refer(topic[1].strip(" :"), match["to"].strip()) if match and topic else None


@dataclass(frozen=True, slots=True)
class Again:
    """Treatment that may be given again: `what` in words, `arm` when the words name one."""

    what: str
    arm: str


def again(text: str, start: int, end: int) -> Again | None:
    """A second cycle, or the experimental treatment for controls."""
    words = text[start:end]
    if _AGAIN_WORDS.isdisjoint(words_in(words)):
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


def cycles_of(sentence: Sentence) -> Cycles | None:
    """Number and length of cycles; a stated infusion and rest add up to the length (28 days and 2 weeks' rest: 42)."""
    count, length, at_most = None, None, False
    rest = None
    for token in sentence.tokens:
        if token.kind == "cycles" and isinstance(token.value, tuple):
            count, length, at_most = token.value[0] or count, token.value[1] or length, at_most or token.value[2]
        if token.kind == "rest" and isinstance(token.value, int):
            rest = token.value
    lasts = next((t.value for t in sentence.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
    if length is None and rest is not None and isinstance(lasts, int):
        length = lasts + rest
    return Cycles(count, length, at_most) if count or length else None


def rest_after(sentence: Sentence) -> Rest | None:
    """The rest that follows a stated infusion: days 29 to 42 after 28 days and 2 weeks' rest."""
    lasts = next((t.value for t in sentence.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
    rest = next((t.value for t in sentence.tokens if t.kind == "rest" and isinstance(t.value, int)), None)
    if not isinstance(lasts, int) or not isinstance(rest, int):
        return None
    return Rest(DaySet((DayRange(lasts + 1, lasts + rest),)))

"""Doses and procedures that the words leave to another document: a label, a centre's own guideline."""

from __future__ import annotations

import re

from posolog.protocol.model import Give, Refer
from posolog.reader.agents import Spotted
from posolog.reader.tokens.cues import words_in

LABEL_WORDS = frozenset(
    "label labels labeled labelled labeling labelling information insert inserts monograph characteristics smpc".split()
)
CENTRE_WORDS = frozenset(
    "protocol protocols guideline guidelines practice practices standard standards policy policies".split()
)
# "according to the current prescribing information", "as described in the SmPC"
_LABEL = re.compile(
    r"""\b(?:follow|followed|according\ to|as\ per|per|in\ accordance\ with|as\ described\ in)\s
        (?P<to>(?:the\s)?(?:\w+\s){0,2}(?:
            prescribing\ information|package\ insert|product\ (?:label|monograph|information)|SmPC
            |label(?:l?ing)?\b|summary\ of\ product\ characteristics))""",
    re.I | re.X,
)
# "as per local guidelines", "following the practice of each participating centre"
_CENTRE = re.compile(
    r"""\b(?:according\ to|as\ per|per|following)\s
        (?P<to>(?:the\s)?(?:
            (?:local|institutional)\s(?:protocols?|guidelines?|practices?|standards?|polic(?:y|ies))
            |(?:protocols?|guidelines|practices?|standards?|polic(?:y|ies))\sof\s(?:each|the|every)\s
                (?:participating\s)?(?:cent(?:er|re)|site|institution|hospital)s?))""",
    re.I | re.X,
)
_TOPIC = re.compile(r"([^.;:]{3,120}?)\s?:?\s?(?:will be\s|is\s|are\s|be\s|given\s|managed\s|used\s)*\Z")


def by_label(text: str, start: int, end: int, agents: tuple[Spotted, ...]) -> Give | None:
    """A dose left to an outside document: a named reference, never an invented dose."""
    if LABEL_WORDS.isdisjoint(words_in(text[start:end])):
        return None
    match = _LABEL.search(text, start, end)
    before = [a for a in agents if match and a.end <= match.start()]
    return Give(before[-1].name, reference=match["to"].strip()) if match and before else None


def referred(text: str, start: int, end: int) -> Refer | None:
    """What is done as the centre does it: "supportive care will be given according to local guidelines"."""
    if CENTRE_WORDS.isdisjoint(words_in(text[start:end])):
        return None
    match = _CENTRE.search(text, start, end)
    topic = _TOPIC.search(text[max(start, match.start() - 120) : match.start()]) if match else None
    return Refer(topic[1].strip(" :"), match["to"].strip()) if match and topic else None

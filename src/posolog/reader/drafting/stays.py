"""Hospital stays and rests, which are lines of their own."""

from __future__ import annotations

import re

from posolog.core.days import DayRange, DaySet
from posolog.protocol.model import Do, Rest
from posolog.reader.drafts import Sentence
from posolog.reader.tokens.cues import words_in
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.values import whole

COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth)"
STAY_WORDS = frozenset("hospitalised hospitalized hospitalisation hospitalization".split())
_HOSPITAL = re.compile(r"\bhospitali[sz](?:ed|ation)\b", re.I)
_STAY = re.compile(
    rf"""(?P<least>at\ least\s)?(?:for\s)?(?:the\s)?first\s(?P<days>{COUNT})\sdays\s
        (?:during|of|in)\s(?:the\s)?(?P<cycle>{COUNT})\s(?:cycle|course)""",
    re.I | re.X,
)
_REST = re.compile(r"\brest(?:ing)?\s?(?:period\s?)?:?\s?\(?(?:from\s|on\s)?$", re.I)


def stays(text: str, start: int, end: int) -> tuple[Do, ...]:
    """Hospital days: "hospitalized the first 9 days during the first cycle and at least the first 2 days ..."."""
    if STAY_WORDS.isdisjoint(words_in(text[start:end])) or not _HOSPITAL.search(text, start, end):
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


def rest_after(sentence: Sentence) -> Rest | None:
    """The rest that follows a stated infusion: days 29 to 42 after 28 days and 2 weeks' rest."""
    lasts = next((t.value for t in sentence.tokens if t.kind == "continuous" and isinstance(t.value, int)), None)
    rest = next((t.value for t in sentence.tokens if t.kind == "rest" and isinstance(t.value, int)), None)
    if not isinstance(lasts, int) or not isinstance(rest, int):
        return None
    return Rest(DaySet((DayRange(lasts + 1, lasts + rest),)))

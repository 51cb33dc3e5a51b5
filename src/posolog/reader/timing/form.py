"""What a form of time is, and the words that several of them share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from posolog.protocol.model import Count
from posolog.reader.tokens.values import in_days, whole


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a time: the token's kind, the pattern, its guarding words, and the value of a match.

    A form is tried only in sentences (in small letters) that hold one of its guards.
    """

    kind: str
    pattern: re.Pattern[str]
    guards: tuple[str, ...]
    value: Callable[[re.Match[str]], object]


def form(kind: str, body: str, guards: str, value: Callable[[re.Match[str]], object]) -> Form:
    """A form from its pattern and its guards, which strokes divide; an underscore there is a space."""
    return Form(kind, re.compile(body, re.X), tuple(guards.replace("_", " ").split("|")), value)


NOUN = (
    r"(?:doses?|infusions?|injections?|administrations?|fractions?|applications?|vaccinations?|immuni[sz]ations?"
    r"|instillations?|sessions?|treatments?|pulses?|bolus(?:es)?|shots?)"
)
ADJECTIVE = (
    r"(?:(?:oral|i\.?v\.?|subcutaneous|sc|im|intra-?(?:venous|muscular|thecal|vitreal|articular|tumou?ral|peritoneal"
    r"|dermal|vesical)|bolus|high|low|fixed|flat|short|slow|initial|booster|extra|additional|rescue|standard"
    r"|prophylactic)\s)"
)
AND = r"(?:\s?,\s?(?:and\s)?|\s?&\s?|\sand\s(?:the\s)?)"


def stretch(match: re.Match[str]) -> Count | int:
    """Days and weeks as a count; months and years as their days, which the flat statement alone tells."""
    words, unit = match["n"], match["u"]
    if unit[0] in "my":
        return 365 * (whole(words) // 12) if unit[0] == "m" and whole(words) % 12 == 0 else in_days(words, unit)
    return Count(in_days(words, unit), at_most="up to" in match.group())

"""Labels that restrict what follows: "Arm A", "Stratum 2", "Cohort 1", "VAD:", "Maintenance:"."""

from __future__ import annotations

import re

from posolog.reader.scope.headings import headings
from posolog.reader.scope.label import Label
from posolog.reader.scope.named import NAMED, NAMES, named
from posolog.reader.scope.who import consisting, receivers
from posolog.reader.tokens.cues import words_in

_LONGEST_AT_END = 50
_AT_END = re.compile(
    r"""\s (?P<label> (?:[A-Z][\w/+-]{0,14}\s){1,2} (?:Arm|Group|Cohort|Regimen|Option|Stratum)
          | (?:Arm|Group|Cohort|Regimen|Option|Stratum)\s\w{1,6} ) \s?:\Z""",
    re.X,
)
# "All patients receive ...", "In both arms ...": no arm's label rules it any more.
_FOR_ALL = re.compile(
    r"""\W{0,3}(?:
            (?:All|Both)\s(?:\w+\s)?(?:patients|participants|subjects|arms|groups|cohorts|children|women|men)\b(?!
                 \s(?:in|of|on|assigned|randomi[sz]ed)\s(?:the\s)?(?!both|all|either|each))
            |During\s(?:the\s)?(?:treatment|study|trial)\b
            |After\scompletion\sof\s(?:study|all|the\sstudy)\b
            |(?:In|For)\s(?:both|all|either)\s(?:\w+\s)?(?:arms|groups|cohorts|patients|subjects|participants)\b
            |(?:Patients|Participants|Subjects)\s(?:in|on|of)\s(?:both|all|either)\b)""",
    re.X,
)
_WHO = re.compile(
    r"""\b(?:
             arms?|groups?|cohorts?|strat\w+|options?|regimens?|levels?|patients|subjects|participants|children
             |adults)\b
        |[<>≤≥]""",
    re.I | re.X,
)
_BRACKET = re.compile(
    r"""\s?\((?P<words>
            [^()]{0,30}(?:
                [<>≤≥]
                |\b(?:
                     weight|aged?|years|group|arm|cohort|stratum|patients|children|adults|males?|females?|women|men)
                 \b)[^()]{0,40})\)""",
    re.I | re.X,
)
_AMOUNT = re.compile(r"\d\s?(?:m?c?g|IU|c?Gy|[MG]Bq|mCi)\b(?!\s?/\s?d?l)")


def labels(text: str, start: int, end: int) -> tuple[Label, ...]:
    """The labels of one sentence, in order."""
    said = text[start:end]
    found = list(headings(text, start, end)) if ":" in said else []
    if (all_of := _FOR_ALL.match(said)) is not None:
        found.append(Label(start, start + all_of.end(), "", True))
    for first, last, goes_on in consisting(said):
        found.append(Label(start + first, start + last, said[first:last], goes_on))
    for first, last in receivers(said):
        if NAMED.search(said, first, last) is None:
            found.append(Label(start + first, start + last, said[first:last], False))
    for one in () if NAMES.isdisjoint(words_in(said)) else named(said, start):
        if not any(label.start <= one.start < label.end for label in found):
            found.append(one)
    closing = _AT_END.search(said, max(0, len(said) - _LONGEST_AT_END)) if said.endswith(":") else None
    if closing is not None and not any(label.end >= end - 1 for label in found):
        found.append(Label(start + closing.start("label"), end, closing["label"], True))
    return tuple(sorted(found, key=lambda label: label.start))


def is_arm(words: str) -> bool:
    """Whether the label names who is treated so; a phase may hold cycles that are treated otherwise."""
    return _WHO.search(words) is not None


def bracketed(text: str, position: int) -> str:
    """The condition in a bracket right behind an amount: "1.0 mg/kg (weight > 25 kg)"."""
    match = _BRACKET.match(text, position)
    return match["words"].strip() if match and not _AMOUNT.search(match["words"]) else ""

"""Days and rhythms that are none of giving: "before day +28", "observation through day 35", "controlled weekly"."""

from __future__ import annotations

import re

from posolog.reader.tokens.token import Token

_TOKENS = ("days", "every", "times", "weeks", "for")
# "must recover before day 28", "no later than day 3": an event's limit
_LIMIT = re.compile(r"\b(?:before|prior\sto|by|no\slater\sthan|earlier\sthan)\s(?:the\s|study\s|about\s)?\Z", re.I)
# "followed by observation through day 35", "assessed on day 15", "levels are controlled every 2 weeks"
_WATCHED = re.compile(
    r"""\b(?: observ(?:ed|ation) | follow(?:ed)?[\s-]?up | survival | discharged?
            | (?: blood | serum | plasma )\s levels? \s (?: are | is | were | will\sbe ) )
        \s (?: \w+\s ){0,2} (?: until | through | to | till | at | on | for | up\sto ) \s (?: the\s )? \Z
      | \b(?: controlled | monitored | measured | checked | sampled | scanned | examined | re-?evaluated )
        \s (?: \w+ly\s )? (?: on\s | at\s )? \Z""",
    re.I | re.X,
)
# "day 100 disease-free survival", "day-28 response", "the day 14 bone marrow": a time at which something is seen
_SEEN_THEN = re.compile(
    r"""\s (?: (?: overall | disease-free | event-free | progression-free | relapse-free | failure-free | non-?relapse
                | treatment-related | transplant-related | all-cause | complete | partial | donor | neutrophil
                | platelet | t-cell | acute | chronic ) \s ){0,2}
        (?: survival | mortality | TRM | NRM | DFS | PFS | EFS | OS | response | engraftment | chimerism | GVHD
          | toxicit(?:y|ies) | incidence | relapse | assessments? | visits? | evaluations? | follow-up | biops(?:y|ies)
          | bone\smarrow\s(?:aspirate|biops|exam|assess) | remission | milestone | endpoint ) \b""",
    re.I | re.X,
)
# "5 days out of 7 days per week": the second number is the stretch
_OUT_OF = re.compile(r"\bout\sof\s(?:the\s|every\s)?\Z", re.I)
# "within 56 days following the first day of X"
_AFTER = re.compile(r"\b(?:following|after|from|since|before|prior\sto)\s(?:the\s)?\Z", re.I)


# "which will follow them up for 1 year": how long the patients are looked at
_FOLLOWED = re.compile(
    r"\b(?:follow(?:ed|ing)?(?:[\s-]up)?\s(?:\w+\s){0,3}(?:up\s(?:\w+\s)?)?"
    r"|followed\s(?:up\s)?|survival\s|observed\s)\Z", re.I
)


def without_others(text: str, start: int, tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens that may say when something is given, and those that say when something else happens."""
    kept: list[Token] = []
    others: list[Token] = []
    for token in tokens:
        (others if token.kind in _TOKENS and _of_other(text, start, token) else kept).append(token)
    return kept, others


def watched(text: str, start: int, position: int) -> bool:
    """The words before the position tell of looking at the patient, not of giving."""
    return _WATCHED.search(text[max(start, position - 48) : position]) is not None


def _of_other(text: str, start: int, token: Token) -> bool:
    words = text[token.start : token.end].lower()
    first = token.start + len(words) - len(words.lstrip())
    lead = text[max(start, first - 48) : first]
    if token.kind != "for" and (_WATCHED.search(lead) or _OUT_OF.search(lead)):
        return True
    if token.kind == "for":
        return words.lstrip().startswith("for ") and _FOLLOWED.search(lead) is not None and "by" not in lead[-20:]
    if token.kind != "days":
        return False
    if _SEEN_THEN.match(text, token.end) and not re.search(r"\d\D+\d", words):
        return True
    if words.strip().startswith(("first", "the first")):
        return _AFTER.search(lead) is not None
    return _LIMIT.search(lead) is not None and words.strip()[:1].isalpha()

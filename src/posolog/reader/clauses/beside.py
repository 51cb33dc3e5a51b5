"""Times that stand beside a statement and that no token has read: the statement becomes doubtful."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from posolog.reader.clauses.not_given import watched
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.token import Token

if TYPE_CHECKING:
    from posolog.reader.drafts import Draft

_TIME_WORDS = re.compile(
    r"""\b(?=[\ddwc])(?:
            \d{1,3}(?:\s?(?:-|–|to|/|and|or|,)\s?\d{1,3})*(?:st|nd|rd|th)?[\s-]?(?:
                 days?|weeks?|hours?|cycles?|courses?|fractions?|doses|times|infusions|injections)\b
            |(?:days?|weeks?|cycles?|courses?)\s[-+]?\d{1,3})""",
    re.I | re.X,
)


# "d1~28", "D-5": days under their letter alone; "vitamin D3" is none.
_SHORT_DAYS = re.compile(
    r"[dD](?<![\w/+-][dD])(?<!vitamin\s[dD])(?<!stage\s[dD])[-+]?\d{1,2}(?:\s?[-~–]\s?[dD]?\d{1,2})?(?![\w%])"
)


def unread(text: str, start: int, end: int, drafts: list[Draft], tokens: list[Token]) -> None:
    """A number of days, weeks, cycles or doses beside a statement that nothing has read makes it doubtful."""
    if not drafts:
        return
    for match in chain(_TIME_WORDS.finditer(text, start, end), _SHORT_DAYS.finditer(text, start, end)):
        if any(token.start < match.end() and match.start() < token.end for token in tokens):
            continue
        if _relative(text, start, match) or watched(text, start, match.start()):
            continue
        for draft in drafts:
            if draft.start - 12 <= match.start() and match.end() <= draft.end + 30:
                draft.doubts.append(f"{match.group()!r} beside it was not read")
                break


_RELATIVE_AFTER = re.compile(
    r"\s(?:before|after|prior|following|apart|later|post|pre|between|preceding|of\s(?:the\s)?(?:meal|surgery))", re.I
)
_CYCLE_AND_DAY = re.compile(r"[\s,/:]{1,3}days?\s\d", re.I)  # "cycle 1 day 1": the day is read
_RELATIVE_BEFORE = re.compile(
    r"""(?: \+\s?/?\s?- | ± )\s? \Z
      | \b(?: total | in\sall | altogether )\s (?:of\s)? \Z
      | \bwithin\s (?: the\s (?:first\s)? )? (?:\d+\s?-\s?)? \Z
      | =\s? \Z""",
    re.I | re.X,
)


def _relative(text: str, start: int, match: re.Match[str]) -> bool:
    """ "2 hours before surgery", "within 14 days", "(= 1 cycle)": how it lies to an event is no schedule."""
    if match.group()[:5].lower() == "cycle" and _CYCLE_AND_DAY.match(text, match.end()):
        return True
    if re.search(r"hours?\Z", match.group(), re.I) and _RELATIVE_AFTER.match(text, match.end()):
        return True
    if match.group().lower() in ("1 cycle", "1 course"):  # "every 3 weeks (1 cycle)"
        return True
    return _RELATIVE_BEFORE.search(text[max(start, match.start() - 24) : match.start()]) is not None


_GRAFT_NEAR = re.compile(r"transplant|graft|infusion|rescue|reinfus|stem cell|PBSC|BMT|HSCT|SCT\b", re.I)
_LOOKED_AT = re.compile(
    r"""\b(?:
            measured|assess\w*|monitor\w*|collect\w*|evaluat\w*|sampl\w*|levels?|PK|scans?|imaging|MRI|CT|PET
            |biops\w+|visits?|follow[\s-]?ups?|followed\s(?:up|for|until|by\sobserv\w+)|observ\w*|drawn|respons\w*
            |surgery|transplanted)\b""",
    re.I | re.X,
)


def _of_graft(text: str, token: Token, end: int) -> bool:
    """ "day 0: stem cell infusion" numbers the graft's day."""
    zero = isinstance(token.value, DayWords) and set(token.value.days.days()) <= {0, 1}
    around = text[max(0, token.start - 40) : min(end, token.end + 60)]
    return zero and _GRAFT_NEAR.search(around) is not None


def not_taken(text: str, start: int, end: int, drafts: list[Draft], rest: list[Token]) -> None:
    """Days behind a statement that no statement of the sentence has taken: "on day 1 after cisplatin and on day 8"."""
    used = {id(token) for draft in drafts for token in draft.tokens}
    for token in rest:
        before = [draft for draft in drafts if draft.end <= token.start]
        if token.kind not in ("days", "weeks") or id(token) in used or not before or token.start - before[-1].end > 120:
            continue
        gap = text[before[-1].end : token.start]
        if _LOOKED_AT.search(gap) or _of_graft(text, token, end):
            continue
        before[-1].doubts.append(f"{text[token.start : token.end]!r} was given to no statement")

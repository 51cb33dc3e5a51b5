"""Times that stand beside a statement and that no token has read: the statement becomes doubtful."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from posolog.reader.lexer import Token

if TYPE_CHECKING:
    from posolog.reader.drafts import Draft

_TIME_WORDS = re.compile(
    r"\b\d{1,3}(?:\s?(?:-|–|to|/|and|or|,)\s?\d{1,3})*(?:st|nd|rd|th)?[\s-]?(?:days?|weeks?|hours?|cycles?|courses?|fractions?|doses|times|infusions|injections)\b"
    r"|\b(?:days?|weeks?|cycles?|courses?)\s[-+]?\d{1,3}",
    re.I,
)


def unread(text: str, start: int, end: int, drafts: list[Draft], tokens: list[Token]) -> None:
    """A number of days, weeks, cycles or doses beside a statement that nothing has read makes it doubtful."""
    if not drafts:
        return
    for match in _TIME_WORDS.finditer(text, start, end):
        if any(token.start < match.end() and match.start() < token.end for token in tokens):
            continue
        if _relative(text, start, match):
            continue
        for draft in drafts:
            if draft.start - 12 <= match.start() and match.end() <= draft.end + 30:
                draft.doubts.append(f"{match.group()!r} beside it was not read")
                break


_RELATIVE_AFTER = re.compile(
    r"\s(?:before|after|prior|following|apart|later|post|pre|between|preceding|of\s(?:the\s)?(?:meal|surgery))", re.I
)
_RELATIVE_BEFORE = re.compile(r"\bwithin\s(?:the\s(?:first\s)?)?(?:\d+\s?-\s?)?\Z|=\s?\Z", re.I)


def _relative(text: str, start: int, match: re.Match[str]) -> bool:
    """ "2 hours before surgery", "within 14 days", "(= 1 cycle)": how it lies to an event is no schedule."""
    if re.search(r"hours?\Z", match.group(), re.I) and _RELATIVE_AFTER.match(text, match.end()):
        return True
    return _RELATIVE_BEFORE.search(text[max(start, match.start() - 24) : match.start()]) is not None

"""A hand-made lexer for lines in words: every character is white space or part of a token, none is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from posolog.core.because import Span
from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.core.units import find_unit

LONGEST_NUMBER = 20  # characters; more is a slip of the keyboard
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"

_SPACE = re.compile(r"\s+")
_TOKENS = (
    ("quoted", re.compile(r'"(?:[^"]|"")*"')),
    ("day", re.compile(r"D[+\-\u2212]?[0-9]+(?!\w)")),
    ("number", re.compile(r"[0-9]+(?:\.[0-9]+)?(?!\w|\.[0-9]|-[^\W\d])")),
    ("word", re.compile(r"[^\W_](?:[\w+'\u2019.\-]*[\w+'\u2019])?")),
)
_GLUED = re.compile(r"([0-9]+(?:\.[0-9]+)?)([^\W\d].*)")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is quoted, day, number, word or mark (one character); `[start, end)` in the line."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a line, in order; "5mg" is read as "5 mg".

    >>> [token.text for token in tokens("90Y-epratuzumab tetraxetan 370 MBq/m2 on D1")]
    ['90Y-epratuzumab', 'tetraxetan', '370', 'MBq', '/', 'm2', 'on', 'D1']
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _token_at(text, at)
        found += _unglued(token)
        at = token.end
    return tuple(found)


def _token_at(text: str, at: int) -> Token:
    for kind, pattern in _TOKENS:
        if match := pattern.match(text, at):
            return Token(kind, match.group(), at, match.end())
    return Token("mark", text[at], at, at + 1)


def _unglued(token: Token) -> list[Token]:
    glued = _GLUED.fullmatch(token.text) if token.kind == "word" else None
    if glued is None or find_unit(glued.group(2)) is None:
        return [token]
    middle = token.start + len(glued.group(1))
    return [
        Token("number", glued.group(1), token.start, middle),
        Token("word", glued.group(2), middle, token.end),
    ]


def refusal(
    code: str,
    message: str,
    next_step: str,
    *,
    words: str = "",
    start: int = 0,
    end: int = 0,
    hazard: str = "",
) -> Refusal:
    """A Refusal with one stop finding about `words`, at `[start, end)` of the line."""
    place = Place("here", words, span=Span("", start, end))
    return Refusal(Finding(code, Severity.STOP, message, next_step, (place,), hazard))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known word, or ""."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else ""


def unquoted(text: str) -> str:
    """The words between the quotation marks; a doubled mark stands for one."""
    return text[1:-1].replace('""', '"')


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


class Cursor:
    """The tokens of one line and the place reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def word(self, ahead: int = 0) -> str:
        """The text of a token ahead, "" past the end; a quoted token never equals a keyword."""
        token = self.peek(ahead)
        return token.text if token is not None else ""

    def kind(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.kind if token is not None else ""

    def sees(self, *words: str) -> bool:
        return all(self.word(ahead) == word for ahead, word in enumerate(words))

    def take(self, *words: str) -> bool:
        """Step over these words if they come next."""
        if not self.sees(*words):
            return False
        self.at += len(words)
        return True

    def expect(self, *words: str) -> None:
        for word in words:
            if not self.take(word):
                self.fail(f"{word!r} is expected here")

    def next(self, kind: str, what: str) -> Token:
        token = self.peek()
        if token is None or token.kind != kind:
            self.fail(f"{what} is expected here")
        self.at += 1
        return token

    def end(self) -> bool:
        return self.at >= len(self.tokens)

    def finish(self, known: Iterable[str] = ()) -> None:
        """Every word of the line must have been read."""
        if not self.end():
            self.fail("this is not understood here", known=known)

    def fail(
        self,
        message: str,
        *,
        code: str = "LINE-UNREAD",
        known: Iterable[str] = (),
        next_step: str = "",
        hazard: str = "",
    ) -> NoReturn:
        """Refuse the token reached. *Raises:* Refusal, always."""
        token = self.peek()
        words, start, end = (token.text, token.start, token.end) if token else ("", len(self.text), len(self.text))
        seen = f"{words!r}" if token else "the end of the line"
        hint = did_you_mean(words, known) if token else ""
        advice = next_step or hint or "The page on protocol files shows every form."
        raise refusal(
            code,
            f"{message}: {seen}, at character {start + 1} of {self.text!r}",
            advice,
            words=words,
            start=start,
            end=end,
            hazard=hazard,
        )

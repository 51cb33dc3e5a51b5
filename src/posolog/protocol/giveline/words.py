"""Names, free words and numbers in print, between quotation marks where they would not read back."""

from __future__ import annotations

from posolog.protocol.clauses import (
    starts_clause,
)
from posolog.protocol.giveline.reading import is_reserved
from posolog.protocol.lexer import Cursor, quoted, refusal
from posolog.protocol.numbers_text import listed


def checked(text: str, meant: object, read: object) -> str:
    """A line is only printed when it reads back as what was meant."""
    if read != meant:
        raise refusal(
            "LINE-UNREAD",
            f"no line says this and reads back the same: {text!r}",
            "Write it as two lines, or name it in plain words.",
            words=text,
        )
    return text


def print_agent(agent: str) -> str:
    """A name as it is where it reads back, else between quotation marks."""
    cursor = Cursor(agent)
    plain_words = not starts_clause(cursor) and all(
        token.kind == "word" or (token.kind == "mark" and token.text in "/()+") for token in cursor.tokens
    )
    held = any(is_reserved(token.text) for token in cursor.tokens)
    return agent if plain_words and not held and agent == " ".join(agent.split()) else quoted(agent)


def print_words(words: str) -> str:
    """Free words as they are where they read back, else between quotation marks."""
    cursor = Cursor(words)
    while cursor.kind() == "word" and not starts_clause(cursor) and cursor.word() != "says":
        cursor.at += 1
    same = words == " ".join(token.text for token in cursor.tokens)
    return words if cursor.end() and words and same else quoted(words)


def print_numbered(noun: str, numbers: tuple[int, ...]) -> str:
    """ "in cycles 1 and 2"."""
    if not numbers:
        return ""
    return f"in {noun}{'' if len(numbers) == 1 else 's'} " + listed([str(number) for number in numbers])

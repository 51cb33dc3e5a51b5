"""Conditions cut at ", and" and ", or", outside parentheses and quotation marks."""

from __future__ import annotations

import re


def split(words: str) -> tuple[list[str], list[str]]:
    """The clauses between ", and" and ", or" outside parentheses and quotation marks, and those joins."""
    pieces, joins, depth, start, at, inside = [], [], 0, 0, 0, False
    while at < len(words):
        inside ^= words[at] == '"'
        depth += 0 if inside else (words[at] == "(") - (words[at] == ")")
        join = _join_at(words, at) if depth == 0 and not inside else ""
        if join and words[start:at].strip():
            pieces.append(words[start:at].strip())
            joins.append(join)
            at += len(join) + 3
            start = at
        else:
            at += 1
    if inside or depth or not words[start:].strip():
        return [words], []
    return [*pieces, words[start:].strip()], joins


def _join_at(words: str, at: int) -> str:
    return next((join for join in ("and", "or") if words.startswith(f", {join} ", at)), "")


def wrapped(words: str) -> bool:
    """Whether one pair of parentheses holds all the words."""
    if not (words.startswith("(") and words.endswith(")") and words[1:-1].strip()):
        return False
    depth, inside = 0, False
    for at, character in enumerate(words):
        inside ^= character == '"'
        depth += 0 if inside else (character == "(") - (character == ")")
        if depth == 0 and at < len(words) - 1:
            return False
    return depth == 0


def balanced(words: str) -> bool:
    """Whether every parenthesis has its partner, in order."""
    depth = 0
    for character in words:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def quotes_all(words: str) -> bool:
    return re.fullmatch(r'"(?:[^"]|"")+"', words) is not None

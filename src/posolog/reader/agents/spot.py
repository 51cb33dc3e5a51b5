"""Spotting agents in prose by the formulary's names; the longest name wins, nothing is matched approximately."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress

from posolog.formulary import exact_names, known_words
from posolog.reader.agents.codes import DIGIT
from posolog.reader.agents.listed import abbreviated, exact, lead_of, longest, several_words
from posolog.reader.agents.lists import agent_heads, elements, first_words, other_capitals, weak_heads
from posolog.reader.agents.radioactive import nuclide_named, radioactive
from posolog.reader.agents.single import inn_endings, known_alone, single_word
from posolog.reader.agents.spotted import Spotted
from posolog.reader.agents.words import WORD, key

_STUDY = re.compile(r"(?:study|protocol|trial|number|no\.?|identifier)[\s#:]*\Z", re.I)


def spot(text: str, start: int, end: int) -> list[Spotted]:
    """The agents named in text[start:end], in order, not overlapping."""
    return list(_spotted(text, start, end))


@lru_cache(maxsize=512)
def _spotted(text: str, start: int, end: int) -> tuple[Spotted, ...]:
    words = list(WORD.finditer(text, start, end))
    found: list[Spotted] = []
    free = 0  # the first word that no agent before it has taken
    for index in compress(range(len(words)), map(_may_begin, map(re.Match.group, words))):
        taken = _taken(text, words, index) if index >= free and _goes_with_next(words, index) else None
        if taken is None:
            continue
        spotted, used = taken
        free = index + used
        if not (spotted.weak and _STUDY.search(text, max(start, spotted.start - 14), spotted.start)):
            found.append(spotted)
    return tuple(found)


def _goes_with_next(words: list[re.Match[str]], index: int) -> bool:
    """Whether the word may be an agent by itself, or together with the next one; a wide gate before the longer work."""
    followers = _followers(words[index].group())
    if followers is None or index + 1 == len(words):
        return followers is None
    following = words[index + 1].group()
    return following[0].isdigit() or key(following) in followers or following.lower() in elements()


@lru_cache(maxsize=50_000)
def _followers(word: str) -> frozenset[str] | None:
    """How the key behind a word begins that is no agent by itself ("the" study drug); None where it may be one."""
    first = key(word)
    names = [name for heads in (agent_heads(), weak_heads()) for name in heads.get(first, (0, {}))[1]]
    if first in names or lead_of(word, weak=False)[0] or lead_of(word, weak=True)[0] or nuclide_named(word):
        return None
    if abbreviated(word) or known_alone(word)[0]:
        return None
    names += [key(name) for name in first_words().get(word.lower(), ())]
    return frozenset(name[len(first) : end] for name in names for end in range(len(first), len(name) + 1))


def _taken(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """The agent that begins with this word and the number of words it has."""
    return (
        longest(text, words, index, agent_heads(), weak=False)
        or exact(words[index])
        or several_words(text, words, index)
        or single_word(words[index])
        or radioactive(text, words, index)
        or longest(text, words, index, weak_heads(), weak=True)
    )


@lru_cache(maxsize=200_000)
def _may_begin(word: str) -> bool:
    """Whether an agent's name may begin with this word: all others are passed over at once."""
    first = key(word)
    if word[0] == "(" or (not word.isalpha() and not first.isdigit() and DIGIT.search(word)):
        return True
    if first in agent_heads() or first in weak_heads() or word in exact_names():
        return True
    lowered = word.lower()
    if lowered in other_capitals() or (word.isupper() and 2 <= len(word) <= 4):
        return True
    if lowered in known_words() or "-" in word or lowered in elements() or lowered in first_words():
        return True
    if len(lowered) > 6 and f"{lowered}e" in known_words():
        return True
    return len(lowered) > 7 and inn_endings().search(lowered) is not None

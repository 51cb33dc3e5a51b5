"""Where the forms of time, count, route and cap match in a sentence, leftmost first."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from posolog.core.days import DayRange, DaySet
from posolog.reader.timing import FORMS
from posolog.reader.tokens.cues import holds, words_in
from posolog.reader.tokens.daywords import DayWords
from posolog.reader.tokens.kinds import KINDS
from posolog.reader.tokens.token import Token
from posolog.reader.tokens.values import value_of, whole


def matches(text: str, start: int, end: int) -> list[tuple[re.Match[str], str, Reading | None]]:
    """The matches of every kind in the sentence in small letters (places count from its start), leftmost first.

    Of two that start together the kind listed first has the words.
    """
    low = text[start:end].lower()
    if len(low) != end - start:  # a few letters of other scripts grow when made small
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text[start:end])
    words = words_in(text[start:end])
    found: list[tuple[int, int, re.Match[str], str, Reading | None]] = []
    called = frozenset().union(*map(_called_by, words))
    hinted = frozenset().union(*map(_hinted_by, words)) - called
    for rank in (*called, *(rank for rank in hinted if holds(low, _TRIED[rank][2]))):
        kind, pattern, _, value = _TRIED[rank]
        found += [(match.start(), rank, match, kind, value) for match in pattern.finditer(low)]
    return [(match, kind, value) for _, _, match, kind, value in sorted(found, key=lambda one: one[:2])]


Reading = Callable[[re.Match[str]], object]
# The forms and kinds in the order in which they take the words: (kind, pattern, guards, value of a match).
_TRIED: tuple[tuple[str, re.Pattern[str], tuple[str, ...], Reading | None], ...] = (
    *((form.kind, form.pattern, form.guards, form.value) for form in FORMS),
    *((kind.name, kind.pattern, kind.guards, None) for kind in KINDS),
)


@lru_cache(maxsize=50_000)
def _called_by(word: str) -> frozenset[int]:
    """The places in `_TRIED` of what is to be tried in a sentence that holds the word: it has a guard or is one."""
    whole = (rank for rank, kind in enumerate(KINDS, len(FORMS)) if word in kind.words)
    return frozenset(whole).union(*(ranks for guard, ranks in _LETTERS.items() if guard in word))


@lru_cache(maxsize=50_000)
def _hinted_by(word: str) -> frozenset[int]:
    """The places of what may be worth a try: the word has the letters of a guard that is more than letters."""
    return frozenset().union(*(ranks for stem, ranks in _STEMS.items() if stem in word))


def _by_stem(*, letters: bool) -> dict[str, frozenset[int]]:
    """A guard's longest run of letters -> the places in `_TRIED`; of guards of letters alone, or of all others."""
    found: dict[str, set[int]] = {}
    for rank, (_, _, guards, _) in enumerate(_TRIED):
        for guard in guards:
            stem = max(re.findall("[a-z]*", guard), key=len)
            if (stem == guard) is letters:
                found.setdefault(stem, set()).add(rank)
    return {stem: frozenset(ranks) for stem, ranks in found.items()}


_LETTERS = _by_stem(letters=True)
_STEMS = _by_stem(letters=False)


def token_of(kind: str, match: re.Match[str], start: int, end: int, value: Reading | None) -> Token:
    if kind == "worddays" and value is not None:
        return Token("days", start, end, DayWords(start, end, value(match), frozenset(), False))  # type: ignore[arg-type]
    if value is not None:
        return Token(kind, start, end, value(match), words=match.group())
    if kind == "relative":
        return Token("days", start, end, DayWords(start, end, _relative(match), frozenset("D"), False))
    if kind == "firstday":
        return Token("days", start, end, DayWords(start, end, DaySet((1,)), frozenset(), False))
    return Token(kind, start, end, value_of(kind, match), words=match.group())


def _relative(match: re.Match[str]) -> DaySet:
    """ "5 thru 3 days prior to transplantation": days -5 to -3."""
    sign = 1 if match["rels"].lower() in ("after", "following", "post") else -1
    listed = sorted(sign * whole(words) for words in (match["rel1"], match["rel2"]) if words)
    return DaySet((DayRange(listed[0], listed[-1]) if listed[-1] > listed[0] else listed[0],))

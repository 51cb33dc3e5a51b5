"""Names that a list holds: of one or several words, abbreviations, names behind a nuclide."""

from __future__ import annotations

import re
from functools import lru_cache

from posolog.formulary import exact_names, known_words
from posolog.reader.agents.lists import Heads, agent_heads, first_words, other_capitals, weak_heads
from posolog.reader.agents.radioactive import NUCLIDE
from posolog.reader.agents.single import known_alone
from posolog.reader.agents.spotted import Spotted
from posolog.reader.agents.words import key

_SHORT_WORDS = frozenset(["zinc", "iron"])  # short, and written so when they are given
_INN_LAST = frozenset(
    "alfa alpha beta gamma pegol vedotin gluconate carboxymaltose isomaltoside laherparepvec teserine".split()
)
_SALT = re.compile(r"sodium|potassium|calcium|hydrochloride|[a-z]+ate")  # "tinzaparin sodium", "goserelin acetate"


def is_abbreviation(words: str) -> bool:
    """Whether a list holds the words as an agent's abbreviation that counts beside an amount alone ("IDA", "dex")."""
    return bool(abbreviated(words))


def longest(
    text: str, words: list[re.Match[str]], index: int, heads: Heads, *, weak: bool
) -> tuple[Spotted, int] | None:
    prefix, first_key = lead_of(words[index].group(), weak=weak)
    entry = heads.get(first_key)
    if entry is None:
        return None
    most, table = entry
    best: tuple[Spotted, int] | None = None
    joined, at = first_key, words[index].start()
    for count, last in enumerate(words[index : index + most], 1):
        joined += key(last.group()) if count > 1 else ""
        if canonical := table.get(joined):
            span = text[at : last.end()]
            plausible = _plausible(span, first_key if count == 1 else "") or span in _SHORT_WORDS
            if plausible and ". " not in span and ";" not in span:
                best = Spotted(at, last.end(), prefix + canonical, span, not weak, weak), count
        if count < most and not _goes_on(joined, table):
            break
    return best


def _goes_on(joined: str, table: dict[str, str]) -> bool:
    """Whether a longer name begins with these words."""
    for name in table:  # noqa: SIM110  (a plain loop is quicker)
        if len(name) > len(joined) and name.startswith(joined):
            return True
    return False


@lru_cache(maxsize=50_000)
def lead_of(word: str, *, weak: bool) -> tuple[str, str]:
    """The nuclide that a name's first word begins with ("177Lu-" or "") and the key of the rest."""
    first_key = key(word)
    nuclide = NUCLIDE.match(word) if word[0] in "(0123456789" else None
    if nuclide and nuclide[3] and first_key not in (weak_heads() if weak else agent_heads()):
        return f"{nuclide[1]}{nuclide[2]}-", key(nuclide[3])
    return "", first_key


def _plausible(words: str, single_key: str) -> bool:
    """Short names count only when written as an abbreviation (Flu, MMF), never as an ordinary word."""
    return (
        not single_key
        or len(single_key) > 4
        or words[:1].isupper()
        or any(char.isdigit() or char.isupper() for char in words)
    )


def exact(word: re.Match[str]) -> tuple[Spotted, int] | None:
    """An abbreviation that counts only beside an amount, with its capitals ("IDA", "MP") or without ("dex")."""
    written = word.group()
    name = abbreviated(written)
    return (Spotted(word.start(), word.end(), name, written, False, True), 1) if name else None


@lru_cache(maxsize=50_000)
def abbreviated(written: str) -> str:
    """The agent that an abbreviation stands for, the abbreviation itself where it has two meanings, or ""."""
    names = exact_names().get(written) or (other_capitals().get(written.lower()) if len(written) > 2 else None)
    if names:
        return names[0] if len(names) == 1 else written
    if 2 <= len(written) <= 4 and written.islower() and written.isalpha():
        return agent_heads().get(written, (0, {}))[1].get(written, "")
    return ""


def several_words(text: str, words: list[re.Match[str]], index: int) -> tuple[Spotted, int] | None:
    """A name of two to four words that the open vocabulary holds. Many are acids, oils or germs: then weak."""
    first = words[index]
    if first.group().lower() not in first_words():
        return None
    for count in range(min(4, len(words) - index), 1, -1):
        last = words[index + count - 1]
        said = text[first.start() : last.end()]
        if said.lower() in known_words():
            if inner := _within(text, words[index + 1 : index + count]):
                return Spotted(first.start(), last.end(), inner.name, said, inner.known), count
            closing = last.group().lower()
            salt = count == 2 and known_alone(first.group())[0] and _SALT.fullmatch(closing)
            weak = closing not in _INN_LAST and not salt
            return Spotted(first.start(), last.end(), said.lower(), said, False, weak), count
    return None


def _within(text: str, words: list[re.Match[str]]) -> Spotted | None:
    """A listed agent that these words end with: "rabbit antithymocyte globulin"."""
    for at in range(len(words)):
        taken = longest(text, words, at, agent_heads(), weak=False)
        if taken is not None and at + taken[1] == len(words):
            return taken[0]
    return None

"""Spotting agents in prose by the formulary's names; the longest name wins, nothing is matched approximately."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import combining, normalize

from posolog.formulary import find, known_words, name_index

_WORD = re.compile(r"\(?\d{2,3}m?\)?[A-Z][a-z]?-[A-Za-z]+(?:-[A-Za-z]+)*|[A-Za-zÀ-ÿ0-9]+(?:[-+/][A-Za-zÀ-ÿ0-9]+)*\+?")
_NUCLIDE = re.compile(r"\(?(\d{2,3}m?)\)?-?([A-Z][a-z]?)-(.+)")
_CODE = re.compile(r"[A-Z]{2,5}-?\d{3,}[A-Z]?\Z")
_NOT_AGENTS = frozenset(
    [
        "disease",
        "cancer",
        "cells",
        "cell",
        "blood",
        "plasma",
        "serum",
        "water",
        "oxygen",
        "insulin",
        "glucose",
        "sodium",
        "potassium",
        "calcium",
        "iron",
        "albumin",
        "creatinine",
        "protein",
        "placebo",
        "control",
        "standard",
        "alcohol",
        "iodine",
        "nitrogen",
        "carbon",
        "platelet",
        "platelets",
        "marrow",
        "tissue",
        "factor",
        "enzyme",
        "vaccine",
        "bilirubin",
        "hemoglobin",
        "haemoglobin",
        "urea",
        "cholesterol",
        "estrogen",
        "progesterone",
        "testosterone",
        "hormone",
        "steroids",
    ]
)


@dataclass(frozen=True, slots=True)
class Spotted:
    """An agent in the text: `name` as the formulary calls it (or the lower-cased words), `words` as written."""

    start: int
    end: int
    name: str
    words: str
    known: bool  # in the formulary, not merely in the vocabulary


def spot(text: str, start: int, end: int) -> list[Spotted]:
    """The agents named in text[start:end], in order, not overlapping."""
    words = list(_WORD.finditer(text, start, end))
    heads = _heads()
    found: list[Spotted] = []
    index = 0
    while index < len(words):
        taken = _longest(text, words, index, heads) or _single(words[index])
        if taken is None:
            index += 1
            continue
        spotted, used = taken
        found.append(spotted)
        index += used
    return found


@lru_cache(maxsize=50_000)
def key(words: str) -> str:
    """Names compare without case, accents, hyphens, spaces and trade marks."""
    plain = "".join(char for char in normalize("NFKD", words.lower()) if not combining(char))
    return re.sub(r"[^a-z0-9+]", "", plain)


@cache
def _heads() -> dict[str, tuple[int, dict[str, str]]]:
    """First word's key -> (most words, whole key -> canonical name)."""
    heads: dict[str, tuple[int, dict[str, str]]] = {}
    for name, canonical in name_index().items():
        parts = _WORD.findall(name)
        if not parts:
            continue
        most, table = heads.setdefault(key(parts[0]), (0, {}))
        table[key(name)] = canonical
        heads[key(parts[0])] = (max(most, len(parts)), table)
    return heads


def _longest(
    text: str, words: list[re.Match[str]], index: int, heads: dict[str, tuple[int, dict[str, str]]]
) -> tuple[Spotted, int] | None:
    first = words[index].group()
    prefix, first_key = "", key(first)
    nuclide = _NUCLIDE.match(first)
    if nuclide and first_key not in heads:
        prefix, first_key = f"{nuclide[1]}{nuclide[2]}-", key(nuclide[3])
    entry = heads.get(first_key)
    if entry is None:
        return None
    most, table = entry
    for count in range(min(most, len(words) - index), 0, -1):
        last = words[index + count - 1]
        span = text[words[index].start() : last.end()]
        canonical = table.get(first_key + key("".join(word.group() for word in words[index + 1 : index + count])))
        if canonical and _plausible(span, first_key if count == 1 else "") and ". " not in span and ";" not in span:
            return Spotted(
                words[index].start(), last.end(), prefix + canonical if prefix else canonical, span, True
            ), count
    return None


def _plausible(words: str, single_key: str) -> bool:
    """Short names count only when written as an abbreviation (Flu, MMF), never as an ordinary word."""
    return (
        not single_key
        or len(single_key) > 4
        or words[:1].isupper()
        or any(char.isdigit() or char.isupper() for char in words)
    )


def _single(word: re.Match[str]) -> tuple[Spotted, int] | None:
    """A word the vocabulary knows, or a company code: an agent the formulary does not hold."""
    written = word.group()
    lowered = written.lower()
    if len(lowered) > 4 and lowered in known_words() and lowered not in _NOT_AGENTS:
        return Spotted(word.start(), word.end(), lowered, written, False), 1
    if _CODE.match(written) and not written.startswith(("NCT", "ICD", "WHO", "CTCAE", "HLA", "CD")):
        return Spotted(word.start(), word.end(), written, written, False), 1
    return None


def agent_class(name: str) -> str:
    """The formulary's class of the agent ("anthracycline"), "" when it is not one agent of the formulary."""
    match = find(name)
    return match.agents[0].agent_class if len(match.agents) == 1 else ""

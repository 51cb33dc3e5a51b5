"""The formulary's names and those of the data file, by the key of their first word."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from posolog.formulary import all_nuclides, ambiguous_names, exact_names, find, known_words, name_index
from posolog.reader.agents.words import WORD, key

Heads = dict[str, tuple[int, dict[str, str]]]
_ENGLISH = frozenset("bus gem ten met pan sal mito rif oral pac ben cyt sir eve intron tabloid sel epi dec".split())


@cache
def elements() -> frozenset[str]:
    """Symbols and names of the radionuclides' elements ("I 131", "iodine I 131")."""
    names = {re.sub(r"\d+m?", "", word) for word in nuclides()}
    return frozenset(names)


def _add(heads: Heads, name: str, canonical: str) -> None:
    parts = WORD.findall(name)
    if parts:
        most, table = heads.setdefault(key(parts[0]), (0, {}))
        table.setdefault(key(name), canonical)
        heads[key(parts[0])] = (max(most, len(parts)), table)


@cache
def _listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The generic names of the data file: (agents, weak)."""
    text = files("posolog.reader").joinpath("data/agents.txt").read_text("utf-8")
    strong, weak = text.split("[agents]")[1].split("[weak]")
    return tuple(strong.split("\n")), tuple(weak.split("\n"))


@cache
def agent_heads() -> Heads:
    """First word's key -> (most words, whole key -> canonical name)."""
    heads: Heads = {}
    for name, canonical in name_index().items():
        _add(heads, name, canonical)
    for name in (*ambiguous_names(), *_listed()[0]):
        _add(heads, name, name)
    for name, canonical in [(name, name_index().get(name, name)) for name in (*name_index(), *_listed()[0])]:
        if " " in name:  # "total-body irradiation"
            _add(heads, name.replace(" ", "-", 1), canonical)
    return heads


@cache
def weak_heads() -> Heads:
    heads: Heads = {}
    for name in _listed()[1]:
        _add(heads, name, name)
    return heads


def is_weak_name(words: str) -> bool:
    """Whether a list holds the words as an agent that counts beside an amount alone ("calcium")."""
    first = WORD.findall(words)
    if len(first) > 1 and words.lower() in known_words():
        return True
    return bool(first) and key(words) in weak_heads().get(key(first[0]), (0, {}))[1]


@cache
def other_capitals() -> dict[str, tuple[str, ...]]:
    """ "tac", "Tac" for "TAC": abbreviations of three letters or more, in small letters; no English words."""
    return {written.lower(): names for written, names in exact_names().items() if written.lower() not in _ENGLISH}


@cache
def first_words() -> dict[str, list[str]]:
    """The open vocabulary's names of several words ("sebelipase alfa") by their first."""
    found: dict[str, list[str]] = {}
    for name in known_words():
        if " " in name:
            found.setdefault(name.split(" ", 1)[0], []).append(name)
    return found


@cache
def nuclides() -> frozenset[str]:
    """ "90y", "90yttrium": mass number and symbol or element of the radionuclides."""
    rows = [(re.match(r"\d+m?", one.name), one) for one in all_nuclides()]
    return frozenset(
        word for mass, one in rows if mass for word in (one.name.lower(), mass.group() + one.element.lower())
    )


def agent_class(name: str) -> str:
    """The formulary's class of the agent ("anthracycline"), "" when it is not one agent of the formulary."""
    match = find(name)
    return match.agents[0].agent_class if len(match.agents) == 1 else ""

"""How names are compared, and the indexes of hand-kept names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from .load import all_agents, read_rows
from .model import Agent, How

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "µ": "u", "μ": "u"}
_MARK = re.compile(r"[®™©]|\((?:r|tm|c)\)", re.IGNORECASE)
_NOT_KEY = re.compile(r"[^a-z0-9+]")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, without accents, trade marks and double spaces; hyphens stay.

    >>> fold("Méthotrexate")
    'methotrexate'
    """
    text = _MARK.sub(" ", text)
    if not text.isascii():
        import unicodedata

        text = "".join(_GREEK.get(char, char) for char in text)
        text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return _SPACES.sub(" ", text).strip().lower()


def key(text: str) -> str:
    """The letters and digits that two spellings of one name share: "Ara-C" and "ara c" -> "arac"."""
    return _NOT_KEY.sub("", fold(text))


class Entry:
    """A listed name: how it is written, what it may mean, and whether its capitals count."""

    __slots__ = ("agents", "exact", "how", "written")

    def __init__(self, written: str, agents: tuple[Agent, ...], how: How, exact: bool) -> None:
        self.written = written
        self.agents = agents
        self.how = how
        self.exact = exact


@cache
def entries() -> Mapping[str, Entry]:
    """Compact key -> entry, of every INN (with its formulations) and every synonym.

    A bare INN means its plain row; where there is none, all its formulations (H12: asked, never
    chosen).
    """
    index: dict[str, Entry] = {}
    by_name: dict[tuple[str, str], Agent] = {}
    by_inn: dict[str, list[Agent]] = {}
    for agent in all_agents():
        by_name[agent.inn, agent.formulation] = agent
        by_inn.setdefault(agent.inn, []).append(agent)
    for inn, rows in by_inn.items():
        plain = tuple(row for row in rows if not row.formulation)
        index[key(inn)] = Entry(inn, plain or tuple(rows), "inn", False)
        for row in rows:
            if row.formulation:
                index[key(inn + row.formulation)] = Entry(row.name, (row,), "inn", False)
                index[key(row.formulation + inn)] = Entry(row.name, (row,), "inn", False)
    for line in read_rows("synonyms.csv"):
        agent = by_name[line["inn"], line["formulation"]]
        at = key(line["synonym"])
        before = index.get(at)
        agents = (*before.agents, agent) if before else (agent,)
        how: How = "radiolabelled" if line["kind"] == "radiolabelled" else "synonym"
        index[at] = Entry(line["synonym"], agents, how, line["exact_case"] == "yes")
    return MappingProxyType(index)


def _spellings(written: str) -> tuple[str, ...]:
    """As written, with a blank and with nothing for the hyphen: in this order, for the first is the one to show."""
    low = fold(written)
    return tuple(dict.fromkeys((low, low.replace("-", " "), low.replace("-", ""))))


@cache
def _spelt() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    single: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    for entry in entries().values():
        if entry.exact:
            continue
        for low in _spellings(entry.written):
            if len(entry.agents) == 1:
                single[low] = entry.agents[0].name
            else:
                several[low] = tuple(agent.name for agent in entry.agents)
    return single, several


def name_index() -> Mapping[str, str]:
    """Every hand-kept name of one meaning, as `fold` writes it, -> canonical name.

    Hyphenated names stand in three spellings ("ara-c", "ara c", "arac"). Names of two meanings are
    in `ambiguous_names`; abbreviations that are ordinary words in small letters ("GO", "IDA") are
    in neither: ask `find` with the capitals as written.
    """
    return MappingProxyType(_spelt()[0])


def ambiguous_names() -> Mapping[str, tuple[str, ...]]:
    """Every hand-kept name of two meanings or more -> its meanings."""
    return MappingProxyType(_spelt()[1])


@cache
def exact_names() -> Mapping[str, tuple[str, ...]]:
    """Abbreviations that count only with these capitals ("GO", "IDA") -> their meanings."""
    return MappingProxyType(
        {entry.written: tuple(agent.name for agent in entry.agents) for entry in entries().values() if entry.exact}
    )

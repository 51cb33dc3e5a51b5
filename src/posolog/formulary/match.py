"""From a written name to what it may mean. Nothing here is fuzzy but `suggest`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from .load import all_nuclides, known_words, read_rows
from .model import Agent, Match, Nuclide
from .names import Entry, ambiguous_names, entries, fold, key, name_index

_SALT = (
    r"\b(?:(?:di|mono|tri)?(?:sodium|potassium|calcium|hydrochloride|phosphate|hydrobromide)"
    r"|hcl|sul(?:f|ph)ate|mesylate|mesilate|besylate|ditosylate|maleate|fumarate|citrate|tartrate"
    r"|acetate|succinate|malate|tosylate|(?:mono|di|tri)?hydrate|anhydrous"
    r"|i\.?v\.?|intravenous"
    r"|(?:for |solution for )?(?:injections?|infusions?)|tablets?|capsules?)\b"
)
_BRACKET = r"\s*[(\[]([^()\[\]]*)[)\]]\s*"
_FORM = r"lipo|lipid|pegyl|albumin|horse|equine|rabbit|erwinia|oral|subcutan|captisol"
_TOKEN = r"\d+m(?=[\W_]*(?:[a-z]{1,2})?\b)|\d+(?=[a-z])|\d+|[a-z]+"
_FILLER = frozenset({"radiolabelled", "radiolabeled", "labelled", "labeled", "marque"})
_UNKNOWN = Match((), "", "unknown")


@lru_cache(maxsize=8192)
def find(name: str) -> Match:
    """Tell what a written name means: 0 agents = unknown, 1 = found, several = ambiguous.

    Case, accents, hyphens, trade marks, salts and a plural do not count; "90Y-x", "Y-90 x",
    "(131)I-x" and "iodine I 131 x" are read as nuclide + carrier. A formulation is never dropped
    (H12) and nothing is matched by likeness (see `suggest`).

    >>> find("Ara-C").agents[0].inn
    'cytarabine'
    """
    return _find_labelled(name) or _find_listed(name) or _recognise(name)


def _find_listed(name: str) -> Match | None:
    low = fold(name)
    entry = _entry(name, low)
    if entry is None:
        bracketed = _find_bracketed(low)
        if bracketed is not None:
            return bracketed
        bare = re.sub(_SALT, " ", low).strip()
        entry = _entry(bare, bare) if bare and bare != low else None
    if entry is None and low.endswith("s"):
        entry = _entry(low[:-1], low[:-1])
    return Match(entry.agents, entry.written, entry.how) if entry else None


def _find_bracketed(low: str) -> Match | None:
    """Narrow "ATG (Thymoglobulin)" down; brackets that name another agent make it ambiguous."""
    inside = re.search(_BRACKET, low)
    if inside is None or re.search(_FORM, inside[1]):
        return None
    outer = _find_listed(f"{low[: inside.start()]} {low[inside.end() :]}".strip())
    inner = _find_listed(inside[1])
    if outer is None or inner is None:
        return outer
    both = tuple(agent for agent in outer.agents if agent in inner.agents)
    return replace(outer, agents=both or outer.agents + inner.agents)


def _entry(raw: str, low: str) -> Entry | None:
    entry = entries().get(key(low))
    if entry is None or (entry.exact and key(low) == low and raw.strip() != entry.written):
        return None
    return entry


def _find_labelled(name: str) -> Match | None:
    split = split_nuclide(name)
    if split is None:
        return None
    label, carrier = split
    if not carrier:
        return Match((), label.name, "radiolabelled", label.name)
    entry = entries().get(key(f"{label.name}{carrier}")) or entries().get(key(name))
    if entry is not None:
        return Match(entry.agents, entry.written, "radiolabelled", label.name)
    known = _find_listed(carrier)
    if known is None:
        written = _written_out(name, label)
        return Match((), label.name, "radiolabelled", label.name) if written else None
    if any(agent.nuclide for agent in known.agents):
        held = tuple(agent for agent in known.agents if agent.nuclide == label.name)
        return Match(held, known.matched, "radiolabelled", label.name)
    agents = tuple(_labelled(agent, label.name) for agent in known.agents)
    return Match(agents, known.matched, "radiolabelled", label.name)


def _labelled(carrier: Agent, label: str) -> Agent:
    """The listed radiolabelled row of a carrier, else one with the carrier's routes and source."""
    inn = f"{label}-{carrier.inn}"
    entry = entries().get(key(inn))
    if entry is not None and len(entry.agents) == 1:
        return entry.agents[0]
    return replace(carrier, inn=inn, kind="radiopharmaceutical", nuclide=label, checked="unverified")


@cache
def _nuclide_words() -> tuple[dict[tuple[str, str], Nuclide], frozenset[str]]:
    table: dict[tuple[str, str], Nuclide] = {}
    for item in all_nuclides():
        mass, symbol = re.fullmatch(r"(\d+m?)([A-Z][a-z]?)", item.name).groups()  # type: ignore[union-attr]
        for word in (symbol, item.element, item.french):
            table[mass, fold(word)] = item
    return table, frozenset(word for _, word in table)


def split_nuclide(name: str) -> tuple[Nuclide, str] | None:
    """Split "iodine I 131 tositumomab" into (131I, "tositumomab"); None when there is no nuclide."""
    low = fold(name)
    if not any(char.isdigit() for char in low):
        return None
    tokens = [(found.group(), found.start(), found.end()) for found in re.finditer(_TOKEN, low)]
    for ahead in (True, False):
        found = _label_at(tokens if ahead else tokens[::-1])
        if found is None:
            continue
        item, used = found
        if used == len(tokens):
            return (item, "") if _written_out(name, item) else None
        rest = low[tokens[used][1] :] if ahead else low[: tokens[-used - 1][2]]
        return item, rest.strip(" -([])")
    return None


def _label_at(tokens: list[tuple[str, int, int]]) -> tuple[Nuclide, int] | None:
    table, words = _nuclide_words()
    mass, used = "", 0
    seen: list[str] = []
    for token, _, _ in tokens:
        if token[0].isdigit() and not mass:
            mass = token
        elif token in words and len(seen) < 2:
            seen.append(token)
        elif token not in _FILLER or not mass:
            break
        used += 1
    meant = {table[mass, word].name: table[mass, word] for word in seen if (mass, word) in table}
    if not mass or len(meant) != 1 or not all((mass, word) in table for word in seen):
        return None
    return next(iter(meant.values())), used


def _written_out(name: str, item: Nuclide) -> bool:
    """True for "90Y", "Y-90", "yttrium 90"; "90 y" may be years and "111 in" is English."""
    symbol = item.name.lstrip("0123456789m")
    mass = item.name[: -len(symbol)]
    closed = (f"{mass}{symbol}", f"{mass}-{symbol}", f"({mass}){symbol}", f"{symbol}-{mass}", f"{symbol}{mass}")
    low = fold(name)
    words = (fold(item.element), fold(item.french))
    return any(form in name for form in closed) or any(word in low for word in words)


@cache
def _stems() -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    rows = read_rows("stems.csv")
    suffixes = tuple(row["pattern"] for row in rows if row["kind"] == "suffix")
    code = "|".join(row["pattern"] for row in rows if row["kind"] == "code")
    not_code = "|".join(row["pattern"] for row in rows if row["kind"] == "notcode")
    return suffixes, re.compile(code), re.compile(not_code)


def _recognise(name: str) -> Match:
    low, raw = fold(name), name.strip()
    if low in known_words() or (low.endswith("s") and low[:-1] in known_words()):
        return Match((), low, "vocabulary")
    suffixes, code, not_code = _stems()
    last = low.rsplit(" ", 1)[-1]
    if last.isalpha() and any(last.endswith(s) and len(last) >= len(s) + 3 for s in suffixes):
        return Match((), low, "stem")
    if code.fullmatch(raw) and not not_code.fullmatch(raw):
        return Match((), raw, "code")
    return _UNKNOWN


def suggest(name: str) -> tuple[str, ...]:
    """Up to three canonical names that look like `name`: for the words of a finding only."""
    from difflib import get_close_matches

    index = {low: (target,) for low, target in name_index().items()} | dict(ambiguous_names())
    close = get_close_matches(fold(name), [low for low in index if len(low) > 4], n=6, cutoff=0.8)
    meant = dict.fromkeys(target for low in close for target in index[low])
    return tuple(meant)[:3]

"""Names that a text itself gives its agents: "lenalidomide (LEN)", later "LEN 10 mg"; "the study drug XY-12"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from posolog.reader.agents import Spotted, spot
from posolog.reader.own_names import own_names

_BRACKETED = re.compile(r"\((?P<short>[A-Z][A-Z0-9]{1,4})\)")
_NAME_END = re.compile(r"[A-Za-z0-9]\s?\Z")
_SHORT = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,4}(?![\w-])")
# Abbreviations that mean a route, a rhythm, a group or a measure far more often than an agent.
_COMMON = (
    *(
        "IV",
        "PO",
        "SC",
        "IM",
        "IT",
        "IP",
        "QD",
        "BID",
        "TID",
        "QID",
        "BD",
        "OD",
        "PRN",
        "AUC",
        "MTD",
        "DLT",
        "CR",
        "PR",
    ),
    *("SD", "PD", "OS", "PFS", "ORR", "AE", "SAE", "PK", "BSA", "BMI", "RT", "TBI", "US", "USA", "EU"),
)


def defined_in(texts: Sequence[str]) -> dict[str, Spotted]:
    """Abbreviation -> the agent right before the bracket that introduces it; none that two agents share.

    Names that no list holds, but that the text says are agents, stand for themselves.
    """
    found: dict[str, Spotted] = {}
    shared: set[str] = set()
    for text in texts:
        for match in _BRACKETED.finditer(text):
            short, before = match["short"], text[max(0, match.start() - 2) : match.start()]
            if short in _COMMON or not _NAME_END.search(before):
                continue
            end = match.start() - before[-1].isspace()
            agents = spot(text, max(0, end - 40), end)
            if not agents or agents[-1].end != end or agents[-1].weak:
                continue
            if short in found and found[short].name != agents[-1].name:
                shared.add(short)
            found.setdefault(short, agents[-1])
    named = {short: agent for short, agent in found.items() if short not in shared}
    for name, sure in own_names(texts).items():
        if not spot(name, 0, len(name)):
            named.setdefault(name, Spotted(0, len(name), name, name, False, not sure))
    return named


def with_defined(
    text: str, start: int, end: int, agents: list[Spotted], defined: Mapping[str, Spotted]
) -> list[Spotted]:
    """The agents of text[start:end] with those named by their abbreviation."""
    if not defined:
        return agents
    more = [
        replace(defined[match.group()], start=match.start(), end=match.end(), words=match.group())
        for match in _finder(tuple(defined)).finditer(text, start, end)
        if match.group() in defined and not any(a.start < match.end() and match.start() < a.end for a in agents)
    ]
    return sorted([*agents, *more], key=lambda agent: agent.start) if more else agents


@lru_cache(maxsize=64)
def _finder(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds these names as whole words; abbreviations alone are found by their shape."""
    if all(_SHORT.fullmatch(name) for name in names):
        return _SHORT
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")

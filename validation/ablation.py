"""What each cue of the reader is good for: every alternative of a pattern is left out in turn, and the texts reread.

A cue that changes one text alone is listed as suspect: it may have been written for that text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType

from posolog.reader import as_json, read, statements
from validation.scoring import Statement


@dataclass(frozen=True, slots=True)
class Cue:
    """One alternative of a pattern: where it stands, its words, and the pattern without it."""

    module: str
    name: str
    words: str
    pattern: re.Pattern[str]
    without: re.Pattern[str]


def report(texts: Mapping[str, str]) -> str:
    """The cues that change the reading of some text, fewest texts first."""
    before = {name: _reading(text) for name, text in texts.items()}
    standing = [(cue, named) for cue in cues() if (named := _stands_in(cue, texts))]
    found = [(cue, _changed(cue, named, before)) for cue, named in standing]
    used = sorted(((cue, names) for cue, names in found if names), key=lambda one: (len(one[1]), one[0].module))
    alone = [(cue, names) for cue, names in used if len(names) == 1]
    lines = [
        f"{len(found)} cues stand in {len(texts)} texts, {len(used)} change one, {len(alone)} that of one text.",
        "",
        "Cues that matter for exactly one text:",
        *(f"  {cue.module}.{cue.name}: {cue.words!a}  ({names[0]})" for cue, names in alone),
        "",
        "Cues that matter for more:",
        *(f"  {len(names):3} texts  {cue.module}.{cue.name}: {cue.words!a}" for cue, names in used if len(names) > 1),
    ]
    return "\n".join(lines)


def cues() -> Iterator[Cue]:
    """Every alternative, at the top or in a first bracket, of the patterns that stand in the reader's modules."""
    seen: set[int] = set()
    for module in _modules():
        for name, value in list(vars(module).items()):
            if not isinstance(value, re.Pattern) or id(value) in seen or not isinstance(value.pattern, str):
                continue
            seen.add(id(value))
            for start, end in alternatives(value.pattern):
                words = value.pattern[start:end].strip("|")
                rest = (value.pattern[:start] + value.pattern[end:]).replace("(?:|", "(?:")
                try:
                    without = re.compile(rest, value.flags & ~re.UNICODE)
                except re.error:  # the others refer to a group of this one
                    continue
                yield Cue(module.__name__.removeprefix("posolog.reader."), name, words, value, without)


def alternatives(pattern: str) -> list[tuple[int, int]]:
    """Half-open spans, each with one of its bars, of the alternatives at bracket depth 0 and 1.

    >>> [("a|(?:b|c)"[s:e]) for s, e in alternatives("a|(?:b|c)")]
    ['a|', '|(?:b|c)', 'b|', '|c']
    """
    bars: dict[int, list[int]] = {}
    opened: list[tuple[int, int]] = [(0, len(pattern))]
    depth, at, level = 0, 0, [0]
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = pattern.index("]", at + (2 if pattern[at + 1] != "^" else 3))
        elif sign == "(":
            depth += 1
            named = pattern.startswith("(?P<", at)
            inner = pattern.index(">", at) + 1 if named else at + (3 if pattern[at + 1] == "?" else 1)
            opened.append((inner, len(pattern)))
            level.append(len(opened) - 1)
        elif sign == ")":
            depth -= 1
            group = level.pop()
            opened[group] = (opened[group][0], at)
        elif sign == "|" and depth <= 1:
            bars.setdefault(level[-1], []).append(at)
        at += 1
    spans = []
    for group, places in sorted(bars.items()):
        first, last = opened[group]
        edges = [first, *places, last]
        spans += [(a, b + (a == first)) for a, b in pairwise(edges)]
    return spans


def _modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.startswith("posolog.reader.")]


def _stands_in(cue: Cue, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts in which the cue's own words match, wherever the pattern ties them; all, where that cannot be asked."""
    try:
        alone = re.compile(cue.words.replace(r"\Z", "").replace("$", ""), cue.pattern.flags & ~re.UNICODE)
    except re.error:
        return dict(texts)
    return {name: text for name, text in texts.items() if alone.search(text)}


def _changed(cue: Cue, texts: Mapping[str, str], before: Mapping[str, list[Statement]]) -> list[str]:
    """The texts that read otherwise without the cue."""
    places = [(module, name) for module in _modules() for name, value in vars(module).items() if value is cue.pattern]
    try:
        for module, name in places:
            setattr(module, name, cue.without)
        _forget()
        return [name for name, text in texts.items() if _reading(text) != before[name]]
    finally:
        for module, name in places:
            setattr(module, name, cue.pattern)
        _forget()


def _forget() -> None:
    """Empties what the reader remembers of words and sentences; the lists of names stay."""
    for module in _modules():
        for value in list(vars(module).values()):
            if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                value.cache_clear()


def _reading(text: str) -> list[Statement]:
    """The statements, or what was raised: a reader with a cue cut out may find no number where it needs one."""
    try:
        return as_json(statements(read(text)))
    except Exception as error:  # any failure counts as another reading
        return [{"failed": type(error).__name__}]

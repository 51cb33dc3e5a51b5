"""What each cue of the reader is good for: every alternative of a pattern is left out in turn, and the texts reread.

A cue that changes one text alone is listed as suspect: it may have been written for that text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from posolog.reader import as_json, read, statements
from posolog.reader.tokens.cues import Cues
from validation.scoring import Statement

Put = Callable[[re.Pattern[str]], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern of the reader is kept, and how another one is put there."""

    module: str
    name: str
    pattern: re.Pattern[str]
    put: Callable[[re.Pattern[str]], None]


@dataclass(frozen=True, slots=True)
class Cue:
    """One alternative of a pattern: where it stands, its words, and the pattern without it."""

    place: Place
    words: str
    without: re.Pattern[str]

    def told(self) -> str:
        return f"{self.place.module}.{self.place.name}: {self.words!a}"


def report(texts: Mapping[str, str]) -> str:
    """The cues that change the reading of some text, fewest texts first."""
    before = {name: _reading(text) for name, text in texts.items()}
    standing = [(cue, named) for cue in cues() if (named := _stands_in(cue, texts))]
    found = [(cue, _changed(cue, named, before)) for cue, named in standing]
    used = sorted(((cue, names) for cue, names in found if names), key=lambda one: (len(one[1]), one[0].place.module))
    alone = [(cue, names) for cue, names in used if len(names) == 1]
    lines = [
        f"{len(found)} cues stand in {len(texts)} texts, {len(used)} change one, {len(alone)} that of one text.",
        "",
        "Cues that matter for exactly one text:",
        *(f"  {cue.told()}  ({names[0]})" for cue, names in alone),
        "",
        "Cues that matter for more:",
        *(f"  {len(names):3} texts  {cue.told()}" for cue, names in used if len(names) > 1),
    ]
    return "\n".join(lines)


def cues() -> Iterator[Cue]:
    """Every alternative, at the top or in a first bracket, of the patterns that the reader's modules keep."""
    for place in places():
        pattern = place.pattern.pattern
        for start, end in alternatives(pattern, verbose=bool(place.pattern.flags & re.X)):
            rest = (pattern[:start] + pattern[end:]).replace("(?:|", "(?:")
            try:
                without = re.compile(rest, place.pattern.flags & ~re.UNICODE)
            except re.error:  # the others refer to a group of this one
                continue
            yield Cue(place, pattern[start:end].strip("|"), without)


def places() -> Iterator[Place]:
    """Patterns of the reader: named in a module, rows of a table, wordings of `Cues`; each once."""
    seen: set[int] = set()
    for module in _modules():
        where = module.__name__.removeprefix("posolog.reader.")
        for name, value in list(vars(module).items()):
            for pattern, put in _kept(module, name, value):
                if id(pattern) not in seen and isinstance(pattern.pattern, str):
                    seen.add(id(pattern))
                    yield Place(where, name, pattern, put)


def _kept(module: ModuleType, name: str, value: object) -> Iterator[tuple[re.Pattern[str], Put]]:
    """The patterns of one value of a module, each with what puts another in its stead."""
    if isinstance(value, re.Pattern):
        holders = [(one, key) for one in _modules() for key, held in vars(one).items() if held is value]
        yield value, lambda new: [setattr(one, key, new) for one, key in holders] and None
    elif isinstance(value, Cues):
        for index, (words, pattern) in enumerate(value._rows):
            yield pattern, lambda new, i=index, w=words: setattr(value, "_rows", _with(value._rows, i, (w, new)))
    elif isinstance(value, tuple) and name == "_TRIED":
        for index, row in enumerate(value):
            put = lambda new, i=index, r=row: setattr(module, name, _with(value, i, (r[0], new, *r[2:])))  # noqa: E731
            yield row[1], put


def _with(rows: tuple[Any, ...], index: int, row: object) -> tuple[Any, ...]:
    return (*rows[:index], row, *rows[index + 1 :])


def alternatives(pattern: str, *, verbose: bool = False) -> list[tuple[int, int]]:
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
        elif sign == "#" and verbose:
            at = pattern.find("\n", at) if "\n" in pattern[at:] else len(pattern)
        elif sign == "[":
            at = _class_end(pattern, at)
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


def _class_end(pattern: str, at: int) -> int:
    """The place of the bracket that closes the class opened at `at`: the first sign, and a sign behind \\, never do."""
    at += 2 if pattern[at + 1] == "^" else 1
    first = at
    while pattern[at] != "]" or at == first:
        at += 2 if pattern[at] == "\\" else 1
    return at


def _modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if name.startswith("posolog.reader.")]


def _stands_in(cue: Cue, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts in which the cue's own words match, wherever the pattern ties them; all, where that cannot be asked."""
    try:
        alone = re.compile(cue.words.replace(r"\Z", "").replace("$", ""), cue.place.pattern.flags & ~re.UNICODE)
    except re.error:
        return dict(texts)
    return {name: text for name, text in texts.items() if alone.search(text)}


def _changed(cue: Cue, texts: Mapping[str, str], before: Mapping[str, list[Statement]]) -> list[str]:
    """The texts that read otherwise without the cue."""
    try:
        cue.place.put(cue.without)
        _forget()
        return [name for name, text in texts.items() if _reading(text) != before[name]]
    finally:
        cue.place.put(cue.place.pattern)
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

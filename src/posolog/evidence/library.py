"""A reference list as text -> a library: keyed references and everything that was mended or is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from posolog.core.finding import Finding, Place, Severity
from posolog.evidence import pages
from posolog.evidence.entries import entries
from posolog.evidence.gather import merged
from posolog.evidence.keys import keyed
from posolog.evidence.model import Reference
from posolog.evidence.parse import parse
from posolog.evidence.text import fold


@dataclass(frozen=True, slots=True)
class Library:
    """References in the order of the list, each with its key, and the findings on them."""

    references: tuple[Reference, ...] = ()
    findings: tuple[Finding, ...] = ()

    def get(self, key: str) -> Reference:
        """The reference of that key. *Raises:* KeyError."""
        for reference in self.references:
            if reference.key == key:
                return reference
        raise KeyError(key)


def read(text: str, *, where: str = "references") -> Library:
    """The library of a reference list; `where` is the name of the file in findings.

    >>> read("A. Poe and B. Roe, A fi rst study, Blood, vol.1, pp.2-9, 2001.").references[0].title
    'A first study'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    known = frozenset(re.findall(r"[^\W_]+", text.casefold())) if "-\n" in text else frozenset()
    read_each = [parse(entry, where=where, known=known) for entry in entries(text)]
    findings = [finding for _, found in read_each for finding in found]
    references, doubles = merged([one for one, _ in read_each], where=where)
    library = Library(tuple(keyed(references)), (*findings, *doubles))
    more = (*page_findings(library.references, where=where), *spelled_twice(library.references, where=where))
    return replace(library, findings=(*library.findings, *more))


def page_findings(references: Iterable[Reference], *, where: str) -> list[Finding]:
    """Page ranges that run backwards, are long, or look added up: asked about, never corrected."""
    given = list(references)
    added_up = pages.adds_up([one.pages for one in given])
    found = []
    for one in given:
        said = pages.faults(one.pages, added_up=added_up)
        if said:
            place = Place("pages", one.pages, where, one.line)
            message = f"{one.key}: pages {one.pages}: {'; '.join(said)}"
            step = "Look the last page up; the range stays as it stands."
            found.append(Finding("REF-PAGES", Severity.ASK, message, step, (place,)))
    return found


def spelled_twice(references: Iterable[Reference], *, where: str) -> list[Finding]:
    """Surnames that differ in accents only: one person, perhaps, whose accents were lost once. Nothing is changed."""
    spelled: dict[tuple[str, str], dict[str, Reference]] = {}
    for one in references:
        for name in one.authors:
            spelled.setdefault((fold(name.family), fold(name.given)), {}).setdefault(name.family, one)
    found = []
    for (folded, _), ways in spelled.items():
        if len(ways) > 1 and any(fold(way) != way.casefold() for way in ways) and folded:
            places = tuple(Place(way, one.title, where, one.line) for way, one in ways.items())
            message = f"{' and '.join(ways)}: one surname, written with and without accents"
            found.append(Finding("REF-NAME-DOUBT", Severity.NOTE, message, "Write it as the paper does.", places))
    return found

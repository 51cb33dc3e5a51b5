"""Fields from an export (Crossref, PubMed) that the user brings: matched, filled in, conflicts told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from posolog.core.finding import Finding, Place, Severity
from posolog.evidence import pages
from posolog.evidence.library import Library
from posolog.evidence.model import FIELDS, Reference
from posolog.evidence.text import compact, fold

ALIKE = 0.9  # likeness of two titles, folded, from which they may be one
LONG = 40  # letters that a cut title must share with a whole one


def enrich(library: Library, export: Sequence[Reference], *, whence: str) -> Library:
    """The library with what the export knows more; `whence` names the export and stands beside every value taken.

    An entry is matched by its title with year, first page or volume. Taken: fields that are empty or marked as
    doubtful, page ranges that look wrong, and a longer list that starts with the same authors. Any other difference
    is a finding (REF-CONFLICT), and the library's own value stays.
    """
    titles = [compact(one.title) for one in export]
    added_up = pages.adds_up([one.pages for one in library.references])
    references, findings = [], []
    for one in library.references:
        hits = [export[at] for at in range(len(export)) if _same(one, export[at], titles[at])]
        if len(hits) == 1:
            one, told = _taken(one, hits[0], whence, added_up)
            findings += told
        else:
            findings.append(_no_match(one, hits, whence))
        references.append(one)
    settled = {one.words for one in references if dict(one.whence).get("pages") == whence}
    kept = [f for f in library.findings if not (f.code == "REF-PAGES" and _line(f) in _lines(references, settled))]
    return Library(tuple(references), (*kept, *findings))


def _line(finding: Finding) -> int | None:
    return finding.places[0].line


def _lines(references: Sequence[Reference], settled: set[str]) -> set[int | None]:
    return {one.line for one in references if one.words in settled}


def _same(one: Reference, other: Reference, title: str) -> bool:
    """Titles alike, or one the end of the other, and two of year, first page and volume not against it."""
    if one.doi and other.doi:
        return one.doi.casefold() == other.doi.casefold()
    mine = compact(one.title)
    if not mine or not title:
        return False
    agree = [
        one.year == other.year and bool(one.year),
        _first(one.pages) == _first(other.pages) != "",
        one.volume == other.volume != "",
    ]
    if sum(agree) < (1 if mine == title else 2):
        return False
    shorter, longer = sorted((mine, title), key=len)
    if len(shorter) >= LONG and shorter in longer:
        return True
    likeness = SequenceMatcher(None, mine, title, autojunk=False)
    return likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE


def _first(text: str) -> str:
    found = pages.parse(text)
    return str(found.first) if found else text.strip()


def _taken(one: Reference, other: Reference, whence: str, added_up: bool) -> tuple[Reference, list[Finding]]:
    values, told = {}, []
    for name in FIELDS:
        mine, theirs = one.said(name), other.said(name)
        if not theirs or _equal(one, other, name):
            continue
        place = Place(name, mine or theirs, whence, one.line)
        if not mine or name in one.doubts or _longer(one, other, name) or _bad_pages(one, name, added_up):
            values[name] = getattr(other, name)
            was = f'"{mine}" became ' if mine else ""
            message = f'{one.key}: {name}: {was}"{theirs}", taken from {whence}'
            told.append(Finding("REF-ENRICHED", Severity.NOTE, message, "Compare with the paper.", (place,)))
        else:
            message = f'{one.key}: {name} is "{mine}" here and "{theirs}" in {whence}; the first stands'
            told.append(Finding("REF-CONFLICT", Severity.ASK, message, "Settle it from the paper.", (place,)))
    marks = tuple((name, whence) for name in values)
    doubts = tuple(name for name in one.doubts if name not in values)
    et_al = one.et_al and "authors" not in values
    return replace(one, **values, doubts=doubts, et_al=et_al, whence=(*one.whence, *marks)), told


def _equal(one: Reference, other: Reference, name: str) -> bool:
    """Whether two values say the same: accents, capitals, short page ends and short journal names aside."""
    mine, theirs = one.said(name), other.said(name)
    if name in ("title", "doi"):
        return compact(mine) == compact(theirs)
    if name == "pages":
        first, second = pages.parse(mine), pages.parse(theirs)
        ends = [(found.first, found.last) if found else said for found, said in ((first, mine), (second, theirs))]
        return ends[0] == ends[1]
    if name == "container":
        return _abbreviates(mine, theirs) or _abbreviates(theirs, mine)
    if name == "authors":
        return [compact(a.family) for a in one.authors] == [compact(a.family) for a in other.authors]
    return mine.casefold() == theirs.casefold()


def _abbreviates(short: str, long: str) -> bool:
    """ "Lancet Oncol" for "The Lancet Oncology": each word begins the next word of the long form that fits."""
    words = iter(fold(long).replace(".", "").split())
    return all(any(word.startswith(piece) for word in words) for piece in fold(short).replace(".", "").split())


def _longer(one: Reference, other: Reference, name: str) -> bool:
    if name != "authors" or len(other.authors) <= len(one.authors):
        return False
    return all(compact(a.family) == compact(b.family) for a, b in zip(one.authors, other.authors, strict=False))


def _bad_pages(one: Reference, name: str, added_up: bool) -> bool:
    return name == "pages" and bool(pages.faults(one.pages, added_up=added_up))


def _no_match(one: Reference, hits: list[Reference], whence: str) -> Finding:
    said = f"{len(hits)} records of {whence} fit" if hits else f"no record of {whence} fits"
    place = Place("entry", one.title, whence, one.line)
    severity = Severity.ASK if hits else Severity.NOTE
    return Finding("REF-MATCH", severity, f"{one.key}: {said}; nothing was taken", "Add the record by hand.", (place,))

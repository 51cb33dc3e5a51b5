"""Duplicates: entries of one work become one reference, and what they say differently is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posolog.core.finding import Finding, Place, Severity
from posolog.evidence.model import FIELDS, Reference
from posolog.evidence.text import compact


def merged(references: Sequence[Reference], *, where: str) -> tuple[list[Reference], list[Finding]]:
    """Each work once, at the place of its first entry; a field that the first lacks is taken from a later one."""
    found: list[Reference] = []
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for one in references:
        names = _names(one)
        at = next((places[name] for name in names if name in places), None)
        if at is None:
            at = len(found)
            found.append(one)
        else:
            found[at], told = _one_of(found[at], one, where)
            findings.append(told)
        for name in names:
            places.setdefault(name, at)
    return found, findings


def _names(one: Reference) -> list[str]:
    """What makes two entries one work: a DOI, a PubMed number, or title, year and first author together."""
    names = [f"doi {one.doi.casefold()}"] if one.doi else []
    names += [f"pmid {one.pmid}"] if one.pmid else []
    title = compact(one.title)
    if len(title) > 20 and one.year:
        author = compact(one.authors[0].family) if one.authors else ""
        names.append(f"title {title} {one.year} {author}")
    return names


def _one_of(first: Reference, second: Reference, where: str) -> tuple[Reference, Finding]:
    added = {name: getattr(second, name) for name in FIELDS if not getattr(first, name) and getattr(second, name)}
    differ = [
        f'{name}: "{first.said(name)}" and "{second.said(name)}"'
        for name in FIELDS
        if name not in added and second.said(name) and first.said(name) != second.said(name)
    ]
    said = f"; they differ in {'; '.join(differ)}: the first stands" if differ else ""
    filled = f"; taken from the second: {', '.join(added)}" if added else ""
    places = tuple(Place(label, one.title, where, one.line) for label, one in (("first", first), ("second", second)))
    severity = Severity.ASK if differ else Severity.NOTE
    message = f"two entries of one work were merged{filled}{said}"
    whence = tuple((name, f"second entry, line {second.line}") for name in added)
    # Only repairs of what was taken: the others changed words that the reference does not hold.
    repairs = (*first.repairs, *(repair for repair in second.repairs if repair.field in added))
    both = replace(first, **added, whence=(*first.whence, *whence), repairs=repairs)
    return both, Finding("REF-DUPLICATE", severity, message, "Keep one entry in the list.", places)

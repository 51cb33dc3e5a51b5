"""RIS, the form that reference managers exchange: `to_ris` and `of_ris`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from posolog.evidence.model import Name, Reference

_PLAIN = {"TI": "title", "T2": "container", "VL": "volume", "IS": "issue", "PY": "year", "DO": "doi", "UR": "url"}
_OTHER = {"T1": "title", "JO": "container", "JF": "container", "JA": "container", "Y1": "year"}
_LINE = re.compile(r"^([A-Z][A-Z0-9])  - ?(.*)$")


def to_ris(references: Iterable[Reference]) -> str:
    """The library as RIS text."""
    return "".join(f"{tag}  - {value}\r\n" for one in references for tag, value in _lines(one))


def _lines(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if one.kind == "article-journal" else "GEN"
    yield "ID", one.key
    for name in one.authors:
        yield "AU", ", ".join(part for part in (name.family, name.given, name.suffix) if part)
    for tag, ours in _PLAIN.items():
        if value := one.said(ours):
            yield tag, value
    if one.pages:
        first, last = ends(one.pages)
        yield "SP", first
        if last:
            yield "EP", last
    if one.pmid:
        yield "AN", one.pmid
    if one.et_al:
        yield "N1", "et al."
    if one.doubts:
        yield "N1", f"in doubt: {', '.join(one.doubts)}"
    yield "ER", ""


def ends(pages: str) -> tuple[str, str]:
    """First and last page as written; a short end stays short ("944-50" is 944 and 50)."""
    first, dash, last = re.sub(r"\s*[-–—]+\s*", "-", pages).partition("-")
    return (first, last) if dash and "-" not in last and "," not in pages else (pages, "")


def of_ris(text: str) -> tuple[Reference, ...]:
    """References of a RIS text; tags that are not listed are passed over."""
    found: list[Reference] = []
    held: list[tuple[str, str]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line.rstrip())
        if match is None:
            continue
        if match[1] == "ER":
            found.append(_reference(held))
            held = []
        else:
            held.append((match[1], match[2].strip()))
    return tuple(found)


def _reference(lines: list[tuple[str, str]]) -> Reference:
    values: dict[str, Any] = {}
    for tag, value in lines:
        name = _PLAIN.get(tag) or _OTHER.get(tag)
        if name and not values.get(name):
            values[name] = value[:4] if name == "year" else value
    tags = dict(reversed(lines))
    notes = [value for tag, value in lines if tag == "N1"]
    doubts = next((note for note in notes if note.startswith("in doubt: ")), "")
    pages = "-".join(part for part in (tags.get("SP", ""), tags.get("EP", "")) if part)
    authors = tuple(
        Name(*(part.strip() for part in value.split(",")[:3])) for tag, value in lines if tag in ("AU", "A1")
    )
    return Reference(
        tags.get("ID", ""), authors, pages=pages, pmid=tags.get("AN", ""), **values, et_al="et al." in notes,
        kind="article-journal" if tags.get("TY") in ("JOUR", "JFULL") else "document",
        doubts=tuple(doubts.removeprefix("in doubt: ").split(", ")) if doubts else (),
    )  # fmt: skip

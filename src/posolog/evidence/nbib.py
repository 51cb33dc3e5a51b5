"""PubMed's export (.nbib): one tagged record a reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from posolog.evidence.model import Name, Reference

_TAG = re.compile(r"^([A-Z]{2,4}) *- (.*)$")


def of_nbib(text: str) -> tuple[Reference, ...]:
    """References of a PubMed export; tags that are not needed are passed over."""
    return tuple(_reference(record) for record in _records(text.removeprefix("\ufeff")))


def _records(text: str) -> Iterator[list[tuple[str, str]]]:
    """Tag and value of each record; lines that start with white space go on with the value before them."""
    held: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = _TAG.match(line)
        if match:
            if match[1] == "PMID" and held:
                yield held
                held = []
            held.append((match[1], match[2].strip()))
        elif held and line.strip():
            tag, value = held[-1]
            held[-1] = (tag, f"{value} {line.strip()}")
    if held:
        yield held


def _reference(record: list[tuple[str, str]]) -> Reference:
    tags = dict(reversed(record))
    dois = [value.removesuffix(" [doi]") for tag, value in record if tag in ("LID", "AID") and value.endswith(" [doi]")]
    full = [value for tag, value in record if tag == "FAU"]
    authors = [Name(*(part.strip() for part in value.split(",", 1))) for value in full]
    if not full:
        authors = [_short(value) for tag, value in record if tag == "AU"]
    return Reference(
        key="", authors=tuple(authors), title=tags.get("TI", "").removesuffix("."), container=tags.get("TA", ""),
        volume=tags.get("VI", ""), issue=tags.get("IP", ""), pages=tags.get("PG", ""), year=tags.get("DP", "")[:4],
        doi=dois[0] if dois else "", pmid=tags.get("PMID", ""),
    )  # fmt: skip


def _short(value: str) -> Name:
    family, _, given = value.rpartition(" ")
    return Name(family or given, given if family else "")

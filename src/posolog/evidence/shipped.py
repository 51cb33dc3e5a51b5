"""The shipped library: the one place where a citation key resolves, and what each work is cited for.

Papers stand in `library.json` (CSL-JSON), labels, web pages and hazards in `sources.csv`, values in `claims.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from posolog.core.because import Cited
from posolog.evidence.csl import of_csl
from posolog.evidence.model import Reference
from posolog.evidence.text import data_text

Checked = Literal["primary", "secondary", "unverified"]
CHECKED: tuple[Checked, ...] = ("primary", "secondary", "unverified")


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that a work is cited for.

    `value` is as written (several values are set apart by semicolons) in `unit`; `where` the page, table or part.
    `checked`: "primary" stood in the work itself, "secondary" was read in a copy, an abstract or another work,
    "unverified" was read by nobody here.
    """

    key: str
    quantity: str
    value: str
    unit: str
    population: str
    where: str
    checked: Checked
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for. `read` says whether the text itself was read; a paper has a `reference` as well."""

    key: str
    citation: str
    read: bool
    supports: str = ""
    reference: Reference | None = None
    claims: tuple[Claim, ...] = ()


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(data_text(name).splitlines()))


@cache
def entries() -> dict[str, Entry]:
    """Every key of the shipped library, papers first, in the order of the files."""
    claims: dict[str, list[Claim]] = {}
    for row in _rows("claims.csv"):
        claim = Claim(**{**row, "checked": cast("Checked", row["checked"])})  # type: ignore[arg-type]
        claims.setdefault(claim.key, []).append(claim)
    supports = {row["key"]: row["supports"] for row in _rows("supports.csv")}
    found: dict[str, Entry] = {}
    for one in of_csl(data_text("library.json"), where="library.json"):
        made = tuple(claims.get(one.key, ()))
        read = any(claim.checked == "primary" for claim in made)
        found[one.key] = Entry(one.key, one.short(), read, supports.get(one.key, ""), one, made)
    for row in _rows("sources.csv"):
        known = tuple(claims.get(row["key"], ()))
        found[row["key"]] = Entry(row["key"], row["citation"], row["checked"] == "yes", claims=known)
    return found


def resolve(key: str) -> Entry:
    """What a key stands for. *Raises:* KeyError for a key that is not in the library."""
    return entries()[key]


def claim(key: str, quantity: str) -> Claim:
    """One value of a work. *Raises:* KeyError."""
    for one in resolve(key).claims:
        if one.quantity == quantity:
            return one
    raise KeyError(f"{key}: {quantity}")


def key_of(cite: str) -> str:
    """The key of a `cite:` value: what stands before a comma ("shen1998, page 1224")."""
    return cite.partition(",")[0].strip()


def cited(cite: str) -> Cited:
    """A `cite:` value as a reason: the key, and the page or table behind the comma."""
    key, _, where = cite.partition(",")
    return Cited(key.strip(), where.strip())


def words(key: str) -> str:
    """The key and the work in words; the key alone where the library does not hold it.

    >>> words("friberg2002")[:46]
    'friberg2002: Friberg LE, et al. Model of chemo'
    """
    entry = entries().get(key)
    return f"{key}: {entry.citation}{doubt(entry)}" if entry else key


def doubt(entry: Entry) -> str:
    """ " (unverified)" where nobody read the work, or its entry has fields in doubt."""
    if entry.reference is None:
        return "" if entry.read else " (unverified)"
    marks = list(entry.reference.doubts)
    return f" (unverified: {', '.join(marks)})" if marks else ""

"""A second look at what was read: undo the told repairs, and look for every character in the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from posolog.core.finding import Finding
from posolog.evidence import Reference

# Words that say where a field begins; they go into no field.
SYNTAX = {"vol", "issue", "pp", "p", "and", "et", "al", "URL", "DOI", "doi", "https", "org", "PMID"}
ADDRESS = re.compile(r"[\s,;]*(?:\b(?:URL|DOI|PMID)\s*:?\s*)?(?:https?://\S+?|10\.\d{4,9}/\S+?)(?=[.,;]*(?:\s|$))", re.I)
FIELDS = ("title", "container", "volume", "issue", "pages", "year", "doi", "pmid", "url")


def squash(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def source_of(one: Reference) -> str:
    """The entry's words, white space aside, with the told changes of single characters made."""
    words = one.words
    for repair in one.repairs:
        if repair.field == "words":
            assert repair.before in words, repair
            words = words.replace(repair.before, repair.after, 1)
    return squash(words)


def undone(one: Reference, name: str, value: str) -> str:
    """A field's value before its repairs, last one undone first."""
    for repair in reversed(one.repairs):
        if repair.field != name:
            continue
        if not repair.after and not value:
            value = repair.before
        elif repair.after and repair.after in value:
            value = value.replace(repair.after, repair.before, 1)
    return value


def silent(one: Reference) -> list[str]:
    """Fields whose characters do not stand in the source once the told repairs are undone."""
    source = source_of(one)
    source += "\n" + squash(ADDRESS.sub("", source))  # an address may stand in the middle of an entry
    found = []
    for name in FIELDS:
        value = undone(one, name, one.said(name))
        if squash(value) not in source:
            found.append(f"{name}: {value}")
    for author in one.authors:
        pieces = [undone(one, "authors", part) for part in (str(author), author.family)]
        parts = [author.given, author.family]
        plain = all(undone(one, "authors", part) in source for part in parts if part)
        if not plain and not any(piece in source for piece in pieces):
            found.append(f"author: {author}")
    return found


def dropped(one: Reference, findings: Iterable[Finding]) -> list[str]:
    """Words of the source, each as often as it stands there, that are in no field and in no finding."""
    values = [undone(one, name, one.said(name)) for name in FIELDS]
    values += [undone(one, "authors", part) for a in one.authors for part in (a.family, a.given, a.suffix)]
    left = Counter(words(source_of(one)))
    left.subtract(Counter(word for value in values for word in words(value)))
    told = " ".join(f.message for f in findings if any(p.line == one.line for p in f.places))
    return [word for word, count in left.items() if count > 0 and word not in SYNTAX and word not in told]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)

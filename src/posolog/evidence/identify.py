"""Identifiers taken out of an entry's words: DOI, PubMed number, address."""

from __future__ import annotations

import re

_DOI = re.compile(r"[\s,;]*(?:\bdoi\s*:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.I)
_PMID = re.compile(r"[\s,;]*\b(?:PMID|PubMed)\s*:?\s*(?P<pmid>\d{4,9})\b\.?", re.I)
_URL = re.compile(
    r"[\s,;]*(?:\b(?:URL|Available (?:from|at))\s*:?\s*)?(?P<url>https?://(?!(?:dx\.)?doi\.org/)[^\s\"<>]+)", re.I
)


def identifiers(words: str) -> tuple[str, dict[str, str], list[str]]:
    """The words without them, the identifiers by field, and further ones of the same kind that no field holds."""
    found: dict[str, str] = {}
    more: list[str] = []
    for name, pattern in (("url", _URL), ("doi", _DOI), ("pmid", _PMID)):
        for match in reversed(list(pattern.finditer(words))):
            value = _trimmed(match[name])
            if found.get(name):
                more.insert(0, found[name])
            found[name] = value
            words = words[: match.start()] + words[match.end(name) - (len(match[name]) - len(value)) :]
    return words, found, more


def _trimmed(value: str) -> str:
    """Without the full stop or bracket that belongs to the sentence."""
    value = value.rstrip(".,;")
    return value[:-1] if value.endswith((")", "]")) and value.count("(") < value.count(")") else value

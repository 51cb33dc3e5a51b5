"""CSL-JSON, the form in which a library is kept: `to_csl` and `of_csl` lose nothing between them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.evidence.model import Name, Reference, Repair

Item = dict[str, Any]
_PLAIN = {
    "title": "title", "container": "container-title", "volume": "volume", "issue": "issue", "pages": "page",
    "doi": "DOI", "pmid": "PMID", "url": "URL",
}  # fmt: skip


def to_csl(references: Iterable[Reference]) -> str:
    """The library as CSL-JSON text. What CSL has no field for stands under `custom`."""
    return json.dumps([item(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def item(one: Reference) -> Item:
    """One reference as a CSL item."""
    made: Item = {"id": one.key, "type": one.kind}
    if one.authors:
        made["author"] = [_person(name) for name in one.authors]
    made |= {theirs: value for ours, theirs in _PLAIN.items() if (value := one.said(ours))}
    if one.year:
        made["issued"] = {"date-parts": [[int(one.year)]]} if one.year.isdecimal() else {"literal": one.year}
    custom: Item = {
        "et-al": one.et_al,
        "doubts": list(one.doubts),
        "whence": dict(one.whence),
        "repairs": [{"field": r.field, "before": r.before, "after": r.after, "code": r.code, "why": r.why}
                    for r in one.repairs],
        "words": one.words,
        "line": one.line,
    }  # fmt: skip
    custom = {key: value for key, value in custom.items() if value}
    return {**made, **({"custom": custom} if custom else {})}


def _person(name: Name) -> Item:
    if not name.given and not name.suffix:
        return {"literal": name.family} if " " in name.family else {"family": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def of_csl(text: str, *, where: str = "references") -> tuple[Reference, ...]:
    """References of a CSL-JSON text. *Raises:* Refusal with REF-FILE where it is none."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise refusal(where, f"{where} is not JSON: {error}") from error
    items = given.get("items", [given]) if isinstance(given, dict) else given
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise refusal(where, f"{where} holds no list of CSL items")
    return tuple(reference(one) for one in items)


def refusal(where: str, message: str) -> Refusal:
    """What is said of a file of references that cannot be read."""
    step = "Name a CSL-JSON, BibTeX, RIS or PubMed file, or a list of references as plain text."
    return Refusal(Finding("REF-FILE", Severity.STOP, message, step, (Place("file", where=where),)))


def reference(given: Item) -> Reference:
    """One CSL item as a reference; values of another type than CSL asks for are read as text."""
    custom: Item = found if isinstance(found := given.get("custom"), dict) else {}
    whence = custom.get("whence", {})
    return Reference(
        key=_text(given.get("id")),
        authors=tuple(_name(person) for person in _list(given.get("author")) if isinstance(person, dict)),
        **{ours: _text(given.get(theirs)) for ours, theirs in _PLAIN.items()},
        year=year_of(given.get("issued")),
        et_al=bool(custom.get("et-al")),
        kind=_text(given.get("type")) or "document",
        doubts=tuple(_text(doubt) for doubt in _list(custom.get("doubts"))),
        whence=tuple((_text(k), _text(v)) for k, v in whence.items()) if isinstance(whence, dict) else (),
        words=_text(custom.get("words")),
        line=custom.get("line") if isinstance(custom.get("line"), int) else None,
        repairs=tuple(
            Repair(*(_text(one.get(part)) for part in ("field", "before", "after", "code", "why")))
            for one in _list(custom.get("repairs")) if isinstance(one, dict)
        ),
    )  # fmt: skip


def _name(person: Item) -> Name:
    family = _text(person.get("family")) or _text(person.get("literal")) or _text(person.get("name"))
    particle = _text(person.get("non-dropping-particle"))
    return Name(f"{particle} {family}".strip(), _text(person.get("given")), _text(person.get("suffix")))


def year_of(issued: Any) -> str:
    """The year of a CSL or Crossref date."""
    if not isinstance(issued, dict):
        return ""
    parts = _list(issued.get("date-parts"))
    first = _list(parts[0]) if parts else []
    return _text(first[0]) if first else _text(issued.get("literal") or issued.get("raw"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int | float) and value is not True and value is not False else ""

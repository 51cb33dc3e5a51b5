"""BibTeX through pybtex (extra `references`): `to_bibtex` and `of_bibtex`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from posolog.evidence.csl import refusal
from posolog.evidence.model import Name, Reference

_PLAIN = {
    "title": "title", "container": "journal", "volume": "volume", "issue": "number", "pages": "pages", "year": "year",
    "doi": "doi", "pmid": "pmid", "url": "url",
}  # fmt: skip
_KINDS = {"article-journal": "article", "chapter": "incollection", "book": "book", "paper-conference": "inproceedings"}
_CAPITALS = re.compile(r"(?<!^)\b[\w+-]*(?:[A-Z]|(?<=\w)[A-Z]|\d[A-Z])[\w+-]*")
_ESCAPES = {"&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_"}


def to_bibtex(references: Iterable[Reference]) -> str:
    """The library as BibTeX. Words with capitals stand in braces, so that no style lowers CD22 or Hodgkin."""
    from pybtex.database import BibliographyData

    return str(BibliographyData({one.key: _entry(one) for one in references}).to_string("bibtex"))


def _entry(one: Reference) -> Any:
    from pybtex.database import Entry, Person

    people = [Person(first=name.given, last=_braced(name.family), lineage=name.suffix) for name in one.authors]
    people += [Person("others")] if one.et_al else []
    fields = {theirs: _escaped(value) for ours, theirs in _PLAIN.items() if (value := one.said(ours))}
    if "title" in fields:
        fields["title"] = _CAPITALS.sub(lambda match: f"{{{match[0]}}}", fields["title"])
    if one.doubts:
        fields["note"] = f"in doubt: {', '.join(one.doubts)}"
    return Entry(_KINDS.get(one.kind, "misc"), fields=fields, persons={"author": people} if people else {})


def _braced(family: str) -> str:
    """A surname of several words in braces, so that it stays one."""
    return f"{{{family}}}" if " " in family else family


def _escaped(value: str) -> str:
    return re.sub(r"[&%#$_]", lambda match: _ESCAPES[match[0]], value)


def of_bibtex(text: str, *, where: str = "references") -> tuple[Reference, ...]:
    """References of a BibTeX text, braces and escapes taken off. *Raises:* Refusal with REF-FILE where it is none."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        data = parse_string(text, "bibtex")
    except (PybtexError, ValueError) as error:
        raise refusal(where, f"{where} is not BibTeX: {' '.join(str(error).split())}") from error
    return tuple(_reference(key, entry) for key, entry in data.entries.items())


def _reference(key: str, entry: Any) -> Reference:
    values: dict[str, Any] = {ours: _plain(entry.fields.get(theirs, "")) for ours, theirs in _PLAIN.items()}
    values["container"] = values["container"] or _plain(entry.fields.get("booktitle", ""))
    people = [_name(person) for person in entry.persons.get("author", [])]
    note = _plain(entry.fields.get("note", ""))
    return Reference(
        key,
        tuple(name for name in people if name.family != "others"),
        **values,
        et_al=any(name.family == "others" for name in people),
        kind={theirs: ours for ours, theirs in _KINDS.items()}.get(entry.type, "document"),
        doubts=tuple(note.removeprefix("in doubt: ").split(", ")) if note.startswith("in doubt: ") else (),
    )


def _name(person: Any) -> Name:
    family = " ".join([*person.prelast_names, *person.last_names])
    given = " ".join([*person.first_names, *person.middle_names])
    return Name(_plain(family), _plain(given), _plain(" ".join(person.lineage_names)))


def _plain(value: str) -> str:
    text = re.sub(r"\\([&%#$_])", r"\1", value)
    if "\\" in text:
        from pybtex.richtext import Text

        text = str(Text.from_latex(text))
    return text.replace("{", "").replace("}", "")

"""Files of references: which form a file has, read or written."""

from __future__ import annotations

import json
from collections.abc import Sequence

from posolog.evidence.csl import of_csl, refusal, to_csl
from posolog.evidence.keys import keyed
from posolog.evidence.library import Library, page_findings, read
from posolog.evidence.model import Reference

WRITTEN = (".json", ".bib", ".ris", ".txt")


def load(text: str, *, where: str, suffix: str) -> Library:
    """The library of a file's text; `suffix` is its ending. Keys that it holds stay.

    *Raises:* Refusal with REF-FILE where the text is not of the form that the ending names.
    """
    if suffix in (".json", ".bib", ".ris", ".nbib"):
        references = tuple(keyed(_structured(text, where=where, suffix=suffix)))
        return Library(references, tuple(page_findings(references, where=where)))
    return read(text, where=where)


def load_export(text: str, *, where: str, suffix: str) -> tuple[Reference, ...]:
    """What a Crossref or PubMed export holds. *Raises:* Refusal with REF-FILE."""
    if suffix == ".json":
        text = json.dumps(_items(text, where))
    elif suffix not in (".nbib", ".ris", ".bib"):
        raise refusal(where, f"{where} is no export: it does not end in .json, .nbib, .ris or .bib")
    return _structured(text, where=where, suffix=suffix)


def _structured(text: str, *, where: str, suffix: str) -> tuple[Reference, ...]:
    if suffix == ".json":
        found = of_csl(text, where=where)
    elif suffix == ".bib":
        from posolog.evidence.bibtex import of_bibtex

        found = of_bibtex(text, where=where)
    elif suffix == ".ris":
        from posolog.evidence.ris import of_ris

        found = of_ris(text)
    else:
        from posolog.evidence.nbib import of_nbib

        found = of_nbib(text)
    if not found or not any(one.title or one.authors for one in found):
        raise refusal(where, f"{where} holds no reference in the form that its ending names")
    return found


def _items(text: str, where: str) -> object:
    """The items of a Crossref answer, which wraps them in `message`, or of a plain list."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise refusal(where, f"{where} is not JSON: {error}") from error
    message = given.get("message", given) if isinstance(given, dict) else given
    return message.get("items", [message]) if isinstance(message, dict) else message


def dump(references: Sequence[Reference], *, suffix: str, style: str = "vancouver") -> str:
    """The library in the form that the ending names, one of `WRITTEN`."""
    if suffix == ".json":
        return to_csl(references)
    if suffix == ".bib":
        from posolog.evidence.bibtex import to_bibtex

        return to_bibtex(references)
    if suffix == ".ris":
        from posolog.evidence.ris import to_ris

        return to_ris(references)
    from posolog.evidence.style import printed

    return "\n".join(printed(references, style=style)) + "\n"

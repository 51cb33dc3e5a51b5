"""References printed in a journal's style, by citeproc-py (extra `references`)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.evidence.csl import item
from posolog.evidence.model import Name, Reference

STYLES = ("vancouver", "author-date")


def printed(references: Sequence[Reference], *, style: str = "vancouver") -> tuple[str, ...]:
    """One text a reference, in order. `style` is one of `STYLES` or the path of a CSL file.

    A list of authors that was cut short ends in "et al."; a field that is not known is left out.
    *Raises:* Refusal with REF-STYLE for a style that is not known or cannot be read.
    """
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    items = [item(replace(one, authors=(*one.authors, Name("et al.", "")) if one.et_al else one.authors))
             for one in references]  # fmt: skip
    for one in items:
        one.pop("custom", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of CSL variables that it does not print
        source = CiteProcJSON(items)
        kind = CitationStylesStyle(_path(style), validate=False)
        made = CitationStylesBibliography(kind, source, formatter.plain)
        for one in items:
            made.register(Citation([CitationItem(one["id"])]))
        return tuple(_tidy(str(text)) for text in made.bibliography())


def _path(style: str) -> str:
    if style in STYLES:
        return str(files(__package__) / "data" / f"{style}.csl")
    if style.endswith(".csl") and Path(style).is_file():
        return str(Path(style).with_suffix(""))
    known = ", ".join(STYLES)
    message = f"{style!r} is no style: known are {known}, or the path of a .csl file"
    step = "Name one of these."
    raise Refusal(Finding("REF-STYLE", Severity.STOP, message, step, (Place("option", style),)))


def _tidy(text: str) -> str:
    """One full stop where the title's own mark and the style's meet; "et al." is no last author."""
    text = re.sub(r",? (?:&|and) et al\.", ", et al.", text)
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text.replace("?.", "?").replace("!.", "!")).strip()

"""`references read`, `references list` and `references show`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.faults import DONE, if_open, not_installed, stop
from posolog.cli.output import echo, ending_of, summary, tell, to_file, write

if TYPE_CHECKING:
    from posolog.evidence.library import Library
    from posolog.evidence.model import Reference

EXTRA = "references"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked for on the command line."""

    file: str
    output: str | None
    style: str | None
    enrich: tuple[str, ...]


def read(request: Reading) -> int:
    """Read a reference list; print it or write it, findings where errors go."""
    from posolog.evidence.files import WRITTEN

    ending = ending_of(request.output, WRITTEN)
    library = _library(request)
    try:
        text = _rendered(library, ending, request.style)
    except ModuleNotFoundError as error:
        raise not_installed(error, EXTRA) from error
    if to_file(request.output):
        write(request.output, text)
        echo(f"{request.output}: {counted(library)}, {summary(library.findings)}")
    else:
        echo(text)
    tell(library.findings, file=request.file)
    return if_open(library.findings)


def counted(library: Library) -> str:
    count = len(library.references)
    return f"{count} reference{'' if count == 1 else 's'}"


def _library(request: Reading) -> Library:
    from posolog.api import text_of
    from posolog.evidence.enrich import enrich
    from posolog.evidence.files import load, load_export

    try:
        library = load(text_of(request.file), where=request.file, suffix=Path(request.file).suffix.lower())
        for export in request.enrich:
            records = load_export(text_of(export), where=export, suffix=Path(export).suffix.lower())
            library = enrich(library, records, whence=export)
    except ModuleNotFoundError as error:
        raise not_installed(error, EXTRA) from error
    if not library.references:
        raise stop("REF-FILE", f"{request.file} holds no reference", "Name a list of references.", words=request.file)
    return library


def _rendered(library: Library, ending: str, style: str | None) -> str:
    from posolog.evidence.files import dump

    if ending and ending != ".txt":
        if style is not None:
            message = f"--style says how references print; a {ending} file has none"
            raise stop("OPTION-VALUE", message, "Leave --style out, or write .txt.", words=style)
        return dump(library.references, suffix=ending)
    if style is None and not ending:
        return "\n".join(line for one in library.references for line in (f"{one.key}", f"  {plain(one)}"))
    return dump(library.references, suffix=".txt", style=style or "vancouver")


def plain(one: Reference) -> str:
    """A reference on one line, without a style."""
    doubt = f" [in doubt: {', '.join(one.doubts)}]" if one.doubts else ""
    return one.short() + doubt


def list_all(word: str) -> int:
    """Print key and citation of every shipped work that holds the word."""
    from posolog.evidence.shipped import doubt, entries
    from posolog.evidence.text import fold

    wanted = fold(word)
    found = [one for one in entries().values() if wanted in fold(f"{one.key} {one.citation} {one.supports}")]
    if not found:
        raise stop("CITE-UNKNOWN", f"no work holds {word!r}", "Leave the word out to list them all.", words=word)
    for one in found:
        echo(f"{one.key}\n  {one.citation}{doubt(one)}")
    return DONE


def show(key: str) -> int:
    """Print one work, what it supports, and its claims with their state of verification."""
    from difflib import get_close_matches

    from posolog.evidence.shipped import doubt, entries
    from posolog.report.format import spoken

    one = entries().get(key)
    if one is None:
        near = get_close_matches(key, entries(), n=3, cutoff=0.6)
        step = f"Did you mean {' or '.join(near)}?" if near else "List them with: posolog references list"
        raise stop("CITE-UNKNOWN", f"{key!r} is a key of no reference", step, words=key, label="key")
    echo(f"{one.key}\n  {one.citation}{doubt(one)}")
    if one.supports:
        echo(f"  cited for: {one.supports}")
    for claim in one.claims:
        where = ", ".join(part for part in (claim.population, claim.where) if part)
        unit = "" if claim.unit == "1" else f" {claim.unit}"
        echo(f"  {claim.quantity}: {spoken(claim.value + unit)} [{claim.checked}]" + (f" ({where})" if where else ""))
        if claim.note:
            echo(f"    {claim.note}")
    for name, whence in one.reference.whence if one.reference else ():
        echo(f"  {name}: {whence}")
    return DONE

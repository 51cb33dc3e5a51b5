"""`references read`, `references list` and `references show`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.boundary import FOUND, stop
from posolog.cli.output import echo, summary, write
from posolog.core.finding import Refusal

if TYPE_CHECKING:
    from posolog.evidence.library import Library
    from posolog.evidence.model import Reference

EXTRA = "pip install posolog[references]"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked for on the command line."""

    file: str
    output: str | None
    style: str | None
    enrich: tuple[str, ...]


def read(request: Reading) -> int:
    """Read a reference list; print it or write it, findings where errors go."""
    from posolog.report.text import findings_text

    suffix = _suffix(request.output)
    library = _library(request)
    try:
        text = _rendered(library, suffix, request.style)
    except ModuleNotFoundError as error:
        raise missing(error) from error
    if request.output and request.output != "-":
        write(request.output, text)
        echo(f"{request.output}: {counted(library)}, {summary(library.findings)}")
    else:
        echo(text)
    if library.findings:
        echo(findings_text(library.findings, file=request.file), err=True)
    return FOUND if any(finding.severity != "note" for finding in library.findings) else 0


def missing(error: ModuleNotFoundError) -> Refusal:
    """What is said where the extra is not installed."""
    return stop("EXTRA-MISSING", f"this needs {error.name}, which is not installed", f"Install it: {EXTRA}")


def counted(library: Library) -> str:
    count = len(library.references)
    return f"{count} reference{'' if count == 1 else 's'}"


def _suffix(output: str | None) -> str:
    from posolog.evidence.files import WRITTEN

    if output is None or output == "-":
        return ""
    suffix = Path(output).suffix.lower()
    if suffix not in WRITTEN:
        message = f"{output!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {', '.join(WRITTEN)}.", words=output)
    return suffix


def _library(request: Reading) -> Library:
    from posolog.evidence.enrich import enrich
    from posolog.evidence.files import load, load_export

    try:
        library = load(text_of(request.file), where=request.file, suffix=Path(request.file).suffix.lower())
        for export in request.enrich:
            records = load_export(text_of(export), where=export, suffix=Path(export).suffix.lower())
            library = enrich(library, records, whence=export)
    except ModuleNotFoundError as error:
        raise missing(error) from error
    if not library.references:
        raise stop("REF-FILE", f"{request.file} holds no reference", "Name a list of references.", words=request.file)
    return library


def text_of(path: str) -> str:
    """The text of a UTF-8 file. *Raises:* Refusal."""
    from posolog.protocol.files import read_text

    text = read_text(path)
    if "\0" in text:
        raise stop("FILE-NOT-TEXT", f"{path!r} is not a text file", "Save it as plain UTF-8 text.", words=path)
    if not text.strip():
        raise stop("FILE-EMPTY", f"{path!r} is empty", "Name a file that holds text.", words=path)
    return text


def _rendered(library: Library, suffix: str, style: str | None) -> str:
    from posolog.evidence.files import dump

    if suffix and suffix != ".txt":
        if style is not None:
            step = "Leave --style out, or write .txt."
            raise stop(
                "OPTION-VALUE", f"--style says how references print; a {suffix} file has none", step, words=style
            )
        return dump(library.references, suffix=suffix)
    if style is None and not suffix:
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
    return 0


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
    return 0

"""Where results go: the terminal, or a file that is replaced only when the new one is written completely."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeGuard

import click

from posolog.cli.faults import stop
from posolog.core.finding import Finding, Severity


def write(path: str | Path, text: str | bytes) -> None:
    """Write a file whole or not at all; what stood there before stays until then. *Raises:* Refusal."""
    target = Path(path)
    data = text.encode("utf-8") if isinstance(text, str) else text
    try:
        _replace(target, data)
    except OSError as error:
        message = f"{str(path)!r} cannot be written: {(error.strerror or str(error)).lower()}"
        step = "Name a file in a folder that exists and may be written to."
        raise stop("OUTPUT-UNWRITABLE", message, step, words=str(path)) from error


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what the user's mask gives to new files."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def to_file(output: str | None) -> TypeGuard[str]:
    """Whether the result goes to a file: without a name, or with "-", it is printed."""
    return bool(output) and output != "-"


def ending_of(output: str | None, allowed: Sequence[str]) -> str:
    """The ending that says what to write, "" for the terminal; refused before anything is computed.

    *Raises:* Refusal where the ending is none of those allowed.
    """
    if output is None or output == "-":
        return ""
    ending = Path(output).suffix.lower()
    if ending not in allowed:
        message = f"{output!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {', '.join(allowed)}.", words=output)
    return ending


def summary(findings: tuple[Finding, ...]) -> str:
    """3 stops, 1 question, 2 notes."""
    names = {Severity.STOP: "stop", Severity.ASK: "question", Severity.NOTE: "note"}
    counts = [(sum(f.severity is severity for f in findings), name) for severity, name in names.items()]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return ", ".join(said) or "no findings"


def echo(text: str, *, err: bool = False) -> None:
    click.echo(text.rstrip("\n"), err=err)


def tell(findings: Sequence[Finding], *, file: str = "") -> None:
    """Print findings where errors go; nothing where there are none. `file` is the one they are about."""
    if findings:
        from posolog.report.text import findings_text

        echo(findings_text(findings, file=file), err=True)


def page(html: str, ending: str) -> str | bytes:
    """A page as it stands, or printed where the ending is .pdf."""
    if ending != ".pdf":
        return html
    from posolog.report.pdf import to_pdf

    return to_pdf(html)

"""Where results go: the terminal, or a file that is replaced only when the new one is written completely."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posolog.cli.boundary import stop
from posolog.core.finding import Finding, Severity

if TYPE_CHECKING:
    from posolog.course.model import Plan

SUFFIXES = (".html", ".pdf", ".json", ".csv", ".ics", ".svg", ".txt")


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


def check_suffix(path: str | None) -> None:
    """Refuse an unknown kind of file before anything is computed."""
    if path is not None and path != "-" and Path(path).suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        message = f"{path!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {kinds}.", words=path)


def rendered(plan: Plan, path: Path) -> tuple[str | bytes, tuple[Finding, ...]]:
    """The plan in the form that the file's ending names, and what that form could not hold."""
    match path.suffix.lower():
        case ".html":
            from posolog.report.html import plan_html

            return plan_html(plan), ()
        case ".pdf":
            from posolog.report.html import plan_html
            from posolog.report.pdf import to_pdf

            return to_pdf(plan_html(plan)), ()
        case ".json":
            from posolog.report.data import plan_json

            return plan_json(plan), ()
        case ".csv":
            from posolog.report.data import plan_csv

            return plan_csv(plan), ()
        case ".ics":
            from posolog.api import calendar_file

            return calendar_file(plan, before=path.read_bytes() if path.is_file() else None)
        case ".svg":
            from posolog.report.layout import calendars
            from posolog.report.svg import stacked

            return stacked(calendars(plan)), ()
        case _:
            from posolog.report.text import plan_text

            return plan_text(plan), ()


def summary(findings: tuple[Finding, ...]) -> str:
    """3 stops, 1 question, 2 notes."""
    names = {Severity.STOP: "stop", Severity.ASK: "question", Severity.NOTE: "note"}
    counts = [(sum(f.severity is severity for f in findings), name) for severity, name in names.items()]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return ", ".join(said) or "no findings"


def echo(text: str, *, err: bool = False) -> None:
    click.echo(text.rstrip("\n"), err=err)

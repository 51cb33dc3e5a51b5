"""`endpoints`: definitions, analysis rows, estimates and the report of a trial."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from posolog.cli import inputs
from posolog.cli.boundary import FOUND, stop
from posolog.cli.output import echo, write
from posolog.core.finding import Severity

SUFFIXES = (".csv",)


def run(trial: str, output: str | None, cut: str | None, blinded: bool) -> int:
    """Print the definitions and what the record leaves open, or write what the output's ending names."""
    from posolog import api
    from posolog.endpoints.trial import FILE
    from posolog.report.endpoint_rows import rows_csv
    from posolog.report.endpoint_text import protocol_text, rows_text

    if output is not None and Path(output).suffix.lower() not in SUFFIXES:
        message = f"{output!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {', '.join(SUFFIXES)}.", words=output)
    if Path(trial).suffix in api.PROTOCOL_SUFFIXES and Path(trial).name != FILE:
        echo(protocol_text(api.open_protocol(trial).protocol))
        return 0
    found = api.endpoint_rows(trial, cut=_day(cut))
    if output is None:
        echo(rows_text(found, blinded=blinded))
    else:
        write(output, rows_csv(found.rows, blinded=blinded))
        echo(f"{output}: {sum(len(rows.rows) for rows in found.rows)} rows of {len(found.rows)} endpoints")
    return FOUND if any(f.severity is not Severity.NOTE for f in found.findings) else 0


def _day(words: str | None) -> date | None:
    moment = inputs.now(words, "UTC")
    return moment.date() if moment else None

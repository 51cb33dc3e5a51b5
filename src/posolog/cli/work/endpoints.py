"""`endpoints`: definitions, analysis rows, estimates and the report of a trial."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli import inputs
from posolog.cli.faults import DONE, FOUND, if_open, stop
from posolog.cli.output import echo, ending_of, page, summary, to_file, write

if TYPE_CHECKING:
    from posolog.endpoints.derive import Derived

SUFFIXES = (".html", ".pdf", ".json", ".csv", ".txt")
EXTRA = "statistics"


def run(trial: str, output: str | None, cut: str | None, blinded: bool) -> int:
    """Print the estimates, or write what the output's ending names; of a protocol or a text, the definitions."""
    from posolog import api
    from posolog.endpoints.trial import FILE

    ending = ending_of(output, SUFFIXES)
    if Path(trial).is_file() and Path(trial).name != FILE:
        return _definitions(trial)
    found = api.endpoint_rows(trial, cut=_day(cut))
    content = rendered(found, ending or ".txt", blinded=blinded)
    findings = found.findings
    if blinded:
        from posolog.endpoints.blind import blind_findings

        findings = blind_findings(findings, found.endpoints, found.trial.protocol)
    if to_file(output):
        write(output, content)
        echo(f"{output}: {found.trial.name}, {len(found.endpoints)} endpoints, {summary(findings)}")
    else:
        assert isinstance(content, str)
        echo(content)
    return if_open(findings)


def _definitions(file: str) -> int:
    """Print the definitions of a protocol file, or what a text names and nobody has defined."""
    from posolog import api
    from posolog.endpoints.derive import undefined
    from posolog.report.endpoint_text import protocol_text

    protocol = api.open_protocol(file).protocol
    echo(protocol_text(protocol))
    return FOUND if any(undefined(protocol)) else DONE


def rendered(found: Derived, ending: str, *, blinded: bool) -> str | bytes:
    """What an ending stands for. *Raises:* Refusal where the extra `statistics` is not installed."""
    if ending == ".csv":
        from posolog.endpoints.blind import blind_rows
        from posolog.report.endpoint_rows import rows_csv

        return rows_csv(blind_rows(found.rows, found.endpoints, found.trial.protocol) if blinded else found.rows)
    try:
        return _analysed(found, ending, blinded=blinded)
    except ModuleNotFoundError as error:
        message = f"estimates need the library {error.name}, which is not installed"
        step = f"pip install 'posolog[{EXTRA}]'; the analysis rows (.csv) need none."
        raise stop("EXTRA-MISSING", message, step) from error


def _analysed(found: Derived, ending: str, *, blinded: bool) -> str | bytes:
    from posolog import api

    report = api.endpoint_report(found, blinded=blinded)
    if ending == ".json":
        from posolog.report.endpoint_data import report_json

        return report_json(report)
    if ending == ".txt":
        from posolog.report.endpoint_text import report_text

        return report_text(report)
    from posolog.report.endpoint_page import report_html

    return page(report_html(report), ending)


def _day(words: str | None) -> date | None:
    moment = inputs.now(words, "UTC")
    return moment.date() if moment else None

"""`analyse` from its options to what is printed or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posolog.cli.faults import DONE, FOUND, not_installed
from posolog.cli.output import echo, ending_of, page, to_file, write
from posolog.cli.work.analysis.request import Request, check

if TYPE_CHECKING:
    from posolog.report.analysis import Subject
    from posolog.stats.analysis import Analysis

SUFFIXES = (".html", ".pdf", ".json", ".svg", ".txt")


def analyse(request: Request) -> int:
    """Analyse a table; print the tables, or write the form that the file's ending names."""
    ending = ending_of(request.output, SUFFIXES)
    check(request)
    try:
        from posolog.cli.work.analysis.columns import prepared

        found, subject = prepared(request)
        content = _rendered(found, subject, ending)
    except ModuleNotFoundError as error:
        raise not_installed(error, "statistics") from error
    if to_file(request.output):
        write(request.output, content)
        echo(f"{request.output}: {found.sample.n} rows, {_missing(found)}")
    else:
        assert isinstance(content, str)
        echo(content)
    return FOUND if found.reasons else DONE


def _missing(found: Analysis) -> str:
    if not found.reasons:
        return "every number asked for was found"
    return "not known: " + "; ".join(found.reasons)


def _rendered(found: Analysis, subject: Subject, ending: str) -> str | bytes:
    match ending:
        case ".json":
            from posolog.report.analysis_text import analysis_json

            return analysis_json(found, subject)
        case ".html" | ".pdf":
            from posolog.report.analysis_page import analysis_html

            return page(analysis_html(found, subject), ending)
        case ".svg":
            from posolog.report.analysis import figures
            from posolog.report.curves import step_svg

            return "".join(step_svg(figure) for figure in figures(found, subject)[:1])
        case _:
            from posolog.report.analysis_text import analysis_text

            return analysis_text(found, subject)

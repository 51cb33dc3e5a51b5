"""`analyse`: a table of follow-up times from CSV to curves, tests and regression."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.cli.boundary import FOUND, stop
from posolog.cli.output import echo, write
from posolog.core.finding import Refusal

if TYPE_CHECKING:
    from posolog.report.analysis import Subject
    from posolog.stats.analysis import Analysis
    from posolog.stats.cox_likelihood import Ties
    from posolog.stats.numbers import Interval

EXTRA = "pip install posolog[statistics]"
SUFFIXES = (".html", ".pdf", ".json", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed."""

    file: str
    time: str
    event: str
    start: str | None = None
    group: str | None = None
    reference: str | None = None
    strata: str | None = None
    covariates: str = ""
    categories: str = ""
    exposed: str | None = None
    landmark: float | None = None
    cluster: str | None = None
    cause: int | None = None
    at: str = ""
    tau: float | None = None
    interval: Interval = "log-log"
    level: float = 0.95
    ties: Ties = "efron"
    rho: float = 0.0
    robust: bool = False
    unit: str = ""
    leave_out_missing: bool = False
    output: str | None = None


def analyse(request: Request) -> int:
    """Analyse a table; print the tables, or write the form that the file's ending names."""
    _check(request)
    try:
        from posolog.cli.columns import prepared

        found, subject = prepared(request)
        if request.output is None or request.output == "-":
            from posolog.report.analysis_text import analysis_text

            echo(analysis_text(found, subject))
        else:
            write(request.output, _rendered(found, subject, Path(request.output).suffix.lower()))
            echo(f"{request.output}: {found.sample.n} rows, {_missing(found)}")
    except ModuleNotFoundError as error:
        raise missing(error) from error
    return FOUND if found.reasons else 0


def missing(error: ModuleNotFoundError) -> Refusal:
    """What is said where the extra is not installed."""
    return stop("EXTRA-MISSING", f"this needs {error.name}, which is not installed", f"Install it: {EXTRA}")


def digest(path: str) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _missing(found: Analysis) -> str:
    if not found.reasons:
        return "every number asked for was found"
    return "not known: " + "; ".join(found.reasons)


def _check(request: Request) -> None:
    """Options that can be judged before the table is read."""
    if request.output not in (None, "-") and Path(str(request.output)).suffix.lower() not in SUFFIXES:
        message = f"{request.output!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {', '.join(SUFFIXES)}.", words=str(request.output))
    if not 0 < request.level < 1:
        raise _option("--level", request.level, "between 0 and 1, for example 0.95")
    if request.tau is not None and not 0 < request.tau < float("inf"):
        raise _option("--tau", request.tau, "above 0")
    if request.landmark is not None and not 0 <= request.landmark < float("inf"):
        raise _option("--landmark", request.landmark, "0 or later")
    if not 0 <= request.rho < float("inf"):
        raise _option("--rho", request.rho, "0 or above")
    if request.reference and not request.group:
        raise _option("--reference", request.reference, "a group of --group, which is not given")


def _option(name: str, value: object, wanted: str) -> Refusal:
    message = f"{name} {value} cannot be used: it must be {wanted}"
    return stop("OPTION-VALUE", message, f"Correct {name}.", words=str(value))


def _rendered(found: Analysis, subject: Subject, suffix: str) -> str | bytes:
    match suffix:
        case ".json":
            from posolog.report.analysis_text import analysis_json

            return analysis_json(found, subject)
        case ".html" | ".pdf":
            from posolog.report.analysis_page import analysis_html
            from posolog.report.pdf import to_pdf

            page = analysis_html(found, subject)
            return to_pdf(page) if suffix == ".pdf" else page
        case ".svg":
            from posolog.report.analysis import figures
            from posolog.report.curves import step_svg

            return "".join(step_svg(figure) for figure in figures(found, subject)[:1])
        case _:
            from posolog.report.analysis_text import analysis_text

            return analysis_text(found, subject)

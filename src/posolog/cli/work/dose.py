"""`dose`: absorbed doses of a patient's dosimetry file, or of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posolog.cli.faults import if_stopped, stop
from posolog.cli.output import echo, ending_of, page, summary, tell, to_file, write
from posolog.core.finding import Finding

if TYPE_CHECKING:
    from posolog.dosimetry.study.result import Result

SUFFIXES = (".html", ".pdf", ".json", ".csv", ".txt")
PAGES = (".html", ".pdf")


def dose(files: tuple[str, ...], output: str | None, draws: int, seed: int, images: str | None) -> int:
    """Compute the doses of each file; print them, or write them in the form that the output's ending names."""
    ending = _ending(files, output, images)
    try:
        from posolog import api

        results = [api.dose(file, draws=draws, seed=seed) for file in files]
    except ModuleNotFoundError as error:
        step = "Install them: pip install 'posolog[dosimetry]'."
        raise stop("EXTRA-MISSING", f"dosimetry needs {error.name}, which is not installed", step) from error
    text, more = _rendered(results, ending, images)
    findings = (*(finding for result in results for finding in result.findings), *more)
    if to_file(output):
        write(output, text if isinstance(text, bytes) or text.endswith("\n") else text + "\n")
        echo(f"{output}: dosimetry of {', '.join(result.study.patient for result in results)}, {summary(findings)}")
    else:
        assert isinstance(text, str)
        echo(text)
    return if_stopped(findings)


def _ending(files: tuple[str, ...], output: str | None, images: str | None) -> str:
    """The kind of output asked for, refused before anything is computed."""
    ending = ending_of(output, SUFFIXES) or ".txt"
    if len(files) > 1 and ending in (*PAGES, ".csv"):
        message = f"{ending} holds one patient, and {len(files)} files are named"
        step = "Write .json or .txt for several, or one file at a time."
        raise stop("OUTPUT-KIND", message, step, words=output or "")
    if images is not None and ending not in PAGES:
        raise stop("OUTPUT-KIND", "histograms stand in a page", "Write .html or .pdf with --images.", words=images)
    return ending


def _rendered(
    results: Sequence[Result], ending: str, images: str | None
) -> tuple[str | bytes, tuple[Finding, ...]]:
    """The doses in the form that the ending names, and what is said beside the findings of the doses."""
    from posolog.report import dose_data

    match ending:
        case ".json":
            return dose_data.dose_json(results), ()
        case ".csv":
            return dose_data.facts_csv(results[0])
        case ".html" | ".pdf":
            return _page(results[0], ending, images)
        case _:
            text = "\n\n".join(dose_data.dose_text(result) for result in results)
            summed = f"\n\n{dose_data.population_text(results)}" if len(results) > 1 else ""
            return text + summed, ()


def _page(result: Result, ending: str, images: str | None) -> tuple[str | bytes, tuple[Finding, ...]]:
    """The page of one patient, with histograms where tomograms are given; what could not be used is told."""
    from posolog import api
    from posolog.report.dose_html import dose_html

    mapped, faults = api.image_dose(result, images) if images else (None, ())
    tell(faults)
    return page(dose_html(result, mapped), ending), faults

"""`dose`."""

from __future__ import annotations

from pathlib import Path

from posolog.cli.boundary import FOUND, stop
from posolog.cli.output import echo, summary, write
from posolog.core.finding import Severity

SUFFIXES = (".html", ".pdf", ".json", ".csv", ".txt")


def dose(files: tuple[str, ...], output: str | None, draws: int, seed: int, images: str | None) -> int:
    """Compute the doses of each file; print them, or write them in the form that the output's ending names."""
    suffix = _suffix(files, output)
    if images is not None and suffix not in (".html", ".pdf"):
        raise stop("OUTPUT-KIND", "histograms stand in a page", "Write .html or .pdf with --images.", words=images)
    try:
        from posolog import api

        results = [api.dose(file, draws=draws, seed=seed) for file in files]
    except ModuleNotFoundError as error:
        step = "Install them: pip install 'posolog[dosimetry]'."
        raise stop("EXTRA-MISSING", f"dosimetry needs {error.name}, which is not installed", step) from error
    from posolog.report import dose_data

    findings = tuple(finding for result in results for finding in result.findings)
    if suffix == ".json":
        text = dose_data.dose_json(results)
    elif suffix in (".html", ".pdf"):
        from posolog.report.dose_html import dose_html

        mapped, faults = api.image_dose(results[0], images) if images else (None, ())
        findings += faults
        text = dose_html(results[0], mapped)
        if faults:
            from posolog.report.text import findings_text

            echo(findings_text(faults), err=True)
    elif suffix == ".csv":
        text, unknown = dose_data.facts_csv(results[0])
        findings += unknown
    else:
        text = "\n\n".join(dose_data.dose_text(result) for result in results)
        text += f"\n\n{dose_data.population_text(results)}" if len(results) > 1 else ""
    if output is None or output == "-":
        echo(text)
    else:
        write(output, _pdf(text) if suffix == ".pdf" else text if text.endswith("\n") else text + "\n")
        echo(f"{output}: dosimetry of {', '.join(result.study.patient for result in results)}, {summary(findings)}")
    return FOUND if any(finding.severity is Severity.STOP for finding in findings) else 0


def _pdf(page: str) -> bytes:
    from posolog.report.pdf import to_pdf

    return to_pdf(page)


def _suffix(files: tuple[str, ...], output: str | None) -> str:
    """The kind of output asked for, refused before anything is computed."""
    if output is None or output == "-":
        return ".txt"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"{output!r} has no ending that says what to write"
        raise stop("OUTPUT-KIND", message, f"Use one of {', '.join(SUFFIXES)}.", words=output)
    if len(files) > 1 and suffix in (".html", ".pdf", ".csv"):
        message = f"{suffix} holds one patient, and {len(files)} files are named"
        raise stop("OUTPUT-KIND", message, "Write .json or .txt for several, or one file at a time.", words=output)
    return suffix

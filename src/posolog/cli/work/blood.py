"""`counts`: grades and the fitted course of one patient's blood counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posolog.cli import inputs
from posolog.cli.faults import if_open, not_installed, stop
from posolog.cli.output import echo, ending_of, page, summary, tell, to_file, write

if TYPE_CHECKING:
    from posolog.course.blood.assess import Blood

SUFFIXES = (".html", ".pdf", ".json", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    events: str
    protocol: str
    patient: str | None
    output: str | None
    zone: str
    target: str
    half_life: float | None
    seed: int


def counts(request: Request) -> int:
    """Print grades, gate, ligand and fitted course, or write them in the form that the ending names."""
    from posolog.report.counts import counts_text

    ending = ending_of(request.output, SUFFIXES)
    if request.half_life is not None and not 0.1 <= request.half_life <= 10_000:
        step = "Give the effective half-life in hours: --half-life 50."
        raise stop("OPTION-VALUE", f"--half-life {request.half_life:g} is no half-life in hours", step)
    try:
        blood = _assess(request)
        if to_file(request.output):
            write(request.output, _rendered(blood, ending))
            echo(f"{request.output}: blood counts of {blood.protocol}, {summary(blood.findings)}")
        else:
            echo(counts_text(blood))
    except ModuleNotFoundError as error:
        raise not_installed(error, "statistics", what="a fitted course needs") from error
    tell(blood.findings, file=request.events)
    return if_open(blood.findings)


def _assess(request: Request) -> Blood:
    from posolog import api
    from posolog.course.blood.assess import assess
    from posolog.course.moments import zone_of

    timeline, found = inputs.events(request.events, request.zone)
    patient = inputs.patient(request.patient, request.zone)[0] if request.patient else None
    protocol = api.open_protocol(request.protocol).protocol
    now = max((event.known for event in timeline.events), default=None)
    blood = assess(
        protocol, timeline.as_known(now) if now else timeline, zone=zone_of(request.zone), patient=patient,
        target=request.target, half_life_h=request.half_life, seed=request.seed,
    )  # fmt: skip
    if not blood.analytes and not blood.ligand.samples:
        step = "Write one event a row: neutrophils, platelets, haemoglobin ... with value and unit."
        raise stop("COUNTS-NONE", f"{request.events} holds no blood count that can be read", step)
    return replace(blood, findings=tuple(dict.fromkeys((*found, *blood.findings))))


def _rendered(blood: Blood, ending: str) -> str | bytes:
    from posolog.report import counts as words

    match ending:
        case ".json":
            return words.counts_json(blood)
        case ".txt":
            return words.counts_text(blood)
        case ".svg":
            from posolog.report.counts_page import figures

            return figures(blood)
        case _:
            from posolog.report.counts_page import counts_html

            return page(counts_html(blood), ending)

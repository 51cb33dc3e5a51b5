"""From the columns of a table to the arrays of an analysis; what cannot be used is refused with its lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from posolog.cli.faults import stop
from posolog.cli.work.analysis.covariates import covariates, labels_of, listed, order_of
from posolog.cli.work.analysis.exposure import exposure
from posolog.cli.work.analysis.request import Request
from posolog.core.finding import Refusal
from posolog.exchange.columns import Table, load
from posolog.report.analysis import Subject
from posolog.report.curves import nice_ticks
from posolog.stats.analysis import Analysis, Choices, analyse
from posolog.stats.sample import Sample, observed

EVENT_CODES = "Write 0 for censored, 1 for the event, or 1, 2, 3 ... for causes that compete."


def prepared(request: Request) -> tuple[Analysis, Subject]:
    """Read the table, check its columns, analyse. *Raises:* Refusal with every place concerned."""
    table, left_out = _complete(load(request.file), request)
    made = exposure(table, _sample(table, request), covariates(table, request), request)
    found = analyse(made.sample, _choices(made.sample, request), regressors=made.regressors)
    group = request.group or _exposure_words(made.sample, request)
    name, sha = Path(request.file).name, digest(request.file)
    said = (*made.words, *_said(request))
    return found, Subject(name, sha, request.time, request.event, request.unit, group, left_out, said)


def digest(path: str) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _exposure_words(given: Sample, request: Request) -> str:
    """What the groups are called where the exposure at the landmark makes them."""
    return f"{request.exposed} before {request.landmark:g}:" if len(given.groups) > 1 else ""


def _used(request: Request) -> list[str]:
    """Columns in which every row must have a value."""
    one = (request.time, request.event, request.start, request.group, request.strata, request.cluster)
    return [name for name in one if name] + [*listed(request.covariates), *listed(request.categories)]


def _complete(table: Table, request: Request) -> tuple[Table, int]:
    """Every row complete in the used columns, or a refusal that names the lines."""
    missing = table.missing(_used(request))
    if not missing:
        return table, 0
    if request.leave_out_missing:
        kept = sorted(set(range(len(table.rows))) - set(missing))
        if not kept:
            raise stop("TABLE-MISSING", "no row is complete in the columns used", "Name fewer columns.")
        return table.take(kept), len(missing)
    name = next(name for name in _used(request) if table.missing([name]))
    step = "Fill the cells in, or leave such rows out with --leave-out-missing (they are counted)."
    raise table.refuse(name, table.missing([name]), "no value", step, code="TABLE-MISSING")


def _sample(table: Table, request: Request) -> Sample:
    if not table.is_numeric(request.event):
        bad = [k for k, cell in enumerate(table.column(request.event)) if cell not in {"0", "1"}]
        raise table.refuse(request.event, bad, "not an event code", EVENT_CODES)
    given = observed(
        np.array(table.numbers(request.time)), np.array(table.numbers(request.event)),
        group=labels_of(table, request.group) if request.group else None,
        strata=labels_of(table, request.strata) if request.strata else None,
        start=np.array(table.numbers(request.start)) if request.start else None,
        groups=order_of(table, request),
    )  # fmt: skip
    columns = {"time": request.time, "event": request.event, "start": request.start or ""}
    for problem in given.problems:
        words = problem.message.partition(": ")[2].partition(" (")[0]
        step = EVENT_CODES if problem.argument == "event" else "Correct the cells."
        raise table.refuse(columns.get(problem.argument, request.time), problem.rows, words, step)
    if request.cause is not None and request.cause not in given.causes:
        codes = ", ".join(map(str, given.causes))
        message, step = f"no event has the code {request.cause}", f"Codes that occur: {codes}."
        raise stop("OPTION-VALUE", message, step, words=str(request.cause))
    return given


def _choices(given: Sample, request: Request) -> Choices:
    at = tuple(_times(request.at)) or nice_ticks(float(given.time.max()), most=5)[1:] or (float(given.time.max()),)
    return Choices(
        at, request.tau, request.cause, request.interval, request.level, request.ties, request.rho,
        robust=request.robust,
    )  # fmt: skip


def _times(words: str) -> list[float]:
    try:
        times = [float(piece) for piece in listed(words)]
    except ValueError:
        raise _bad_times(words) from None
    if any(not 0 <= time < float("inf") for time in times):
        raise _bad_times(words)
    return times


def _bad_times(words: str) -> Refusal:
    return stop("OPTION-VALUE", f"--at {words!r} is not a list of times", "Write --at 100,365,730.", words=words)


def _said(request: Request) -> tuple[tuple[str, str], ...]:
    """Choices that change the numbers, in words."""
    pairs = (
        ("groups", request.group), ("reference", request.reference), ("strata", request.strata),
        ("delayed entry", request.start), ("covariates", ", ".join(listed(request.covariates))),
        ("as categories", ", ".join(listed(request.categories))), ("clusters", request.cluster),
        ("cause", None if request.cause is None else str(request.cause)),
    )  # fmt: skip
    return tuple((label, words) for label, words in pairs if words)

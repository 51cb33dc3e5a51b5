"""From a trial to the rows of every defined endpoint, with what the records contradict or leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from posolog.core.finding import Finding, Place, Severity
from posolog.endpoints.occupy import spell_rows
from posolog.endpoints.panel import panel_rows
from posolog.endpoints.records import contradictions, names
from posolog.endpoints.rows import Rows
from posolog.endpoints.status import best_rows, count_rows, share_rows, status_rows
from posolog.endpoints.timed import time_rows
from posolog.endpoints.toxicity import toxicity_rows
from posolog.endpoints.trial import Trial
from posolog.protocol.definition import Method
from posolog.protocol.model import Endpoint, Protocol

BY_METHOD: dict[Method, Callable[[Trial, Endpoint], Rows]] = {
    Method.KAPLAN_MEIER: time_rows,
    Method.INCIDENCE: time_rows,
    Method.STATUS: status_rows,
    Method.BEST: best_rows,
    Method.SHARE: share_rows,
    Method.COUNT: count_rows,
    Method.MODEL: panel_rows,
    Method.OCCUPATION: spell_rows,
    Method.TOXICITY: toxicity_rows,
}


def endpoint_rows(trial: Trial, endpoint: Endpoint) -> Rows:
    """The rows of one endpoint. *Raises:* ValueError for one without a definition."""
    if endpoint.define is None:
        raise ValueError(f"{endpoint.name!r} has no definition")
    return BY_METHOD[endpoint.define.method](trial, endpoint)


def defined(protocol: Protocol) -> tuple[Endpoint, ...]:
    """The endpoints that have a definition, in the order of the file."""
    return tuple(endpoint for endpoint in protocol.endpoints if endpoint.define is not None)


def undefined(protocol: Protocol) -> Iterator[Finding]:
    """What the text names as an endpoint and nobody has defined: it is not computed."""
    found = [e for e in protocol.endpoints if e.define is None and e.role.endswith("endpoint")]
    objectives = [e for e in protocol.endpoints if e.define is None and e.role == "primary objective"]
    if not any(e.role == "primary endpoint" for e in protocol.endpoints):
        found += objectives
    for endpoint in found:
        words = " ".join(source.words for source in endpoint.sources)
        place = Place(endpoint.role, words, endpoint.name, endpoint.file_line)
        yield Finding(
            "ENDPOINT-UNDEFINED", Severity.ASK,
            f"{endpoint.name!r} has no definition: start, events, competing events, censoring, method are not stated",
            "add a define with a because; until then it is not computed", (place,),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derived:
    """A trial, its defined endpoints with their rows, and every finding on record and rows."""

    trial: Trial
    endpoints: tuple[Endpoint, ...]
    rows: tuple[Rows, ...]
    findings: tuple[Finding, ...]

    def of(self, name: str) -> Rows:
        """The rows of the endpoint of that name. *Raises:* KeyError."""
        for rows in self.rows:
            if rows.endpoint == name:
                return rows
        raise KeyError(name)


def derive(trial: Trial, findings: Iterable[Finding] = ()) -> Derived:
    """The rows of every defined endpoint; `findings` are those that loading the trial gave."""
    endpoints = defined(trial.protocol)
    rows = tuple(endpoint_rows(trial, endpoint) for endpoint in endpoints)
    own = (finding for found in rows for finding in found.findings)
    every = (*findings, *undefined(trial.protocol), *contradictions(trial), *names(trial), *own)
    return Derived(trial, endpoints, rows, tuple(dict.fromkeys(every)))

"""The rows of a whole population from one function for one patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from posolog.core.finding import Finding
from posolog.endpoints.decide import Doubt
from posolog.endpoints.follow import dated_words, unknown, unknown_finding
from posolog.endpoints.people import Member, members
from posolog.endpoints.rows import Excluded, Row, Rows
from posolog.endpoints.trial import Trial
from posolog.protocol.model import Endpoint

Answered = tuple[Row, tuple[Finding, ...]]


def gather(trial: Trial, endpoint: Endpoint, answer: Callable[[Member], Iterator[Answered]]) -> Rows:
    """What `answer` says of every member that has a start; those without are not known yet, with a finding."""
    definition = endpoint.define
    assert definition is not None
    rows: list[Row] = []
    excluded: list[Excluded] = []
    findings: list[Finding] = []
    for member in members(trial, definition):
        if isinstance(member, Excluded):
            excluded.append(member)
            continue
        missing = f"the date of {' or '.join(definition.start)}"
        answered = answer(member) if member.start else iter([asked(member, endpoint, missing)])
        for row, found in answered:
            rows.append(row)
            findings += found
    return Rows(endpoint.name, tuple(rows), (), tuple(excluded), tuple(findings))


def asked(member: Member, endpoint: Endpoint, missing: str | Doubt, *, at: str = "") -> Answered:
    """A row that is not known yet, and the finding that asks for what is missing."""
    doubt = missing if isinstance(missing, Doubt) else None
    words = dated_words(missing) if isinstance(missing, Doubt) else missing
    return unknown(member, endpoint, words, doubt, at=at), (unknown_finding(member, endpoint, words, doubt, at),)

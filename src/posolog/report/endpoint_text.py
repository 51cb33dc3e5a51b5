"""Definitions, rows and what is missing, as plain text."""

from __future__ import annotations

from collections import Counter

from posolog.endpoints.derive import Derived, defined, undefined
from posolog.endpoints.rows import Rows
from posolog.endpoints.sentence import sentence
from posolog.protocol.model import Protocol
from posolog.report.text import findings_text
from posolog.report.words import PURPOSE


def protocol_text(protocol: Protocol) -> str:
    """Every definition of a protocol as one sentence, then what is not defined."""
    lines = [protocol.name, ""]
    lines += [f"{endpoint.role}\n  {sentence(endpoint, protocol)}\n" for endpoint in defined(protocol)]
    open_ones = tuple(undefined(protocol))
    return "\n".join([*lines, findings_text(open_ones)]) if open_ones else "\n".join(lines)


def rows_text(found: Derived, *, blinded: bool = False) -> str:
    """The trial, each definition with the number of its rows, and the findings."""
    trial = found.trial
    cut = f", as known on {trial.cut}" if trial.cut else ""
    lines = [f"{trial.name}: {len(trial.subjects)} patients{cut}", PURPOSE, ""]
    for endpoint, rows in zip(found.endpoints, found.rows, strict=True):
        lines += [sentence(endpoint, trial.protocol), f"  {counts(rows)}", ""]
    return "\n".join([*lines, findings_text(found.findings)])


def counts(rows: Rows) -> str:
    """"70 rows: 47 events, 23 censored; 2 patients outside the population"."""
    codes = Counter(row.code for row in rows.rows)
    rivals = sum(count for code, count in codes.items() if code is not None and code > 1)
    said = [f"{len(rows.rows)} rows: {codes[1]} with the event", f"{codes[0]} without"]
    said += [f"{rivals} with a competing event"] if rivals else []
    said += [f"{codes[None]} not known yet"] if codes[None] else []
    said += [f"{len(rows.excluded)} patients outside the population"] if rows.excluded else []
    return ", ".join(said)

"""Definitions, estimates and what is missing, as plain text."""

from __future__ import annotations

from collections import Counter

from posolog.endpoints.derive import defined, undefined
from posolog.endpoints.results import Analysis, Report
from posolog.endpoints.rows import Rows
from posolog.endpoints.sentence import sentence
from posolog.protocol.model import Protocol
from posolog.report import estimates
from posolog.report import format as say
from posolog.report.text import findings_text
from posolog.report.words import PURPOSE


def protocol_text(protocol: Protocol) -> str:
    """Every definition of a protocol as one sentence, then what is not defined."""
    lines = [protocol.name, ""]
    lines += [f"{endpoint.role}\n  {sentence(endpoint, protocol)}\n" for endpoint in defined(protocol)]
    open_ones = tuple(undefined(protocol))
    return "\n".join([*lines, findings_text(open_ones)]) if open_ones else "\n".join(lines)


def report_text(report: Report) -> str:
    """The trial, each definition with its estimates, and the findings."""
    trial = report.derived.trial
    cut = f", as known on {say.long_date(trial.cut)}" if trial.cut else ""
    view = ", blinded" if report.blinded else ""
    lines = [f"{trial.name}: {say.counted(len(trial.subjects), 'patient')}{cut}{view}", PURPOSE]
    lines += [trial.note, ""] if trial.note else [""]
    for analysis in report.analyses:
        lines += [analysis.sentence, *(f"  {line}" for line in _lines(report, analysis)), ""]
    return "\n".join([*lines, findings_text(report.findings)]).replace(say.NBSP, " ")


def _lines(report: Report, analysis: Analysis) -> list[str]:
    if analysis.withheld:
        return [f"withheld while blinded: {analysis.withheld}"]
    found = report.derived.of(analysis.endpoint.name)
    lines = [counts(found)]
    for number in (*analysis.numbers, *analysis.comparisons):
        group = f", {number.group}" if len(analysis.groups) > 1 else ""
        against = f" to {number.reference}" if number.reference else ""
        p = estimates.p_value(number.p)
        said = f"{estimates.value(number)} ({estimates.interval(number)})" + (f", {p}" if p else "")
        lines.append(f"{number.label}{group}{against}: {said}")
    for test in analysis.tests:
        lines.append(f"{test.name} test: {estimates.p_value(test.p) or 'not known'}")
    for table in analysis.tables:
        lines += [f"{table.title}: {', '.join(word for word in table.head if word)}".rstrip(": ")]
        lines += ["  " + "  ".join(row) for row in table.rows]
        lines += [f"  {table.note}"] if table.note else []
    return [*lines, *analysis.reasons]


def counts(rows: Rows) -> str:
    """"70 rows: 47 with the event, 23 without, 2 patients outside the population"."""
    codes = Counter(row.code for row in rows.rows)
    rivals = sum(count for code, count in codes.items() if code is not None and code > 1)
    said = [f"{len(rows.rows)} rows: {codes[1]} with the event", f"{codes[0]} without"]
    said += [f"{rivals} with a competing event"] if rivals else []
    said += [f"{codes[None]} not known yet"] if codes[None] else []
    said += [f"{say.counted(len(rows.excluded), 'patient')} outside the population"] if rows.excluded else []
    return ", ".join(said)

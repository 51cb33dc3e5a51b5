"""The contradictions of a registry as a page: trial, words, and the two numbers that do not agree."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Any

TITLES = {
    "STATED-DAYS": "Stated duration and listed days",
    "STATED-TOTAL": "Stated total and the sum of its parts",
    "STATED-DAILY": "Amount a day and amount of each dose",
    "RECORD-DISAGREES": "Two fields of one record",
    "ITEM-COUNT": "Stated count and listed items",
    "CUTOFF-DISAGREES": "Two cut-offs of one marker",
}
INTENDED = "For research, teaching, protocol writing and second check; not a medical device."
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1d2733; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p.lead { color: #51606f; margin-top: 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th:nth-child(1) { width: 8.5rem; } th:nth-child(2) { width: 12rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid #dde3e9; }
th { font-weight: 600; color: #51606f; white-space: nowrap; }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
q { display: block; color: #51606f; overflow-wrap: anywhere; } .note { color: #51606f; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; } }
"""


def page(rows: Iterable[dict[str, Any]], texts: int) -> str:
    """The page; `rows` have code, severity, trial, field, message and quote, in the order of their codes."""
    found = list(rows)
    body = "".join(_section(code, list(group)) for code, group in groupby(found, key=lambda row: str(row["code"])))
    trials = len({row["trial"] for row in found})
    of = f"{trials:,} trial{'' if trials == 1 else 's'}"
    lead = f"{len(found)} in {of}, of {texts:,} texts read." if found else f"None in {texts:,} texts."
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Contradictions</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>\n'
        f'<h1>Contradictions</h1>\n<p class="lead">{lead} {INTENDED}</p>\n{body}</body></html>\n'
    )


def _section(code: str, rows: list[dict[str, Any]]) -> str:
    lines = "".join(_row(row) for row in sorted(rows, key=lambda row: (row["severity"] == "note", row["trial"])))
    head = "<tr><th>trial</th><th>field</th><th>what disagrees</th></tr>"
    title = escape(TITLES.get(code, code))
    return f"<h2>{title} <small>({code})</small></h2>\n<table>{head}\n{lines}</table>\n"


def _row(row: dict[str, Any]) -> str:
    shade = ' class="note"' if row["severity"] == "note" else ""
    trial, field = escape(row["trial"] or ""), escape(row["field"] or "record")
    words = f"{escape(row['message'])} <q>{escape(row['quote'])}</q>"
    return f"<tr{shade}><td>{trial}</td><td>{field}</td><td>{words}</td></tr>\n"

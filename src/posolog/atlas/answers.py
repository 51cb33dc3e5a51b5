"""Answers as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from posolog.atlas.export import cell
from posolog.atlas.query import Answer

Row = dict[str, Any]


def answer_text(answer: Answer) -> str:
    """Trials with their quotes, then the counts."""
    lines = []
    for trial, rows in groupby(answer.rows, key=lambda row: row["trial"]):
        lines.append(trial)
        for row in rows:
            doubt = "  [uncertain]" if row["uncertain"] else ""
            lines.append(f'  "{row["quote"]}" ({row["field"]}){doubt}')
    if len(answer.rows) < answer.statements:
        lines.append(f"... {answer.statements - len(answer.rows):,} more; --limit, --csv or --json show them")
    lines.append(
        f"{_counted(answer.trials, 'trial')} of {answer.of_trials:,}, "
        f"{_counted(answer.statements, 'statement')} of {answer.of_statements:,}"
    )
    return "\n".join(lines)


def answer_json(answer: Answer) -> str:
    found = {
        "query": answer.query, "trials": answer.trials, "statements": answer.statements,
        "of_trials": answer.of_trials, "of_statements": answer.of_statements,
        "rows": [_said(row) for row in answer.rows],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def answer_csv(answer: Answer) -> str:
    from posolog.atlas.query import COLUMNS

    return _csv(COLUMNS, answer.rows)


def rows_text(rows: Iterable[Row], texts: int) -> str:
    """Contradictions as text, trial by trial."""
    lines, count = [], 0
    for row in rows:
        count += 1
        lines += [f"{row['trial']}: {row['severity']} {row['code']}: {row['message']}"]
        lines += [f'  "{row["quote"]}" ({row["field"] or "record"})']
    return "\n".join([*lines, f"{_counted(count, 'contradiction')} in {_counted(texts, 'text')}"])


def rows_json(rows: Iterable[Row]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"


def rows_csv(rows: tuple[Row, ...]) -> str:
    names = ("code", "severity", "trial", "field", "message", "quote", "source", "text_id")
    return _csv(names, rows)


def _csv(names: tuple[str, ...], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(_cells(names, rows))
    return out.getvalue()


def _cells(names: tuple[str, ...], rows: Iterable[Row]) -> Iterator[list[object]]:
    for row in rows:
        yield [cell(row[name]) for name in names]


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

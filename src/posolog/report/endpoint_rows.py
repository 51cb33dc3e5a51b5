"""Analysis rows as CSV: one a patient and endpoint, and time point or measure where it has them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from posolog.endpoints.rows import Row, Rows

COLUMNS = (
    *("subject", "endpoint", "arm", "strata", "start", "time_days", "code", "cause", "value", "at", "measure"),
    *("why", "record", "line"),
)


def rows_csv(found: Iterable[Rows]) -> str:
    """The rows in the order of the endpoints. Code 0 is censored or no, 1 the event or yes, 2, 3 ... competing events;
    it is empty where the row is not known yet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rows in found:
        writer.writerows(_cells(row) for row in rows.rows)
    return out.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.subject, row.endpoint, row.arm, "; ".join(row.strata), _shown(row.start),
        _shown(row.time_days), _shown(row.code), row.cause, row.value, row.at, row.measure, row.why,
        row.record, row.line,
    )  # fmt: skip


def _shown(value: object) -> str:
    return "" if value is None else str(value)

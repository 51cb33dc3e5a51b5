"""A report of endpoints as JSON: definitions, groups, numbers, curves, rows. NaN is null; blinded rows have no arm."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any

from posolog.endpoints.results import Analysis, Report
from posolog.endpoints.rows import Row
from posolog.protocol.write import print_definition
from posolog.report.data import as_data
from posolog.report.words import PURPOSE

FORMAT = "posolog endpoints 1"


def report_json(report: Report) -> str:
    """The whole report as data; every row with the reason for what it says."""
    trial = report.derived.trial
    rows = [] if report.blinded else [_row(row) for found in report.derived.rows for row in found.rows]
    document = {
        "format": FORMAT,
        "trial": trial.name,
        "protocol": trial.protocol.name,
        "note": trial.note,
        "purpose": PURPOSE,
        "cut": trial.cut.isoformat() if trial.cut else None,
        "blinded": report.blinded,
        "patients": len(trial.subjects),
        "endpoints": [_analysis(analysis) for analysis in report.analyses],
        "rows": rows,
        "findings": [as_data(finding) for finding in report.findings],
    }
    return json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n"


def _analysis(analysis: Analysis) -> dict[str, Any]:
    endpoint = analysis.endpoint
    values = {
        name: [asdict(item) for item in getattr(analysis, name)]
        for name in ("groups", "numbers", "figures", "tests", "comparisons", "tables", "panels")
    }
    return {
        "endpoint": endpoint.name,
        "role": endpoint.role,
        "define": dict(print_definition(endpoint.define)) if endpoint.define else None,
        "sentence": analysis.sentence,
        "days": analysis.day_rule,
        "population": analysis.population,
        "withheld": analysis.withheld or None,
        **values,
        "conventions": [list(line) for line in analysis.conventions],
        "reasons": list(analysis.reasons),
    }


def _row(row: Row) -> dict[str, Any]:
    return {**{key: getattr(row, key) for key in _ROW}, "strata": list(row.strata), "because": as_data(row.because)}


_ROW = (
    *("subject", "endpoint", "arm", "start", "time_days", "code", "cause", "value", "at", "measure"),
    *("why", "record", "line"),
)


def plain(value: Any) -> Any:
    """Any value as JSON can hold it; numbers that are not finite become null."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

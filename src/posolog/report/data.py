"""Plans as data: complete JSON and a table of acts as CSV. Decimals are strings, day labels ASCII."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from posolog.core.because import Cited, Computed, Entered, Read
from posolog.core.days import label_in
from posolog.core.finding import Finding
from posolog.core.quantity import Quantity, plain
from posolog.core.units import Unit
from posolog.course.model import Plan, Planned

FORMAT = "posolog plan 1"
_REASONS = {Read: "read", Cited: "cited", Computed: "computed", Entered: "entered"}
CSV_COLUMNS = (
    "line", "part", "kind", "name", "anchor", "day", "date", "start_utc", "stop_utc", "earliest", "latest", "cycle",
    "number", "status", "gate", "per_dose", "per_day", "per_course", "unit", "unrounded", "basis", "route", "cap",
    "note", "quote",
)  # fmt: skip


def plan_json(plan: Plan) -> str:
    """The whole plan, reasons included."""
    document: dict[str, Any] = {"format": FORMAT, **as_data(plan)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def findings_json(findings: tuple[Finding, ...]) -> str:
    return json.dumps([as_data(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n"


def as_data(value: Any) -> Any:
    """Any value of the model as plain JSON data; a reason says which kind it is."""
    if isinstance(value, Quantity):
        return {"value": plain(value.value), "unit": value.unit.symbol, "ucum": value.unit.ucum}
    if isinstance(value, Unit):
        return value.symbol
    if isinstance(value, Planned):
        return {**_fields(value), "day_label": day_label(value)}
    if is_dataclass(value) and not isinstance(value, type):
        kind = _REASONS.get(type(value))
        return {"because": kind, **_fields(value)} if kind else _fields(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return [as_data(item) for item in value] if isinstance(value, tuple | list) else value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}


def day_label(act: Planned) -> str | None:
    """The ASCII label of the act's day, None where it has none."""
    return label_in(act.day, act.anchor) if act.day is not None and act.anchor is not None else None


def plan_csv(plan: Plan) -> str:
    """One row for each act."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for act in plan.acts:
        writer.writerow([_cell(value) for value in _row(act)])
    return out.getvalue()


def _row(act: Planned) -> tuple[Any, ...]:
    dose = act.dose
    return (
        act.line, act.part, act.kind, act.name, act.anchor.name if act.anchor else None, day_label(act), act.when,
        act.start, act.stop, act.earliest, act.latest, act.cycle, act.number, act.status,
        act.gate.answer if act.gate else None, dose.per_dose.value if dose else None, _in_unit(act, "per_day"),
        _in_unit(act, "per_course"), dose.per_dose.unit.symbol if dose else None, _in_unit(act, "unrounded"),
        dose.basis if dose else None, act.route, dose.binding_cap if dose else None, act.note,
        " ".join(act.quote.split()),
    )  # fmt: skip


def _in_unit(act: Planned, total: str) -> Decimal | None:
    if act.dose is None:
        return None
    value: Quantity | None = getattr(act.dose, total)
    return value.to(act.dose.per_dose.unit).value if value is not None else None


def _cell(value: Any) -> str:
    """Text of a cell; words that a spreadsheet would run as a formula are kept as words by a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    words = str(value)
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words

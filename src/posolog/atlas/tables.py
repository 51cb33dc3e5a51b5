"""The tables as Parquet: their columns, and rows -> bytes."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_PLACE = [("source", pa.string()), ("trial", pa.string()), ("text_id", pa.string()), ("field", pa.string())]
_F, _I = pa.float64(), pa.int32()

TEXTS = pa.schema([*_PLACE, ("characters", _I), ("statements", _I)])
FINDINGS = pa.schema(
    [
        *_PLACE,
        *((name, pa.string()) for name in ("code", "severity", "message", "quote")),
        *((name, _I) for name in ("start", "end")),
    ]
)
STATEMENTS = pa.schema(
    [
        *_PLACE,
        ("nth", _I), ("quote", pa.string()), ("start", _I), ("end", _I),
        ("agent", pa.string()), ("names", pa.list_(pa.string())), ("nuclide", pa.string()),
        ("value", _F), ("low", _F), ("high", _F), ("levels", pa.list_(_F)), ("unit", pa.string()),
        ("per", pa.string()), ("fractions", _I), ("kind", pa.string()), ("bound", pa.string()), ("base", pa.list_(_F)),
        ("basis", pa.string()), ("days", pa.list_(_I)), ("weeks", pa.list_(_I)), ("from_day", _I), ("to_day", _I),
        ("per_day", _I), ("per_week", _I), ("n_doses", _I), ("for_days", _I), ("cycle_d", _I), ("n_cycles", _I),
        ("every_h", _F), ("every_d", _F), ("infusion_h", _F), ("anchor", pa.string()), ("route", pa.string()),
        ("unclear", pa.string()), ("continuous", pa.bool_()), ("condition", pa.string()), ("cap_value", _F),
        ("cap_unit", pa.string()), ("cap_basis", pa.string()), ("grade", pa.string()), ("uncertain", pa.bool_()),
        ("why", pa.list_(pa.string())), ("reader", pa.string()),
    ]
)  # fmt: skip
SCHEMAS = {"texts": TEXTS, "findings": FINDINGS, "statements": STATEMENTS}


def to_parquet(rows: list[dict[str, Any]], schema: pa.Schema) -> bytes:
    """The rows as one Parquet file in memory; the same rows give the same bytes."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out, compression="zstd")
    return out.getvalue()

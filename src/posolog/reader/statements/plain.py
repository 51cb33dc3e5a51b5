"""Administrations as plain data."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from posolog.core.because import Span
from posolog.reader.statements.administration import Administration, Cap, Dose


def as_json(found: tuple[Administration, ...]) -> list[dict[str, Any]]:
    """Plain data for `json.dumps`: fields not stated are left out, numbers are numbers, `span` is two offsets."""
    return [_plain_fields(one) for one in found]


def uncertain_share(found: tuple[Administration, ...]) -> float:
    """The part of the administrations marked uncertain, 0 to 1 (0 when there are none)."""
    return sum(one.uncertain for one in found) / len(found) if found else 0.0


def _plain_fields(one: Any) -> dict[str, Any]:
    found = {field.name: _plain(getattr(one, field.name)) for field in fields(one)}
    return {name: value for name, value in found.items() if not _empty(value)}


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Span):
        return [value.start, value.end]
    return _plain_fields(value) if isinstance(value, Dose | Cap) else value

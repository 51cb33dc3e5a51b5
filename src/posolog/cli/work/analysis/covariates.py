"""Columns of a table as groups and covariates: numbers as they stand, categories as 0 and 1 against a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posolog.cli.faults import stop
from posolog.cli.work.analysis.request import Request
from posolog.exchange.columns import Table
from posolog.stats.sample import Floats

MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Matrix:
    """Covariates (n, p) with their names."""

    values: Floats
    names: tuple[str, ...]


def labels_of(table: Table, name: str) -> NDArray[Any]:
    """A column as labels: numbers sort as numbers where all are."""
    return np.array(table.numbers(name)) if table.is_numeric(name) else np.array(table.column(name))


def order_of(table: Table, request: Request) -> tuple[str, ...] | None:
    """The groups, the reference first."""
    if not request.group:
        return None
    labels = labels_of(table, request.group)
    names = [_name(level) for level in np.unique(labels).tolist()]
    if len(names) > MOST_GROUPS:
        message = f"column {request.group} has {len(names)} different values: too many groups"
        raise stop("TABLE-GROUPS", message, f"Name a column of at most {MOST_GROUPS} groups.", words=str(request.group))
    if request.reference is None:
        return tuple(names)
    if request.reference not in names:
        step = f"Groups: {', '.join(names)}."
        raise stop("OPTION-VALUE", f"no group is called {request.reference!r}", step, words=request.reference)
    return (request.reference, *(name for name in names if name != request.reference))


def _name(level: object) -> str:
    return str(int(level)) if isinstance(level, float) and level.is_integer() else str(level)


def covariates(table: Table, request: Request) -> Matrix:
    """The group first, then covariates: numbers as they stand, categories as 0 and 1 against their first level."""
    made = Matrix(np.zeros((len(table.rows), 0)), ())
    order = order_of(table, request)
    if order and len(order) > 1:
        made = joined(made, _dummies(table, str(request.group), order))
    categories = listed(request.categories)
    for name in dict.fromkeys([*listed(request.covariates), *categories]):
        if name == request.group:
            continue
        if name not in categories and table.is_numeric(name):
            made = joined(made, Matrix(np.array(table.numbers(name))[:, None], (name,)))
            continue
        labels = labels_of(table, name)
        levels = tuple(_name(level) for level in np.unique(labels).tolist())
        if len(levels) > MOST_GROUPS and name not in categories:
            bad = [k for k, cell in enumerate(table.column(name)) if not _is_number(cell)]
            step = f"Write numbers, or name the column under --categories ({len(levels)} values)."
            raise table.refuse(name, bad, "not a number", step)
        made = joined(made, _dummies(table, name, levels))
    return made


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _dummies(table: Table, name: str, levels: tuple[str, ...]) -> Matrix:
    labels = labels_of(table, name)
    own = np.array([_name(level) for level in labels.tolist()])
    columns = [(own == level).astype(np.float64) for level in levels[1:]]
    values = np.stack(columns, axis=1) if columns else np.zeros((own.size, 0))
    return Matrix(values, tuple(f"{name} {level} (against {levels[0]})" for level in levels[1:]))


def joined(one: Matrix, other: Matrix) -> Matrix:
    return Matrix(np.column_stack((one.values, other.values)), (*one.names, *other.names))


def listed(words: str) -> list[str]:
    """The names in "age, sex"."""
    return [name for piece in words.split(",") if (name := piece.strip())]

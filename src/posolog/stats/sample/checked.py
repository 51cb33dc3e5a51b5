"""Arrays as they pass, and every fault found in them with its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample.model import Bools, Floats, Problem

ROWS_SHOWN = 20


@dataclass(slots=True)
class Checked:
    """Arguments as they pass, and what is wrong with them."""

    n: int
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, argument: str, message: str, bad: Bools | None = None) -> None:
        rows = np.flatnonzero(bad) if bad is not None else np.array([], dtype=np.intp)
        shown = tuple(int(row) for row in rows[:ROWS_SHOWN])
        count = f" ({rows.size} of {self.n} rows)" if rows.size else ""
        self.problems.append(Problem(code, argument, f"{argument}: {message}{count}", shown, int(rows.size)))


def numbers_of(given: ArrayLike) -> Floats | None:
    """As floats of one dimension; None where they are no numbers."""
    try:
        raw = np.asarray(given)
        if raw.dtype.kind in "mMcV" or raw.ndim != 1:
            return None
        if raw.dtype == np.float64 and raw.flags.c_contiguous and not np.signbit(raw).any():
            return raw
        return np.asarray(np.add(raw, 0.0, dtype=np.float64, casting="unsafe"))  # a copy, with no negative zero
    except (TypeError, ValueError, OverflowError):
        return None


def column_of(checked: Checked, name: str, values: Floats | None) -> Floats:
    """Present, finite, not negative, n long; zeros where it is not."""
    if values is None:
        checked.fault("not-numbers", name, "not a column of numbers (dates must be given as days from the origin)")
        return np.zeros(checked.n)
    if values.size != checked.n:
        checked.fault("length", name, f"{values.size} values for {checked.n} rows")
        return np.zeros(checked.n)
    if np.isfinite(values).all() and (values >= 0).all():
        return values
    for code, words, bad in (
        ("missing", "missing", np.isnan(values)),
        ("infinite", "infinite", np.isinf(values)),
        ("negative", "below zero", values < 0),
    ):
        if bad.any():
            checked.fault(code, name, words, bad)
    return values

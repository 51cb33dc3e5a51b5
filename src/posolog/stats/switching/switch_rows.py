"""Rows (start, stop] of persons who may switch treatment, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class SwitchRows:
    """n rows sorted by person and start. `person` numbers from 0; `event`, `switch` happen at `stop`; `baseline`
    (n, q) and `changing` (n, r) hold during the row; `eligible`: a switch is possible. `source` (n,): the caller's
    row; `n_given`: how many rows were given. `reasons`: why nothing can be computed (n is 0 then)."""

    person: Ints
    start: Floats
    stop: Floats
    event: Bools
    switch: Bools
    arm: Ints
    baseline: Floats
    changing: Floats
    eligible: Bools
    source: Ints
    n_given: int
    reasons: tuple[str, ...] = ()

    def take(self, rows: Bools) -> SwitchRows:
        """Some of the rows."""
        return SwitchRows(
            self.person[rows], self.start[rows], self.stop[rows], self.event[rows], self.switch[rows], self.arm[rows],
            self.baseline[rows], self.changing[rows], self.eligible[rows], self.source[rows], self.n_given,
            self.reasons,
        )  # fmt: skip


def switch_rows(
    person: ArrayLike, start: ArrayLike, stop: ArrayLike, event: ArrayLike, switch: ArrayLike, arm: ArrayLike, *,
    baseline: ArrayLike | None = None, changing: ArrayLike | None = None, eligible: ArrayLike | None = None,
) -> SwitchRows:  # fmt: skip
    """Check rows; all (n,) but `baseline` (n, q) and `changing` (n, r). `event`, `switch`, `eligible`: 0 or 1;
    `arm`: 0 control, 1 experimental. Rows of a person may not overlap, and stay in one arm.

    Never raises for bad data: see `reasons`.
    """
    n = np.asarray(stop).size
    try:
        columns = [np.asarray(raw, dtype=np.float64) for raw in (start, stop, event, switch, arm)]
        tables = [_table(raw, n) for raw in (baseline, changing)]
        able = np.ones(n) if eligible is None else np.asarray(eligible, dtype=np.float64)
    except (TypeError, ValueError):
        return _refused(n, "rows must be numbers (persons may be names)")
    labels = np.asarray(person)
    if any(column.shape != (n,) for column in (*columns, able, labels)) or any(t.shape[:1] != (n,) for t in tables):
        return _refused(n, "columns differ in length")
    words = _fault(columns, tables, able)
    if n == 0 or words:
        return _refused(n, words or "there are no rows")
    _, who = np.unique(labels.astype(str), return_inverse=True)
    begin, end, happens, away, side = columns
    order = np.lexsort((begin, who))
    made = SwitchRows(
        who[order].astype(np.intp), begin[order], end[order], happens[order] == 1, away[order] == 1,
        side[order].astype(np.intp), tables[0][order], tables[1][order], able[order] == 1, order, n,
    )  # fmt: skip
    words = _order_fault(made)
    return _refused(n, words) if words else made


def _table(raw: ArrayLike | None, n: int) -> Floats:
    table = np.zeros((n, 0)) if raw is None else np.asarray(raw, dtype=np.float64)
    return table[:, None] if table.ndim == 1 else table


def _fault(columns: list[Floats], tables: list[Floats], able: Floats) -> str:
    begin, end, happens, away, side = columns
    for words, bad in (
        ("start or stop: missing or infinite", ~(np.isfinite(begin) & np.isfinite(end))),
        ("start: below 0", begin < 0),
        ("stop: not after start", ~(end > begin)),
        ("event: neither 0 nor 1", ~np.isin(happens, (0, 1))),
        ("switch: neither 0 nor 1", ~np.isin(away, (0, 1))),
        ("arm: neither 0 nor 1", ~np.isin(side, (0, 1))),
        ("eligible: neither 0 nor 1", ~np.isin(able, (0, 1))),
        ("event and switch at the end of one row", (happens == 1) & (away == 1)),
        ("switch: in a row that is not eligible", (away == 1) & (able == 0)),
        ("baseline: missing or infinite", ~np.isfinite(tables[0]).all(axis=1)),
        ("changing: missing or infinite", ~np.isfinite(tables[1]).all(axis=1)),
    ):
        if bad.any():
            return f"{words} ({int(bad.sum())} of {begin.size} rows)"
    return ""


def _order_fault(made: SwitchRows) -> str:
    again = made.person[1:] == made.person[:-1]
    for words, bad in (
        ("rows of a person overlap", again & (made.start[1:] < made.stop[:-1])),
        ("a person is in both arms", again & (made.arm[1:] != made.arm[:-1])),
        ("a person's rows go on after the event", again & made.event[:-1]),
    ):
        if bad.any():
            return f"{words} ({int(bad.sum())} rows)"
    return ""


def _refused(n: int, words: str) -> SwitchRows:
    whole, real, flag = np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0, dtype=np.bool_)
    table = np.zeros((0, 0))
    return SwitchRows(whole, real, real, flag, flag, whole, table, table, flag, whole, n, (words,))


def until_switch(given: SwitchRows) -> tuple[SwitchRows, int]:
    """The rows up to and with each person's first switch, and how many rows came after it."""
    if not given.person.size:
        return given, 0
    running: Ints = np.cumsum(given.switch) - given.switch.astype(np.intp)
    first = np.concatenate(([True], given.person[1:] != given.person[:-1]))
    at_first = np.maximum.accumulate(np.where(first, np.arange(first.size), 0))
    before: Bools = running == running[at_first]
    return given.take(before), int((~before).sum())

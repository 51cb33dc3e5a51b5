"""Rows prepared for the partial likelihood: ordered once, so that every iteration is a few sums over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample import Floats, Ints, Sample

SHORT = 2**16  # whole numbers below this are ordered by counting


@dataclass(frozen=True, slots=True, eq=False)
class CoxRows:
    """n' rows that are at risk at some event time, m event times (of all strata, one stratum after the other).

    `columns` (p, n'): covariates, centred by `centre` (p,) and divided by `scale` (p,). Row i is at risk at the event
    times numbered `low[i]` <= k < `high[i]`; rows are ordered by `high`, `low` is None where it is 0 throughout.
    `first` (m,): the row at which high = k + 1 begins. `event` (D,): rows with an event, `event_time` (D,) the number
    of their time, ascending; `begins` (m,) where each time begins among them, `tied` (m,) how many there are.
    `time` (m,), `stratum` (m,). `source` (n',): the caller's row. `block` (n',): the stratum's number, None for one.
    """

    columns: Floats
    centre: Floats
    scale: Floats
    high: Ints
    low: Ints | None
    first: Ints
    event: Ints
    event_time: Ints
    begins: Ints
    tied: Floats
    time: Floats
    stratum: Ints
    source: Ints
    block: Ints | None

    @property
    def m(self) -> int:
        """Number of event times."""
        return int(self.time.size)

    def at_risk_sums(self, values: Floats) -> Floats:
        """Sum of `values` (n',) over the rows at risk at each event time: (m,)."""
        sums = np.add.reduceat(values, self.first)[::-1].cumsum()[::-1]
        if self.low is None:
            return sums
        entering = np.bincount(self.low, weights=values, minlength=self.m + 1)
        return np.asarray(sums - entering[::-1].cumsum()[::-1][1:])

    def event_sums(self, values: Floats) -> Floats:
        """Sum of `values` (D,) over the events tied at each event time: (m,)."""
        return values if self.begins.size == self.event.size else np.add.reduceat(values, self.begins)

    def accumulated(self, steps: Floats) -> Floats:
        """Sum of `steps` (m,) over the event times at which each row is at risk: (n',)."""
        total = np.concatenate(([0.0], np.cumsum(steps)))
        return np.asarray(total[self.high] if self.low is None else total[self.high] - total[self.low])


def cox_rows(given: Sample, covariates: Floats) -> CoxRows:
    """Prepare rows; `covariates` (n, p), finite. Events are those of code 1. O(n log n), once."""
    order = _order(given)
    time, stratum = given.time[order], given.stratum[order]
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = (time[1:] != time[:-1]) | (stratum[1:] != stratum[:-1])
    group = np.cumsum(new) - 1
    happens = given.event[order] == 1
    has_event = np.bincount(group[happens], minlength=int(new.sum())) > 0
    high = np.cumsum(has_event)[group]
    event_time, event_stratum = time[new][has_event], stratum[new][has_event]
    low = _low(given, order, stratum, event_time, event_stratum)
    kept = high > (np.zeros_like(high) if low is None else low)
    if not kept.all():
        order, high, happens = order[kept], high[kept], happens[kept]
        low = None if low is None else low[kept]
    event = np.flatnonzero(happens)
    number = high[event] - 1
    columns, centre, scale = _standardised(covariates, order)
    return CoxRows(
        columns, centre, scale, high, low, np.searchsorted(high, np.arange(1, event_time.size + 1)),
        event, number, np.searchsorted(number, np.arange(event_time.size)),
        np.bincount(number, minlength=event_time.size).astype(np.float64),
        event_time, event_stratum, order, stratum[kept] if len(given.strata) > 1 else None,
    )  # fmt: skip


def _order(given: Sample) -> Ints:
    """Rows by stratum, then time; whole days in one stratum are ordered without comparing."""
    if len(given.strata) > 1:
        return np.lexsort((given.time, given.stratum))
    if given.whole and given.n and given.time.max() < SHORT:
        return np.argsort(given.time.astype(np.uint16), kind="stable")
    return np.argsort(given.time, kind="stable")


def _low(given: Sample, order: Ints, stratum: Ints, event_time: Floats, event_stratum: Ints) -> Ints | None:
    """Number of the first event time after each row's entry; None where that is 0 for all."""
    if given.start is None and len(given.strata) == 1:
        return None
    offsets = np.searchsorted(event_stratum, np.arange(len(given.strata) + 1))
    low = offsets[stratum]
    if given.start is not None:
        start = given.start[order]
        edges = np.searchsorted(stratum, np.arange(len(given.strata) + 1))
        for k in range(len(given.strata)):
            rows = slice(edges[k], edges[k + 1])
            low[rows] += np.searchsorted(event_time[offsets[k] : offsets[k + 1]], start[rows], side="right")
    return np.asarray(low, dtype=np.intp)


def _standardised(covariates: Floats, order: Ints) -> tuple[Floats, Floats, Floats]:
    """Columns in row order, each contiguous, with mean 0 and standard deviation 1 (0 for a constant one)."""
    columns = np.empty((covariates.shape[1], order.size))
    centre, scale = np.zeros(covariates.shape[1]), np.ones(covariates.shape[1])
    for j in range(covariates.shape[1]):
        column = covariates[:, j][order]
        if column.size:
            centre[j] = column.mean()
            column = column - centre[j]
            spread = float(np.sqrt(np.mean(column**2)))
            constant = spread <= 1e-12 * abs(centre[j])
            scale[j] = 1.0 if constant or spread == 0 else spread
            column = np.zeros_like(column) if constant else column / scale[j]
        columns[j] = column
    return columns, centre, scale


def covariate_matrix(given: Sample, covariates: ArrayLike) -> tuple[Floats, tuple[str, ...]]:
    """Covariates as (n, p) floats, and why they cannot be used; a single column may be given as (n,)."""
    try:
        matrix = np.asarray(covariates, dtype=np.float64)
    except (TypeError, ValueError):
        return np.zeros((0, 1)), ("covariates: not numbers (code categories as 0 and 1)",)
    matrix = matrix[:, None] if matrix.ndim == 1 else matrix
    if matrix.ndim != 2 or matrix.shape[1] == 0:
        return np.zeros((0, 1)), (f"covariates: shape {matrix.shape} is not (rows, covariates)",)
    if given.n and matrix.shape[0] != given.n:
        return matrix[:0], (f"covariates: {matrix.shape[0]} rows for {given.n} times",)
    if not np.isfinite(matrix).all():
        good = int(np.isfinite(matrix).all(axis=1).sum())
        return matrix[:0], (f"covariates: missing or infinite in {len(matrix) - good} of {len(matrix)} rows",)
    return matrix, ()

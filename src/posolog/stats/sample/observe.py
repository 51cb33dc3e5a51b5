"""What an analysis is given, checked once. Bad input is a value, no exception."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample.checked import Checked, column_of, numbers_of
from posolog.stats.sample.labels import labels_of
from posolog.stats.sample.model import Floats, Ints, Problem, Sample


def observed(
    time: ArrayLike,
    event: ArrayLike,
    *,
    group: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    start: ArrayLike | None = None,
    causes: tuple[int, ...] | None = None,
    groups: tuple[Any, ...] | None = None,
    weights: ArrayLike | None = None,
) -> Sample:
    """Check arrays once; every estimator of this room takes the result.

    `time`: shape (n,), >= 0, any one unit. `event`: shape (n,), 0 (or False) censored, 1, 2 ... the cause.
    `group`, `strata`: shape (n,), numbers or names, none missing. `start`: shape (n,), 0 <= start < time.
    `causes`: the codes that may occur, e.g. (1, 2); without it those found. `groups`: the order of the groups and
    their full list, the first being the reference; without it they are sorted.
    `weights` are refused by name: no estimator here takes case weights.

    Arrays of the right type are not copied: do not change them while the sample is in use.
    Never raises for bad data: `problems` of the result says what is wrong and in which rows, and no row is dropped.

    >>> observed([5, 8], [1, 0]).n
    2
    >>> observed([5, -8], [1, 0]).reasons
    ('time: below zero (1 of 2 rows)',)
    """
    times = numbers_of(time)
    checked = Checked(times.size if times is not None else 0)
    if weights is not None:
        checked.fault("weights", "weights", "case weights are not supported")
    taken = column_of(checked, "time", times)
    if checked.n == 0:
        if not checked.problems:
            checked.fault("no-rows", "time", "there are no rows")
        return _refused(tuple(checked.problems), (), (), causes or (1,))
    codes = _codes(checked, event, causes)
    entry = _entry(checked, start, taken)
    group_code, group_names = labels_of(checked, "group", group, groups)
    stratum_code, stratum_names = labels_of(checked, "strata", strata, None)
    if checked.problems:
        return _refused(tuple(checked.problems), group_names, stratum_names, causes or (1,))
    found = causes or _found(codes)
    whole = _whole(taken)
    return Sample(taken, codes, group_code, stratum_code, group_names, stratum_names, found, entry, whole)


def _refused(
    problems: tuple[Problem, ...], groups: tuple[str, ...], strata: tuple[str, ...], causes: tuple[int, ...]
) -> Sample:
    none = np.zeros(0, dtype=np.intp)
    return Sample(np.zeros(0), none, none, none, groups or ("all",), strata or ("all",), causes, problems=problems)


def _codes(checked: Checked, event: ArrayLike, causes: tuple[int, ...] | None) -> Ints:
    """Whole codes, 0 or a cause."""
    raw = np.asarray(event)
    if causes is None and raw.dtype.kind in "bi" and raw.shape == (checked.n,) and raw.min() >= 0:
        return raw.astype(np.intp, copy=False)
    values = column_of(checked, "event", numbers_of(event))
    if values.size and not np.isfinite(values).all():
        return np.zeros(checked.n, dtype=np.intp)
    if (bad := values != np.floor(values)).any():
        checked.fault("not-a-code", "event", "not a whole number", bad)
    codes = values.astype(np.intp)
    if causes is not None and not bad.any() and (unknown := sorted(set(np.unique(codes).tolist()) - {0, *causes})):
        words = f"code {', '.join(map(str, unknown))} is neither 0 nor one of {', '.join(map(str, causes))}"
        checked.fault("unknown-code", "event", words, np.isin(codes, unknown))
    return codes


def _whole(values: Floats) -> bool:
    """Whether all are whole numbers; a few decide it where they are not."""
    return all(bool((part == np.floor(part)).all()) for part in (values[:256], values[256:]))


def _found(codes: Ints) -> tuple[int, ...]:
    """The causes that occur, in order; (1,) where nobody has an event."""
    if codes.size and codes.max() <= 1:
        return (1,)
    # Counting is ten times faster than np.unique, where the codes are as small as codes are.
    few = codes.size and codes.max() < 1000
    present = np.flatnonzero(np.bincount(codes)) if few else np.unique(codes)
    return tuple(int(code) for code in present if code > 0) or (1,)


def _entry(checked: Checked, start: ArrayLike | None, time: Floats) -> Floats | None:
    if start is None:
        return None
    before = len(checked.problems)
    values = column_of(checked, "start", numbers_of(start))
    if len(checked.problems) == before and (bad := values >= time).any():
        checked.fault("entry-after-exit", "start", "not before the row's time", bad)
    return values

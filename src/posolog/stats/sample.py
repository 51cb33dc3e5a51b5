"""What an analysis is given, checked once: times, event codes, groups, strata. Bad input is a value, no exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing is computed. `rows` are the first rows concerned, counted from 0; `count` is how many there are."""

    code: str
    argument: str
    message: str
    rows: tuple[int, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """n checked rows. Every array has shape (n,); where there are `problems`, n is 0 and every estimate of it is NaN.

    `time`: follow-up from the origin, >= 0, in the caller's unit. `event`: 0 censored, else one of `causes`.
    `start`: delayed entry, the row is at risk in (start, time]; None where all are at risk from the origin.
    `group`, `stratum`: numbers of the names in `groups`, `strata`. `whole`: all times are whole numbers.
    """

    time: Floats
    event: Ints
    group: Ints
    stratum: Ints
    groups: tuple[str, ...] = ("all",)
    strata: tuple[str, ...] = ("all",)
    causes: tuple[int, ...] = (1,)
    start: Floats | None = None
    whole: bool = False
    problems: tuple[Problem, ...] = ()
    event_rule: str = ""

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self.time.size)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why every estimate of this sample is NaN; empty where it can be analysed."""
        return tuple(problem.message for problem in self.problems)

    def take(self, rows: Ints | Bools) -> Sample:
        """The sample of some rows; names of groups and strata stay, also those that have no row left."""
        start = None if self.start is None else self.start[rows]
        return Sample(
            self.time[rows], self.event[rows], self.group[rows], self.stratum[rows], self.groups, self.strata,
            self.causes, start, self.whole, self.problems, self.event_rule,
        )  # fmt: skip

    def of_cause(self, cause: int | None) -> Sample:
        """Events of one cause as code 1, all others as censorings; None: events of any cause as code 1."""
        if cause is None:
            if self.causes == (1,):
                return self
            rule = f"an event is any of the codes {', '.join(map(str, self.causes))}"
            return self._recoded((self.event > 0).astype(np.intp), rule)
        rule = f"an event is code {cause}" + ("; other codes count as censorings" if self.causes != (cause,) else "")
        return self._recoded((self.event == cause).astype(np.intp), rule)

    def _recoded(self, event: Ints, rule: str) -> Sample:
        return Sample(
            self.time, event, self.group, self.stratum, self.groups, self.strata, (1,),
            self.start, self.whole, self.problems, rule,
        )  # fmt: skip

    def by_group(self) -> tuple[Sample, ...]:
        """One sample for each group, in the order of `groups`; each knows only its own group."""
        rows = self._rows(self.group, len(self.groups))
        return tuple(self._part(those, groups=(self.groups[k],)) for k, those in rows)

    def by_stratum(self) -> tuple[Sample, ...]:
        """One sample for each stratum, in the order of `strata`, with all groups."""
        if len(self.strata) == 1:
            return (self,)
        rows = self._rows(self.stratum, len(self.strata))
        return tuple(self._part(those, strata=(self.strata[k],)) for k, those in rows)

    def _rows(self, codes: Ints, count: int) -> list[tuple[int, Ints]]:
        if count == 1:
            return [(0, np.arange(self.n))]
        order = np.argsort(codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=count))[:-1]
        return list(enumerate(np.split(order, ends)))

    def _part(self, rows: Ints, *, groups: tuple[str, ...] = (), strata: tuple[str, ...] = ()) -> Sample:
        part = self.take(rows)
        group = np.zeros(part.n, dtype=np.intp) if groups else part.group
        stratum = np.zeros(part.n, dtype=np.intp) if strata else part.stratum
        return Sample(
            part.time, part.event, group, stratum, groups or self.groups, strata or self.strata,
            self.causes, part.start, self.whole, self.problems, self.event_rule,
        )  # fmt: skip


@dataclass(slots=True)
class _Checked:
    """Arguments as they pass, and what is wrong with them."""

    n: int
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, argument: str, message: str, bad: Bools | None = None) -> None:
        rows = np.flatnonzero(bad) if bad is not None else np.array([], dtype=np.intp)
        shown = tuple(int(row) for row in rows[:ROWS_SHOWN])
        count = f" ({rows.size} of {self.n} rows)" if rows.size else ""
        self.problems.append(Problem(code, argument, f"{argument}: {message}{count}", shown, int(rows.size)))


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
    times = _numbers(time)
    checked = _Checked(times.size if times is not None else 0)
    if weights is not None:
        checked.fault("weights", "weights", "case weights are not supported")
    taken = _column(checked, "time", times)
    if checked.n == 0:
        if not checked.problems:
            checked.fault("no-rows", "time", "there are no rows")
        return _refused(tuple(checked.problems), (), (), causes or (1,))
    codes = _codes(checked, event, causes)
    entry = _entry(checked, start, taken)
    group_code, group_names = _labels(checked, "group", group, groups)
    stratum_code, stratum_names = _labels(checked, "strata", strata, None)
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


def _numbers(given: ArrayLike) -> Floats | None:
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


def _column(checked: _Checked, name: str, values: Floats | None) -> Floats:
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


def _codes(checked: _Checked, event: ArrayLike, causes: tuple[int, ...] | None) -> Ints:
    """Whole codes, 0 or a cause."""
    raw = np.asarray(event)
    if causes is None and raw.dtype.kind in "bi" and raw.shape == (checked.n,) and raw.min() >= 0:
        return raw.astype(np.intp, copy=False)
    values = _column(checked, "event", _numbers(event))
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


def _entry(checked: _Checked, start: ArrayLike | None, time: Floats) -> Floats | None:
    if start is None:
        return None
    before = len(checked.problems)
    values = _column(checked, "start", _numbers(start))
    if len(checked.problems) == before and (bad := values >= time).any():
        checked.fault("entry-after-exit", "start", "not before the row's time", bad)
    return values


def _labels(
    checked: _Checked, name: str, given: ArrayLike | None, order: tuple[Any, ...] | None
) -> tuple[Ints, tuple[str, ...]]:
    """Numbers from 0 and their names; whole numbers without a loop, other labels through a dictionary."""
    if given is None:
        return np.zeros(checked.n, dtype=np.intp), ("all",)
    raw = np.asarray(given)
    if raw.ndim != 1 or raw.size != checked.n:
        checked.fault("length", name, f"{raw.size} values for {checked.n} rows")
        return np.zeros(checked.n, dtype=np.intp), ()
    missing = _missing(raw)
    if missing.any():
        checked.fault("missing", name, "missing", missing)
        return np.zeros(checked.n, dtype=np.intp), ()
    levels, codes = _levels(raw)
    if order is None:
        return codes, tuple(map(_name, levels))
    if unknown := sorted({_name(level) for level in levels} - {_name(level) for level in order}):
        bad = np.isin(codes, [k for k, level in enumerate(levels) if _name(level) in unknown])
        checked.fault("unknown-group", name, f"{', '.join(unknown)} is not one of the groups named", bad)
        return np.zeros(checked.n, dtype=np.intp), ()
    names = tuple(map(_name, order))
    return np.array([names.index(_name(level)) for level in levels], dtype=np.intp)[codes], names


def _levels(raw: NDArray[Any]) -> tuple[list[Any], Ints]:
    """The sorted levels of a column and each row's number among them."""
    if raw.dtype.kind in "biu" and raw.size and int(raw.min()) >= 0 and int(raw.max()) <= 10 * raw.size + 1000:
        counts = np.bincount(raw)
        present = np.flatnonzero(counts)
        number = np.zeros(counts.size, dtype=np.intp)
        number[present] = np.arange(present.size)
        return present.tolist(), number[raw.astype(np.intp, copy=False)]
    if raw.dtype.kind == "O":
        named = np.array([_name(value) for value in raw], dtype=str)
        levels, codes = np.unique(named, return_inverse=True)
    else:
        levels, codes = np.unique(raw, return_inverse=True)
    return levels.tolist(), codes.astype(np.intp, copy=False)


def _missing(raw: NDArray[Any]) -> Bools:
    """None, NaN and empty words."""
    if raw.dtype.kind in "biu":
        return np.zeros(raw.size, dtype=np.bool_)
    if raw.dtype.kind == "f":
        return np.asarray(np.isnan(raw), dtype=np.bool_)
    blank = [value is None or value != value or str(value).strip() == "" for value in raw.tolist()]
    return np.array(blank, dtype=np.bool_)


def _name(level: Any) -> str:
    """3 for 3.0, the words as they stand."""
    if isinstance(level, bool | np.bool_):
        return str(int(level))
    if isinstance(level, float) and level.is_integer():
        return str(int(level))
    return str(level)

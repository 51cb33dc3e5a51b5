"""Groups and strata as numbers and names."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posolog.stats.sample.checked import Checked
from posolog.stats.sample.model import Bools, Ints


def labels_of(
    checked: Checked, name: str, given: ArrayLike | None, order: tuple[Any, ...] | None
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

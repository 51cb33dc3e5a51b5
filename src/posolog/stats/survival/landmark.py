"""Exposure that begins after the origin: the landmark analysis, and rows split at the exposure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample import Bools, Floats, Ints, Problem, Sample


@dataclass(frozen=True, slots=True, eq=False)
class Landmark:
    """Those still followed at the landmark: `sample` on the old clock, `rows` (n',) the caller's row numbers.

    `left_out` rows ended before. `exposed` (n', q): the exposure was known strictly before the landmark.
    """

    sample: Sample
    rows: Ints
    exposed: Bools
    left_out: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Rows (start, time] that change where an exposure begins.

    `sample` has `start`; `exposed` (n', q) is 1.0 where the row lies after the exposure; `rows` (n',) is the caller's
    row, which serves as cluster.
    """

    sample: Sample
    rows: Ints
    exposed: Floats
    reasons: tuple[str, ...] = ()


def landmark(given: Sample, at: float, exposed_at: ArrayLike | None = None) -> Landmark:
    """Keep the rows with time >= `at`, and count an exposure only if it began before `at`.

    `exposed_at` (n,) or (n, q): time of exposure in the unit of time, NaN for never. A row that ends on the landmark
    day is still at risk on it and stays. A row that enters later (`start` >= at) is left out: it was not seen then.

    *Source:* Anderson, Cain and Gelber 1983.
    """
    if not at >= 0:
        raise ValueError(f"the landmark {at} is below 0")
    times, fault = _exposures(given, exposed_at)
    kept = given.time >= at
    if given.start is not None:
        kept &= given.start < at
    rows = np.flatnonzero(kept)
    reasons = given.reasons + fault
    if given.n and not rows.size:
        reasons += (f"nobody is followed to the landmark {at:g}",)
    exposed = times[rows] < at if not fault else np.zeros((rows.size, times.shape[1]), dtype=np.bool_)
    return Landmark(_kept(given, rows, reasons), rows, np.asarray(exposed), given.n - rows.size, reasons)


def _kept(given: Sample, rows: Ints, reasons: tuple[str, ...]) -> Sample:
    part = given.take(rows)
    if not reasons or part.problems:
        return part
    problems = tuple(Problem("landmark", "landmark", words) for words in reasons)
    empty = given.take(np.zeros(0, dtype=np.intp))
    return Sample(
        empty.time, empty.event, empty.group, empty.stratum, empty.groups, empty.strata, empty.causes,
        empty.start, empty.whole, problems, empty.event_rule,
    )  # fmt: skip


def split_at_exposure(given: Sample, exposed_at: ArrayLike) -> Split:
    """Split each row at the exposures that begin within it: (start, exposure], (exposure, time].

    `exposed_at` (n,) or (n, q): NaN for never. Exposure counts only after its own time: where it falls on the day
    of the event, or later, the row stays unexposed. The event stays with the last piece.

    *Source:* Andersen and Gill 1982 (counting process form); Therneau and Grambsch 2000, section 3.7.

    >>> from posolog.stats import observed
    >>> made = split_at_exposure(observed([10, 4], [1, 1]), [3, 4])
    >>> made.sample.start.tolist(), made.sample.time.tolist(), made.exposed[:, 0].tolist()
    ([0.0, 3.0, 0.0], [3.0, 10.0, 4.0], [0.0, 1.0, 0.0])
    """
    times, fault = _exposures(given, exposed_at)
    if fault:
        empty = np.zeros(0, dtype=np.intp)
        return Split(_kept(given, empty, fault), empty, np.zeros((0, times.shape[1])), given.reasons + fault)
    start = np.zeros(given.n) if given.start is None else given.start
    within = (times > start[:, None]) & (times < given.time[:, None])
    cuts = np.sort(np.where(within, times, np.inf), axis=1)
    begins = np.concatenate((start[:, None], cuts), axis=1)
    ends = np.concatenate((cuts, np.full((given.n, 1), np.inf)), axis=1)
    ends = np.minimum(ends, given.time[:, None])
    rows, piece = np.nonzero(begins < ends)
    first, last = begins[rows, piece], ends[rows, piece]
    event = np.where(last == given.time[rows], given.event[rows], 0)
    instant = given.time == start
    split = Sample(
        last, event, given.group[rows], given.stratum[rows], given.groups, given.strata, given.causes,
        first, given.whole and bool((last == np.floor(last)).all()), given.problems, given.event_rule,
    )  # fmt: skip
    note = (f"{int(instant.sum())} rows of no length (time 0) are left out",) if instant.any() else ()
    return Split(split, rows, (times[rows] <= first[:, None]).astype(np.float64), given.reasons + note)


def _exposures(given: Sample, exposed_at: ArrayLike | None) -> tuple[Floats, tuple[str, ...]]:
    """Times of exposure (n, q), infinity for never."""
    if exposed_at is None:
        return np.zeros((given.n, 0)), ()
    try:
        times = np.asarray(exposed_at, dtype=np.float64)
    except (TypeError, ValueError):
        return np.full((given.n, 1), np.inf), ("exposed_at: not numbers (leave never empty, as NaN)",)
    times = times[:, None] if times.ndim == 1 else times
    if times.ndim != 2 or times.shape[0] != given.n:
        words = () if given.problems else (f"exposed_at: shape {times.shape} does not fit {given.n} rows",)
        return np.full((given.n, 1), np.inf), words
    return np.where(np.isnan(times), np.inf, times), ()

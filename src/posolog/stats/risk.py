"""Who is at risk and what happens at each distinct time: sorted once, ties grouped once, used by every estimator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from posolog.stats.sample import Floats, Ints, Sample


@dataclass(frozen=True, slots=True, eq=False)
class RiskTable:
    """m distinct times, K groups, C causes (in the order of `causes`).

    `time` (m,) ascending; `at_risk` (m, K): rows with start < t <= time; `events` (m, K, C); `censored` (m, K).
    Events precede censorings: a row censored at t is still at risk at t.
    """

    time: Floats
    at_risk: Ints
    events: Ints
    censored: Ints
    groups: tuple[str, ...]
    causes: tuple[int, ...]

    def totals(self) -> tuple[Ints, Ints, Ints]:
        """At risk, events of any cause, and censored, over all groups: (m,) each."""
        if self.events.shape[1:] == (1, 1):
            return self.at_risk[:, 0], self.events[:, 0, 0], self.censored[:, 0]
        return self.at_risk.sum(axis=1), self.events.sum(axis=(1, 2)), self.censored.sum(axis=1)


def risk_table(given: Sample, *, times: Literal["all", "events"] = "all") -> RiskTable:
    """Counts at every distinct time (`all`), or only where an event of some cause happens (`events`).

    O(n log n); O(n) where times are whole numbers of a common range (days), which are counted and not sorted.
    An empty sample gives a table of no times.
    """
    if times == "all" and (plain := _without_ties(given)):
        return plain
    time, counts, happened = _counted(given)
    leaving = counts.sum(axis=1)
    at_risk = leaving[:, ::-1].cumsum(axis=1)[:, ::-1]
    if given.start is not None:
        at_risk = at_risk - _not_yet_in(given, time)
    if times == "events" or not happened:
        happens = np.flatnonzero(counts[:, 1:].sum(axis=(0, 1)) if times == "events" else leaving.sum(axis=0))
        time, counts, at_risk = time[happens], counts.take(happens, axis=2), at_risk.take(happens, axis=1)
    events, censored = counts[:, 1:].transpose(2, 0, 1), counts[:, 0].T
    return RiskTable(time, at_risk.T, events, censored, given.groups, given.causes)


def _without_ties(given: Sample) -> RiskTable | None:
    """The table of one group and one cause in which no two times are alike: nothing has to be counted."""
    if len(given.groups) > 1 or len(given.causes) > 1 or given.start is not None or given.whole:
        return None
    time, events = _ordered(given.time, _kinds(given), 2)
    if (time[1:] == time[:-1]).any():
        return None
    at_risk = np.arange(time.size, 0, -1)
    return RiskTable(
        time, at_risk[:, None], events[:, None, None], (1 - events)[:, None], given.groups, given.causes
    )  # fmt: skip


def _counted(given: Sample) -> tuple[Floats, Ints, bool]:
    """Distinct times (m,), or every whole number up to the last; and the rows of each kind that end there (K, C+1, m).

    The kinds of a group are censored, then the causes. Sums over time run through memory in order. Last, whether
    something happens at every one of the times.
    """
    shape = (len(given.groups), len(given.causes) + 1)
    kinds, width = _kinds(given), shape[0] * shape[1]
    last = float(given.time.max()) if given.n else 0.0
    days = given.whole and last * width <= 64 * given.n + 100_000
    if days:
        time, position = np.arange(int(last) + 1, dtype=np.float64), given.time.astype(np.intp)
    else:
        ordered, kinds = _ordered(given.time, kinds, width)
        time, position = _numbered(ordered)
    position += kinds * time.size
    return time, np.bincount(position, minlength=time.size * width).reshape(*shape, time.size), not days


def _ordered(time: Floats, kinds: Ints, width: int) -> tuple[Floats, Ints]:
    """Times in order, and the kind of each.

    The bits of positive floats order as the floats do. Where the times span few enough powers of two, time and kind
    fit together into 64 bits, and sorting these is three times as fast as finding the order first.
    """
    low = float(time.min()) if time.size else 0.0
    if low > 0:
        base = int(np.float64(low).view(np.uint64))
        spread = int(time.max().view(np.uint64)) - base
        shift = (width - 1).bit_length()
        if spread.bit_length() + shift <= 64:
            packed = time.view(np.uint64) - np.uint64(base)
            packed <<= np.uint64(shift)
            packed |= kinds.view(np.uint64)
            packed.sort()
            ordered = packed >> np.uint64(shift)
            ordered += np.uint64(base)
            packed &= np.uint64((1 << shift) - 1)
            return ordered.view(np.float64), packed.view(np.intp)
    order = np.argsort(time)
    return time[order], kinds[order]


def _numbered(ordered: Floats) -> tuple[Floats, Ints]:
    """The distinct values (m,) of an ascending column, and each row's position among them."""
    new = np.empty(ordered.size, dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    if new.all():
        return ordered, np.arange(ordered.size)
    position: Ints = np.cumsum(new, dtype=np.intp)
    position -= 1
    return ordered[new], position


def tie_groups(time: Floats) -> tuple[Floats, Ints]:
    """The distinct times (m,), ascending, and for each row (n,) the position of its time among them."""
    order = np.argsort(time)
    distinct, numbered = _numbered(time[order])
    position = np.empty(time.size, dtype=np.intp)
    position[order] = numbered
    return distinct, position


def _kinds(given: Sample) -> Ints:
    """Group and cause in one number: group * (C + 1) + (0 censored, 1 the first cause, ...)."""
    cause = given.event
    if given.causes != tuple(range(1, len(given.causes) + 1)):
        cause = np.zeros(given.n, dtype=np.intp)
        for place, code in enumerate(given.causes, 1):
            cause[given.event == code] = place
    if len(given.groups) == 1:
        return cause
    return given.group * (len(given.causes) + 1) + cause


def _not_yet_in(given: Sample, time: Floats) -> Ints:
    """Rows of each group (K, m) that enter at t or later and so are not at risk at t."""
    assert given.start is not None
    waiting = np.zeros((len(given.groups), time.size), dtype=np.intp)
    for k in range(len(given.groups)):
        entry = np.sort(given.start[given.group == k])
        waiting[k] = entry.size - np.searchsorted(entry, time, side="left")
    return waiting

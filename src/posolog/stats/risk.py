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

    def totals(self) -> tuple[Ints, Ints]:
        """At risk (m,) and events of any cause (m,), over all groups."""
        return self.at_risk.sum(axis=1), self.events.sum(axis=(1, 2))


def risk_table(given: Sample, *, times: Literal["all", "events"] = "all") -> RiskTable:
    """Counts at every distinct time (`all`), or only where an event of some cause happens (`events`).

    O(n log n); O(n) where times are whole numbers of a common range (days), which are counted and not sorted.
    An empty sample gives a table of no times.
    """
    groups, causes = len(given.groups), len(given.causes)
    width = groups * (causes + 1)
    time, counts = _counted(given, width)
    counts = counts.reshape(time.size, groups, causes + 1)
    leaving = counts.sum(axis=2)
    at_risk = leaving[::-1].cumsum(axis=0)[::-1]
    if given.start is not None:
        at_risk = at_risk - _not_yet_in(given, time)
    happens = counts[:, :, 1:].sum(axis=(1, 2)) > 0 if times == "events" else leaving.sum(axis=1) > 0
    if not happens.all():
        time, counts, at_risk = time[happens], counts[happens], at_risk[happens]
    return RiskTable(time, at_risk, counts[:, :, 1:], counts[:, :, 0], given.groups, given.causes)


def _counted(given: Sample, width: int) -> tuple[Floats, Ints]:
    """Distinct times (or every whole number up to the last) and how often each kind ends there, flat."""
    kind = _kinds(given)
    last = float(given.time.max()) if given.n else 0.0
    if given.whole and last * width <= 64 * given.n + 100_000:
        position = given.time.astype(np.intp)
        time = np.arange(int(last) + 1, dtype=np.float64)
    else:
        order = np.argsort(given.time)
        time, position = _numbered(given.time[order])
        kind = kind[order]
    return time, np.bincount(position * width + kind, minlength=time.size * width)


def _numbered(ordered: Floats) -> tuple[Floats, Ints]:
    """The distinct values (m,) of an ascending column, and each row's position among them."""
    new = np.empty(ordered.size, dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new], np.cumsum(new) - 1


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
    """Rows of each group (m, K) that enter at t or later and so are not at risk at t."""
    assert given.start is not None
    waiting = np.zeros((time.size, len(given.groups)), dtype=np.intp)
    for k in range(len(given.groups)):
        entry = np.sort(given.start[given.group == k])
        waiting[:, k] = entry.size - np.searchsorted(entry, time, side="left")
    return waiting

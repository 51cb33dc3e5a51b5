"""A checked sample: follow-up, event codes, groups and strata, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


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

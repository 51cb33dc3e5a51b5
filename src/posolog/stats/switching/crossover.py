"""Trials in which patients leave their arm's treatment: the input of all crossover methods, checked once, and the
counterfactual times of the rank-preserving model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.sample import Bools, Floats, Ints, Problem, Sample, observed

Recensoring = Literal["auto", "both", "none"]
RECENSORING_WORDS = {
    "auto": "recensored at min(C, C exp(psi)) in each arm in which somebody switched",
    "both": "both arms recensored at min(C, C exp(psi))",
    "none": "not recensored: censoring may then tell of the outcome",
}


@dataclass(frozen=True, slots=True, eq=False)
class Crossover:
    """n rows. `sample`: time, event (1), group 0 control and 1 experimental, strata. `share` (n,): fraction of the time
    spent on the experimental drug. `follow_up` (n,): the administrative end of observation, known for all."""

    sample: Sample
    share: Floats
    follow_up: Floats

    @property
    def arm(self) -> Ints:
        """0 control, 1 experimental: (n,)."""
        return self.sample.group

    @property
    def switched(self) -> Bools:
        """Who did not stay on the arm's treatment throughout: (n,)."""
        return np.where(self.arm == 1, self.share < 1, self.share > 0)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why every estimate is NaN; empty where the trial can be analysed."""
        return self.sample.reasons


def crossover(
    time: ArrayLike, event: ArrayLike, arm: ArrayLike, share: ArrayLike, follow_up: ArrayLike, *,
    strata: ArrayLike | None = None,
) -> Crossover:  # fmt: skip
    """Check a two-arm trial; all arguments (n,). `arm`: 0 control, 1 experimental. `share`: 0 to 1, the fraction of
    `time` on the experimental drug (a control patient who switches at s: 1 - s/time). `follow_up` >= time.

    Never raises for bad data: see `reasons`.

    >>> crossover([5, 8], [1, 0], [0, 1], [0.4, 1], [9, 8]).switched.tolist()
    [True, False]
    """
    given = observed(time, event, group=arm, strata=strata, causes=(1,), groups=(0, 1))
    problems, columns = list(given.problems), []
    rows = np.asarray(time).size
    for name, raw in (("share", share), ("follow_up", follow_up)):
        values, words = _column(raw, rows)
        columns.append(values)
        if words:
            problems.append(Problem("crossover", name, f"{name}: {words}"))
    if not problems:
        shares, ends = columns
        for name, words, bad in (
            ("share", "not between 0 and 1", (shares < 0) | (shares > 1)),
            ("follow_up", "ends before the row's time", ends < given.time),
        ):
            if bad.any():
                found = tuple(np.flatnonzero(bad)[:20].tolist())
                count = int(bad.sum())
                problems.append(
                    Problem("crossover", name, f"{name}: {words} ({count} of {rows} rows)", found, count)
                )  # fmt: skip
    if problems:
        none = given.take(np.zeros(0, dtype=np.intp))
        bad_sample = Sample(
            none.time, none.event, none.group, none.stratum, ("0", "1"), none.strata, problems=tuple(problems)
        )
        return Crossover(bad_sample, np.zeros(0), np.zeros(0))
    return Crossover(given, columns[0], columns[1])


def _column(raw: ArrayLike, rows: int) -> tuple[Floats, str]:
    try:
        values = np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError):
        return np.zeros(0), "not numbers"
    if values.shape != (rows,):
        return values, f"{values.size} values for {rows} rows"
    return values, "" if np.isfinite(values).all() else "missing or infinite"


def counterfactual(given: Crossover, psi: float, *, recensor: Recensoring = "auto") -> tuple[Floats, Bools]:
    """Times without the experimental drug, U = T ((1 - share) + share exp(psi)), and whether the event is kept: (n,).

    Where an arm is recensored, its times end at min(C, C exp(psi)), the earliest counterfactual end of follow-up.

    *Source:* Robins and Tsiatis 1991; White, Babiker, Walker and Darbyshire 1999.
    """
    if recensor not in get_args(Recensoring):
        raise ValueError(f"recensor {recensor!r} is not one of {', '.join(get_args(Recensoring))}")
    factor = float(np.exp(psi))
    return _recensored(
        given.sample.time * ((1.0 - given.share) + given.share * factor),
        given.sample.event == 1,
        given.follow_up * min(1.0, factor),
        recensored_rows(given, recensor),
    )


def recensored_rows(given: Crossover, recensor: Recensoring) -> Bools:
    """Which rows the rule recensors: (n,)."""
    if recensor != "auto":
        return np.full(given.arm.size, recensor == "both")
    arms = [bool(given.switched[given.arm == arm].any()) for arm in (0, 1)]
    return np.asarray(np.array(arms)[given.arm])


def _recensored(time: Floats, event: Bools, limit: Floats, which: Bools) -> tuple[Floats, Bools]:
    late = which & (time > limit)
    return np.where(late, limit, time), event & ~late


def as_randomised(given: Crossover, psi: float, *, recensor: Recensoring = "auto") -> Sample:
    """Both arms as if nobody had switched: the control arm's times without the drug, the experimental arm's with it.

    An arm in which nobody switched keeps its observed times. The experimental arm's times, if some left the drug, are
    T ((1 - share) exp(-psi) + share), recensored at min(C, C exp(-psi)).
    """
    time, event = given.sample.time.copy(), given.sample.event == 1
    for arm, sign in ((0, 1.0), (1, -1.0)):
        rows = given.arm == arm
        if not given.switched[rows].any():
            continue
        factor = float(np.exp(sign * psi))
        away = given.share[rows] if arm == 0 else 1.0 - given.share[rows]
        limit = given.follow_up[rows] * min(1.0, factor)
        which = np.full(limit.size, recensor != "none")
        time[rows], event[rows] = _recensored(time[rows] * ((1.0 - away) + away * factor), event[rows], limit, which)
    kept = given.sample
    return Sample(
        time, event.astype(np.intp), kept.group, kept.stratum, kept.groups, kept.strata, problems=kept.problems
    )

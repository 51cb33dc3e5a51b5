"""The shapes that results share: what was done by which rule, and why a number is not there."""

from __future__ import annotations

from dataclasses import dataclass

from posolog.stats.sample import Floats, Sample

EXACT_TIMES = "compared exactly; near-equal times are not merged"
EVENTS_FIRST = "events precede censorings at the same time"


@dataclass(frozen=True, slots=True)
class Conventions:
    """The choices behind a number, each in words; empty where a choice does not arise.

    Programs differ in them, so that an estimate without them is ambiguous. `last_step` is the largest change of a
    coefficient in the last iteration.
    """

    estimator: str
    events: str = ""
    ties: str = ""
    variance: str = ""
    times: str = EXACT_TIMES
    interval: str = ""
    iterations: int | None = None
    last_step: float | None = None
    converged: bool | None = None
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[tuple[str, str], ...]:
        """(label, words) of every convention that is set, in a fixed order, for a report."""
        names = ("estimator", "events", "ties", "variance", "times", "interval")
        said = [(name, words) for name in names if (words := getattr(self, name))]
        if self.iterations is not None and self.last_step is not None:
            how = "converged" if self.converged else "NOT converged"
            said.append(("convergence", f"{how}: {self.iterations} iterations, last step {self.last_step:.1e}"))
        return (*said, *(("note", note) for note in self.notes))


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with standard error and interval; NaN where `reasons` says why."""

    value: float
    se: float
    lower: float
    upper: float
    conventions: Conventions
    reasons: tuple[str, ...] = ()
    p: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A test between groups: chi-squared `statistic` with `df`, and what it was made of.

    `observed`, `expected`, `score` have shape (K,), `variance` (K, K): the score's covariance; all in the order of
    `groups`. `z` is the signed root where there is one degree of freedom: positive when the second group has more
    events than expected.
    """

    statistic: float
    df: int
    p: float
    groups: tuple[str, ...]
    observed: Floats
    expected: Floats
    score: Floats
    variance: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()
    z: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Coefficients of a proportional hazards model (log hazard ratios), shape (p,) in the order of `names`.

    `se`, `z`, `p`, `lower`, `upper` belong to the variance named in `conventions`; `lower` and `upper` are bounds of
    the ratio exp(coef). `covariance` (p, p). `naive_se` comes from the inverse information. Where `converged` of
    the conventions is False, or a coefficient is infinite or not estimable, it is NaN and `reasons` says so.
    """

    names: tuple[str, ...]
    coef: Floats
    se: Floats
    ratio: Floats
    lower: Floats
    upper: Floats
    z: Floats
    p: Floats
    covariance: Floats
    naive_se: Floats
    loglik_null: float
    loglik: float
    n: int
    events: int
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def events_words(given: Sample) -> str:
    """How ties of events and censorings are taken, and what counts as an event."""
    return f"{EVENTS_FIRST}; {given.event_rule}" if given.event_rule else EVENTS_FIRST

"""One analysis of a sample: curves by group, tests between groups, regression, and competing causes where there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from posolog.stats.competing.gray import gray_test
from posolog.stats.competing.incidence import Incidence, ProbabilityAt, cumulative_incidence, incidence_at
from posolog.stats.cox import Cox, cox
from posolog.stats.cox.baseline import Proportionality, Transform, proportionality
from posolog.stats.cox.likelihood import Ties
from posolog.stats.numbers import Interval
from posolog.stats.results import Comparison, Estimate
from posolog.stats.sample import Floats, Ints, Sample
from posolog.stats.survival.kaplan_meier import (
    Survival,
    SurvivalAt,
    kaplan_meier,
    number_at_risk,
    quantile,
    survival_at,
)
from posolog.stats.survival.log_rank import log_rank
from posolog.stats.survival.rmst import rmst, rmst_difference, rmst_ratio


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What is asked for, and by which conventions. Curves are read at the times `at` (T,), means end at `tau`."""

    at: tuple[float, ...]
    tau: float | None = None
    cause: int | None = None
    interval: Interval = "log-log"
    level: float = 0.95
    ties: Ties = "efron"
    rho: float = 0.0
    transform: Transform = "km"
    robust: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Regressors:
    """What a regression is given: its rows, the covariates (n', p) with their names, clusters (n',) or None.

    The rows are those of the sample, or rows (start, time] split where an exposure begins.
    """

    sample: Sample
    matrix: Floats
    names: tuple[str, ...]
    cluster: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One group: its curve (an event of any code ends it), read at `at`, median, restricted mean, numbers at risk.

    `follow_up` is the median follow-up by the reverse Kaplan-Meier method. `incidence` and `incidence_at` (one for
    each cause) are there when the sample has more than one cause.
    """

    name: str
    curve: Survival
    at: SurvivalAt
    median: Estimate
    follow_up: Estimate
    at_risk: Ints
    mean: Estimate | None = None
    incidence: Incidence | None = None
    incidence_at: tuple[ProbabilityAt, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """A group against the first: difference and ratio of restricted means."""

    group: str
    against: str
    difference: Estimate
    ratio: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Results. `test` and `gray` (one for each cause) where there are groups, `model` where there are covariates."""

    sample: Sample
    choices: Choices
    groups: tuple[Group, ...]
    test: Comparison | None = None
    gray: tuple[Comparison, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    model: Cox | None = None
    proportional: Proportionality | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why numbers are missing in the test or the regression."""
        parts = [self.test.reasons if self.test else (), *(test.reasons for test in self.gray)]
        parts += [self.model.fit.reasons if self.model else (), self.proportional.reasons if self.proportional else ()]
        return tuple(dict.fromkeys(words for part in parts for words in part))


def analyse(given: Sample, choices: Choices, *, regressors: Regressors | None = None) -> Analysis:
    """All that `choices` asks for.

    With several causes the curve is of survival without any of them, and each cause has its cumulative incidence;
    log-rank test and regression are of `choices.cause`, the other causes counted as censorings.
    """
    groups = tuple(_group(part, choices) for part in given.by_group())
    several = len(given.groups) > 1
    test = log_rank(given, rho=choices.rho, cause=choices.cause) if several else None
    gray = tuple(gray_test(given, cause=code) for code in given.causes) if several and len(given.causes) > 1 else ()
    model = _model(regressors, choices) if regressors else None
    shown = proportionality(model, transform=choices.transform) if model and model.rows is not None else None
    return Analysis(given, choices, groups, test, gray, _contrasts(groups, choices), model, shown)


def _model(regressors: Regressors, choices: Choices) -> Cox:
    return cox(
        regressors.sample, regressors.matrix, names=regressors.names, ties=choices.ties, robust=choices.robust,
        cluster=regressors.cluster, cause=choices.cause, level=choices.level,
    )  # fmt: skip


def _group(part: Sample, choices: Choices) -> Group:
    curve = kaplan_meier(part, interval=choices.interval, level=choices.level)
    reverse = replace(part, event=(part.event == 0).astype(np.intp), causes=(1,))
    mean = rmst(curve, choices.tau, level=choices.level) if choices.tau else None
    incidence: Incidence | None = None
    read: tuple[ProbabilityAt, ...] = ()
    if len(part.causes) > 1:
        incidence = cumulative_incidence(part)
        read = tuple(
            incidence_at(incidence, choices.at, cause=code, interval=choices.interval, level=choices.level)
            for code in part.causes
        )
    return Group(
        part.groups[0], curve, survival_at(curve, choices.at), quantile(curve),
        quantile(kaplan_meier(reverse, interval=choices.interval, level=choices.level)),
        number_at_risk(part, choices.at)[0], mean, incidence, read,
    )  # fmt: skip


def replace_event(part: Sample, event: Ints) -> Sample:
    """The same rows with other events, of code 1."""
    return replace(part, event=event, causes=(1,))


def _contrasts(groups: tuple[Group, ...], choices: Choices) -> tuple[Contrast, ...]:
    """Each group against the first."""
    made = []
    for group in groups[1:]:
        if group.mean is not None and groups[0].mean is not None:
            difference = rmst_difference(group.mean, groups[0].mean, level=choices.level)
            ratio = rmst_ratio(group.mean, groups[0].mean, level=choices.level)
            made.append(Contrast(group.name, groups[0].name, difference, ratio))
    return tuple(made)

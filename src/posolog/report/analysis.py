"""A survival analysis as sections of tables and as figures: one form for the terminal, the page and the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posolog.report.curves import Curve, StepFigure, nice_ticks
from posolog.report.numbers import chi_squared, estimate, number, p_value, percent, range_of
from posolog.stats.analysis import Analysis, Group
from posolog.stats.results import Conventions
from posolog.stats.survival.kaplan_meier import number_at_risk


@dataclass(frozen=True, slots=True)
class Subject:
    """What was analysed: file and its hash, the columns, the unit of time, rows left out, choices in words."""

    file: str
    sha256: str
    time: str
    event: str
    unit: str = ""
    group: str = ""
    left_out: int = 0
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def time_words(self) -> str:
        """Label of the time axis."""
        return f"{self.time} ({self.unit})" if self.unit not in ("", self.time) else self.time

    def group_words(self, name: str) -> str:
        """arm A, where the column is arm and the group A."""
        return f"{self.group} {name}" if self.group else name


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a title; `notes` stand below it. Every row is as long as `header`."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def sections(found: Analysis, subject: Subject) -> tuple[Section, ...]:
    """Every table of the analysis, in the order in which a reader asks."""
    made = [_overview(found, subject), _survival(found, subject)]
    made += [_means(found, subject)] if found.choices.tau else []
    made += [_incidence(found, subject, k) for k in range(len(found.sample.causes))] if _competing(found) else []
    made += [_tests(found)] if found.test else []
    made += [_regression(found)] if found.model else []
    made += [_missing(found, subject)] if _not_known(found, subject) else []
    return (*made, _conventions(found))


def _competing(found: Analysis) -> bool:
    return len(found.sample.causes) > 1


def _overview(found: Analysis, subject: Subject) -> Section:
    rows = []
    for group in found.groups:
        curve = group.curve
        counts = [str(int(np.sum(part))) for part in _events(found, group)]
        rows.append((
            subject.group_words(group.name), str(curve.n), *counts, str(curve.n - curve.total_events),
            range_of(group.median), range_of(group.follow_up),
        ))  # fmt: skip
    codes = [f"events (code {code})" for code in found.sample.causes] if _competing(found) else ["events"]
    level = percent(found.choices.level)
    header = ("group", "n", *codes, "censored", f"median ({level} CI)", "follow-up, reverse KM median")
    free = "An event of any code ends the curve. " if _competing(found) else ""
    note = f"{free}Medians in {subject.unit or 'the unit of the column ' + subject.time}."
    return Section("Patients", header, tuple(rows), (note,))


def _events(found: Analysis, group: Group) -> list[np.ndarray]:
    rows = found.sample.group == found.sample.groups.index(group.name)
    return [found.sample.event[rows] == code for code in found.sample.causes]


def _survival(found: Analysis, subject: Subject) -> Section:
    rows = []
    for group in found.groups:
        at = group.at
        for k, time in enumerate(at.time):
            value = estimate(at.survival[k], at.lower[k], at.upper[k])
            se = number(at.se[k], 4)
            rows.append((subject.group_words(group.name), f"{time:g}", str(int(group.at_risk[k])), value, se))
    title = "Survival without an event of any code" if _competing(found) else "Survival"
    header = ("group", subject.time_words, "at risk", f"survival ({percent(found.choices.level)} CI)", "SE")
    return Section(title, header, tuple(rows), ("At risk: just before that time.",))


def _means(found: Analysis, subject: Subject) -> Section:
    rows = [
        (subject.group_words(group.name), estimate(m.value, m.lower, m.upper, digits=2), number(m.se, 4), "")
        for group in found.groups
        if (m := group.mean)
    ]
    for contrast in found.contrasts:
        words = f"{contrast.group} against {contrast.against}"
        for kind, e in (("difference", contrast.difference), ("ratio", contrast.ratio)):
            size = estimate(e.value, e.lower, e.upper, digits=2 if kind == "difference" else 3)
            rows.append((f"{kind}, {words}", size, number(e.se, 4), p_value(e.p)))
    header = ("group", f"mean ({percent(found.choices.level)} CI)", "SE", "p")
    note = ("The SE of a ratio is that of its logarithm.",) if found.contrasts else ()
    return Section(f"Restricted mean to {subject.time_words} {found.choices.tau:g}", header, tuple(rows), note)


def _incidence(found: Analysis, subject: Subject, row: int) -> Section:
    rows = []
    for group in found.groups:
        at = group.incidence_at[row]
        for k, time in enumerate(at.time):
            value = estimate(at.value[k], at.lower[k], at.upper[k])
            rows.append((subject.group_words(group.name), f"{time:g}", value, number(at.se[k], 4)))
    title = f"Cumulative incidence of code {found.sample.causes[row]}, the other codes competing"
    header = ("group", subject.time_words, f"probability ({percent(found.choices.level)} CI)", "SE")
    return Section(title, header, tuple(rows))


def _tests(found: Analysis) -> Section:
    assert found.test is not None
    rows = [(found.test.conventions.estimator, *chi_squared(found.test.statistic, found.test.df, found.test.p))]
    for code, test in zip(found.sample.causes, found.gray, strict=False):
        rows.append((f"Gray's test, code {code}", *chi_squared(test.statistic, test.df, test.p)))
    what = _of_cause(found)
    notes = (f"The log-rank test is of {what}.",) if what else ()
    return Section("Between groups", ("test", "chi-squared", "df", "p"), tuple(rows), notes)


def _of_cause(found: Analysis) -> str:
    if not _competing(found):
        return ""
    if found.choices.cause is None:
        return "events of any code"
    return f"code {found.choices.cause}, other codes counted as censorings (cause-specific hazard)"


def _regression(found: Analysis) -> Section:
    assert found.model is not None
    fit, shown = found.model.fit, found.proportional
    rows = []
    for j, name in enumerate(fit.names):
        ratio = estimate(fit.ratio[j], fit.lower[j], fit.upper[j])
        changing = p_value(shown.p[j]) if shown else ""
        rows.append((name, ratio, number(fit.coef[j], 5), number(fit.se[j], 4), p_value(fit.p[j]), changing))
    lr, df, p = found.model.lr
    tested = f"Likelihood ratio test: chi-squared {number(lr, 2)} on {df} df, p {p_value(p)}."
    notes = [f"{fit.n} rows, {fit.events} events. {tested}"]
    if shown:
        every, df, p = shown.overall
        notes.append(f"Proportional hazards, all together: chi-squared {number(every, 2)} on {df} df, p {p_value(p)}.")
    if what := _of_cause(found):
        notes.append(f"Hazard of {what}.")
    level = percent(found.choices.level)
    header = ("covariate", f"hazard ratio ({level} CI)", "coefficient", "SE", "p", "p of changing with time")
    return Section("Cox regression", header, tuple(rows), tuple(notes))


def _not_known(found: Analysis, subject: Subject) -> tuple[str, ...]:
    """Every reason why a number is not there, each once, with the group it concerns."""
    lines = []
    for group in found.groups:
        parts = [*group.at.reasons, *group.median.reasons, *(group.mean.reasons if group.mean else ())]
        name = f"{subject.group_words(group.name)}: " if len(found.groups) > 1 else ""
        lines += [name + words for words in dict.fromkeys(parts)]
    return tuple(dict.fromkeys((*lines, *found.reasons)))


def _missing(found: Analysis, subject: Subject) -> Section:
    return Section("Not known, and why", ("reason",), tuple((words,) for words in _not_known(found, subject)))


def _conventions(found: Analysis) -> Section:
    group = found.groups[0]
    used = [group.curve.conventions, group.median.conventions]
    used += [group.mean.conventions] if group.mean else []
    used += [at.conventions for at in group.incidence_at[:1]]
    used += [found.test.conventions] if found.test else []
    used += [test.conventions for test in found.gray[:1]]
    used += [found.model.fit.conventions] if found.model else []
    used += [found.proportional.conventions] if found.proportional else []
    rules = [row for one in used for row in _rules(one)]
    alike = {row[1:] for row in rules if row[1] == "times"}
    if len(alike) == 1:
        rules = [("every estimate", *alike.pop()), *(row for row in rules if row[1] != "times")]
    return Section("Conventions", ("of", "choice", "rule"), tuple(rules))


def _rules(one: Conventions) -> list[tuple[str, str, str]]:
    return [(one.estimator, label, words) for label, words in one.lines()[1:]]


def figures(found: Analysis, subject: Subject) -> tuple[StepFigure, ...]:
    """Survival with bands and numbers at risk; then one figure for each competing cause."""
    if found.sample.n == 0:
        return ()
    ticks = nice_ticks(float(found.sample.time.max()))
    counts = number_at_risk(found.sample, ticks)
    curves = []
    for k, group in enumerate(found.groups):
        c = group.curve
        low, high = c.bounds()
        curves.append(Curve(
            subject.group_words(group.name), _floats(c.time), _floats(c.survival), _floats(low), _floats(high),
            _floats(c.time[c.censored > 0]), tuple(int(count) for count in counts[k]), hue=k,
        ))  # fmt: skip
    title = "Survival without an event of any code" if _competing(found) else "Survival"
    note = f"Kaplan-Meier; band: {found.groups[0].curve.conventions.interval}, pointwise; ticks: censored"
    made = [StepFigure(title, subject.time_words, "probability", tuple(curves), ticks, note)]
    if _competing(found):
        made += [_incidence_figure(found, subject, row, ticks, counts) for row in range(len(found.sample.causes))]
    return tuple(made)


def _incidence_figure(
    found: Analysis, subject: Subject, row: int, ticks: tuple[float, ...], counts: np.ndarray
) -> StepFigure:
    curves = []
    for k, group in enumerate(found.groups):
        c = group.incidence
        if c is not None:
            curves.append(Curve(
                subject.group_words(group.name), _floats(c.time), _floats(c.estimate[row]),
                at_risk=tuple(int(count) for count in counts[k]), initial=0.0, end=c.last_time, hue=k,
            ))  # fmt: skip
    title = f"Cumulative incidence of code {found.sample.causes[row]}"
    note = "Aalen-Johansen, the other codes competing"
    return StepFigure(title, subject.time_words, "probability", tuple(curves), ticks, note)


def _floats(values: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    return tuple(float(value) for value in values)

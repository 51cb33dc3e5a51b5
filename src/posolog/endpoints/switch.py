"""The effect had nobody crossed over: RPSFT, IPCW and two-stage, from the crossover rule of the protocol itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from posolog.core.guard import Answer
from posolog.endpoints.derive import Derived
from posolog.endpoints.match import any_named, happened
from posolog.endpoints.people import date_after, seen
from posolog.endpoints.results import NAN, Number, Table
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.sample import columns
from posolog.endpoints.sentence import listed
from posolog.protocol.condition import All, Condition, Within
from posolog.protocol.definition import Length
from posolog.protocol.model import Endpoint, Protocol
from posolog.stats import Conventions, Estimate, crossover, ipcw, rpsftm, switch_rows, two_stage
from posolog.stats.sample import Floats, Ints
from posolog.stats.switching.crossover import Crossover, Recensoring

INTERVAL_DAYS = 7  # rows of the weights, after the event that permits the crossover


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may cross: patients of `arm`, by the event `by`, after one of `after` within a time; from the protocol."""

    arm: str
    by: str
    after: tuple[str, ...]
    within: Length | None


@dataclass(frozen=True, slots=True)
class Switched:
    """What the methods answer."""

    comparisons: tuple[Number, ...] = ()
    tables: tuple[Table, ...] = ()
    conventions: tuple[Conventions, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Times:
    """Days of each row: the event that permits the crossover, the crossover, both NaN for never; and the cut."""

    permitted: Floats
    crossed: Floats
    follow_up: Floats
    able: Floats


def rule_of(protocol: Protocol, by: str) -> Rule | None:
    """The crossover rule as the protocol's treatment says it; None where no part is anchored at that event."""
    anchors = {anchor.name for anchor in protocol.anchors if anchor.event.casefold() == by.casefold()}
    for part in protocol.parts:
        if part.anchor in anchors and part.arm:
            found = _within(part.condition)
            if found is None:
                return Rule(part.arm, by, (), None)
            return Rule(part.arm, by, found.events, Length(found.number, found.unit))
    return None


def _within(condition: Condition | None) -> Within | None:
    if isinstance(condition, All):
        return next((found for one in condition.of if (found := _within(one)) is not None), None)
    return condition if isinstance(condition, Within) else None


def switch(derived: Derived, endpoint: Endpoint, found: Rows) -> Switched:
    """The adjusted comparisons that the definition asks for; why not, where one cannot be made."""
    definition = endpoint.define
    assert definition is not None
    protocol, rows = derived.trial.protocol, found.known()
    rule = rule_of(protocol, definition.crossover)
    if rule is None or len(protocol.arms) != 2:
        return Switched(reasons=(f"no part of one of two arms is anchored at {definition.crossover}: no adjustment",))
    other = next(arm for arm in protocol.arms if arm != rule.arm)
    times = _times(derived, rows, rule)
    given = _given(rows, times, rule)
    made = [
        part
        for name, method in (("RPSFT", _rpsft), ("IPCW", _ipcw), ("two-stage", _two_stage))
        if name in definition.adjust
        for part in [method(derived, endpoint, rows, (given, times, rule, other))]
    ]
    return Switched(
        tuple(number for part in made for number in part.comparisons),
        (_crossed(rows, times, rule), *(table for part in made for table in part.tables)),
        tuple(words for part in made for words in part.conventions),
        tuple(dict.fromkeys(reason for part in made for reason in part.reasons)),
    )


Setting = tuple[Crossover, _Times, Rule, str]


def _times(derived: Derived, rows: tuple[Row, ...], rule: Rule) -> _Times:
    """Days from each row's start; a crossover counts in the arm that may cross only, and before the row's end."""
    cut = derived.trial.last_day()
    permitted, crossed, follow_up, able = [], [], [], []
    for row in rows:
        assert row.start is not None and row.time_days is not None
        records = [r for r in seen(derived.trial, row.subject) if r.day >= row.start]
        yes = [r for r in records if happened(r.event) is Answer.YES]
        first = next(((r.day - row.start).days for r in yes if any_named(r.event, rule.after)), NAN)
        over = next(((r.day - row.start).days for r in yes if any_named(r.event, (rule.by,))), NAN)
        mine = row.arm == rule.arm and over < row.time_days
        permitted.append(first if first <= row.time_days else NAN)
        crossed.append(over if mine else NAN)
        follow_up.append(float(max((cut - row.start).days, row.time_days) if cut else row.time_days))
        able.append(float(row.arm == rule.arm and _in_time(row.start, first, rule)))
    return _Times(np.array(permitted), np.array(crossed), np.array(follow_up), np.array(able))


def _in_time(start: date, day: float, rule: Rule) -> bool:
    """Whether the permitting event lies within the protocol's time."""
    if not np.isfinite(day):
        return False
    return rule.within is None or start.toordinal() + day <= date_after(start, rule.within).toordinal()


def _given(rows: tuple[Row, ...], times: _Times, rule: Rule) -> Crossover:
    time = np.array([float(row.time_days or 0) for row in rows])
    arm = np.array([int(row.arm != rule.arm) for row in rows])
    with np.errstate(all="ignore"):
        share = np.where(arm == 1, 1.0, np.where(np.isfinite(times.crossed), 1 - times.crossed / time, 0.0))
    return crossover(time, [int(row.code == 1) for row in rows], arm, share, times.follow_up)


def _number(label: str, found: Estimate, rows: tuple[Row, ...], rule: Rule, other: str) -> Number:
    events = sum(row.code == 1 for row in rows)
    return Number(label, other, found.value, found.lower, found.upper, "ratio", len(rows), events, p=found.p,
                  note="; ".join(found.reasons), reference=rule.arm)  # fmt: skip


def _rpsft(derived: Derived, endpoint: Endpoint, rows: tuple[Row, ...], setting: Setting) -> Switched:
    """The rank-preserving model under both rules of recensoring, with every root of its test."""
    given, _, rule, other = setting
    numbers, lines, rules, reasons = [], [], [], []
    choices: tuple[Recensoring, ...] = ("auto", "both")
    for recensor in choices:
        made = rpsftm(given, recensor=recensor)
        who = "arms with crossovers recensored" if recensor == "auto" else "both arms recensored"
        numbers.append(_number(f"hazard ratio had nobody crossed over, RPSFT, {who}", made.ratio, rows, rule, other))
        factor = [np.exp(-value) for value in (made.psi.value, made.psi.upper, made.psi.lower)]
        roots = ", ".join(f"{root.middle:.4f}" for root in made.roots) or "none"
        lines.append((who, *(f"{value:.2f}" if np.isfinite(value) else "not known" for value in factor), roots))
        rules.append(made.psi.conventions)
        reasons += [f"RPSFT, {who}: {reason}" for reason in (*made.psi.reasons, *made.ratio.reasons)]
    head = ("recensoring", "the drug stretches time by", "lower", "upper", "every psi at which the test is 0")
    table = Table("Rank-preserving structural failure time model", head, tuple(lines))
    return Switched(tuple(numbers), (table,), tuple(rules[:1]), tuple(reasons))


def _two_stage(derived: Derived, endpoint: Endpoint, rows: tuple[Row, ...], setting: Setting) -> Switched:
    """From the permitting event to death, crossed against not, then Cox on the adjusted times."""
    given, times, rule, other = setting
    if not rule.after:
        return Switched(reasons=("two-stage: the protocol names no event that permits the crossover",))
    made = two_stage(given, times.permitted, times.crossed, offset=1.0)
    label = f"hazard ratio had nobody crossed over, two-stage from {listed(rule.after)}"
    number = _number(label, made.ratio, rows, rule, other)
    reasons = tuple(f"two-stage: {reason}" for reason in dict.fromkeys((*made.psi.reasons, *made.ratio.reasons)))
    return Switched((number,), (), (made.psi.conventions,), reasons)


def _ipcw(derived: Derived, endpoint: Endpoint, rows: tuple[Row, ...], setting: Setting) -> Switched:
    """Weekly rows after the permitting event; the chance to stay depends on the weeks since, and the covariates."""
    _, times, rule, other = setting
    assert endpoint.define is not None
    if not rule.after:
        return Switched(reasons=("IPCW: the protocol names no event that permits the crossover",))
    labels, extra, lost = columns(derived, rows, endpoint.define.covariates)
    baseline = np.array(extra, dtype=np.float64).reshape(len(extra), len(rows)).T
    made_of = _weekly(rows, times, rule)
    given = switch_rows(
        made_of.person, made_of.start, made_of.stop, made_of.event, made_of.away, made_of.arm,
        baseline=baseline[made_of.person], changing=made_of.weeks,
        eligible=made_of.able,
    )  # fmt: skip
    made = ipcw(given, degree=1)
    said = f" and {', '.join(endpoint.define.covariates)}" if labels else ""
    label = f"hazard ratio had nobody crossed over, IPCW by weeks since {listed(rule.after)}{said}"
    reasons = tuple(f"IPCW: {reason}" for reason in dict.fromkeys((*made.ratio.reasons, *lost)))
    return Switched((_number(label, made.ratio, rows, rule, other),), (), (made.ratio.conventions,), reasons)


@dataclass(frozen=True, slots=True)
class _Weekly:
    """Rows (start, stop] of persons: columns of one length, `weeks` since the permitting event at the row's start."""

    person: Ints
    start: Floats
    stop: Floats
    event: Floats
    away: Floats
    arm: Floats
    able: Floats
    weeks: Floats


def _weekly(rows: tuple[Row, ...], times: _Times, rule: Rule) -> _Weekly:
    """One row to the permitting event, then one a week, to the crossover or the end; day 0 counts as half a day."""
    out: list[tuple[float, ...]] = []
    for k, row in enumerate(rows):
        crossing = bool(np.isfinite(times.crossed[k]))
        permitted = float(times.permitted[k]) if times.able[k] else np.inf
        last = max(float(times.crossed[k]) if crossing else float(row.time_days or 0), 0.5)
        weekly = np.arange(max(permitted, 0.25), last, INTERVAL_DAYS).tolist() if permitted < last else []
        for begin, stop in pairwise([0.0, *weekly, last]):
            final = stop == last
            away = float(final and crossing)
            died = float(final and not crossing and row.code == 1)
            able = float(begin >= permitted or bool(away))
            since = max(begin - permitted, 0.0) / INTERVAL_DAYS if begin >= permitted else 0.0
            out.append((k, begin, stop, died, away, float(row.arm != rule.arm), able, since))
    table = np.array(out, dtype=np.float64).reshape(len(out), 8)
    return _Weekly(table[:, 0].astype(np.intp), *(table[:, j] for j in range(1, 8)))


def _crossed(rows: tuple[Row, ...], times: _Times, rule: Rule) -> Table:
    """How many crossed, and when."""
    days = np.sort(times.crossed[np.isfinite(times.crossed)])
    own = sum(row.arm == rule.arm for row in rows)
    able = int(times.able.sum())
    when = f"{np.median(days):.0f} ({days[0]:.0f} to {days[-1]:.0f})" if days.size else "none crossed"
    lines = (
        (f"patients of the arm {rule.arm}", f"{own}"),
        (f"with {listed(rule.after)} in the protocol's time", f"{able}"),
        ("crossed over", f"{days.size}"),
        ("day of the crossover, median (range)", when),
    )
    return Table("Crossover", ("", ""), lines, "The time of the crossover rule is counted from the endpoint's start.")

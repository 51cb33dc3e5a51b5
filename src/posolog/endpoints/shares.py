"""Endpoints that answer yes or no, or count: exact proportions by group, differences, distributions, dose levels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import mean, median

from posolog.endpoints.derive import Derived
from posolog.endpoints.results import NAN, Analysis, Group, Number, Table
from posolog.endpoints.rows import Row, Rows
from posolog.endpoints.sample import Compared, said
from posolog.endpoints.toxicity import Level, levels
from posolog.protocol.frame_text import print_time_point
from posolog.protocol.model import Endpoint
from posolog.stats import Conventions, Estimate, decide, dose_levels, fisher_exact, proportion, proportion_difference
from posolog.stats.designs.three_plus_three import Variant

TARGET = 1 / 3  # of the 3+3 rule: fewer than 2 of 6
VARIANTS: tuple[Variant, ...] = ("escalate-only", "step-down")


def share(frame: Analysis, endpoint: Endpoint, found: Rows, groups: Compared) -> Analysis:
    """Proportions at each time point (or one), their differences to the reference group, and what was recorded."""
    labels = [print_time_point(point) for point in endpoint.at] if any(row.at for row in found.rows) else [""]
    numbers, comparisons, tables = [], [], []
    rules: list[Conventions] = []
    for label in labels:
        own = [row for row in found.rows if row.at == label and row.known]
        counts = {name: _count([row for row in own if groups.of(row) == name]) for name in groups.names}
        for name, (events, n) in counts.items():
            made = proportion(events, n)
            numbers.append(_number(label or "share", name, made, (n, events)))
            rules.append(made.conventions)
        for name in groups.names[1:]:
            gap = proportion_difference(*counts[name], *counts[groups.names[0]])
            words = f"difference at {label}" if label else "difference of shares"
            test = fisher_exact((_table(counts[name]), _table(counts[groups.names[0]])))
            comparisons.append(
                Number(words, name, gap.value, gap.lower, gap.upper, "difference", len(own),
                       sum(events for events, _ in counts.values()), p=test.p, note="; ".join(gap.reasons),
                       reference=groups.names[0])
            )  # fmt: skip
            rules += [gap.conventions, test.conventions]
    if any(row.value for row in found.rows):
        tables.append(_values(endpoint, found, groups, labels))
    return replace(
        frame, groups=people(found, groups), numbers=tuple(numbers), comparisons=tuple(comparisons),
        tables=tuple(tables), conventions=said(*rules),
    )  # fmt: skip


def _count(rows: list[Row]) -> tuple[int, int]:
    return sum(row.code == 1 for row in rows), len(rows)


def _table(count: tuple[int, int]) -> tuple[int, int]:
    """(events, others) of (events, n)."""
    return count[0], count[1] - count[0]


def _number(label: str, group: str, found: Estimate, of: tuple[int, int]) -> Number:
    n, events = of
    note = "; ".join(found.reasons) or f"{events} of {n}"
    return Number(label, group, found.value, found.lower, found.upper, "probability", n, events, note=note)


def people(found: Rows, groups: Compared) -> tuple[Group, ...]:
    """Patients, not rows: with the event at some time point, without at every known one, not known at any."""
    made = []
    for name in groups.names:
        codes: dict[str, list[int | None]] = {}
        for row in found.rows:
            if groups.of(row) == name:
                codes.setdefault(row.subject, []).append(row.code)
        yes = sum(1 in own for own in codes.values())
        unknown = sum(set(own) == {None} for own in codes.values())
        made.append(Group(name, len(codes), yes, 0, len(codes) - yes - unknown, unknown))
    return tuple(made)


def _values(endpoint: Endpoint, found: Rows, groups: Compared, labels: list[str]) -> Table:
    """What was recorded, by time point and group: levels in their order, then whatever else."""
    assert endpoint.define is not None
    order = {level.casefold(): rank for rank, level in enumerate(endpoint.define.levels)}
    values = {row.value for row in found.rows if row.known and row.value}
    shown = sorted(values, key=lambda value: (order.get(value.casefold(), len(order)), value))
    columns = [(label, name) for label in labels for name in groups.names]
    head = ("recorded", *(", ".join(part for part in (label, "" if groups.pooled else name) if part) or "patients"
                          for label, name in columns))  # fmt: skip
    counts = [Counter(row.value if row.known else "not known yet" for row in found.rows
                      if row.at == label and groups.of(row) == name) for label, name in columns]  # fmt: skip
    lines = [(value, *(str(count[value]) for count in counts)) for value in (*shown, "not known yet")]
    kept = tuple(line for line in lines if any(cell != "0" for cell in line[1:]))
    return Table("What was recorded", head, kept)


def number(frame: Analysis, found: Rows, groups: Compared) -> Analysis:
    """How often: the distribution, the mean and the median, by group."""
    lines: dict[str, list[Row]] = {
        name: [row for row in found.known() if groups.of(row) == name] for name in groups.names
    }
    most = int(max((row.number or 0 for row in found.known()), default=0))
    rows = [
        (f"{count}", *(f"{sum(row.number == count for row in own)}" for own in lines.values()))
        for count in range(most + 1)
    ]
    rows.append(("total", *(f"{sum(row.number or 0 for row in own):g}" for own in lines.values())))
    rows.append(("mean", *(f"{mean(row.number or 0 for row in own):.2f}" if own else "" for own in lines.values())))
    rows.append(("median", *(f"{median(row.number or 0 for row in own):g}" if own else "" for own in lines.values())))
    head = ("number for a patient", *(("patients",) if groups.pooled else groups.names))
    return replace(frame, groups=people(found, groups), tables=(Table("Distribution", head, tuple(rows)),))


def toxicity(derived: Derived, frame: Analysis, found: Rows, groups: Compared) -> Analysis:
    """Rates by dose level with exact intervals, the isotonic choice, and what 3+3 says next under both its variants."""
    made = levels(found, derived.trial)
    evaluable, toxic = [level.evaluable for level in made], [level.toxic for level in made]
    rates = dose_levels(evaluable, toxic, target=TARGET)
    numbers = [
        _number(f"level {level.dose}", groups.names[0], rate, (level.evaluable, level.toxic))
        for level, rate in zip(made, rates.rates, strict=False)
        if level.evaluable
    ]
    rows = tuple(
        (level.dose, str(level.treated), str(level.evaluable), str(level.toxic), _percent(smooth))
        for level, smooth in zip(made, rates.isotonic.tolist() or [NAN] * len(made), strict=True)
    )
    head = ("level", "treated", "evaluable", "with toxicity", "isotonic rate")
    notes = _verdicts(made) if derived.trial.protocol.escalation == "3+3" else []
    if rates.chosen is not None:
        notes.append(f"isotonic rate nearest to {100 * TARGET:.0f} %: level {made[rates.chosen - 1].dose}")
    return replace(
        frame, groups=people(found, groups), numbers=tuple(numbers), conventions=said(rates.conventions),
        tables=(Table("Dose levels", head, rows, "; ".join(notes)),), reasons=rates.reasons,
    )  # fmt: skip


def _verdicts(made: tuple[Level, ...]) -> list[str]:
    """What 3+3 says after these patients: a text that says "3+3" means one of two variants."""
    evaluable, toxic = [level.evaluable for level in made], [level.toxic for level in made]
    doses = ", ".join(f"level {number} is {level.dose}" for number, level in enumerate(made, 1))
    found = {variant: decide(evaluable, toxic, variant=variant) for variant in VARIANTS}
    return [f"{variant} 3+3: {decision.reason}" for variant, decision in found.items()] + [doses]


def _percent(rate: float) -> str:
    return f"{100 * rate:.1f} %" if rate == rate else "not tried"

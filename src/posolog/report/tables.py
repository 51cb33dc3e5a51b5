"""What the tables of a page or a terminal say: dose lines with their three totals, gates, visits, other acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from posolog.core.because import Entered
from posolog.core.guard import Guard
from posolog.core.quantity import Quantity
from posolog.course.explain import reasons
from posolog.course.model import Dose, Plan, Planned, Status
from posolog.report import format as say
from posolog.report.when import dates_of, days_of, quotes_of, window_of
from posolog.report.words import route_words, used_anchors

ONE_DOSE = re.compile(r"dose \d+ of \d+")  # a note on one administration, not on its line


@dataclass(frozen=True, slots=True)
class Total:
    """One total in words, with the unrounded value; "open" where no last day is stated."""

    text: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One line of treatment with its three totals (hazard H1)."""

    line: str
    part: str
    name: str
    cycle: str
    days: str
    origin: str  # the anchor that the days count from, where the plan has several
    dates: str
    status: str
    per_dose: Total
    per_day: Total
    per_course: Total
    basis: str
    steps: tuple[str, ...]
    cap: str
    rounding: str
    route: str
    rate: str
    draw: str
    note: str
    quotes: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate: what it guards, the answer, what settled it, what is missing."""

    name: str
    days: str
    origin: str
    answer: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A visit, a rest, something done, or a matter left to an outside document."""

    kind: str
    name: str
    days: str
    origin: str
    dates: str
    window: str
    status: str
    note: str
    quotes: tuple[str, ...]


def dose_lines(plan: Plan) -> tuple[DoseLine, ...]:
    """The lines that give something, in order of their first act; a dose that changes starts a new line."""
    groups: dict[tuple[str, int | None, Decimal | None, Status], list[Planned]] = {}
    for act in plan.acts:
        if act.kind == "give":
            size = act.dose.per_dose.value if act.dose else None
            groups.setdefault((act.line, act.cycle, size, act.status), []).append(act)
    return tuple(_dose_line(acts, _origin(acts, plan)) for acts in groups.values())


def gate_lines(plan: Plan) -> tuple[GateLine, ...]:
    """Every gate once for each line that it guards."""
    groups: dict[tuple[str, Guard], list[Planned]] = {}
    for act in plan.acts:
        if act.gate is not None:
            groups.setdefault((act.line, act.gate), []).append(act)
    return tuple(
        GateLine(
            say.spoken(acts[0].name) + _numbers(acts),
            days_of(acts),
            _origin(acts, plan),
            str(gate.answer),
            tuple(say.spoken(reason) for reason in gate.reasons),
            tuple(say.spoken(fact) for fact in gate.missing),
            quotes_of(acts),
        )
        for (_, gate), acts in groups.items()
    )


def _origin(acts: list[Planned], plan: Plan) -> str:
    """The anchor that the acts count from; "" where all acts of the plan count from one."""
    anchor = acts[0].anchor
    return anchor.name if anchor is not None and len(used_anchors(plan)) > 1 else ""


def _numbers(acts: list[Planned]) -> str:
    """Which administrations of the line: ", number 2"."""
    numbers = [f"{act.number}" for act in acts if act.number is not None]
    return f", number {say.listed(numbers)}" if len(numbers) == 1 else ""


def other_lines(plan: Plan) -> tuple[OtherLine, ...]:
    """Rest days, things done, tapers, visits and outside documents."""
    groups: dict[tuple[str, str, Status], list[Planned]] = {}
    for act in plan.acts:
        if act.kind != "give":
            groups.setdefault((act.line, act.name, act.status), []).append(act)
    return tuple(
        OtherLine(
            acts[0].kind, say.spoken(acts[0].name), days_of(acts), _origin(acts, plan), dates_of(acts),
            window_of(acts[0]), str(acts[0].status), say.spoken(acts[0].note), quotes_of(acts),
        )
        for acts in groups.values()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TotalLine:
    """An agent's total over the plan or in one cycle."""

    agent: str
    cycle: str
    planned: str
    given: str
    note: str


def total_lines(plan: Plan) -> tuple[TotalLine, ...]:
    """The cumulative amount of every agent (hazard H1: the course total stands beside the doses)."""
    return tuple(
        TotalLine(
            say.spoken(total.agent),
            f"cycle {total.cycle}" if total.cycle is not None else "whole plan",
            say.amount(total.planned) if total.planned is not None else "open",
            say.amount(total.given) if total.given is not None else "nothing recorded",
            say.spoken(total.note),
        )
        for total in plan.totals
    )


def _dose_line(acts: list[Planned], origin: str) -> DoseLine:
    first, dose = acts[0], acts[0].dose
    cap, rounding = (say.spoken(dose.binding_cap), _rounding(dose)) if dose else ("", "")
    notes = dict.fromkeys(note for note in (first.note, dose.note if dose else "") if note and not ONE_DOSE.match(note))
    because = dose.because if dose and not isinstance(dose.because, Entered) else first.because
    return DoseLine(
        line=first.line,
        part=first.part,
        name=say.spoken(first.name),
        cycle=f"cycle {first.cycle}" if first.cycle is not None else "",
        days=days_of(acts),
        origin=origin,
        dates=dates_of(acts),
        status=str(first.status),
        per_dose=_per_dose(dose, first),
        per_day=_total(dose.per_day if dose else None, dose, first),
        per_course=_total(dose.per_course if dose else None, dose, first),
        basis=say.spoken(dose.basis) if dose else "",
        steps=tuple(say.spoken(f"{step.name}: {step.formula}") for step in dose.steps) if dose else (),
        cap=cap,
        rounding=rounding,
        route=route_words(first.name, first.route),
        rate=say.spoken(dose.rate_text) if dose else "",
        draw=say.spoken(dose.draw_text) if dose else "",
        note=say.spoken("; ".join(notes)),
        quotes=quotes_of(acts),
        why=tuple(say.spoken(line) for line in reasons(because)),
    )


def _total(value: Quantity | None, dose: Dose | None, act: Planned) -> Total:
    if value is not None:
        return Total(say.amount(value), say.exact(value))
    if dose is None:
        return Total({Status.REFUSED: "no dose", Status.WAITING: "not known yet"}.get(act.status, "not stated"))
    return Total("open")


def _per_dose(dose: Dose | None, act: Planned) -> Total:
    """The dose; where the number of doses a day is not stated, the day's amount is never shown as a dose."""
    if dose is not None and dose.doses_per_day is None and dose.per_day == dose.per_dose:
        return Total("continuous" if act.note.startswith("continuous") else "not stated")
    return _total(dose.per_dose if dose else None, dose, act)


def _rounding(dose: Dose) -> str:
    if dose.deviation_percent == 0 and dose.unrounded == dose.per_dose:
        return "not rounded"
    return f"from {say.amount(dose.unrounded)}, {say.signed_percent(dose.deviation_percent)}"

"""Totals of each agent over the plan and in each cycle: planned, and given so far (hazards H1 and H2)."""

from __future__ import annotations

from posolog.core.quantity import Quantity
from posolog.course.acts import Draft
from posolog.course.case import Case, fits, product
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status, Total
from posolog.course.numbers import amount

_COUNTED = (Status.PLANNED, Status.WAITING, Status.GIVEN)


def amount_of(act: Planned) -> Quantity | None:
    """What one act brings: a dose, a day's amount, or a whole stretch; None where that is open."""
    dose = act.dose
    if dose is None:
        return None
    if act.earliest is None or act.status is Status.GIVEN:
        return dose.per_course if act.latest is not None else dose.per_dose
    if act.number is not None and dose.doses_per_day is not None:
        return dose.per_dose
    return dose.per_course


def totals_of(case: Case, drafts: list[Draft], acts: list[Planned]) -> tuple[Total, ...]:
    """One row for each agent, and one for each of its cycles; what was given counts as it was given."""
    rows: dict[tuple[str, int | None], list[tuple[Planned, Quantity | None]]] = {}
    for draft, act in zip(drafts, acts, strict=True):
        if act.kind == "give" and act.status in _COUNTED:
            counted = (act, draft.given or amount_of(act))
            rows.setdefault((act.name, None), []).append(counted)
            if act.cycle is not None:
                rows.setdefault((act.name, act.cycle), []).append(counted)
    given = _given(case)
    found = []
    for (agent, cycle), own in rows.items():
        planned, said = _sum(own)
        found.append(Total(agent, cycle, planned, _of(given, agent) if cycle is None else None, said))
    return tuple(found)


def _sum(acts: list[tuple[Planned, Quantity | None]]) -> tuple[Quantity | None, str]:
    total: Quantity | None = None
    for act, value in acts:
        if value is None:
            return None, "open: " + (act.note or "no dose")
        if total is not None and total.unit.kind != value.unit.kind:
            return None, "lines in different kinds of unit"
        total = value if total is None else total + value
    waiting = any(act.status is Status.WAITING for act, _ in acts)
    return total, "with acts that still wait" if waiting else ""


def _of(given: dict[str, Quantity], agent: str) -> Quantity | None:
    """What was given of an agent, under its own name or a product that the name may mean."""
    own = [value for name, value in given.items() if fits(agent, name)]
    total = own[0] if own else None
    for value in own[1:]:
        total = total + value if total is not None and total.unit.kind == value.unit.kind else None
    return total


def _given(case: Case) -> dict[str, Quantity]:
    found: dict[str, Quantity] = {}
    for event in case.timeline.named("given"):
        if not occurred(event):
            continue
        try:
            value = amount(f"{event.value} {event.unit}")
        except ValueError:
            continue
        agent = product(event.subject)
        known = found.get(agent)
        if known is None or known.unit.kind == value.unit.kind:
            found[agent] = value if known is None else known + value
    return found

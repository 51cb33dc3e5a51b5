"""Hold the record against the plan: what was given stays given at its date, and is not planned again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from posolog.core.because import Because, Computed
from posolog.core.finding import Finding, Place
from posolog.core.quantity import Quantity
from posolog.core.timeline import Event
from posolog.course.acts import Draft
from posolog.course.case import Case, fits, product
from posolog.course.decay import window
from posolog.course.guards import occurred
from posolog.course.model import Dose, Planned, Status
from posolog.course.moments import hour_of, local_date
from posolog.course.numbers import amount
from posolog.course.words import ask, listed, say, short, stop

REACH_DAYS = 14
DEVIATION_PERCENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class Giving:
    """One giving on the record: an event, or several of one agent on one day where the plan knows one act a day."""

    agent: str
    day: date
    at: datetime
    amount: Quantity | None
    events: tuple[Event, ...]


def record(case: Case, drafts: list[Draft]) -> tuple[list[Draft], list[Finding]]:
    """The drafts with what was given marked, extra givings added, and findings on deviations.

    Matching is by agent and in order of days: the nearest act, counted from its date and from its date
    under the hoped-for anchor, at most REACH_DAYS away. An act matched once is not planned again.
    """
    events = [event for event in case.timeline.named("given") if occurred(event)]
    if not events:
        return drafts, []
    findings = [_unreadable(event) for event in events if event.value and _amount(event) is None]
    result = list(drafts)
    for agent in sorted({product(event.subject) for event in events}):
        own = [event for event in events if product(event.subject) == agent]
        findings += _agent(case, result, agent, own)
    return _unrecorded(case, result, findings)


def _unreadable(event: Event) -> Finding:
    message = f"the amount given of {event.subject}, {event.value!r} {event.unit!r}, cannot be read"
    place = Place("event", event.value, event.ident)
    return stop("EVENT-VALUE", message, "correct the event: number and unit", place, hazard="H10")


def _amount(event: Event) -> Quantity | None:
    try:
        return amount(f"{event.value} {event.unit}") if event.value else None
    except ValueError:
        return None


def _agent(case: Case, drafts: list[Draft], agent: str, events: list[Event]) -> list[Finding]:
    places = [
        index
        for index, draft in enumerate(drafts)
        if draft.act.kind == "give" and fits(draft.act.name, agent) and _candidate(draft)
    ]
    same = [index for index in places if product(drafts[index].act.name) == agent]
    places = same or places  # the very product comes before a line whose name leaves it open
    places.sort(key=lambda index: (_window(drafts[index])[0], drafts[index].act.number or 0))
    givings = _givings(case, drafts, places, events)
    matched = _match([_window(drafts[index]) for index in places], [drafts[i].hoped for i in places], givings)
    findings: list[Finding] = []
    stretches: list[Draft] = []
    for giving, position in zip(givings, matched, strict=True):
        draft = drafts[places[position]] if position is not None else _stretch_for(drafts, agent, giving)
        if draft is None:
            stretches.append(Draft(_extra(giving), given=giving.amount))
            findings.append(_not_planned(giving))
            continue
        act, more = _given(case, draft, giving)
        findings += more
        if position is None:
            stretches.append(replace(draft, act=act, given=giving.amount))
        else:
            drafts[places[position]] = replace(draft, act=act, given=giving.amount)
    drafts += stretches
    return findings


def _candidate(draft: Draft) -> bool:
    """Acts that one giving settles; an open stretch ("from D+6") takes any number and is never used up."""
    act = draft.act
    dated = act.when is not None or act.earliest is not None
    return dated and act.status is not Status.GIVEN and not _is_open(act)


def _is_open(act: Planned) -> bool:
    return act.earliest is not None and act.number is None


def _window(draft: Draft) -> tuple[date, date | None]:
    act = draft.act
    if act.earliest is not None:
        return act.earliest, act.latest or date.max
    assert act.when is not None
    return act.when, act.when


def _givings(case: Case, drafts: list[Draft], places: list[int], events: list[Event]) -> list[Giving]:
    days = [drafts[index].act.when for index in places]
    merge = len(days) == len(set(days))
    grouped: dict[object, list[Event]] = {}
    for event in events:
        day = local_date(event.at, case.zone)
        grouped.setdefault(day if merge else (day, event.at, event.ident), []).append(event)
    found = []
    for group in grouped.values():
        amounts = [value for event in group if (value := _amount(event)) is not None]
        total = None
        if len(amounts) == len(group) and len({value.unit.kind for value in amounts}) == 1:
            total = amounts[0]
            for value in amounts[1:]:
                total = total + value
        first = group[0]
        day = local_date(first.at, case.zone)
        found.append(Giving(first.subject, day, first.at, total, tuple(group)))
    return sorted(found, key=lambda giving: (giving.at, giving.events[0].ident))


def _match(
    windows: list[tuple[date, date | None]], hoped: list[date | None], givings: list[Giving]
) -> list[int | None]:
    """The assignment in order of days that settles most givings, then with fewest days of difference."""
    rows, columns = len(givings), len(windows)
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(best[row + 1][column], best[row][column + 1])
            away = _away(windows[column], hoped[column], givings[row].day)
            if away <= REACH_DAYS:
                count, cost = best[row + 1][column + 1]
                best[row][column] = max(best[row][column], (count + 1, cost - away))
    return _path(best, windows, hoped, givings)


def _path(
    best: list[list[tuple[int, int]]],
    windows: list[tuple[date, date | None]],
    hoped: list[date | None],
    givings: list[Giving],
) -> list[int | None]:
    found: list[int | None] = []
    column = 0
    for row, giving in enumerate(givings):
        found.append(None)
        while column < len(windows) and best[row][column] != best[row + 1][column]:
            away = _away(windows[column], hoped[column], giving.day)
            count, cost = best[row + 1][column + 1]
            column += 1
            if away <= REACH_DAYS and best[row][column - 1] == (count + 1, cost - away):
                found[-1] = column - 1
                break
    return found


def _away(window_of: tuple[date, date | None], hoped: date | None, day: date) -> int:
    first, last = window_of
    last = last or first
    distance = 0 if first <= day <= last else min(abs((day - first).days), abs((day - last).days))
    return min(distance, abs((day - hoped).days)) if hoped is not None else distance


def _stretch_for(drafts: list[Draft], agent: str, giving: Giving) -> Draft | None:
    for draft in drafts:
        act = draft.act
        if act.kind == "give" and fits(act.name, agent) and _is_open(act) and act.status is not Status.GIVEN:
            first, last = _window(draft)
            if first <= giving.day <= (last or first) or draft.hoped == giving.day:
                return draft
    return None


def _extra(giving: Giving) -> Planned:
    said = f"given {say(giving.amount)}; in no line of the plan" if giving.amount else "in no line of the plan"
    return Planned("", "", "give", giving.agent, None, None, giving.day, Status.GIVEN, note=said)


def _not_planned(giving: Giving) -> Finding:
    message = f"{giving.agent} given on {giving.day} fits no act of the plan"
    place = Place("event", giving.events[0].value, giving.events[0].ident)
    return ask("GIVEN-NOT-PLANNED", message, "check agent and date of the event", place, hazard="H1")


def _given(case: Case, draft: Draft, giving: Giving) -> tuple[Planned, list[Finding]]:
    """The act as given: its own date, the dose due on that date, and how far the given one is from it."""
    act = draft.act
    dosed = draft.dose_on(giving.day) if draft.dose_on else None
    due_dose = dosed.dose if dosed else act.dose
    if due_dose is not None and act.dose is not None and act.dose.draw_text:
        due_dose = replace(due_dose, draw_text=act.dose.draw_text)
    said, findings = _compare(act, due_dose, giving)
    if act.when is not None and act.when != giving.day and not _is_open(act):
        by_hope = draft.hoped == giving.day and act.anchor is not None
        said += f"; by the date first hoped for {act.anchor.name}" if by_hope and act.anchor else ""
        said += "" if by_hope else f"; planned for {act.when}"
    start = giving.at if hour_of(giving.at, case.zone) else None
    of: tuple[Because, ...] = (*(event.because for event in giving.events), act.because)
    because = Computed("given", said, of)
    kept = "; ".join(filter(None, (said, act.note)))
    open_stretch = _is_open(act)
    earliest, latest = (None, None) if open_stretch else (act.earliest, act.latest)
    day = None if open_stretch else act.day
    return replace(
        act, status=Status.GIVEN, when=giving.day, start=start, stop=None, dose=due_dose, note=kept,
        because=because, earliest=earliest, latest=latest, day=day,
    ), findings  # fmt: skip


def _compare(act: Planned, due_dose: Dose | None, giving: Giving) -> tuple[str, list[Finding]]:
    if giving.amount is None:
        return "given, amount not recorded", []
    if due_dose is None:
        return f"given {say(giving.amount)}; no dose was planned", []
    planned = due_dose.per_dose
    if len(giving.events) > 1 and due_dose.per_day is not None:
        planned = due_dose.per_day
    if planned.unit.kind != giving.amount.unit.kind:
        return f"given {say(giving.amount)}; planned {say(planned)}", [_other_unit(act, planned, giving)]
    given = giving.amount.to(planned.unit)
    if planned.value == 0:
        return f"given {say(given)}; planned none", []
    percent = (given.value - planned.value) / planned.value * 100
    sign = "+" if percent > 0 else ""
    said = f"given {say(given, 2)}, planned {say(planned, 2)} ({sign}{short(percent, 1)} %)"
    return said, _deviation(act, due_dose, planned, given, percent, giving)


def _other_unit(act: Planned, planned: Quantity, giving: Giving) -> Finding:
    message = f"{act.name} was planned in {planned.unit.symbol} and given in {giving.events[0].unit}"
    place = Place("event", giving.events[0].value, giving.events[0].ident)
    return stop("GIVEN-UNIT", message, "correct the unit of the event", place, hazard="H10")


def _deviation(
    act: Planned, due_dose: Dose, planned: Quantity, given: Quantity, percent: Decimal, giving: Giving
) -> list[Finding]:
    if abs(percent) <= DEVIATION_PERCENT:
        return []
    place = Place("event", f"{giving.events[0].value} {giving.events[0].unit}", giving.events[0].ident)
    said = f"{act.name} on {giving.day}: given {say(given, 2)}, planned {say(planned, 2)}"
    if planned.unit.kind == "activity":
        factor = planned.unit.factor
        return list(window(planned.value * factor, given.value * factor, place, what=said))
    ratio = given.value / planned.value
    step = "review what was given today, and correct the record if it is wrong"
    if due_dose.per_course is not None and due_dose.per_course != planned and _near(given, due_dose.per_course):
        message = f"{said}: it equals the total of the course"
        return [stop("GIVEN-COURSE-TOTAL", message, step, place, hazard="H1")]
    if _tenfold(ratio):
        return [stop("GIVEN-TENFOLD", f"{said}: a tenfold difference", step, place, hazard="H10")]
    message = f"{said} ({short(percent, 1)} %, more than {short(DEVIATION_PERCENT)} %)"
    return [ask("GIVEN-DEVIATION", message, step, place, hazard="H1")]


def _near(one: Quantity, other: Quantity) -> bool:
    return abs(one.value - other.to(one.unit).value) <= abs(one.value) / 20


def _tenfold(ratio: Decimal) -> bool:
    return Decimal(8) <= ratio <= Decimal("12.5") or Decimal("0.08") <= ratio <= Decimal("0.125")


def _unrecorded(case: Case, drafts: list[Draft], findings: list[Finding]) -> tuple[list[Draft], list[Finding]]:
    """Doses whose day has passed with no record, where a record is kept: asked once for all."""
    open_acts = []
    result = []
    for draft in drafts:
        act = draft.act
        past = act.when is not None and act.when < case.today and (act.latest or act.when) < case.today
        if act.kind == "give" and act.status is Status.PLANNED and past and not _is_open(act):
            open_acts.append(f"{act.name} {act.when}")
            draft = replace(draft, act=replace(act, note="; ".join(filter(None, (act.note, "no record of giving")))))
        result.append(draft)
    if open_acts:
        message = f"the day has passed with no record of giving: {listed(open_acts, 'and')}"
        findings = [*findings, ask("NOT-RECORDED", message, "record it as given, or as not given")]
    return result, findings

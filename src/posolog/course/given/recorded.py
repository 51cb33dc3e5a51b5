"""Hold the record against the plan: what was given stays given at its date, and is not planned again."""

from __future__ import annotations

from dataclasses import replace

from posolog.core.finding import Finding, Place
from posolog.core.timeline import Event
from posolog.course.acts import Draft
from posolog.course.case import Case, fits, product
from posolog.course.given.compare import as_given
from posolog.course.given.giving import Giving, amount_of, givings_of, unreadable
from posolog.course.given.match import is_candidate, is_open, matched, stretch_for, window_of
from posolog.course.guards import occurred
from posolog.course.model import Planned, Status
from posolog.course.words import ask, listed, say


def record(case: Case, drafts: list[Draft]) -> tuple[list[Draft], list[Finding]]:
    """The drafts with what was given marked, extra givings added, and findings on deviations.

    Matching is by agent and in order of days: the nearest act, counted from its date and from its date
    under the hoped-for anchor, at most REACH_DAYS away. An act matched once is not planned again.
    """
    events = [event for event in case.timeline.named("given") if occurred(event)]
    if not events:
        return drafts, []
    findings = [unreadable(event) for event in events if event.value and amount_of(event) is None]
    result = list(drafts)
    for agent in sorted({product(event.subject) for event in events}):
        own = [event for event in events if product(event.subject) == agent]
        findings += _agent(case, result, agent, own)
    return _unrecorded(case, result, findings)


def _agent(case: Case, drafts: list[Draft], agent: str, events: list[Event]) -> list[Finding]:
    """Settle the acts of one agent by its events, in place; givings that fit none are added."""
    places = _places(drafts, agent)
    givings = givings_of(case, drafts, places, events)
    pairs = matched([window_of(drafts[index]) for index in places], [drafts[i].hoped for i in places], givings)
    findings: list[Finding] = []
    added: list[Draft] = []
    for giving, position in zip(givings, pairs, strict=True):
        planned = drafts[places[position]] if position is not None else stretch_for(drafts, agent, giving)
        made, faults = _settled(case, planned, giving)
        findings += faults
        if position is None:
            added.append(made)
        else:
            drafts[places[position]] = made
    drafts += added
    return findings


def _places(drafts: list[Draft], agent: str) -> list[int]:
    """The acts that the agent's givings may settle, by date."""
    fitting = [
        index
        for index, draft in enumerate(drafts)
        if draft.act.kind == "give" and fits(draft.act.name, agent) and is_candidate(draft)
    ]
    same = [index for index in fitting if product(drafts[index].act.name) == agent]
    # The very product comes before a line whose name leaves it open.
    return sorted(same or fitting, key=lambda index: (window_of(drafts[index])[0], drafts[index].act.number or 0))


def _settled(case: Case, planned: Draft | None, giving: Giving) -> tuple[Draft, list[Finding]]:
    """The act as it was given, or an act of its own where the plan has none for it."""
    if planned is None:
        return Draft(_extra(giving), given=giving.amount), [_not_planned(giving)]
    act, faults = as_given(case, planned, giving)
    return replace(planned, act=act, given=giving.amount), faults


def _extra(giving: Giving) -> Planned:
    said = f"given {say(giving.amount)}; in no line of the plan" if giving.amount else "in no line of the plan"
    return Planned("", "", "give", giving.agent, None, None, giving.day, Status.GIVEN, note=said)


def _not_planned(giving: Giving) -> Finding:
    message = f"{giving.agent} given on {giving.day} fits no act of the plan"
    place = Place("event", giving.events[0].value, giving.events[0].ident)
    return ask("GIVEN-NOT-PLANNED", message, "check agent and date of the event", place, hazard="H1")


def _unrecorded(case: Case, drafts: list[Draft], findings: list[Finding]) -> tuple[list[Draft], list[Finding]]:
    """Doses whose day has passed with no record, where a record is kept: asked once for all."""
    open_acts = []
    result = []
    for draft in drafts:
        act = draft.act
        past = act.when is not None and act.when < case.today and (act.latest or act.when) < case.today
        if act.kind == "give" and act.status is Status.PLANNED and past and not is_open(act):
            open_acts.append(f"{act.name} {act.when}")
            draft = replace(draft, act=replace(act, note="; ".join(filter(None, (act.note, "no record of giving")))))
        result.append(draft)
    if open_acts:
        message = f"the day has passed with no record of giving: {listed(open_acts, 'and')}"
        findings = [*findings, ask("NOT-RECORDED", message, "record it as given, or as not given")]
    return result, findings

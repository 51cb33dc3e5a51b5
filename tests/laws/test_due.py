"""Laws of `due`: what must hold for every patient, record and moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.core.timeline import Event, Timeline
from posolog.course.due import due
from posolog.course.model import Planned, Status
from tests.by_hand.founding import NANTES, SET_HAPLO

D0 = date(2027, 1, 14)
START = datetime(2027, 1, 1, 12, tzinfo=UTC)
ZONE = "UTC"
MENU = (
    ("given", "400", "mg", "thiotepa"),
    ("given", "773", "mg", "cyclophosphamide"),
    ("given", "58", "mg", "fludarabine"),
    ("given", "240", "mg", "ciclosporin"),
    ("weight", "78", "kg", ""),
    ("weight", "84.5", "kg", ""),
    ("dose reduction", "25", "%", "cyclophosphamide"),
    ("acute GVHD", "II", "", ""),
    ("GVHD", "none", "", ""),
    ("immunosuppression stopped", "", "", ""),
    ("graft transfusion", "", "", ""),
    ("death", "", "", ""),
    ("relapse", "", "", ""),
)


@st.composite
def records(draw: st.DrawFn, *, menu: tuple[tuple[str, str, str, str], ...] = MENU) -> tuple[Event, ...]:
    """Up to eight events in the 200 days from D-13, each known at once or some days later."""
    rows = draw(st.lists(st.tuples(st.sampled_from(menu), st.integers(0, 200), st.integers(0, 5)), max_size=8))
    return tuple(
        Event(f"e{index}", kind, at := START + timedelta(days=day), at + timedelta(days=lag), value, unit, subject)
        for index, ((kind, value, unit, subject), day, lag) in enumerate(rows)
    )


NO_MONTHS = tuple(row for row in MENU if row[0] != "immunosuppression stopped")  # "for 1 month" is no day count
NO_GRAFT = tuple(row for row in MENU if row[0] != "graft transfusion")
moments = st.integers(0, 220).map(lambda day: START + timedelta(days=day, hours=3))


def plan_of(events: tuple[Event, ...], now: datetime, hoped: date = D0) -> tuple[Planned, ...]:
    return due(SET_HAPLO, NANTES, Timeline.of(events), now, hoped={"D0": hoped}, zone=ZONE)


def shape(act: Planned, shift: timedelta) -> tuple[object, ...]:
    moved = [None if day is None else day - shift for day in (act.when, act.earliest, act.latest)]
    return (act.line, act.day, act.number, act.status, act.dose, *moved)


@settings(max_examples=60, deadline=None)
@given(events=records(menu=NO_MONTHS), now=moments, days=st.integers(-400, 400))
def test_shifting_everything_shifts_every_act(events: tuple[Event, ...], now: datetime, days: int) -> None:
    shift = timedelta(days=days)
    moved = tuple(replace(event, at=event.at + shift, known=event.known + shift) for event in events)
    before = [act for act in plan_of(events, now) if act.kind != "visit"]
    after = [act for act in plan_of(moved, now + shift, D0 + shift) if act.kind != "visit"]  # months are not days
    assert [shape(act, timedelta(0)) for act in before] == [shape(act, shift) for act in after]


@settings(max_examples=60, deadline=None)
@given(events=records(), now=moments)
def test_nothing_is_planned_after_an_end(events: tuple[Event, ...], now: datetime) -> None:
    ends = [event.at.date() for event in events if event.kind == "death" and event.at <= now and event.known <= now]
    if ends:
        for act in plan_of(events, now):
            if act.status in (Status.PLANNED, Status.WAITING, Status.REFUSED):
                day = act.when or act.earliest
                assert day is not None and day < min(ends)
                assert act.latest is None or act.latest <= min(ends)


@settings(max_examples=60, deadline=None)
@given(events=records(), more=records(), now=moments)
def test_answers_depend_on_the_past_only(events: tuple[Event, ...], more: tuple[Event, ...], now: datetime) -> None:
    later = tuple(
        replace(event, ident=f"later {event.ident}", known=now + timedelta(days=1 + index))
        for index, event in enumerate(more)
    )
    assert plan_of(events, now) == plan_of(events + later, now)


@settings(max_examples=60, deadline=None)
@given(events=records().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), now=moments)
def test_the_order_of_recording_plays_no_part(events: tuple[tuple[Event, ...], list[Event]], now: datetime) -> None:
    rows, shuffled = events
    assert plan_of(rows, now) == plan_of(tuple(shuffled), now)


@settings(max_examples=60, deadline=None)
@given(events=records(menu=NO_GRAFT), now=moments, slip=st.integers(0, 20))
def test_what_was_given_stays_given_at_its_date(events: tuple[Event, ...], now: datetime, slip: int) -> None:
    """Each giving known at `now` is on the plan once, at its own day, wherever D0 goes."""
    held = sorted({(e.subject, e.at.date()) for e in events if e.kind == "given" and e.at <= now and e.known <= now})
    acts = plan_of(events, now, D0 + timedelta(days=slip))
    names = {"cyclosporine": "ciclosporin"}
    on_plan = {(names.get(a.name, a.name), a.when) for a in acts if a.status is Status.GIVEN and a.kind == "give"}
    assert set(held) == on_plan


@settings(max_examples=40, deadline=None)
@given(events=records(), now=moments)
def test_every_act_without_a_date_says_what_it_waits_for(events: tuple[Event, ...], now: datetime) -> None:
    for act in due(SET_HAPLO, NANTES, Timeline.of(events), now, zone=ZONE):
        if act.status is Status.WAITING:
            assert act.gate is not None and act.gate.missing

"""Every form of condition answered by hand: yes, no, and what is missing in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from posolog.core.guard import Answer, Guard
from posolog.core.timeline import Event, Timeline
from posolog.course.guards import answer, grade_of
from posolog.course.model import Patient, Status
from posolog.course.plan import plan
from posolog.protocol.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Happened,
    Is,
    NoActive,
    Stated,
    StoppedFor,
    Within,
)
from tests.by_hand.founding import CROSSOVER, NANTES, PDLI_GATE, RIT_B_ALL, SET_HAPLO

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)


def event(kind: str, day: str, value: str = "", *, known: str = "") -> Event:
    at = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
    later = datetime.fromisoformat(known).replace(hour=9, tzinfo=UTC) if known else at
    return Event(f"{kind} {day} {value}", kind, at, later, value)


def ask(condition: Condition, *events: Event, patient: Patient = NANTES, now: datetime = NOW) -> Guard:
    return answer(condition, patient, Timeline.of(events), now)


STOPPED = event("immunosuppression stopped", "2027-04-20")
FREE = event("GVHD", "2027-05-20", "none")
GRADE_1 = event("acute GVHD", "2027-02-20", "I")


def test_the_gate_of_dli_lists_what_is_still_needed() -> None:
    guard = ask(PDLI_GATE)
    assert guard.answer is UNKNOWN
    assert guard.missing == (
        "date when immunosuppression stopped",
        "whether GVHD is active",
        "highest grade of acute GVHD so far",
    )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((STOPPED, FREE, GRADE_1), YES),
        ((STOPPED, FREE), UNKNOWN),
        ((STOPPED, FREE, event("acute GVHD", "2027-02-20", "III")), NO),
        ((FREE, event("acute GVHD", "2027-02-20", "3")), NO),  # one no settles it, whatever is missing
        ((STOPPED, GRADE_1, event("GVHD", "2027-05-20", "limited chronic")), NO),
        ((STOPPED, FREE, GRADE_1, event("immunosuppression restarted", "2027-05-01")), NO),
        ((event("immunosuppression stopped", "2027-05-15"), FREE, GRADE_1), NO),
        ((STOPPED, FREE, event("acute GVHD", "2027-02-20", "severe")), UNKNOWN),
        ((STOPPED, event("GVHD", "2027-05-20", "not assessed"), GRADE_1), UNKNOWN),
    ],
)
def test_the_gate_of_dli(events: tuple[Event, ...], expected: Answer) -> None:
    assert ask(PDLI_GATE, *events).answer is expected


def test_stopped_for_one_month_ends_on_the_same_day_of_the_next_month() -> None:
    condition = StoppedFor("immunosuppression", 1, "month")
    stopped = event("immunosuppression stopped", "2027-01-31")
    for day, expected in ((27, NO), (28, YES)):  # 2027-01-31 + 1 month is clamped to 2027-02-28
        now = datetime(2027, 2, day, 12, tzinfo=UTC)
        assert ask(condition, stopped, now=now).answer is expected


def test_time_that_has_not_run_out_is_not_known_yet_for_an_act_that_lies_ahead() -> None:
    condition = StoppedFor("immunosuppression", 1, "month")
    stopped = event("immunosuppression stopped", "2027-05-15")
    guard = answer(condition, NANTES, Timeline.of([stopped]), NOW, may_wait=True)
    assert guard.answer is UNKNOWN and guard.missing == ("immunosuppression still stopped on 2027-06-15",)


def test_active_gvhd_is_any_kind_of_it_until_a_later_record_ends_it() -> None:
    condition = NoActive("GVHD")
    acute = event("acute GVHD", "2027-05-20", "II")
    assert ask(condition, acute).answer is NO
    assert ask(condition, event("GVHD", "2027-05-10", "none"), acute).answer is NO
    assert ask(condition, acute, event("GVHD", "2027-05-25", "resolved")).answer is YES
    assert ask(condition, event("acute GVHD", "2027-05-20", "none")).answer is UNKNOWN


@pytest.mark.parametrize(
    ("words", "grade"),
    [("0", 0), ("I", 1), ("ii", 2), ("grade III", 3), ("4", 4), ("IIa", 2), ("none", 0), ("mild", None), ("V", None)],
)
def test_grades(words: str, grade: int | None) -> None:
    assert grade_of(words) == grade


WITHIN = Within(("treatment failure", "relapse"), 6, "month", "inclusion")
INCLUDED = event("inclusion", "2026-11-30")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), UNKNOWN),
        ((INCLUDED,), UNKNOWN),
        ((INCLUDED, event("relapse", "2027-05-30")), YES),  # 2026-11-30 + 6 months, that day included
        ((INCLUDED, event("relapse", "2027-05-31")), UNKNOWN),  # treatment failure is still open
        ((INCLUDED, event("relapse", "2027-05-31"), event("treatment failure", "2027-05-31", "no")), NO),
        ((event("relapse", "2027-05-01"),), UNKNOWN),
    ],
)
def test_within_six_months_of_inclusion(events: tuple[Event, ...], expected: Answer) -> None:
    assert ask(WITHIN, *events).answer is expected


def test_the_entered_date_of_the_other_event_serves_where_it_is_not_recorded() -> None:
    relapse = Timeline.of([event("relapse", "2027-05-01")])
    assert answer(WITHIN, NANTES, relapse, NOW, {"inclusion": date(2026, 12, 1)}).answer is YES


@pytest.mark.parametrize(
    ("condition", "patient", "expected"),
    [
        (Compare("age", ">", Decimal(60), "years"), replace(NANTES, age_years=60), NO),
        (Compare("age", ">", Decimal(60), "years"), replace(NANTES, age_years=61), YES),
        (Compare("age", ">", Decimal(60), "years"), Patient("P"), UNKNOWN),
        (Compare("age", "<=", Decimal(60)), replace(NANTES, age_years=None, birth=date(1967, 6, 2)), YES),
        (Compare("age", "<=", Decimal(60)), replace(NANTES, age_years=None, birth=date(1966, 6, 1)), NO),
        (Compare("enrolment rank at site", "<=", Decimal(6)), NANTES, YES),
        (Compare("enrolment rank at site", "<=", Decimal(6)), replace(NANTES, rank_at_site=7), NO),
        (Compare("status", "<=", Decimal(2)), Patient("P", facts=(("status", "1"),)), YES),
        (Compare("status", "<=", Decimal(2)), Patient("P", facts=(("status", "good"),)), UNKNOWN),
        (Is("site", ("Nantes",)), NANTES, YES),
        (Is("site", ("Nantes",)), replace(NANTES, site="Angers"), NO),
        (Is("site", ("Nantes",)), Patient("P"), UNKNOWN),
    ],
)  # fmt: skip
def test_facts_of_the_patient(condition: Condition, patient: Patient, expected: Answer) -> None:
    assert ask(condition, patient=patient).answer is expected


def test_recorded_answers() -> None:
    for condition, kind in ((Happened("relapse"), "relapse"), (Stated("fit for it"), "fit for it")):
        assert ask(condition).answer is UNKNOWN
        assert ask(condition, event(kind, "2027-05-01")).answer is YES
        assert ask(condition, event(kind, "2027-05-01", "no")).answer is NO
    response = Is("response", ("CR", "CRp"))
    assert ask(response, event("response", "2027-04-01", "PR"), event("response", "2027-05-01", "CRp")).answer is YES


def test_what_is_known_only_later_plays_no_part() -> None:
    assert ask(Happened("relapse"), event("relapse", "2027-05-01", known="2027-07-01")).answer is UNKNOWN
    assert ask(Happened("relapse"), event("relapse", "2027-07-01")).answer is UNKNOWN


def test_three_valued_logic() -> None:
    yes, no, unknown = Is("site", ("Nantes",)), Is("site", ("Angers",)), Happened("relapse")
    for condition, expected in (
        (All((yes, unknown)), UNKNOWN),
        (All((no, unknown)), NO),
        (AnyOf((yes, unknown)), YES),
        (AnyOf((no, unknown)), UNKNOWN),
        (AnyOf((no, no)), NO),
    ):
        assert ask(condition).answer is expected


def test_the_first_six_patients_in_nantes_get_111in() -> None:
    for rank, status in ((6, Status.PLANNED), (7, Status.CLOSED)):
        made = plan(
            RIT_B_ALL,
            replace(NANTES, rank_at_site=rank),
            anchors={"RIT D1": date(2027, 6, 7)},
            arm="experimental",
            now=NOW,
        )
        indium = next(act for act in made.acts if act.name.startswith("111In") and act.part == "RIT")
        assert indium.status is status


def test_dli_waits_then_opens() -> None:
    events = [event("graft transfusion", "2027-01-14"), STOPPED, FREE, GRADE_1]
    waiting = plan(SET_HAPLO, NANTES, timeline=Timeline.of(events[:1]), now=NOW).acts
    first = next(act for act in waiting if act.name == "donor lymphocytes")
    assert first.status is Status.WAITING and first.gate is not None and len(first.gate.missing) == 3
    opened = plan(SET_HAPLO, NANTES, timeline=Timeline.of(events), now=NOW).acts
    assert next(act for act in opened if act.name == "donor lymphocytes").status is Status.PLANNED


def test_the_crossover_gate_is_its_own() -> None:
    assert CROSSOVER.condition == WITHIN

"""A plan that meets the record: slips, doses given, weights measured again, ends. Worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from posolog.core.finding import Severity
from posolog.core.timeline import Event, Timeline
from posolog.course import events as event_file
from posolog.course.model import Plan, Planned, Status
from posolog.course.plan import plan
from tests.by_hand.founding import NANTES, RIT_B_ALL, SET_HAPLO

EXAMPLES = Path(__file__).parents[2] / "examples"
PARIS = ZoneInfo("Europe/Paris")
HOPED = date(2027, 1, 14)
NOW = datetime(2027, 1, 16, 20, tzinfo=PARIS)


def event(kind: str, day: str, value: str = "", unit: str = "", subject: str = "", **more: str) -> Event:
    at = datetime.fromisoformat(day).replace(tzinfo=PARIS)
    return Event(
        more.get("ident", f"{kind} {subject} {day}"), kind, at, at, value, unit, subject, more.get("corrects", "")
    )


def replan(*events: Event, now: datetime = NOW, hoped: date | None = HOPED) -> Plan:
    anchors = {"D0": hoped} if hoped else {}
    return plan(SET_HAPLO, NANTES, anchors=anchors, timeline=Timeline.of(events), now=now)


def acts(made: Plan, name: str, status: Status | None = None) -> list[Planned]:
    return [act for act in made.acts if act.name == name and act.kind == "give" and status in (None, act.status)]


def codes(made: Plan) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in made.findings}


def slipped() -> Plan:
    timeline, faults = event_file.load(EXAMPLES / "events-graft-slipped.csv")
    assert not faults
    return plan(SET_HAPLO, NANTES, anchors={"D0": HOPED}, timeline=timeline, now=NOW)


def test_a_slipped_graft_moves_what_is_not_yet_given_and_nothing_else() -> None:
    made = slipped()
    assert codes(made)["ANCHOR-MOVED"] is Severity.NOTE
    assert made.anchors[0][1] == date(2027, 1, 16)
    assert [act.when for act in acts(made, "thiotepa")] == [date(2027, 1, 1)]
    chemo = acts(made, "cyclophosphamide")
    # given on 2 to 5 January, D-12 to D-9 of the hoped-for D0; D+3 and D+5 count from the 16th
    assert [(act.when, act.day, act.status) for act in chemo] == [
        (date(2027, 1, 2), -12, Status.GIVEN),
        (date(2027, 1, 3), -11, Status.GIVEN),
        (date(2027, 1, 4), -10, Status.GIVEN),
        (date(2027, 1, 5), -9, Status.GIVEN),
        (date(2027, 1, 19), 3, Status.PLANNED),
        (date(2027, 1, 21), 5, Status.PLANNED),
    ]
    assert all("given 770 mg, planned 772.68 mg (-0.3 %)" in act.note for act in chemo[:4])
    assert [act.when for act in made.acts if act.kind == "rest"] == [date(2027, 1, day) for day in (6, 7, 8)]


def test_a_weight_counts_from_its_day_on_and_not_for_what_was_given() -> None:
    made = slipped()
    # 78 kg since 15 January: 50 mg/kg = 3900 mg after it; busulfan 256 mg of 80 kg before it stays
    assert [act.dose.per_dose.value for act in acts(made, "cyclophosphamide", Status.PLANNED) if act.dose] == [3900] * 2
    assert {act.dose.per_dose.value for act in acts(made, "busulfan") if act.dose} == {Decimal("256.0")}


def test_nothing_given_is_planned_again() -> None:
    made = slipped()
    assert len(acts(made, "fludarabine")) == 5 and len(acts(made, "busulfan")) == 2
    assert {act.status for act in acts(made, "fludarabine")} == {Status.GIVEN}


def test_an_earlier_event_than_the_entered_date_is_contradictory() -> None:
    made = replan(event("graft transfusion", "2027-01-10T10:00"))
    assert codes(made)["ANCHOR-CONTRADICTORY"] is Severity.STOP
    assert not [act for act in made.acts if act.when]


def test_two_graft_days_are_contradictory_until_one_is_corrected() -> None:
    first = event("graft transfusion", "2027-01-14T10:00", ident="g1")
    assert "ANCHOR-CONTRADICTORY" in codes(replan(first, event("graft transfusion", "2027-01-15T10:00")))
    fixed = event("graft transfusion", "2027-01-15T10:00", ident="g2", corrects="g1")
    made = replan(first, fixed)
    assert "ANCHOR-CONTRADICTORY" not in codes(made) and made.anchors[0][1] == date(2027, 1, 15)


def test_a_missed_day_stays_open_and_is_asked_about() -> None:
    given = [event("given", f"2027-01-0{day}", "773", "mg", "cyclophosphamide") for day in (2, 4, 5)]
    made = replan(*given, now=datetime(2027, 1, 6, 12, tzinfo=PARIS))
    open_days = [act.when for act in acts(made, "cyclophosphamide", Status.PLANNED)]
    assert open_days == [date(2027, 1, 3), date(2027, 1, 17), date(2027, 1, 19)]
    assert codes(made)["NOT-RECORDED"] is Severity.ASK


@pytest.mark.parametrize(
    ("value", "code", "severity"),
    [
        ("770", "", None),
        ("700", "", None),  # -9.4 %
        ("690", "GIVEN-DEVIATION", Severity.ASK),  # -10.7 %
        ("7726.8", "GIVEN-TENFOLD", Severity.STOP),
        ("77.27", "GIVEN-TENFOLD", Severity.STOP),
        ("3090", "GIVEN-COURSE-TOTAL", Severity.STOP),
    ],
)
def test_what_was_given_is_held_against_the_dose(value: str, code: str, severity: Severity | None) -> None:
    given = event("given", "2027-01-02", value, "mg", "cyclophosphamide")
    found = codes(replan(given, now=datetime(2027, 1, 2, 20, tzinfo=PARIS)))
    assert found.get(code) is severity
    if not code:
        assert not [key for key in found if key.startswith("GIVEN")]


def test_a_giving_that_fits_no_act_is_kept_and_asked_about() -> None:
    made = replan(event("given", "2027-01-02", "100", "mg", "melphalan"))
    assert [(act.name, act.status) for act in made.acts if act.name == "melphalan"] == [("melphalan", Status.GIVEN)]
    assert codes(made)["GIVEN-NOT-PLANNED"] is Severity.ASK


def test_a_product_fits_a_line_whose_name_leaves_the_product_open() -> None:
    timeline, _ = event_file.load(EXAMPLES / "events-graft-slipped.csv")
    assert {event.subject for event in timeline.events if "lobuline" in event.subject} == {"Thymoglobuline"}
    given = [act for act in slipped().acts if act.name.startswith("antithymocyte")]
    assert [act.status for act in given] == [Status.GIVEN] * 2


def test_a_trade_name_is_the_same_agent() -> None:
    made = replan(event("given", "2027-01-02", "773", "mg", "Endoxan"), now=datetime(2027, 1, 2, 20, tzinfo=PARIS))
    assert acts(made, "cyclophosphamide", Status.GIVEN)


def test_an_open_stretch_takes_every_giving_and_goes_on() -> None:
    graft = event("graft transfusion", "2027-01-14T10:00")
    given = [event("given", f"2027-01-{day}", "240", "mg", "ciclosporin") for day in (20, 21, 22)]
    made = replan(graft, *given, now=datetime(2027, 1, 23, tzinfo=PARIS))
    stretch = acts(made, "cyclosporine", Status.PLANNED)
    assert [(act.earliest, act.latest) for act in stretch] == [(date(2027, 1, 20), None)]
    assert [act.when for act in acts(made, "cyclosporine", Status.GIVEN)] == [date(2027, 1, d) for d in (20, 21, 22)]


@pytest.mark.parametrize("end", ["death", "withdrawal of consent", "lost to follow-up"])
def test_nothing_is_asked_after_an_end(end: str) -> None:
    graft = event("graft transfusion", "2027-01-14T10:00")
    made = replan(graft, event(end, "2027-01-25"), now=datetime(2027, 2, 1, tzinfo=PARIS))
    last = date(2027, 1, 25)
    for act in made.acts:
        if act.status in (Status.PLANNED, Status.WAITING):
            assert (act.when or act.earliest or date.max) < last
            assert act.earliest is None or (act.latest is not None and act.latest <= last)
    stretch = acts(made, "mycophenolate mofetil", Status.PLANNED)
    assert [act.latest for act in stretch] == [last]


def test_a_death_that_was_not_one_ends_nothing() -> None:
    made = replan(event("death", "2027-01-10", "no"))
    assert Status.CLOSED not in {act.status for act in made.acts}


def test_a_dose_reduction_holds_from_its_day_on() -> None:
    made = replan(
        event("dose reduction", "2027-01-04", "25", "%", "cyclophosphamide"), now=datetime(2027, 1, 4, 12, tzinfo=PARIS)
    )
    doses = [act.dose.per_dose.value.quantize(Decimal("0.01")) for act in acts(made, "cyclophosphamide") if act.dose]
    # 772.68 x 0.75 = 579.51; 4000 x 0.75 = 3000
    assert [str(value) for value in doses] == ["772.68", "772.68", "579.51", "579.51", "3000.00", "3000.00"]


def test_a_change_of_weight_above_10_percent_asks_for_confirmation() -> None:
    heavier = event("weight", "2027-01-08", "89", "kg")
    assert codes(replan(heavier))["WEIGHT-CHANGE"] is Severity.ASK
    confirmed = event("weight confirmed", "2027-01-08", "89", "kg")
    assert "WEIGHT-CHANGE" not in codes(replan(heavier, confirmed))
    assert "WEIGHT-CHANGE" not in codes(replan(event("weight", "2027-01-08", "88", "kg")))


def test_h13_a_copied_order_is_outside_the_window() -> None:
    first = event("given", "2027-03-01T10:00", "715", "MBq", "90Y-epratuzumab tetraxetan")
    copied = event("given", "2027-03-08T10:00", "1430", "MBq", "90Y-epratuzumab tetraxetan")
    made = plan(
        RIT_B_ALL,
        replace(NANTES),
        anchors={"RIT D1": date(2027, 3, 1)},
        timeline=Timeline.of([first, copied]),
        arm="experimental",
        now=datetime(2027, 3, 9, tzinfo=UTC),
    )
    window = [finding for finding in made.findings if finding.code == "ACTIVITY-WINDOW"]
    assert len(window) == 1 and window[0].hazard == "H13" and "2027-03-08" in window[0].message


def test_events_after_now_are_named_and_play_no_part() -> None:
    made = replan(event("graft transfusion", "2027-01-20T10:00"))
    assert made.anchors[0][1] == HOPED and codes(made)["EVENT-FUTURE"] is Severity.NOTE


def test_totals_show_what_was_given_so_far() -> None:
    total = next(total for total in slipped().totals if total.agent == "cyclophosphamide")
    assert total.given is not None and total.given.value == 3080

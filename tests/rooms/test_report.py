"""Figures as data, tables with their three totals, and what each export holds."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from icalendar import Calendar as Ics

from posolog.api import calendar_file
from posolog.core.days import Anchor
from posolog.core.quantity import Quantity, quantity
from posolog.course.model import Plan, Status
from posolog.report import format as say
from posolog.report.calendar import Box, Calendar, Mark
from posolog.report.data import plan_csv, plan_json
from posolog.report.html import plan_html
from posolog.report.layout import calendars
from posolog.report.svg import stacked, svg
from posolog.report.tables import dose_lines, gate_lines
from posolog.report.text import plan_text
from posolog.report.words import PURPOSE
from tests.rooms.sample_plan import D0, GRAFT, sample

CYCLE = Anchor("D1", "first infusion")


def drawn() -> Calendar:
    (calendar,) = calendars(sample())
    return calendar


def boxes_of(agent: str) -> list[Box]:
    calendar = drawn()
    return [box for box in calendar.boxes if calendar.columns[box.column].name == agent]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5.0", "5"), (".5", "0.5"), ("772.6764", "772.68"), ("3090.7056", "3,090.71"), ("4000", "4,000"),
        ("57.95073", "57.95"), ("0.0682", "0.0682"), ("0.999999", "1"), ("160000000", "160,000,000"), ("0", "0"),
        ("2.675", "2.68"), ("-1.25", "−1.25"),
    ],
)  # fmt: skip
def test_numbers(value: str, shown: str) -> None:
    assert say.number(Decimal(value)) == shown


def test_a_number_and_its_unit_do_not_part() -> None:
    assert say.amount(quantity("57.95073 mg")) == "57.95\u00a0mg"
    assert say.amount(Quantity(Decimal("9"), quantity("1 µg").unit)) == "9\u00a0mcg"


def test_days_in_words() -> None:
    assert say.days((4, 11), CYCLE) == "D4 and D11 (2\u00a0days)"
    assert say.days(range(4, 12), CYCLE) == "D4 to D11 (8\u00a0days)"
    assert say.days((-5, -4), D0) == "D−5 and D−4 (2\u00a0days)"
    assert say.days((-1, 1, 2), CYCLE) == "D−1 to D2 (3\u00a0days)"
    assert say.days((0,), D0) == "D0"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("400 mg/m²/day", "400\u00a0mg per m² per day"),
        ("9 µg/d", "9\u00a0mcg per day"),
        ("2.50 mg on D-5", "2.5\u00a0mg on D−5"),
        ('the words "5 mg / kg / day (D-13)" stay', 'the words "5 mg / kg / day (D-13)" stay'),
        ("hoped for on 2027-01-14", "hoped for on 14\u00a0January 2027"),
        ("yes/no", "yes/no"),
    ],
)
def test_words_made_elsewhere_follow_the_printing_rules(words: str, said: str) -> None:
    assert say.spoken(words) == said


def test_the_anchor_is_said_in_words() -> None:
    assert drawn().heading == "D0 = graft transfusion, Thursday 14\u00a0January 2027"


def test_rows_are_days_then_weeks_then_single_dates() -> None:
    rows = drawn().rows
    days = [row.first for row in rows if row.scale == "day"]
    assert days == list(range(-13, 16))
    assert [row.scale for row in rows] == sorted((row.scale for row in rows), key=("day", "week", "point").index)
    assert [row.first for row in rows if row.scale == "point"] == [181, 365, 731]
    assert all(before.last < after.first for before, after in pairwise(rows))


def test_todays_row_is_marked() -> None:
    assert [row.label for row in drawn().rows if row.today] == ["D−10"]


def test_one_column_for_each_agent_in_order_of_its_first_day() -> None:
    names = [column.name for column in drawn().columns]
    assert names[:4] == ["events", "thiotepa", "cyclophosphamide", "etoposide"]
    assert len(names) == len(set(names))


def test_boxes_carry_the_dose_of_their_day() -> None:
    found = [(box.first, box.text, box.mark) for box in boxes_of("cyclophosphamide")]
    low, high = "772.68\u00a0mg", "4,000\u00a0mg"
    assert found == [(day, low, Mark.DOSE) for day in (-12, -11, -10, -9)] + [
        (3, high, Mark.DOSE),
        (5, high, Mark.DOSE),
    ]


def test_a_refused_dose_is_a_box_without_a_number() -> None:
    assert {(box.text, box.mark) for box in boxes_of("busulfan")} == {("no dose", Mark.NO_DOSE)}


def test_a_bar_ends_where_its_taper_begins() -> None:
    bar, taper = boxes_of("cyclosporine")
    assert (bar.mark, bar.first, bar.last, bar.open_end) == (Mark.ONGOING, 6, 61, False)
    assert (taper.mark, taper.first, taper.last) == (Mark.TAPER, 62, 90)


def test_a_gate_is_drawn_with_its_answer_and_without_a_dose() -> None:
    (gate,) = boxes_of("donor lymphocytes")
    assert (gate.mark, gate.first, gate.text) == (Mark.GATE, 120, "not known yet")


def test_what_has_no_day_is_listed() -> None:
    assert drawn().undated == ("donor lymphocytes (not known yet), 2 times",)


def test_what_was_given_outside_the_plan_is_drawn() -> None:
    plan = sample()
    extra = replace(plan.acts[0], name="melphalan", anchor=None, day=None, dose=None, status=Status.GIVEN)
    extra = replace(extra, note="given 70 mg; in no line of the plan", when=GRAFT - timedelta(days=6))
    (calendar,) = calendars(replace(plan, acts=(*plan.acts, extra)))
    (box,) = [box for box in calendar.boxes if box.mark is Mark.GIVEN]
    assert (calendar.columns[box.column].name, box.first, box.text) == ("melphalan", -6, "70\u00a0mg")


def test_rest_days_are_said() -> None:
    assert [box.first for box in drawn().boxes if box.mark is Mark.REST] == [-8, -7, -6]


def test_two_anchors_never_share_a_drawing() -> None:
    plan = sample()
    second = replace(plan.acts[0], anchor=CYCLE, day=1, when=GRAFT)
    two = replace(plan, anchors=(*plan.anchors, (CYCLE, GRAFT)), acts=(*plan.acts, second))
    assert [calendar.anchor for calendar in calendars(two)] == [D0, CYCLE]
    ElementTree.fromstring(stacked(calendars(two)))


def two_anchors() -> Plan:
    plan = sample()
    acts = tuple(replace(act, anchor=CYCLE, day=1) if act.name == "fludarabine" else act for act in plan.acts)
    return replace(plan, acts=acts, anchors=((D0, GRAFT), (CYCLE, GRAFT + timedelta(days=90))))


def test_a_page_with_two_anchors_heads_each_calendar_and_says_what_days_count_from() -> None:
    page, text = plan_html(two_anchors()), plan_text(two_anchors())
    headings = re.findall(r"<h3>(.*?): <span", page)
    assert headings == ["Days from D0", "Days from D1"]
    assert "counted from D0 and" in page and page.count("Days count from 2 events") == 1
    assert {line.origin for line in dose_lines(two_anchors()) if line.name == "fludarabine"} == {"D1"}
    assert " from D1" in text
    assert "<h3>" not in plan_html(sample()) and {line.origin for line in dose_lines(sample())} == {""}


def test_an_anchor_without_a_date_still_has_a_calendar() -> None:
    plan = sample()
    acts = tuple(replace(act, when=None, earliest=None, latest=None) for act in plan.acts)
    (calendar,) = calendars(replace(plan, anchors=((D0, None),), acts=acts))
    assert calendar.heading == "D0 = graft transfusion, date not known yet"
    assert {row.when for row in calendar.rows} == {""}


def test_the_drawing_is_well_formed_named_and_described() -> None:
    root = ElementTree.fromstring(svg(drawn()))
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title") and root[1].tag.endswith("desc") and root[1].text


def test_every_box_stands_inside_the_drawing() -> None:
    root = ElementTree.fromstring(svg(drawn()))
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        right = float(rect.get("x", "0")) + float(rect.get("width", "0"))
        low = float(rect.get("y", "0")) + float(rect.get("height", "0"))
        assert right <= width + 0.5 and low <= height + 0.5


def test_three_totals_reconcile_for_every_line() -> None:
    line = next(line for line in dose_lines(sample()) if line.name == "fludarabine")
    totals = line.per_dose.text, line.per_day.text, line.per_course.text
    assert totals == ("57.95\u00a0mg", "57.95\u00a0mg", "289.75\u00a0mg")
    assert line.days == "D−5 to D−1 (5\u00a0days)"


def test_an_open_total_says_so() -> None:
    line = next(line for line in dose_lines(sample()) if line.name == "cyclosporine")
    assert (line.per_course.text, line.days, line.route) == ("open", "from D+6", "intravenous")


def test_a_days_amount_is_never_shown_as_a_dose() -> None:
    plan = sample()
    acts = tuple(replace(a, dose=replace(a.dose, doses_per_day=None)) if a.dose else a for a in plan.acts)
    line = dose_lines(replace(plan, acts=acts))[0]
    assert (line.per_dose.text, line.per_day.text) == ("not stated", "400\u00a0mg")


def test_a_vinca_carries_its_warning() -> None:
    plan = sample()
    act = replace(plan.acts[0], name="vincristine", route="IV")
    (line,) = dose_lines(replace(plan, acts=(act,)))
    assert line.route == "for intravenous use only: fatal if given by other routes"
    (line,) = dose_lines(replace(plan, acts=(replace(act, route=""),)))
    assert "route not stated" in line.route and "fatal" in line.route


def test_a_gate_names_what_is_missing() -> None:
    (gate,) = gate_lines(sample())
    assert gate.missing == ("immunosuppression stopped for at least 1 month", "no active GVHD")


def test_the_page_needs_nothing_else_and_says_its_purpose_once() -> None:
    page = plan_html(sample())
    assert page.count(PURPOSE) == 1
    assert not re.search(r"(?:src|href)=\"(?!#)", page) and "url(http" not in page
    assert f'content="{sample().inputs_hash}"' in page


def test_words_of_a_source_never_become_markup() -> None:
    plan = sample()
    act = replace(plan.acts[0], name="<b>x</b>", quote="<script>alert(1)</script>", note="a & b")
    page = plan_html(replace(plan, acts=(act,)))
    assert "<script>" not in page and "<b>x" not in page


def test_terminal_text_names_every_agent_and_finding() -> None:
    text = plan_text(sample())
    assert "stop DOSE-FREQUENCY (H8)" in text and "set-haplo.yaml:31" in text
    assert all(name in text for name in ("thiotepa", "busulfan", "donor lymphocytes", "rest"))


def test_json_is_complete_with_decimals_as_strings_and_ascii_days() -> None:
    plan = sample()
    data = json.loads(plan_json(plan))
    assert len(data["acts"]) == len(plan.acts) and len(data["findings"]) == len(plan.findings)
    first = data["acts"][0]
    assert (first["day_label"], first["dose"]["per_day"]["value"]) == ("D-13", "400")
    assert first["because"]["because"] == "computed" and first["because"]["of"][0]["words"].startswith("Thiotepa")
    assert "\u2212" not in plan_json(plan)


def test_csv_has_one_row_for_each_act_and_no_formula() -> None:
    plan = sample()
    rows = list(csv.DictReader(io.StringIO(plan_csv(plan))))
    assert len(rows) == len(plan.acts)
    assert {row["day"] for row in rows} >= {"D-13", "D0", "D+6"}
    bad = replace(plan, acts=(replace(plan.acts[0], note="=1+1"),))
    assert next(csv.DictReader(io.StringIO(plan_csv(bad))))["note"] == "'=1+1"


def ics_events(data: bytes) -> dict[str, tuple[int, str, object]]:
    events = Ics.from_ical(data).events
    return {str(e["UID"]): (int(e["SEQUENCE"]), str(e["STATUS"]), e["DTSTART"].dt) for e in events}


def moved(plan: Plan, days: int) -> Plan:
    def later(value: date | None) -> date | None:
        return value + timedelta(days=days) if value else None

    acts = tuple(replace(act, when=later(act.when)) for act in plan.acts)
    return replace(plan, anchors=((D0, later(GRAFT)),), acts=acts)


def test_calendar_file_has_stable_identifiers_and_no_recurrence() -> None:
    data, losses = calendar_file(sample())
    assert b"RRULE" not in data and [loss.code for loss in losses] == ["CALENDAR-UNDATED"]
    assert ics_events(data) == ics_events(calendar_file(sample())[0])
    dated = [act for act in sample().acts if act.when and act.kind != "refer"]
    assert len(ics_events(data)) == len(dated)


def test_moving_the_anchor_raises_the_sequence_under_the_same_identifiers() -> None:
    first = calendar_file(sample())[0]
    again = ics_events(calendar_file(sample(), before=first)[0])
    assert {sequence for sequence, _, _ in again.values()} == {0}
    second = ics_events(calendar_file(moved(sample(), 7), before=first)[0])
    assert second.keys() == again.keys()
    assert {sequence for sequence, _, _ in second.values()} == {1}


def test_what_is_no_longer_planned_is_cancelled() -> None:
    first = calendar_file(sample())[0]
    fewer = replace(sample(), acts=sample().acts[1:])
    events = ics_events(calendar_file(fewer, before=first)[0])
    cancelled = [sequence for sequence, status, _ in events.values() if status == "CANCELLED"]
    assert cancelled == [1]


def test_waiting_acts_are_tentative() -> None:
    data, _ = calendar_file(sample())
    tentative = [e for e in Ics.from_ical(data).events if str(e["STATUS"]) == "TENTATIVE"]
    waiting = [a for a in sample().acts if a.when and a.status in (Status.WAITING, Status.REFUSED)]
    assert len(tentative) == len(waiting) > 0

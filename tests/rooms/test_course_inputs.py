"""Patient and event files: what is read, and that every fault names file, line and words and loses nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from posolog.core.finding import Finding, Refusal
from posolog.core.timeline import Timeline
from posolog.course import events, patient
from posolog.course.body import Body, plausible

EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD = "datetime,event,value,unit,subject,known,ident,corrects\n"


def only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_the_example_patient() -> None:
    found, faults = patient.load(EXAMPLES / "patient.yaml")
    assert found is not None and not faults
    assert (found.ident, found.weight_kg, found.height_cm) == ("P-001", Decimal(80), Decimal(172))
    assert (found.sex, found.age_years, found.site, found.rank_at_site) == ("male", 45, "Nantes", 3)


def test_every_key_of_a_patient_file() -> None:
    text = """
patient: P-002
weight_kg: 61.50
height: 165cm
sex: F
birth: 1981-05-02
rank_at_site: 7
facts: {performance status: 1}
vials:
  - {ident: V1, agent: 90Y-epratuzumab tetraxetan, activity: 1.5 GBq, volume: 10 mL,
     calibrated: 2027-03-01T10:00+01:00, day: D1}
"""
    found, faults = patient.parse(text)
    assert found is not None and not faults
    assert (found.weight_kg, found.birth, found.sex) == (Decimal("61.50"), date(1981, 5, 2), "female")
    assert found.facts == (("performance status", "1"),)
    assert found.vials[0].activity_mbq == 1500 and found.vials[0].calibrated == datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("weight: 176 lb", "lb"),
        ("weight: 80,5", "comma"),
        ("weight: 80 000 g", "is in 000 g"),
        ("weight: heavy", "not a number"),
        ("weight: -3", "not above zero"),
        ("height: 1.72 m", "is in m, not in cm"),
        ("sex: unknown", "neither male nor female"),
        ("age: 45.5", "whole number"),
        ("birth: 02/05/1981", "not an ISO date"),
        ("wieght: 80", "is not a key"),
        ("weight: [80, 81]", "more than one value"),
        ("vials: {ident: V1}", "a list"),
        ("vials: [{ident: V1}]", "lacks agent, activity, calibrated"),
        ("vials: [{ident: V1, agent: a, activity: 10 mg, calibrated: 2027-03-01T10:00}]", "not an activity"),
        ("vials: [{ident: V1, agent: a, activity: 10 MBq, calibrated: 2027-03-01}]", "needs its hour"),
    ],
)
def test_a_fault_names_its_line_and_leaves_the_value_out(line: str, words: str) -> None:
    found, faults = patient.parse(f"patient: P\nsite: Nantes\n{line}\n", name="p.yaml")
    fault = only(faults)
    assert words in fault.message and "p.yaml, line 3" in fault.message and fault.places[0].line == 3
    assert found is not None and found.site == "Nantes" and found.weight_kg is None and not found.vials


def test_a_key_that_stands_twice() -> None:
    _, faults = patient.parse("patient: P\nweight: 80\nweight_kg: 81\n")
    assert "says again" in only(faults).message


@pytest.mark.parametrize("text", ["- a\n- b\n", "", "a: [1\n", "\tpatient: P\n"])
def test_files_that_hold_no_patient(text: str) -> None:
    found, faults = patient.parse(text)
    assert found is None and only(faults).code == "PATIENT-YAML"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for load in (patient.load, events.load):
        _, faults = load(tmp_path / "nothing")
        assert only(faults).code == "FILE-UNREADABLE"
        latin = tmp_path / "latin"
        latin.write_bytes("patient: Béatrice".encode("latin-1"))
        _, faults = load(latin)
        assert only(faults).code == "FILE-NOT-UTF8"


def test_rows_are_read_with_their_zone_and_two_clocks() -> None:
    rows = "2027-01-14,graft transfusion,,,,2027-01-15T08:00Z,g1,\n2027-01-14T10:00,weight,78,kg,,,w1,\n"
    found, faults = events.parse(HEAD + rows)
    assert not faults
    graft, weight = (next(e for e in found.events if e.ident == ident) for ident in ("g1", "w1"))
    assert graft.at == datetime(2027, 1, 14, tzinfo=ZoneInfo("Europe/Paris"))
    assert graft.known == datetime(2027, 1, 15, 8, tzinfo=UTC)
    assert weight.at == datetime(2027, 1, 14, 9, tzinfo=UTC)
    elsewhere, _ = events.parse(HEAD + rows, zone="America/New_York")
    assert elsewhere.events != found.events


def test_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("\ufeffdate;event;value;unit\n2027-01-14;weight;78;kg\n", encoding="utf-8")
    found, faults = events.load(path)
    assert not faults and found.events[0].value == "78"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("14/01/2027,weight,78,kg,,,,", "not an ISO date"),
        (",weight,78,kg,,,,", "no date"),
        ("2027-01-14,,78,kg,,,,", "no name"),
        ("2027-01-14,weight,78,,,,,", "no unit"),
        ("2027-01-14,weight,172,lb,,,,", "is in lb"),
        ("2027-01-14,weight,78,5,kg,,,", "not in kg"),
        ("2027-01-14,given,400,,thiotepa,,,", "no unit"),
        ("2027-01-14,given,400,mg,,,,", "needs the agent"),
        ('2027-01-14,given,"1,5",g,thiotepa,,,', "comma"),
        ("2027-01-14,dose reduction,125,%,thiotepa,,,", "percentage"),
        ("2026-03-29T02:30,weight,78,kg,,,,", "clock change"),
        ("2027-01-14,weight,78,kg,,,a,,,x", "cells"),
        ("2027-01-14,weight,78,kg,,,good,", "stands twice"),
    ],
)
def test_a_bad_row_is_a_finding_and_the_others_stay(row: str, words: str) -> None:
    found, faults = events.parse(f"{HEAD}2027-01-10,weight,80,kg,,,good,\n{row}\n", name="e.csv")
    fault = only(faults)
    assert words in fault.message and "e.csv, line 3" in fault.message
    assert [event.ident for event in found.events] == ["good"]


def test_columns_and_corrections_are_checked() -> None:
    _, faults = events.parse("when,event\n")
    assert only(faults).code == "EVENTS-COLUMNS" and "'when'" in only(faults).message
    _, faults = events.parse("")
    assert only(faults).code == "EVENTS-CSV"
    _, faults = events.parse(HEAD + "2027-01-14,weight,78,kg,,,a,b\n")
    assert only(faults).code == "EVENT-CORRECTS"
    _, faults = events.parse(HEAD + "2027-01-14,weight,78,kg,,2027-01-10,a,\n")
    assert only(faults).code == "EVENT-KNOWN-BEFORE"


@pytest.mark.parametrize("name", ["events-graft-slipped.csv", "events-before-dli.csv"])
def test_writing_and_reading_back_gives_the_same_events(name: str, tmp_path: Path) -> None:
    found, faults = events.load(EXAMPLES / name)
    assert not faults and found.events
    events.write(found, tmp_path / "again.csv")
    again, faults = events.load(tmp_path / "again.csv")
    assert not faults and again == Timeline.of(found.events)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        events.parse(HEAD, zone="Europe/Nantes")
    assert refused.value.findings[0].code == "ZONE-UNKNOWN"


@pytest.mark.parametrize(
    ("height", "weight", "age", "codes"),
    [
        ("172", "80", 45, set()),
        ("80", "172", 45, {"BODY-SWAPPED"}),  # BMI 268.75
        ("15.8", "96", 4, {"BODY-SWAPPED"}),  # a child of 96 cm and 15.8 kg
        ("96", "15.8", 4, {"BODY-CHILD"}),
        ("80", "25", 1, {"BODY-BMI", "BODY-CHILD"}),  # 25 pounds entered as kilograms
        ("1.72", "80", 45, {"BODY-HEIGHT"}),
        ("1720", "80", 45, {"BODY-HEIGHT"}),
        ("68", "80", 45, {"BODY-BMI"}),  # inches
        ("172", "80000", 45, {"BODY-WEIGHT"}),
        ("172", "176", 45, {"BODY-BMI", "BODY-BSA"}),  # pounds
        ("130", "30", 30, {"BODY-BSA"}),
        ("50", "3.5", 0, {"BODY-CHILD"}),
    ],
)
def test_sizes_that_cannot_or_can_hardly_be_true(height: str, weight: str, age: int, codes: set[str]) -> None:
    found = plausible(Body(Decimal(weight), Decimal(height)), age_years=age, formula="Du Bois")
    assert {finding.code for finding in found} == codes
    assert all(finding.hazard == "H6" for finding in found)

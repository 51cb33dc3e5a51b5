"""The report of a trial: figures as data, one purpose line, nothing that tells an arm while blinded."""

import html
import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from posolog import api
from posolog.cli.boundary import run
from posolog.endpoints.blind import blind_rows, telling
from posolog.endpoints.flow import flow_of
from posolog.endpoints.lanes import lanes
from posolog.endpoints.results import Report
from posolog.report.endpoint_data import report_json
from posolog.report.endpoint_page import forests, page_of, report_html, step_figure
from posolog.report.endpoint_rows import COLUMNS, rows_csv
from posolog.report.endpoint_text import report_text
from posolog.report.forest_svg import place_of
from posolog.report.words import PURPOSE

ROOT = Path(__file__).parents[2]
TRIALS = ROOT / "examples" / "trials"
NAMES = ("set-haplo", "rit-b-all", "rit-phase1")


@lru_cache
def report(name: str, blinded: bool = False) -> Report:
    return api.endpoint_report(api.endpoint_rows(TRIALS / name), blinded=blinded)


@lru_cache
def page(name: str, blinded: bool = False) -> str:
    return report_html(report(name, blinded))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_it_is_once_and_shows_every_definition(name: str) -> None:
    words = html.unescape(page(name))
    assert words.count(PURPOSE) == 1
    for analysis in report(name).analyses:
        assert analysis.sentence in words
        assert analysis.sentence.count("\n") == 0
    assert "Synthetic data" in words
    assert "nan" not in re.sub(r"<[^>]*>", " ", words).casefold().split()


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_same_each_time(name: str) -> None:
    assert report_html(report(name)) == page(name)


def test_every_row_is_in_the_table_with_its_reason() -> None:
    found = report("set-haplo").derived
    lines = rows_csv(found.rows).splitlines()
    assert lines[0].split(",") == list(COLUMNS)
    assert len(lines) - 1 == sum(len(rows.rows) for rows in found.rows)
    assert all(row.why and (row.line or not row.known) for rows in found.rows for row in rows.rows)


def test_json_holds_every_number_and_no_nan() -> None:
    document = json.loads(report_json(report("rit-b-all")), parse_constant=lambda word: pytest.fail(word))
    assert document["format"] == "posolog endpoints 1"
    survival = next(e for e in document["endpoints"] if e["endpoint"] == "overall survival")
    assert survival["define"]["adjust"] == ["RPSFT", "IPCW", "two-stage"]
    assert {n["group"] for n in survival["numbers"]} == {"control", "experimental"}
    assert len(document["rows"]) == sum(len(rows.rows) for rows in report("rit-b-all").derived.rows)


def test_curves_as_data() -> None:
    analysis = next(a for a in report("rit-b-all").analyses if a.endpoint.name == "overall survival")
    figure = step_figure(analysis.figures[0])
    assert figure.x_label == "days from randomisation"
    assert [curve.label for curve in figure.curves] == ["control", "experimental"]
    for curve in figure.curves:
        assert curve.at_risk[0] == 60 and list(curve.at_risk) == sorted(curve.at_risk, reverse=True)
        assert curve.initial == 1.0 and list(curve.value) == sorted(curve.value, reverse=True)
        assert len(curve.lower) == len(curve.upper) == len(curve.value)


def test_the_forest_as_data() -> None:
    ratios, shares = forests(report("rit-b-all"))
    assert ratios.logarithmic and ratios.reference == 1.0 and ratios.words == ("experimental better", "control better")
    assert place_of(ratios)(1.0) == pytest.approx(-place_of(ratios)(ratios.low) + place_of(ratios)(1.0))
    assert place_of(shares)(0.25) == 0.25
    shown = [row.number for row in ratios.rows if row.number]
    assert shown == [n for a in report("rit-b-all").analyses for n in a.comparisons if n.unit == "ratio"]


def test_the_flow_adds_up() -> None:
    flow = flow_of(report("rit-b-all").derived, blinded=False)
    assert flow.entered.n == 120 == sum(column.steps[0].n for column in flow.columns)
    assert {column.name for column in flow.columns} == {"experimental", "control"}
    crossed = [step for column in flow.columns if column.name == "control" for step in column.steps if step.label == "crossed over"]
    assert crossed and not any(step.label == "crossed over" for c in flow.columns if c.name == "experimental" for step in c.steps)
    haplo = flow_of(report("set-haplo").derived, blinded=False)
    started, stayed = (next(s.n for s in haplo.columns[0].steps if s.label == label) for label in ("started treatment", "did not start"))
    assert started + stayed == haplo.entered.n == 72


def test_lanes_as_data() -> None:
    found, kinds = lanes(report("set-haplo").derived, blinded=False)
    assert "given donor lymphocytes" in kinds and "death" not in kinds
    assert all(0 <= day <= lane.days for lane in found for day, _ in lane.marks)
    assert [lane.days for lane in found] == sorted((lane.days for lane in found), reverse=True)
    assert sum(lane.ended == "death" for lane in found) == 44  # as the survival rows say


@pytest.mark.parametrize("name", NAMES)
def test_a_blinded_report_names_no_arm_and_no_event_of_one(name: str) -> None:
    found = report(name, True)
    protocol = found.derived.trial.protocol
    rows = rows_csv(blind_rows(found.derived.rows, found.derived.endpoints, protocol))
    for words in telling(protocol):
        assert words.casefold() not in rows.casefold()
    # the design may be named (definitions, withheld endpoints); patients' data may not tell an arm
    data = json.loads(report_json(found))
    assert data["rows"] == []
    assert all({group["name"] for group in e["groups"]} <= {"all patients"} for e in data["endpoints"])
    assert 'class="lane"' in page(name, True)
    for lane in re.findall(r'<g class="lane"><title>([^<]*)</title>', page(name, True)):
        assert not any(words.casefold() in lane.casefold() for words in (*telling(protocol), *protocol.arms))


def test_swapping_the_arms_changes_no_byte_of_a_blinded_report(tmp_path: Path) -> None:
    """Labels and the treatments that belong to them are exchanged; who crossed over shows nowhere either."""
    source = TRIALS / "rit-b-all"
    swapped = tmp_path / "trial"
    swapped.mkdir()
    frame = (source / "trial.yaml").read_text("utf-8").replace("../../../protocols", str(ROOT / "protocols"))
    (swapped / "trial.yaml").write_text(frame, "utf-8")
    exchange = {"experimental": "control", "control": "experimental"}
    patients = re.sub(r",(experimental|control),", lambda m: f",{exchange[m[1]]},", (source / "patients.csv").read_text("utf-8"))
    (swapped / "patients.csv").write_text(patients, "utf-8")
    exchange = {"first RIT infusion": "first dose of the chosen regimen", "first dose of the chosen regimen": "first RIT infusion"}
    events = re.sub(r"first RIT infusion|first dose of the chosen regimen", lambda m: exchange[m[0]], (source / "events.csv").read_text("utf-8"))
    (swapped / "events.csv").write_text(events, "utf-8")
    other = api.endpoint_report(api.endpoint_rows(swapped), blinded=True)
    assert report_html(other) == page("rit-b-all", True)
    assert report_json(other) == report_json(report("rit-b-all", True))
    assert report_text(other) == report_text(report("rit-b-all", True))
    assert report_html(api.endpoint_report(api.endpoint_rows(swapped))) != page("rit-b-all")


def test_the_page_as_data_counts_what_is_open() -> None:
    made = page_of(report("set-haplo"))
    grfs = next(section for section in made.sections if section.name == "GVHD-free, relapse-free survival")
    assert grfs.open_rows[0][3].startswith("the grade of acute GVHD on ")
    assert len(grfs.open_rows) == 2


PROTOCOL = """
protocol: small
anchors: {D0: graft transfusion}
arms: [one, two]
allocation: {randomised: true}
endpoints:
  - primary endpoint: survival
    at: [1 year]
    define: {method: Kaplan-Meier, start: graft transfusion, event: death, because: a test}
  - secondary endpoint: relapse
    at: [1 year]
    define: {method: cumulative incidence, start: graft transfusion, event: relapse, competing: death, because: a test}
  - secondary endpoint: remission
    at: [1 year]
    define: {method: status at time points, start: graft transfusion, event: response is CR, window: -9 to +9 days, because: a test}
  - secondary endpoint: cells
    at: [30 days, 90 days]
    define: {method: longitudinal model, start: graft transfusion, measures: [CD4], window: -9 to +9 days, because: a test}
  - secondary endpoint: current
    at: [1 year]
    define: {method: state occupation, start: graft transfusion, event: death, state: chronic GVHD, because: a test}
"""
GRAFTS = "".join(f"P{n},2027-01-{n:02},graft transfusion,\nP{n},2028-06-01,last contact,\n" for n in range(1, 7))
ARMS = "patient,arm\n" + "".join(f"P{n},{'one' if n % 2 else 'two'}\n" for n in range(1, 7))


def small(folder: Path, *, patients: str = ARMS, events: str = GRAFTS, frame: str = "", protocol: str = PROTOCOL) -> str:
    (folder / "p.yaml").write_text(protocol, "utf-8")
    (folder / "patients.csv").write_text(patients, "utf-8")
    (folder / "events.csv").write_text("patient,date,event,value\n" + events, "utf-8")
    (folder / "trial.yaml").write_text(frame or "trial: small\nprotocol: p.yaml\npatients: patients.csv\nevents: events.csv\n", "utf-8")
    return str(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {},  # no events: everybody is censored
        {"patients": ARMS.replace("two", "one")},  # one arm is empty
        {"events": GRAFTS.replace("last contact", "death")},  # everybody has the event
        {"events": "P1,2027-01-01,graft transfusion,\n"},  # one patient, and no follow-up at all
        {"events": "P1,2027-01-01,death,\n"},  # nobody starts
        {"events": GRAFTS + "P1,2027-01-01,death,\nP2,2027-01-02,death,\n"},  # deaths on the day of the graft
        {"events": GRAFTS + "P1,2027-02-02,CD4,<5\nP2,2027-02-02,CD4,7\nP2,2027-04-02,CD4,0\n"},
        {"events": GRAFTS + "P1,2026-01-01,death,\nP2,2026-05-05,relapse,\nP3,2029-01-01,relaps,\n"},
    ],
    ids=["censored", "one arm", "all die", "one row", "no start", "day 0", "cells", "wrong dates and names"],
)
@pytest.mark.parametrize("kind", ["html", "json", "csv", "txt"])
def test_thin_or_odd_data_gives_a_report_that_says_so(tmp_path: Path, changes: dict[str, str], kind: str) -> None:
    for blinded in ([], ["--blinded"]):
        assert run(["endpoints", small(tmp_path, **changes), "-o", str(tmp_path / f"out.{kind}"), *blinded]) in (0, 1)
        assert (tmp_path / f"out.{kind}").stat().st_size > 50


def test_odd_records_are_asked_about(tmp_path: Path) -> None:
    odd = GRAFTS + "P1,2026-01-01,death,\nP2,2026-05-05,relapse,\nP3,2028-01-01,relaps,\nP4,2027-03-03,death,\n"
    found = api.endpoint_rows(small(tmp_path, events=odd))
    codes = {finding.code: finding.message for finding in found.findings}
    assert {"ROW-UNKNOWN", "ROW-BEFORE-START", "RECORD-NAME", "RECORD-AFTER-END", "RECORD-NEVER"} <= set(codes)
    assert "relaps" in codes["RECORD-NAME"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"patients": "patient\nP1\n"}, "TRIAL-PATIENT"),
        ({"patients": "patient,arm\nP1,three\n"}, "TRIAL-PATIENT"),
        ({"patients": "patient,arm\nP1,one\nP1,two\n"}, "TRIAL-PATIENT"),
        ({"patients": "patient,arm\n"}, "TRIAL-PATIENT"),
        ({"patients": ""}, "TRIAL-PATIENT"),
        ({"events": "P1,yesterday,death,\n"}, "EVENT-ROW"),
        ({"events": ",2027-01-01,death,\n"}, "EVENT-ROW"),
        ({"events": "P1,2027-01-01,,\n"}, "EVENT-ROW"),
        ({"frame": "trial: x\n"}, "KEY-MISSING"),
        ({"frame": "trial: [\n"}, "YAML-BROKEN"),
        ({"frame": "trial: x\nprotocol: none.yaml\npatients: patients.csv\nevents: events.csv\n"}, "FILE-MISSING"),
        ({"frame": "trial: x\nprotocol: p.yaml\npatients: none.csv\nevents: events.csv\n"}, "FILE-UNREADABLE"),
        ({"frame": "trial: x\nprotocol: p.yaml\npatients: patients.csv\nevents: none.csv\n"}, "FILE-UNREADABLE"),
        ({"frame": "trial: x\nprotocol: p.yaml\npatients: patients.csv\nevents: events.csv\ncut: soon\n"}, "DATE-UNREADABLE"),
        ({"frame": "trial: x\nprotocol: p.yaml\npatients: patients.csv\nevents: events.csv\nzone: Moon\n"}, "ZONE-UNKNOWN"),
        ({"protocol": PROTOCOL.replace("event: relapse, competing", "event: death, competing")}, "DEFINITION-CLASH"),
        ({"protocol": PROTOCOL.replace(", competing: death", "")}, "DEFINITION-LACKS"),
        ({"protocol": PROTOCOL.replace("event: death, because", "event: death, window: -1 to +1 days, because")}, "DEFINITION-KEY"),
        ({"protocol": PROTOCOL.replace("competing: death", "competing: death, ties: [relaps]")}, "DEFINITION-TIES"),
        ({"protocol": PROTOCOL.replace("event: death, because", "event: death of grade X or above, because")}, "LINE-UNREAD"),
        ({"protocol": PROTOCOL.replace("Kaplan-Meier", "Kaplan Meyer")}, "VALUE-UNKNOWN"),
        ({"protocol": PROTOCOL.replace("at: [30 days, 90 days]", "after: x")}, "DEFINITION-LACKS"),
        ({"protocol": PROTOCOL.replace("response is CR,", "response is CR after relapse,")}, "DEFINITION-KEY"),
        ({"protocol": PROTOCOL.replace("event: response is CR,", "event: [response is CR, cure],")}, "DEFINITION-CLASH"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_its_code(
    tmp_path: Path, changes: dict[str, str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["endpoints", small(tmp_path, **changes)]) == 2
    assert code in capsys.readouterr().err


def test_a_definition_without_a_reason_is_asked_about(tmp_path: Path) -> None:
    found = api.endpoint_rows(small(tmp_path, protocol=PROTOCOL.replace("event: death, because: a test", "event: death")))
    assert "DEFINITION-REASON" in {finding.code for finding in found.findings}


def test_an_endpoint_without_a_definition_is_named(tmp_path: Path) -> None:
    more = PROTOCOL + "  - secondary endpoint: quality of life\n"
    found = api.endpoint_rows(small(tmp_path, protocol=more))
    assert "'quality of life' has no definition" in next(f for f in found.findings if f.code == "ENDPOINT-UNDEFINED").message


def test_a_cut_on_the_command_line(tmp_path: Path) -> None:
    folder = small(tmp_path, events=GRAFTS + "P1,2027-03-01,death,\n")
    assert {row.code for row in api.endpoint_rows(folder).of("survival").rows} == {0, 1}
    from datetime import date

    early = api.endpoint_rows(folder, cut=date(2027, 2, 1))
    assert {row.code for row in early.of("survival").rows} == {0}


def test_the_synthetic_trials_are_those_of_their_maker(tmp_path: Path) -> None:
    from tools.make_trials import main

    main(tmp_path)
    for name in NAMES:
        for file in ("trial.yaml", "patients.csv", "events.csv"):
            assert (tmp_path / name / file).read_bytes() == (TRIALS / name / file).read_bytes(), f"run make trials: {name}/{file}"


def test_the_maker_draws_other_trials_from_other_seeds() -> None:
    from random import Random

    from tools.make_trials import rit

    one, two = rit(Random(1), patients=20), rit(Random(2), patients=20)
    assert one.events != two.events and rit(Random(1), patients=20).events == one.events
    crossed = {row[0] for row in one.events if row[2] == "first crossover RIT infusion"}
    arms = {row[0]: row[1] for row in one.patients}
    assert {arms[ident] for ident in crossed} <= {"control"}

"""A gate of a protocol answered from a patient's dosimetry: yes, no, and not known yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from posolog.core.guard import Answer
from posolog.core.timeline import Timeline
from posolog.course.dose_facts import dose_events, with_doses
from posolog.course.events import parse
from posolog.course.guards import answer
from posolog.course.model import Patient
from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.result import Result
from posolog.dosimetry.study.solve import solve
from posolog.protocol.conditions_text import parse_condition
from posolog.report.dose_data import facts_csv

ROOT = Path(__file__).parents[2]
PATIENT = Patient("EX-01")


@pytest.fixture(scope="module")
def result() -> Result:
    study, notes = read_study(ROOT / "examples" / "dosimetry" / "patient.yaml")
    return solve(study, notes=notes, draws=200)


KNOWN = datetime(2027, 1, 20, 16, 0, tzinfo=ZoneInfo("Europe/Paris"))
DAY_8 = KNOWN + timedelta(hours=18)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("predicted red marrow dose < 3 Gy", Answer.NO),  # 4.0 Gy by image
        ("predicted red marrow dose < 5 Gy", Answer.YES),
        ("predicted liver dose <= 20 Gy", Answer.YES),
        ("predicted lungs dose < 20 Gy", Answer.UNKNOWN),  # not measured
    ],
)
def test_gate_before_the_second_injection(result: Result, words: str, expected: Answer) -> None:
    timeline, findings = with_doses(Timeline(), result, known=KNOWN)
    guard = answer(parse_condition(words), PATIENT, timeline, DAY_8)
    assert guard.answer is expected
    assert findings == ()


def test_before_it_became_known_the_gate_does_not_know(result: Result) -> None:
    timeline, _ = with_doses(Timeline(), result, known=KNOWN)
    condition = parse_condition("predicted red marrow dose < 5 Gy")
    assert answer(condition, PATIENT, timeline, KNOWN - timedelta(hours=1)).answer is Answer.UNKNOWN


def test_without_a_chosen_method_the_marrow_is_not_known(result: Result) -> None:
    study, notes = read_study(ROOT / "examples" / "dosimetry" / "patient.yaml")
    undecided = solve(replace(study, marrow_method=""), notes=notes, draws=100)
    timeline, findings = with_doses(Timeline(), undecided, known=KNOWN)
    guard = answer(parse_condition("predicted red marrow dose < 5 Gy"), PATIENT, timeline, DAY_8)
    assert guard.answer is Answer.UNKNOWN
    assert [finding.code for finding in findings] == ["RAD-METHOD"]


def test_a_second_prediction_replaces_the_first(result: Result) -> None:
    first, _ = with_doses(Timeline(), result, known=KNOWN)
    other = replace(result, study=replace(result.study, inputs_hash="other"))
    later = KNOWN + timedelta(hours=1)
    both, _ = with_doses(first, other, known=later)
    assert len(both.as_known(later).named("predicted liver dose")) == 1
    assert len(both.as_known(KNOWN).named("predicted liver dose")) == 1
    again, _ = with_doses(first, result, known=later)
    assert again == first


def test_the_file_of_facts_reads_back_as_events(result: Result) -> None:
    text, unknown = facts_csv(result)
    timeline, findings = parse(text, name="facts.csv")
    assert findings == () and unknown == ()
    events, _ = dose_events(result, known=KNOWN)
    assert {event.kind for event in timeline.events} == {event.kind for event in events}
    guard = answer(parse_condition("predicted red marrow dose < 3 Gy"), PATIENT, timeline, DAY_8)
    assert guard.answer is Answer.NO

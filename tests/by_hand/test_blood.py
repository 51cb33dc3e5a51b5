"""Grades, target expression and FLT3 ligand: every case with its answer written out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from posolog.core.because import Cited, Computed
from posolog.core.guard import Answer
from posolog.core.timeline import Event, Timeline
from posolog.course.blood import ligand, marker
from posolog.course.blood.analytes import Count, analyte_of, counts, limits, measured
from posolog.course.blood.assess import assess, injected
from posolog.course.blood.grades import bounds, grade, worst
from posolog.course.model import Patient
from posolog.protocol.model import Criterion, Note, Protocol

START = datetime(2027, 1, 14, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def event(day: float, kind: str, value: str = "", unit: str = "", subject: str = "") -> Event:
    at = START + timedelta(days=day)
    return Event(f"{kind} {day}", kind, at, at, value, unit, subject)


def line(*events: Event) -> Timeline:
    return Timeline.of(events)


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "result"),
    [
        ("neutrophils", "0.85", "10^9/L", "0.85"), ("neutrophils", "850", "/µL", "0.85"), ("neutrophils", "850", "/uL", "0.85"),
        ("neutrophils", "850", "/mm3", "0.85"), ("neutrophils", "850", "cells/mm³", "0.85"), ("neutrophils", "0,85", "G/L", "0.85"),
        ("neutrophils", "0.85", "x 10⁹/L", "0.85"), ("neutrophils", "0.85", "10*9/L", "0.85"), ("neutrophils", "0.85", "K/µL", "0.85"),
        ("platelets", "1e5", "/mm3", "100"), ("neutrophils", "0.850", "G/L", "0.85"), ("neutrophils", "1.250", "G/L", "1.25"),
        ("platelets", "24", "10^3/µL", "24"), ("platelets", "24000", "/μL", "24"), ("platelets", "24 G/L", "", "24"),
        ("haemoglobin", "9.5", "g/dL", "95"), ("haemoglobin", "95", "g/L", "95"), ("haemoglobin", "5.9", "mmol/L", "5.9"),
    ],
)  # fmt: skip
def test_units(analyte: str, value: str, unit: str, result: str) -> None:
    assert measured(analyte, value, unit)[0] == Decimal(result)


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "words"),
    [
        ("neutrophils", "0.85", "", "has no unit"),
        ("platelets", "24", "g/L", "cannot be read"),  # grams are no giga
        ("neutrophils", "850", "10^9/L", "beyond 200"),
        ("haemoglobin", "13", "g/L", "below 25"),  # 13 g/dL is meant
        ("haemoglobin", "130", "g/dL", "beyond 260"),
        ("platelets", "low", "G/L", "is no number"),
        ("platelets", "24,000", "/µL", "thousands mark"),  # never read as 24 per µL
        ("platelets", "24.000", "/µL", "thousands mark"),
        ("platelets", "24 G/L", "/µL", "is no number in /µL"),
        ("platelets", "1 e5", "/µL", "is no number in /µL"),
        ("neutrophils", "-1", "G/L", "is no number"),
    ],
)
def test_a_count_that_cannot_be_read_is_refused(analyte: str, value: str, unit: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        measured(analyte, value, unit)
    found, findings = counts(line(event(0, analyte, value, unit)))
    assert found == () and [finding.code for finding in findings] == ["COUNT-UNREAD"]


def test_names() -> None:
    assert [analyte_of(name) for name in ("ANC", "PLT", "Hb", "WBC", "Absolute neutrophil count", "weight")] == [
        "neutrophils", "platelets", "haemoglobin", "leucocytes", "neutrophils", ""
    ]  # fmt: skip


def graded(analyte: str, value: str, unit: str, **limit: str) -> tuple[int | None, str]:
    number, name, below = measured(analyte, value, unit)
    lower = {f"{analyte} {name}": Decimal(text) for text in limit.values()}
    found = grade(Count(analyte, START, number, name, below), lower)
    assert isinstance(found.because, Computed) and isinstance(found.because.of[0], Cited)
    assert found.because.of[0].key == "ctcae5"
    return found.grade, found.words


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "number"),
    [
        # CTCAE 5.0: < LLN to 1.5; < 1.5 to 1.0; < 1.0 to 0.5; < 0.5. A bound belongs to the lower grade.
        ("neutrophils", "1.5", "10^9/L", 1), ("neutrophils", "1.49", "10^9/L", 2), ("neutrophils", "1.0", "10^9/L", 2),
        ("neutrophils", "0.99", "10^9/L", 3), ("neutrophils", "0.5", "10^9/L", 3), ("neutrophils", "0.49", "10^9/L", 4),
        ("platelets", "75", "G/L", 1), ("platelets", "74", "G/L", 2), ("platelets", "49", "G/L", 3), ("platelets", "24", "G/L", 4),
        ("leucocytes", "2.9", "G/L", 2), ("leucocytes", "1.9", "G/L", 3), ("leucocytes", "0.9", "G/L", 4),
        ("lymphocytes", "0.79", "G/L", 2), ("lymphocytes", "0.49", "G/L", 3), ("lymphocytes", "0.19", "G/L", 4),
        ("haemoglobin", "99", "g/L", 2), ("haemoglobin", "79", "g/L", 3), ("haemoglobin", "6.2", "mmol/L", 1),
        ("haemoglobin", "6.1", "mmol/L", 2), ("haemoglobin", "4.8", "mmol/L", 3),
    ],
)  # fmt: skip
def test_grades_at_their_bounds(analyte: str, value: str, unit: str, number: int) -> None:
    limit = {"neutrophils": "1.8", "platelets": "150", "leucocytes": "4", "lymphocytes": "1.5"}.get(analyte, "120")
    if unit == "mmol/L":
        limit = "7.5"
    assert graded(analyte, value, unit, lln=limit)[0] == number


def test_grade_1_needs_the_laboratorys_limit() -> None:
    assert graded("neutrophils", "1.6", "10^9/L") == (
        None, "grade 0 or 1, not known which without the laboratory's lower limit"
    )  # fmt: skip
    assert graded("neutrophils", "1.6", "10^9/L", lln="1.8") == (1, "grade 1")
    assert graded("neutrophils", "1.8", "10^9/L", lln="1.8") == (0, "grade 0")
    assert graded("neutrophils", "1.4", "10^9/L")[0] == 2  # below the bound the limit is not needed


def test_grade_4_anaemia_is_no_matter_of_counts() -> None:
    assert graded("haemoglobin", "5", "g/dL") == (3, "grade 3 or more: grade 4 is a clinical judgement")


def test_less_than() -> None:
    assert graded("neutrophils", "<0.1", "10^9/L") == (4, "grade 4")
    assert graded("neutrophils", "<1.0", "10^9/L") == (3, "grade 3 or more: the laboratory says less than")
    assert graded("neutrophils", "<2.0", "10^9/L") == (None, "not known")


def test_bounds_come_from_the_library() -> None:
    assert bounds("platelets", "10^9/L") == ((4, Decimal(25)), (3, Decimal(50)), (2, Decimal(75)))
    assert bounds("haemoglobin", "g/L") == ((3, Decimal(80)), (2, Decimal(100)))


def test_the_laboratorys_limits_are_events_with_a_subject() -> None:
    found, findings = limits(
        line(event(0, "LLN", "1.8", "G/L", "ANC"), event(0, "LLN", "12", "g/dL", "Hb"), event(0, "LLN", "1"))
    )
    assert found == {"neutrophils 10^9/L": Decimal("1.8"), "haemoglobin g/L": Decimal(120)}
    assert [finding.code for finding in findings] == ["COUNT-UNREAD"]


def test_the_worst_grade_is_the_first_of_the_highest() -> None:
    found, _ = counts(
        line(*(event(day, "ANC", value, "G/L") for day, value in ((1, "0.9"), (5, "0.4"), (9, "0.3"), (12, "3"))))
    )
    first = worst(tuple(grade(one, {}) for one in found))
    assert first is not None and (first.grade, first.count.ident) == (4, "ANC 5")


ELIGIBLE = Protocol("p", eligibility=(Criterion("inclusion", "CD22+ expression >=30% of the blast population"),))
BOTH = Protocol(
    "p",
    eligibility=ELIGIBLE.eligibility,
    notes=(Note("The cut-off of 70% for the expression of CD22 has been chosen", "x"),),
)


@pytest.mark.parametrize(
    ("protocol", "value", "answer"),
    [
        (ELIGIBLE, "30", Answer.YES), (ELIGIBLE, "29.9", Answer.NO), (ELIGIBLE, "", Answer.UNKNOWN),
        (BOTH, "85", Answer.YES), (BOTH, "50", Answer.UNKNOWN), (BOTH, "10", Answer.NO),
        (Protocol("p"), "85", Answer.UNKNOWN),
    ],
)  # fmt: skip
def test_the_gate_on_the_target(protocol: Protocol, value: str, answer: Answer) -> None:
    events = line(event(0, "CD22 expression", value, "%")) if value else Timeline()
    guard, _, findings = marker.gate(protocol, events)
    assert guard.answer is answer
    assert [finding.code for finding in findings] == (["CUTOFF-DISAGREES"] if protocol is BOTH else [])
    assert guard.missing or answer is not Answer.UNKNOWN


def test_above_is_not_at_least() -> None:
    strict = Protocol("p", eligibility=(Criterion("inclusion", "more than 20 % of blasts positive for CD22"),))
    assert [(one.percent, one.strict) for one in marker.thresholds(strict)] == [(Decimal(20), True)]
    assert marker.gate(strict, line(event(0, "CD22", "20", "%")))[0].answer is Answer.NO


def test_another_marker_is_another_matter() -> None:
    words = Protocol("p", eligibility=(Criterion("inclusion", "CD19 on at least 50 % of blasts. CD22 is measured."),))
    assert marker.thresholds(words) == () and len(marker.thresholds(words, "CD19")) == 1


@pytest.mark.parametrize(("value", "unit"), [("0.85", ""), ("positive", ""), ("120", "%")])
def test_an_expression_that_is_no_percentage_is_not_known(value: str, unit: str) -> None:
    guard, _, findings = marker.gate(ELIGIBLE, line(event(0, "CD22", value, unit)))
    assert guard.answer is Answer.UNKNOWN and [finding.code for finding in findings] == ["EXPRESSION-UNREAD"]


def test_the_expression_may_stand_in_the_patient_file() -> None:
    patient = Patient("P", facts=(("CD22 expression", "42 %"),))
    assert marker.gate(ELIGIBLE, Timeline(), patient)[0].answer is Answer.YES


def fl(*pairs: tuple[float, str]) -> ligand.Course:
    found, findings = ligand.samples(line(*(event(day, "FLT3 ligand", value, "pg/mL") for day, value in pairs)))
    assert findings == ()
    return ligand.course(found, START)


def test_the_ligand_rises_and_falls() -> None:
    # baseline 100, peak 900: half-way down is 900 - 0.5 (900 - 100) = 500
    course = fl((-1, "100"), (7, "300"), (14, "900"), (21, "700"), (28, "500"))
    assert (course.rose.answer, course.recovering.answer) == (Answer.YES, Answer.YES)
    assert course.peak is not None and course.peak.at == START + timedelta(days=14)
    assert fl((-1, "100"), (14, "900"), (21, "501")).recovering.answer is Answer.NO


def test_the_ligand_is_not_known_without_baseline_or_after_the_peak() -> None:
    assert fl((7, "300"), (14, "900")).rose.answer is Answer.UNKNOWN
    assert fl((-1, "100")).rose.answer is Answer.UNKNOWN
    assert fl((-1, "100"), (7, "300"), (14, "900")).recovering.answer is Answer.UNKNOWN  # it may still rise
    low = fl((-1, "100"), (7, "150"), (14, "120"))
    assert (low.rose.answer, low.recovering.answer) == (Answer.NO, Answer.UNKNOWN)


def test_units_of_the_ligand() -> None:
    found, _ = ligand.samples(line(event(1, "Flt3-ligand", "0.9", "ng/mL"), event(2, "FLT3L", "900", "ng/L")))
    assert [one.pg_per_ml for one in found] == [Decimal(900), Decimal(900)]
    assert [f.code for f in ligand.samples(line(event(1, "FLT3L", "900")))[1]] == ["COUNT-UNREAD"]


AGENT = "90Y-epratuzumab tetraxetan"


def test_injections_come_from_the_record() -> None:
    record = line(
        event(0, "given", "714", "MBq", AGENT), event(0, "given", "185", "MBq", "111In-epratuzumab tetraxetan"),
        event(7, "given", "19.3", "mCi", AGENT), event(8, "given", "2", "mg", "vincristine"),
    )  # fmt: skip
    found, findings = injected(record)
    assert findings == () and [one.at.day for one in found] == [14, 21]
    assert [round(one.activity_gbq or 0, 4) for one in found] == [0.714, 0.7141]  # 19.3 mCi x 37 MBq


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ((event(-1, "ANC", "4", "G/L"), event(9, "ANC", "1", "G/L")), "no injection"),
        ((event(0, "given", "", "", AGENT), event(-1, "ANC", "4", "G/L"), event(9, "ANC", "1", "G/L")), "activity of an injection"),
        ((event(0, "given", "714", "MBq", AGENT), event(9, "ANC", "1", "G/L")), "no count up to the first injection"),
        ((event(0, "given", "714", "MBq", AGENT), event(-1, "ANC", "4", "G/L"), event(9, "ANC", "1", "G/L")), "1 counts after"),
        ((event(0, "given", "714", "MBq", AGENT), event(-1, "ANC", "0.02", "G/L"), event(9, "ANC", "1", "G/L")), "nearly nothing"),
    ],
)  # fmt: skip
def test_no_course_without_what_it_needs(record: tuple[Event, ...], words: str) -> None:
    (found,) = assess(Protocol("p"), line(*record), zone=PARIS, half_life_h=50).analytes
    assert found.prediction is None and words in found.no_fit


def test_growth_factors_and_transfusions_are_told() -> None:
    record = line(
        event(3, "ANC", "1", "G/L"), event(4, "given", "300", "mcg", "filgrastim"), event(5, "platelet transfusion")
    )
    told = [f for f in assess(Protocol("p"), record, zone=PARIS).findings if f.code == "COUNTS-HELPED"]
    assert len(told) == 1 and "filgrastim and platelet transfusion" in told[0].message

"""Each accident that concerns reading, checking or planning, replayed: refused or flagged with its id."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from posolog.checks import check
from posolog.core.timeline import Event, Timeline
from posolog.course.decay import draw, half_life_h
from posolog.course.model import Status, Vial
from posolog.formulary import find
from posolog.protocol.files import load
from posolog.reader import read
from tests.hazards.replay import D1, NOW, REFERENCE, found, named, planned, protocol

ROOT = Path(__file__).resolve().parents[2]


def test_h1_course_total_read_as_daily() -> None:
    result = read("Patients receive cyclophosphamide 4 g/m² days 1 to 4.")
    findings = named(check(result.protocol), "H1", "stop")
    assert [finding.code for finding in findings] == ["DOSE-BASIS"]
    assert "16 g per m²" in findings[0].message
    plan = planned(protocol("cyclophosphamide 4 g/m² on D1 to D4"))
    assert all(act.dose is None for act in plan.acts)


@pytest.mark.parametrize(
    "line",
    [
        "cisplatin 400 mg/m²/day IV on D1 to D4",
        "carboplatin 1600 mg/m²/day IV on D1 to D4",
        "busulfan 12.8 mg/kg/day IV once a day on D1 to D4",
        "cytarabine 24 g/m²/day IV on D1 to D4",
        "cyclophosphamide 7.2 g/m²/day IV on D1 to D4",
        "aldesleukin 8400000 IU/kg/day IV on D1 to D5",
    ],
)
def test_h2_survey_of_overdoses(line: str) -> None:
    stops = [f for f in found(line) if f.severity == "stop" and f.code.startswith("LIMIT")]
    assert stops, line
    assert any(f.hazard in ("H1", "H2", "H8") for f in stops)


def test_h3_a_dash_read_as_a_range() -> None:
    result = read("Vincristine 2 mg IV daily on days 4-11.")
    assert named(result.findings, "H3")
    assert named(check(result.protocol), "H3", "stop")
    assert named(found("vincristine 2 mg/dose IV on D4 to D11"), "H3", "stop")
    pair = planned(protocol("vincristine 2 mg/dose IV on D4 and D11"))
    assert [act.day for act in pair.acts if act.dose] == [4, 11]


def test_h4_vinca_by_another_route() -> None:
    assert named(found("vincristine 2 mg/dose IT on D1"), "H4", "stop")
    assert named(found("vincristine 2 mg/dose IV on D1", "methotrexate 12 mg/dose IT on D1"), "H4")


def test_h5_caps_of_two_kinds() -> None:
    plan = planned(protocol("docetaxel 60 mg/m²/dose IV on D1 at most 50 mg/m²/dose at most 50 mg/dose"))
    dose = next(act.dose for act in plan.acts if act.dose)
    assert dose.per_dose.value == 50 and dose.per_dose.unit.symbol == "mg"
    assert "50 mg" in dose.binding_cap
    assert named(found("docetaxel 60 mg/m²/dose IV on D1 at most 50 mg/m²/dose at most 50 mg/dose"), "H5")


def test_h6_height_and_weight_swapped() -> None:
    swapped = replace(REFERENCE, weight_kg=Decimal(172), height_cm=Decimal(80))
    plan = planned(protocol("thiotepa 5 mg/kg/day IV on D1"), swapped)
    stops = named(plan.findings, "H6", "stop")
    assert any("268.75" in f.message or "swapped" in f.message for f in stops)
    assert all(act.dose is None for act in plan.acts)


def test_h7_one_rate_that_gives_the_amount_back() -> None:
    plan = planned(protocol("fluorouracil 1000 mg/m²/dose IV over 96 hours on D1"))
    dose = next(act.dose for act in plan.acts if act.dose)
    rate, hours = (Decimal(n.replace(",", "")) for n in re.findall(r"[\d.,]*\d", dose.rate_text)[:2])
    assert hours == 96 and "4 days" in dose.rate_text
    assert abs(rate * hours - dose.per_dose.value) < Decimal("0.5")


def test_h8_every_six_hours_against_daily() -> None:
    stops = named(found("busulfan 3.2 mg/kg/dose IV every 6 hours for 16 doses on D1 to D4"), "H8", "stop")
    assert stops
    assert named(found("busulfan 3.2 mg/kg/day IV on D1 and D2"), "H8")


def test_h9_two_bases_in_one_plan() -> None:
    findings = named(check(load(ROOT / "protocols" / "set-haplo.yaml").protocol), "H9")
    said = " ".join(f.message for f in findings)
    assert "400 mg per m²" in said and "50 mg per kg" in said and "mesna" in said


@pytest.mark.parametrize("factor", [Decimal(10), Decimal("0.1")])
def test_h10_tenfold(factor: Decimal) -> None:
    at = datetime(2027, 1, 14, 9, tzinfo=UTC)
    given = Event("e1", "given", at, at, value=str(400 * factor), unit="mg", subject="thiotepa")
    plan = planned_after(protocol("thiotepa 5 mg/kg/day IV on D1"), Timeline.of([given]))
    assert named(plan.findings, "H10", "stop")


def planned_after(given, timeline):  # type: ignore[no-untyped-def]
    from posolog.course.plan import plan

    return plan(given, REFERENCE, anchors={"D1": D1}, timeline=timeline, now=datetime(2027, 1, 20, tzinfo=UTC))


def test_h11_a_weekly_drug_daily() -> None:
    assert named(found("methotrexate 15 mg/dose PO on D1 and D2"), "H11", "stop")


def test_h12_product_identity() -> None:
    agents = find("daunorubicin").agents
    assert [agent.formulation for agent in agents] == [""]
    assert find("liposomal daunorubicin").agents[0].formulation


def test_h13_each_injection_is_its_own_order() -> None:
    injections = protocol("90Y-epratuzumab tetraxetan 370 MBq/m²/dose IV on D1 and D8")
    day8 = datetime(2027, 1, 20, 8, tzinfo=UTC)
    lighter = Event("w", "weight", day8, day8, value="70", unit="kg")
    from posolog.course.plan import plan

    made = plan(
        injections,
        REFERENCE,
        anchors={"D1": D1},
        timeline=Timeline.of([lighter]),
        now=datetime(2027, 1, 20, 9, tzinfo=UTC),
    )
    first, second = (act.dose for act in made.acts if act.kind == "give")
    assert first is not None and second is not None
    assert abs(first.per_dose.value - Decimal("714.73")) < Decimal("0.01")
    assert second.per_dose.value < first.per_dose.value
    calibrated = datetime(2027, 1, 18, 0, tzinfo=UTC)
    vial = Vial("V1", "90Y-epratuzumab tetraxetan", Decimal(1500), Decimal(10), calibrated)
    half_life = half_life_h("90Y-epratuzumab tetraxetan")
    assert half_life == Decimal("64.10")
    early = draw(vial, calibrated - timedelta(0), Decimal(629), half_life)
    late = draw(vial, calibrated + timedelta(hours=80), Decimal(629), half_life)
    assert late.volume_ml is not None and early.volume_ml is not None and late.volume_ml > 2 * early.volume_ml
    whole = replace(REFERENCE, vials=(replace(vial, volume_ml=None, activity_mbq=Decimal(1500), day="D1"),))
    drawn = plan(injections, whole, anchors={"D1": datetime(2027, 1, 14, 10, tzinfo=UTC)}, timeline=Timeline(), now=NOW)
    assert named(drawn.findings, "H13")


def test_h16_volume_times_concentration_is_the_dose() -> None:
    calibrated = datetime(2027, 1, 14, 6, tzinfo=UTC)
    vial = Vial("V1", "90Y-epratuzumab tetraxetan", Decimal(1000), Decimal(8), calibrated)
    half_life = half_life_h("90Y-epratuzumab tetraxetan")
    assert half_life is not None
    order = draw(vial, calibrated + timedelta(hours=5), Decimal("714.73"), half_life)
    concentration = order.activity_mbq / Decimal(8)
    assert order.volume_ml is not None
    assert abs(order.volume_ml * concentration - Decimal("714.73")) < Decimal("1e-20")


def test_h17_no_stale_result() -> None:
    given = protocol("thiotepa 5 mg/kg/day IV on D1")
    one, again = planned(given), planned(given)
    other = planned(given, replace(REFERENCE, weight_kg=Decimal(81)))
    assert one.inputs_hash == again.inputs_hash != other.inputs_hash
    empty = planned(given, replace(REFERENCE, weight_kg=None))
    assert all(act.dose is None for act in empty.acts) and [f for f in empty.findings if f.severity == "stop"]


def test_h18_day_labels_of_two_languages() -> None:
    text = (ROOT / "examples" / "set-haplo.txt").read_text("utf-8")
    findings = check(read(text).protocol)
    gap = next(f for f in named(findings, "H18") if f.code == "REST-GAP")
    assert "D-7" in gap.message and any("J-8 and J-6" in place.words for place in gap.places)
    assert any(f.code == "DAY-LABELS-MIXED" for f in findings)


SHIPPED = [
    ("set-haplo.yaml", "", {}, {"D0": date(2027, 1, 14)}),
    ("rit-b-all.yaml", "experimental", {}, {"RIT D1": date(2027, 1, 14)}),
    ("rit-b-all.yaml", "control", {"regimen": "FLAG"}, {"control D1": date(2027, 1, 14)}),
    ("rit-b-all.yaml", "control", {"regimen": "Hyper-CVAD"}, {"control D1": date(2027, 1, 14)}),
    ("rit-b-all.yaml", "control", {"regimen": "blinatumomab"}, {"control D1": date(2027, 1, 14)}),
    ("rit-phase1.yaml", "", {"dose level": "370"}, {}),
]


@pytest.mark.parametrize(("name", "arm", "choices", "anchors"), SHIPPED)
def test_h20_no_hard_stop_on_a_reviewed_protocol(
    name: str, arm: str, choices: dict[str, str], anchors: dict[str, date]
) -> None:
    from posolog.course.plan import plan

    given = load(ROOT / "protocols" / name).protocol
    assert [f.code for f in check(given) if f.severity == "stop"] == []
    made = plan(given, REFERENCE, anchors=anchors, timeline=Timeline(), arm=arm, choices=choices, now=NOW)
    assert [f.message for f in made.findings if f.severity == "stop"] == []
    assert all(act.status is not Status.REFUSED for act in made.acts)

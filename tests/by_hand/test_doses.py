"""Doses worked by hand: the table of golden numbers (80 kg, 172 cm), the order of operations, caps, rates, decay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from posolog.core.because import Entered
from posolog.core.days import Anchor, DaySet
from posolog.core.finding import Finding, Place, Severity
from posolog.core.timeline import Event, Timeline
from posolog.course import body, decay
from posolog.course.body import Body
from posolog.course.dosing import Dosed, Reduction, Settings, dose, rate_text
from posolog.course.model import Patient, Plan, Planned, Status, Vial
from posolog.course.plan import plan
from posolog.course.schedule import counts
from posolog.protocol.model import (
    Amount,
    Basis,
    Count,
    Frequency,
    Give,
    Line,
    Part,
    Per,
    Protocol,
    Source,
)
from tests.by_hand.founding import (
    NANTES,
    Q12H,
    RIT_B_ALL,
    SET_HAPLO,
    VINCRISTINE,
    amount,
    days,
    unit,
)

NOW = datetime(2026, 11, 1, tzinfo=UTC)
D1 = Anchor("C D1", "first dose")
REFERENCE = Body(Decimal(80), Decimal(172), "male")
SETTLED = Settings("Du Bois", "actual weight")
HERE = Place("line", "", "test/1")


def two(value: Decimal) -> str:
    """A number to two decimals, halves away from zero."""
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def dosed(give: Give, at: Body = REFERENCE, *, settings: Settings = SETTLED, reduction: str = "") -> Dosed:
    """A line's dose outside any plan."""
    count, faults = counts(give, D1, HERE)
    assert not faults
    percent = Reduction(Decimal(reduction), Entered("test")) if reduction else None
    return dose(give, at, count, settings=settings, place=HERE, reduction=percent)


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def trial(*gives: Give, bsa: str = "Du Bois", weight: str = "actual weight") -> Protocol:
    """A protocol of one part whose lines are `gives`."""
    lines = tuple(
        Line(f"part/{n}", give, sources=(Source(f"words {n}", "t.txt", n, n + 7),)) for n, give in enumerate(gives, 1)
    )
    return Protocol("trial", anchors=(D1,), parts=(Part("part", "C D1", lines),), bsa=bsa, weight=weight)


def planned(*gives: Give, patient: Patient = NANTES, **options: str) -> Plan:
    return plan(trial(*gives), patient, anchors={"C D1": date(2027, 3, 1)}, now=NOW, choices=options)


def of(made: Plan, agent: str, day: int, *, part: str = "") -> Planned:
    found = [act for act in made.acts if act.name == agent and act.day == day and act.kind == "give"]
    found = [act for act in found if not part or act.part == part]
    assert found, f"{agent} D{day}"
    return found[0]


# ---- body size --------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Du Bois", "1.931691"),
        ("Mosteller", "1.955050"),
        ("Haycock", "1.970723"),
        ("Gehan-George", "1.971257"),
        ("Boyd", "1.980164"),
    ],
)
def test_bsa_of_172_cm_and_80_kg(formula: str, expected: str) -> None:
    # Mosteller: sqrt(172 x 80 / 3600) = sqrt(3.8222) = 1.95505; the others by logarithms
    assert str(body.surface(formula, Decimal(172), Decimal(80)).quantize(Decimal("1e-6"))) == expected


@pytest.mark.parametrize(
    ("height", "weight", "percent"),
    [("150", "45", "0.0"), ("172", "80", "1.2"), ("180", "120", "3.3"), ("190", "150", "3.75")],
)
def test_mosteller_over_du_bois(height: str, weight: str, percent: str) -> None:
    # HAZARDS section 4
    ratio = body.surface("Mosteller", Decimal(height), Decimal(weight)) / body.surface(
        "Du Bois", Decimal(height), Decimal(weight)
    )
    assert abs((ratio - 1) * 100 - Decimal(percent)) <= Decimal("0.06")


def test_ideal_and_adjusted_weights() -> None:
    # 172 cm = 67.7165 in; 50 + 2.3 x 7.7165 = 67.748; + 0.25 x 12.252 = 70.811; + 0.5 x 12.252 = 73.874
    assert two(body.dosing_weight("ideal weight", REFERENCE)) == "67.75"
    assert two(body.dosing_weight("adjusted weight 25 %", REFERENCE)) == "70.81"
    assert two(body.dosing_weight("adjusted weight 50 %", REFERENCE)) == "73.87"


@pytest.mark.parametrize(
    ("kind", "mg"),
    [
        ("actual weight", "256.00"),
        ("ideal weight", "216.79"),
        ("adjusted weight 25 %", "226.60"),
        ("adjusted weight 50 %", "236.40"),
    ],
)
def test_busulfan_on_each_weight(kind: str, mg: str) -> None:
    give = Give(
        "busulfan",
        amount("3.2", "mg", "kg", "day"),
        weight=kind,
        frequency=Frequency(1, Decimal(1), "day"),
        days=days(1),
    )
    result = dosed(give).dose
    assert result is not None and two(result.per_dose.value) == mg
    assert kind in result.basis


# ---- the table of section 4 -------------------------------------------------

SET_TABLE = [
    ("thiotepa", -13, "400.00", "400.00"),
    ("cyclophosphamide", -12, "772.68", "3090.71"),
    ("etoposide", -12, "193.17", "772.68"),
    ("fludarabine", -5, "57.95", "289.75"),
    ("busulfan", -5, "256.00", "512.00"),
    ("antithymocyte globulin (rabbit)", -3, "200.00", "400.00"),
    ("cyclophosphamide", 3, "4000.00", "8000.00"),
]


@pytest.mark.parametrize(("agent", "day", "daily", "course"), SET_TABLE)
def test_set_haplo_table(agent: str, day: int, daily: str, course: str) -> None:
    result = of(plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW), agent, day).dose
    assert result is not None and result.per_day is not None and result.per_course is not None
    assert (two(result.per_day.value), two(result.per_course.value)) == (daily, course)


def test_set_haplo_open_lines_and_the_total_of_cyclophosphamide() -> None:
    made = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW)
    ciclosporin, mmf = of(made, "cyclosporine", 6).dose, of(made, "mycophenolate mofetil", 6).dose
    assert ciclosporin is not None and ciclosporin.per_day is not None and ciclosporin.per_course is None
    assert two(ciclosporin.per_day.value) == "240.00"
    # 30 mg/kg x 80 kg = 2400 mg a day, 1200 a dose; capped at 2 g a day = 1000 a dose
    assert mmf is not None and mmf.per_day is not None and mmf.per_course is None
    assert [two(step.result.value) for step in mmf.steps] == ["1200.00", "1000.00"]
    assert two(mmf.per_day.value) == "2000.00" and mmf.binding_cap == "at most 2 g per day"
    total = next(total for total in made.totals if total.agent == "cyclophosphamide")
    assert total.planned is not None and two(total.planned.value) == "11090.71"


def test_busulfan_once_or_four_times_a_day_is_a_persons_choice() -> None:
    # H8: 1 x 256 or 4 x 64, never decided by the program
    key = "reduced-intensity conditioning/2 doses per day"
    open_dose = of(plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW), "busulfan", -5).dose
    assert open_dose is not None and open_dose.doses_per_day is None and "not stated" in open_dose.note
    made = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW, choices={key: "4"})
    split = of(made, "busulfan", -5).dose
    assert split is not None and split.per_day is not None and split.per_course is not None
    assert [two(q.value) for q in (split.per_dose, split.per_day, split.per_course)] == ["64.00", "256.00", "512.00"]


RIT_TABLE = [
    ({}, "experimental", "90Y-epratuzumab tetraxetan", 1, "714.73", "1429.45"),
    ({"regimen": "FLAG"}, "control", "idarubicin", 1, "19.32", "38.63"),
    ({"regimen": "FLAG"}, "control", "fludarabine", 1, "57.95", "289.75"),
    ({"regimen": "FLAG"}, "control", "cytarabine", 1, "3.86", "19.32"),
    ({"regimen": "Hyper-CVAD"}, "control", "cyclophosphamide", 1, "579.51", "3477.04"),
    ({"regimen": "Hyper-CVAD"}, "control", "doxorubicin", 4, "96.58", "96.58"),
    ({"regimen": "Hyper-CVAD"}, "control", "vincristine", 4, "2.00", "4.00"),
    ({"regimen": "clofarabine", "clofarabine/1": "20 mg/m²"}, "control", "clofarabine", 1, "38.63", None),
]


def rit(arm: str, choices: dict[str, str], patient: Patient = NANTES) -> Plan:
    starts = {"RIT D1": date(2027, 3, 1), "SOC D1": date(2027, 3, 1)}
    return plan(RIT_B_ALL, patient, anchors=starts, now=NOW, arm=arm, choices=choices)


@pytest.mark.parametrize(("choices", "arm", "agent", "day", "each", "course"), RIT_TABLE)
def test_rit_b_all_table(
    choices: dict[str, str], arm: str, agent: str, day: int, each: str, course: str | None
) -> None:
    acts = [a for a in rit(arm, choices).acts if (a.name, a.day, a.status) == (agent, day, Status.PLANNED)]
    result = acts[0].dose
    assert result is not None and two(result.per_dose.value) == each
    assert (two(result.per_course.value) if result.per_course else None) == course


def test_flag_over_60_is_half_and_60_itself_takes_the_full_dose() -> None:
    for age, mg in ((60, "19.32"), (61, "9.66")):
        acts = rit("control", {"regimen": "FLAG"}, replace(NANTES, age_years=age)).acts
        standing = [act for act in acts if act.name == "idarubicin" and act.status is Status.PLANNED]
        assert [two(act.dose.per_dose.value) for act in standing if act.dose] == [mg, mg]


def test_clofarabine_has_no_dose_until_one_is_chosen_and_never_one_below_the_bound() -> None:
    made = rit("control", {"regimen": "clofarabine"})
    act = of(made, "clofarabine", 1)
    assert act.dose is None and act.status is Status.WAITING and "DOSE-RANGE" in codes(made.findings)
    low = rit("control", {"regimen": "clofarabine", "clofarabine/1": "10 mg/m²"})
    assert of(low, "clofarabine", 1).dose is None and "CHOICE-VALUE" in codes(low.findings)
    chosen = of(rit("control", {"regimen": "clofarabine", "clofarabine/1": "20"}), "clofarabine", 1).dose
    assert chosen is not None and "up to 193.17 mg in 5 days" in chosen.note


def test_blinatumomab_brings_651_mcg_in_cycle_1() -> None:
    # 9 x 7 = 63; 28 x 21 = 588; 63 + 588 = 651
    made = rit("control", {"regimen": "blinatumomab"})
    total = next(t for t in made.totals if (t.agent, t.cycle) == ("blinatumomab", 1))
    assert total.planned is not None and total.planned.value == 651
    rates = [act.dose.rate_text for act in made.acts if act.name == "blinatumomab" and act.dose]
    assert rates[0] == "0.375 mcg per hour for 168 hours (7 days)"


# ---- order of operations ----------------------------------------------------


def vincristine(*caps: Amount) -> Give:
    return Give("vincristine", amount("1.4", "mg", "m²", "dose"), route="IV", days=days(1), caps=caps)


def test_vincristine_1_4_mg_per_m2_is_capped_at_2() -> None:
    result = dosed(vincristine(amount("2", "mg", "", "dose"))).dose
    assert result is not None
    assert [(s.name, str(s.result.value.quantize(Decimal("0.001")))) for s in result.steps] == [
        ("dose", "2.704"),
        ("cap", "2.000"),
    ]
    assert result.binding_cap == "at most 2 mg per dose"


def test_reduction_before_cap_and_the_other_order_is_asked_about() -> None:
    # 2.7044 x 0.75 = 2.0283 -> cap 2; cap first: 2 x 0.75 = 1.5
    made = dosed(vincristine(amount("2", "mg", "", "dose")), reduction="25")
    assert made.dose is not None
    assert [str(s.result.value.quantize(Decimal("0.001"))) for s in made.dose.steps] == ["2.704", "2.028", "2.000"]
    found = next(finding for finding in made.findings if finding.code == "ORDER-MATTERS")
    assert found.severity is Severity.ASK and "1.5 mg" in found.message and found.hazard == "H5"
    silent = dosed(
        vincristine(amount("2", "mg", "", "dose")), settings=replace(SETTLED, order_settled=True), reduction="25"
    )
    assert "ORDER-MATTERS" not in codes(silent.findings)


def test_h5_the_lower_of_a_cap_per_m2_and_a_flat_cap_binds_and_is_named() -> None:
    give = Give("paclitaxel", amount("60", "mg", "m²", "dose"), days=days(1))
    made = dosed(replace(give, caps=(amount("50", "mg", "m²", "dose"), amount("50", "mg", "", "dose"))))
    assert made.dose is not None and made.dose.per_dose.value == 50
    assert made.dose.binding_cap == "at most 50 mg per dose"
    assert "CAP-CONFLICT" in codes(made.findings)


def test_a_cap_without_a_basis_gives_no_dose() -> None:
    made = dosed(vincristine(amount("2", "mg")))
    assert made.dose is None and codes(made.findings) == {"CAP-BASIS"}


def test_a_bsa_cap_is_named_in_the_basis() -> None:
    result = dosed(replace(vincristine(), bsa_cap_m2=Decimal("1.8"))).dose
    assert result is not None and two(result.per_dose.value) == "2.52" and "BSA cap" in result.basis


@pytest.mark.parametrize(
    ("step", "cap", "expected"),
    [("10", "", "770"), ("50", "", "750"), ("100", "775", "700"), ("10", "775", "770")],
)
def test_rounding_is_the_last_step_and_never_passes_a_cap(step: str, cap: str, expected: str) -> None:
    # 772.68 mg, or 775 mg as the cap of 785; the nearest 100 would be 800, which is above it
    caps = (amount(cap, "mg", "", "dose"),) if cap else ()
    value = "785" if cap else "772.68"
    give = Give("etoposide", amount(value, "mg", "", "dose"), days=days(1), caps=caps, round_to=Decimal(step))
    result = dosed(give).dose
    assert result is not None and result.per_dose.value == Decimal(expected)
    assert result.steps[-1].name == "rounding"


def test_deviation_above_10_percent_is_asked_about() -> None:
    give = Give("etoposide", amount("120", "mg", "", "dose"), days=days(1), round_to=Decimal(50))
    made = dosed(give)
    assert made.dose is not None and two(made.dose.deviation_percent) == "-16.67"
    assert "ROUNDING-DEVIATION" in codes(made.findings)


# ---- basis, counts, rates ---------------------------------------------------


def test_h1_an_unlabelled_amount_on_several_days_is_no_dose() -> None:
    made = planned(Give("cyclophosphamide", amount("4", "g", "m²"), days=days((1, 4))))
    assert all(act.dose is None and act.status is Status.REFUSED for act in made.acts)
    found = next(finding for finding in made.findings if finding.code == "DOSE-BASIS")
    assert found.severity is Severity.STOP and found.hazard == "H1"


def test_an_unlabelled_amount_on_one_day_is_dose_day_and_course_alike() -> None:
    result = dosed(Give("etoposide", amount("100", "mg"), days=days(1))).dose
    assert result is not None and result.per_dose == result.per_day == result.per_course


def test_an_amount_of_the_course_is_shared_over_the_doses() -> None:
    # 12 Gy in 6 fractions of 2 Gy, two a day on 3 days
    give = Give(
        "total body irradiation",
        amount("12", "Gy", "", "course"),
        frequency=Frequency(2, Decimal(1), "day"),
        days=days((1, 3)),
    )
    result = dosed(give).dose
    assert result is not None and result.per_dose.value == 2 and result.n_doses == 6
    assert result.per_day is not None and result.per_day.value == 4
    assert result.per_course is not None and result.per_course.value == 12


def test_the_three_totals_reconcile() -> None:
    give = Give(
        "cyclophosphamide", amount("300", "mg", "m²", "dose"), frequency=Q12H, doses=Count(6), days=days((1, 3))
    )
    result = dosed(give).dose
    assert result is not None and result.per_day is not None and result.per_course is not None
    assert result.per_dose * 2 == result.per_day
    assert result.per_day * 3 == result.per_course
    assert two(result.per_day.value) == "1159.01"


@pytest.mark.parametrize(
    "give",
    [
        Give("etoposide", amount("1", "mg", "", "dose"), frequency=Q12H, doses=Count(5), days=days((1, 3))),
        Give("etoposide", amount("1", "mg", "", "dose"), for_days=Count(4), days=days((1, 3))),
        Give("etoposide", amount("1", "mg", "", "dose"), doses=Count(7), days=days((1, 3))),
    ],
)
def test_counts_that_disagree_are_a_stop(give: Give) -> None:
    made = planned(give)
    assert "COUNT-DISAGREES" in codes(made.findings)
    assert {act.status for act in made.acts} == {Status.REFUSED}


def test_h7_one_rate_that_gives_the_amount_back_both_ways() -> None:
    give = Give("doxorubicin", amount("50", "mg", "m²", "dose"), infusion_h=Decimal(24), days=days(4))
    result = dosed(give).dose
    assert result is not None and result.rate_text == "4.02 mg per hour for 24 hours (1 day)"
    edmonton = rate_text(replace(result.per_dose, value=Decimal(5250)), Decimal(96))
    assert edmonton == "54.69 mg per hour for 96 hours (4 days)"  # 5250 / 96, not 5250 / 4


def test_missing_inputs_give_no_dose_and_say_so() -> None:
    m2, kg = vincristine(), Give("busulfan", amount("3.2", "mg", "kg", "dose"), days=days(1))
    assert codes(dosed(m2, Body(Decimal(80), None)).findings) == {"BODY-MISSING"}
    assert codes(dosed(kg, Body(None, Decimal(172))).findings) == {"BODY-MISSING"}
    assert codes(dosed(m2, settings=Settings("", "actual weight")).findings) == {"BSA-FORMULA-UNSTATED"}
    assert codes(dosed(kg, settings=Settings("Du Bois", "")).findings) == {"WEIGHT-BASIS-UNSTATED"}
    assert all(dosed(give, Body()).dose is None for give in (m2, kg))


def test_dose_levels_wait_for_a_level() -> None:
    levels = tuple(Decimal(n) for n in ("92.5", "185", "277.5", "370"))
    give = Give(
        "90Y-epratuzumab tetraxetan", Amount(None, None, unit("MBq"), Per.M2, Basis.DOSE, levels), days=days(1, 8)
    )
    assert planned(give).acts[0].status is Status.WAITING
    third = planned(give, **{"dose level": "level 3"}).acts[0].dose
    # 277.5 x 1.931691 = 536.044
    assert third is not None and two(third.per_dose.value) == "536.04"
    assert "CHOICE-VALUE" in codes(planned(give, **{"dose level": "300"}).findings)


def test_an_outside_document_rules_the_dose() -> None:
    act = planned(Give("clofarabine", days=days(1), reference="the prescribing information")).acts[0]
    assert act.dose is None and act.status is Status.PLANNED and "prescribing information" in act.note


# ---- ceilings and routes ----------------------------------------------------


def test_h3_eight_daily_doses_of_vincristine_are_refused_and_two_are_not() -> None:
    eight = planned(replace(VINCRISTINE, days=days((4, 11))))
    assert {act.status for act in eight.acts} == {Status.REFUSED}
    assert any(f.code == "LIMIT-PASSED" and f.severity is Severity.STOP and "H3" in f.hazard for f in eight.findings)
    made = planned(VINCRISTINE)
    assert [act.status for act in made.acts] == [Status.PLANNED] * 2
    assert not [finding for finding in made.findings if finding.severity is Severity.STOP]


def test_h4_vincristine_by_another_route_is_refused() -> None:
    made = planned(replace(VINCRISTINE, route="IT"))
    assert all(act.status is Status.REFUSED and act.dose is None for act in made.acts)
    assert any(finding.code == "ROUTE-REFUSED" and finding.hazard == "H4" for finding in made.findings)


def test_h4_intrathecal_methotrexate_on_the_day_of_vincristine_is_asked_about() -> None:
    spinal = Give("methotrexate", amount("12", "mg", "", "dose"), route="IT", days=days(4))
    assert "SAME-DAY-INTRATHECAL" in codes(planned(VINCRISTINE, spinal).findings)


def test_h8_busulfan_3_2_mg_per_kg_every_6_hours_is_refused() -> None:
    give = Give(
        "busulfan",
        amount("3.2", "mg", "kg", "dose"),
        route="IV",
        frequency=Frequency(1, Decimal(6), "hour"),
        days=days(1),
    )
    made = planned(give)
    assert {act.status for act in made.acts} == {Status.REFUSED}
    assert any(f.code == "LIMIT-PASSED" and f.severity is Severity.STOP and "H8" in f.hazard for f in made.findings)


def test_h11_a_weekly_drug_on_two_days_running_is_refused() -> None:
    give = Give("methotrexate", amount("10", "mg", "", "dose"), route="PO", days=days(1, 2))
    made = planned(give)
    assert {act.status for act in made.acts} == {Status.REFUSED} and "WEEKLY-DRUG" in codes(made.findings)
    assert "WEEKLY-DRUG" not in codes(planned(replace(give, days=days(1, 8))).findings)


def test_h9_two_bases_of_one_agent_are_named() -> None:
    made = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW)
    found = next(finding for finding in made.findings if finding.code == "TWO-BASES")
    assert "per m²" in found.message and "per kg" in found.message


@pytest.mark.parametrize(
    "made",
    [rit("experimental", {}), *(rit("control", {"regimen": name}) for name in ("FLAG", "Hyper-CVAD", "blinatumomab"))],
)
def test_h20_no_hard_stop_on_a_valid_plan(made: Plan) -> None:
    assert not [finding for finding in made.findings if finding.severity is Severity.STOP]


def test_h6_swapped_height_and_weight_give_no_dose() -> None:
    swapped = replace(NANTES, height_cm=Decimal(80), weight_kg=Decimal(172))
    made = plan(SET_HAPLO, swapped, anchors={"D0": date(2027, 1, 14)}, now=NOW)
    found = next(finding for finding in made.findings if finding.code == "BODY-SWAPPED")
    assert "268.75" in found.message and found.hazard == "H6"
    assert all(act.dose is None for act in made.acts)


# ---- radiopharmaceuticals ---------------------------------------------------

CALIBRATED = datetime(2027, 3, 1, 10, tzinfo=UTC)
VIAL = Vial("V1", "90Y-epratuzumab tetraxetan", Decimal(1500), Decimal(10), CALIBRATED, "D1")


@pytest.mark.parametrize(("hours", "factor"), [(24, "0.771"), (48, "0.595"), (72, "0.459")])
def test_decay_of_90y(hours: int, factor: str) -> None:
    # 2^(-hours / 64.10)
    assert str(decay.factor(Decimal(hours), Decimal("64.10")).quantize(Decimal("0.001"))) == factor
    assert decay.half_life_h("90Y-epratuzumab tetraxetan") == Decimal("64.10")


def test_elapsed_hours_are_counted_across_a_clock_change() -> None:
    from zoneinfo import ZoneInfo

    paris = ZoneInfo("Europe/Paris")
    vial = replace(VIAL, calibrated=datetime(2026, 3, 28, 20, tzinfo=paris))
    drawn = decay.draw(vial, datetime(2026, 3, 29, 20, tzinfo=paris), Decimal(500), Decimal("64.10"))
    assert drawn.elapsed_h == 23


def test_the_volume_holds_the_prescribed_activity() -> None:
    drawn = decay.draw(VIAL, CALIBRATED + timedelta(hours=24), Decimal("714.73"), Decimal("64.10"))
    assert drawn.volume_ml is not None
    again = drawn.volume_ml * drawn.activity_mbq / 10
    assert abs(again - Decimal("714.73")) < Decimal("1e-18")


def test_h13_a_vial_drawn_80_hours_too_early_is_outside_the_window() -> None:
    # 629 MBq due; 1500 MBq x 2^(-80 / 64.10) = 631.5 MBq: right at 80 hours, +138 % at once
    due_at = CALIBRATED + timedelta(hours=80)
    held = decay.activity(VIAL, due_at, Decimal("64.10"))
    assert decay.window(Decimal(629), held) == ()
    early = decay.window(Decimal(629), decay.activity(VIAL, CALIBRATED, Decimal("64.10")))
    assert early[0].code == "ACTIVITY-WINDOW" and early[0].hazard == "H13" and "+138.5 %" in early[0].message


def test_h13_the_vial_of_d1_is_never_drawn_on_d8() -> None:
    made = rit("experimental", {"RIT/1 hour": "10:00"}, replace(NANTES, vials=(VIAL,)))
    first, second = (of(made, VIAL.agent, day, part="RIT") for day in (1, 8))
    assert first.dose is not None and "draw" in first.dose.draw_text
    assert second.dose is not None and not second.dose.draw_text
    assert any(finding.code == "VIAL-DAY" and finding.hazard == "H13" for finding in made.findings)


def test_h13_a_copied_order_is_refused() -> None:
    # the vial of D1 entered again for D8: refused by its ident, and under another ident by its activity
    hour = {"RIT/1 hour": "10:00"}
    for ident, code in (("V1", "VIAL-COPIED"), ("V2", "ACTIVITY-WINDOW")):
        copied = replace(NANTES, vials=(VIAL, replace(VIAL, ident=ident, day="D8")))
        made = rit("experimental", hour, copied)
        assert of(made, VIAL.agent, 8, part="RIT").status is Status.REFUSED
        assert any(finding.code == code and finding.severity is Severity.STOP for finding in made.findings)


def test_h1_recorded_doses_meet_the_ceilings_too() -> None:
    # 4 g/m² on each of 4 days, recorded: 4 x 7726.76 mg = 16 g/m² in a week
    given = tuple(
        Event(f"g{n}", "given", at := datetime(2027, 3, n, 9, tzinfo=UTC), at, "7726.76", "mg", "cyclophosphamide")
        for n in range(1, 5)
    )
    line = Give("cyclophosphamide", amount("1", "g", "m²", "dose"), days=days((1, 4)))
    made = plan(
        trial(line),
        NANTES,
        anchors={"C D1": date(2027, 3, 1)},
        timeline=Timeline.of(given),
        now=datetime(2027, 3, 4, 20, tzinfo=UTC),
    )
    stops = {finding.code for finding in made.findings if finding.severity is Severity.STOP}
    assert {"LIMIT-PASSED", "GIVEN-COURSE-TOTAL"} <= stops
    total = made.totals[0]
    assert total.planned is not None and two(total.planned.value) == "30907.04"


def test_days_as_a_set_are_two_doses() -> None:
    assert len([act for act in planned(VINCRISTINE).acts]) == 2
    assert DaySet((4, 11)).days() == (4, 11)


def test_every_dose_explains_itself_down_to_its_source() -> None:
    from posolog.core.because import tree
    from posolog.course.explain import explain

    made = planned(vincristine(amount("2", "mg", "", "dose")))
    act = made.acts[0]
    assert act.dose is not None
    lines = "\n".join(tree(act.dose.because))
    for words in (
        '"words 1" (t.txt, characters 1 to 8)',
        "Du Bois",
        "weight 80 kg",
        "at most",
        "1.4 mg per m² per dose",
    ):
        assert words in lines or words in "\n".join(explain(made, "vincristine D1"))

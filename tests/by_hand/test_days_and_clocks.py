"""Days, hours, months and cycles worked by hand: the cases E1 to E11 that other expanders get wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from posolog.core.days import Anchor, label_in
from posolog.core.finding import Refusal
from posolog.course.explain import explain
from posolog.course.model import Plan, Planned, Status
from posolog.course.plan import plan
from posolog.protocol.model import (
    Count,
    Cycles,
    Do,
    Frequency,
    Give,
    Line,
    Part,
    Protocol,
    Rest,
    TimePoint,
    Visits,
)
from tests.by_hand.founding import NANTES, Q12H, RIT_B_ALL, SET_HAPLO, amount, days

NOW = datetime(2026, 1, 1, tzinfo=UTC)
D1 = Anchor("C D1", "first dose")
D0 = Anchor("D0", "graft transfusion")
DOSE = amount("10", "mg", "", "dose")


def made(part: Part, start: date, anchor: Anchor = D1, *, visits: tuple[Visits, ...] = (), **choices: str) -> Plan:
    protocol = Protocol("trial", anchors=(anchor,), parts=(part,), visits=visits)
    return plan(protocol, NANTES, anchors={anchor.name: start}, now=NOW, choices=choices)


def one(what: Give | Do | Rest, start: date, anchor: Anchor = D1) -> tuple[Planned, ...]:
    return made(Part("part", anchor.name, (Line("part/1", what),)), start, anchor).acts


Q12 = Give("cyclophosphamide", DOSE, frequency=Q12H, doses=Count(6), days=days((1, 3)))


def test_e1_every_12_hours_six_times_is_elapsed_time_across_the_clock_change() -> None:
    acts = one(Q12, datetime(2026, 3, 28, 9))
    starts = [act.start for act in acts if act.start]
    hours = [(start - starts[0]).total_seconds() / 3600 for start in (s.astimezone(UTC) for s in starts)]
    assert hours == [0, 12, 24, 36, 48, 60]
    # 2026-03-29 at 02:00 the clock springs to 03:00: 09:00, 21:00, then 10:00, 22:00
    assert [start.strftime("%d %H:%M %z") for start in starts] == [
        "28 09:00 +0100", "28 21:00 +0100", "29 10:00 +0200", "29 22:00 +0200", "30 10:00 +0200", "30 22:00 +0200",
    ]  # fmt: skip


def test_twelve_hours_after_20_00_on_the_eve_is_09_00() -> None:
    starts = [act.start for act in one(Q12, datetime(2026, 3, 28, 20)) if act.start]
    assert starts[1].isoformat() == "2026-03-29T09:00:00+02:00"
    assert starts[2].isoformat() == "2026-03-29T21:00:00+02:00"


def test_e2_six_doses_not_five_or_seven_and_elapsed_hours_where_no_hour_is_known() -> None:
    acts = one(Q12, date(2026, 3, 28))
    assert [act.day for act in acts] == [1, 1, 2, 2, 3, 3]
    assert [act.number for act in acts] == [1, 2, 3, 4, 5, 6]
    assert acts[5].start is None and "60 hours after the first dose" in acts[5].note


def test_e3_up_to_two_cycles_are_two_and_the_second_waits_for_a_decision() -> None:
    part = Part("C", "C D1", (Line("C/1", Give("x", DOSE, days=days(1))),), cycles=Cycles(2, 42, at_most=True))
    acts = made(part, date(2026, 1, 31)).acts
    assert [(act.cycle, act.when, act.status) for act in acts] == [
        (1, date(2026, 1, 31), Status.PLANNED),
        (2, date(2026, 3, 14), Status.WAITING),
    ]
    assert acts[1].gate is not None and "whether cycle 2 of C is given" in acts[1].gate.missing
    chosen = made(part, date(2026, 1, 31), **{"C cycles": "2"}).acts
    assert chosen[1].status is Status.PLANNED


@pytest.mark.parametrize(("cycles", "code"), [(Cycles(3, None), "CYCLE-LENGTH"), (Cycles(None, 28), "CYCLE-COUNT")])
def test_unstated_cycles_lay_out_the_first_and_ask(cycles: Cycles, code: str) -> None:
    result = made(Part("C", "C D1", (Line("C/1", Give("x", DOSE, days=days(1))),), cycles=cycles), date(2026, 1, 31))
    assert [act.cycle for act in result.acts] == [1]
    assert code in {finding.code for finding in result.findings}


def test_e5_a_taper_has_its_earliest_and_latest_day() -> None:
    acts = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW).acts
    windows = [(act.name, act.earliest, act.latest) for act in acts if act.kind == "taper"]
    assert windows == [
        ("mycophenolate mofetil", date(2027, 2, 18), date(2027, 3, 11)),
        ("cyclosporine", date(2027, 3, 17), date(2027, 4, 14)),
    ]


@pytest.mark.parametrize(
    ("start", "point", "expected"),
    [
        (date(2026, 3, 2), TimePoint(12, "month"), date(2027, 3, 2)),
        (date(2026, 3, 2), TimePoint(24, "month"), date(2028, 3, 2)),
        (date(2026, 3, 2), TimePoint(2, "year"), date(2028, 3, 2)),
        (date(2026, 1, 31), TimePoint(1, "month"), date(2026, 2, 28)),
        (date(2026, 3, 2), TimePoint(90, "day"), date(2026, 5, 31)),
        (date(2026, 3, 2), TimePoint(2, "week"), date(2026, 3, 16)),
    ],
)
def test_e7_months_are_calendar_months(start: date, point: TimePoint, expected: date) -> None:
    visits = (Visits("follow-up", "D0", (point,), before_days=7, after_days=7),)
    visit = made(Part("none", "D0"), start, D0, visits=visits).acts[0]
    assert visit.when == expected
    assert visit.earliest is not None and visit.latest is not None
    assert (expected - visit.earliest).days == (visit.latest - expected).days == 7


def test_e8_the_crossover_waits_for_its_own_anchor() -> None:
    result = plan(
        RIT_B_ALL, NANTES, anchors={"SOC D1": date(2027, 3, 1)}, now=NOW, arm="control", choices={"regimen": "FLAG"}
    )
    crossover = [act for act in result.acts if act.part.startswith("crossover")]
    assert crossover and all(act.when is None and act.status is Status.WAITING for act in crossover)
    assert "ANCHOR-MISSING" in {finding.code for finding in result.findings}


def test_e9_a_line_without_a_day_is_shown_and_asked_about() -> None:
    result = made(Part("part", "C D1", (Line("part/1", Give("x", DOSE)),)), date(2026, 1, 31))
    assert result.acts[0].when is None and result.acts[0].status is Status.WAITING
    assert "DAY-UNSTATED" in {finding.code for finding in result.findings}


def test_e10_day_minus_13_is_d_13() -> None:
    first = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW).acts[0]
    assert first.anchor is not None and first.day is not None
    assert label_in(first.day, first.anchor) == "D-13" and first.when == date(2027, 1, 1)


def test_e11_day_1_is_the_anchor_and_day_0_is_a_finding_where_there_is_none() -> None:
    first, second = one(Give("x", DOSE, days=days(1, 2)), date(2026, 3, 2))
    assert (first.when, second.when) == (date(2026, 3, 2), date(2026, 3, 3))
    before = one(Give("x", DOSE, days=days(-1)), date(2026, 3, 2))
    assert before[0].when == date(2026, 3, 1)
    zero = made(Part("part", "C D1", (Line("part/1", Rest(days(0))),)), date(2026, 3, 2))
    assert zero.acts == () and "DAY-ZERO" in {finding.code for finding in zero.findings}


def test_e12_a_range_below_zero_has_every_day() -> None:
    assert [act.day for act in one(Rest(days((-8, -6))), date(2027, 1, 14), D0)] == [-8, -7, -6]


def test_a_24_hour_infusion_crosses_midnight_and_a_long_one_is_elapsed() -> None:
    part = Part("part", "C D1", (Line("part/1", Give("doxorubicin", DOSE, infusion_h=Decimal(24), days=days(1))),))
    act = made(part, date(2026, 3, 28), **{"part/1 hour": "14:00"}).acts[0]
    assert act.start is not None and act.stop is not None
    # 24 elapsed hours from 14:00 on the eve of the change end at 15:00
    assert (act.start.isoformat(), act.stop.isoformat()) == ("2026-03-28T14:00:00+01:00", "2026-03-29T15:00:00+02:00")


def test_continuous_infusions_follow_each_other_without_gap_across_a_clock_change() -> None:
    starts = {"SOC D1": datetime(2026, 3, 26, 20)}
    result = plan(RIT_B_ALL, NANTES, anchors=starts, now=NOW, arm="control", choices={"regimen": "blinatumomab"})
    first, second = (act for act in result.acts if act.name == "blinatumomab")
    assert first.stop == second.start
    assert (first.when, first.latest, second.when, second.latest) == (
        date(2026, 3, 26), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 22),
    )  # fmt: skip


def test_three_injections_without_an_interval_have_one_date() -> None:
    acts = [a for a in plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW).acts if a.day == 120]
    assert [(act.number, act.when, act.earliest) for act in acts] == [
        (1, date(2027, 5, 14), date(2027, 5, 14)),
        (2, None, date(2027, 5, 14)),
        (3, None, date(2027, 5, 14)),
    ]


def test_every_21_days_for_3_doses() -> None:
    give = Give("x", DOSE, frequency=Frequency(1, Decimal(21), "day"), doses=Count(3), from_day=1)
    assert [act.when for act in one(give, date(2026, 3, 2))] == [date(2026, 3, 2), date(2026, 3, 23), date(2026, 4, 13)]


def test_weeks_are_windows() -> None:
    give = Give("x", DOSE, frequency=Frequency(1, Decimal(1), "week"), weeks=(1, 3))
    acts = one(give, date(2026, 3, 2))
    assert [(act.when, act.earliest, act.latest) for act in acts] == [
        (None, date(2026, 3, 2), date(2026, 3, 8)),
        (None, date(2026, 3, 16), date(2026, 3, 22)),
    ]


def test_arms_and_choices_are_never_assumed() -> None:
    for arm, code in (("", "ARM-MISSING"), ("placebo", "ARM-UNKNOWN")):
        result = plan(RIT_B_ALL, NANTES, anchors={"RIT D1": date(2027, 3, 1)}, now=NOW, arm=arm)
        assert code in {finding.code for finding in result.findings} and not result.acts
    open_choice = plan(RIT_B_ALL, NANTES, anchors={"SOC D1": date(2027, 3, 1)}, now=NOW, arm="control")
    assert "CHOICE-OPEN" in {finding.code for finding in open_choice.findings}
    assert not [act for act in open_choice.acts if act.status is Status.PLANNED]
    for choices in ({"regime": "FLAG"}, {"regimen": "FLAGG"}):
        wrong = plan(RIT_B_ALL, NANTES, anchors={"SOC D1": date(2027, 3, 1)}, now=NOW, arm="control", choices=choices)
        assert "CHOICE-UNKNOWN" in {finding.code for finding in wrong.findings}


def test_explain_finds_an_act_or_names_candidates() -> None:
    result = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW)
    lines = explain(result, "Busulfan D-5")
    assert lines[0] == "busulfan D-5, 2027-01-09: planned"
    assert any("3.2 mg per kg per day × 80 kg = 256 mg" in text for text in lines)
    assert any('"Busulfan IV 3.2 mg / kg / day for 2 days (J-5 and J-4)"' in text for text in lines)
    assert explain(result, "busulfan J -5") == lines
    with pytest.raises(Refusal) as missing:
        explain(result, "busulfan D-6")
    assert missing.value.findings[0].code == "ACT-NOT-FOUND" and "busulfan D-5" in missing.value.findings[0].next_step
    with pytest.raises(Refusal) as many:
        explain(result, "cyclophosphamide")
    assert many.value.findings[0].code == "ACT-AMBIGUOUS"
    rit = plan(RIT_B_ALL, NANTES, anchors={"RIT D1": date(2027, 3, 1)}, now=NOW, arm="experimental")
    with pytest.raises(Refusal) as two_parts:
        explain(rit, "90Y D8")
    assert two_parts.value.findings[0].code == "ACT-AMBIGUOUS"
    assert explain(rit, "90Y consolidation D8")[0].endswith("no date: waiting")


def test_the_hash_follows_every_input() -> None:
    base = plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW)
    assert base.inputs_hash == plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW).inputs_hash
    others = [
        plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 15)}, now=NOW),
        plan(SET_HAPLO, NANTES, anchors={"D0": date(2027, 1, 14)}, now=NOW, choices={"weight": "ideal weight"}),
    ]
    assert base.inputs_hash not in {other.inputs_hash for other in others}


def test_parts_of_one_option_stand_or_fall_together() -> None:
    lines = (Line("a/1", Give("x", DOSE, days=days(1))),)
    parts = (
        Part("FLAG", "C D1", lines, choice="regimen"),
        Part("FLAG, over 60 years", "C D1", (Line("b/1", Give("y", DOSE, days=days(1))),), choice="regimen", option="FLAG"),
        Part("other", "C D1", (Line("c/1", Give("z", DOSE, days=days(1))),), choice="regimen"),
    )
    protocol = Protocol("trial", anchors=(D1,), parts=parts)
    for choice, names in (("flag", ["x", "y"]), ("other", ["z"])):
        result = plan(protocol, NANTES, anchors={"C D1": date(2026, 3, 2)}, now=NOW, choices={"regimen": choice})
        assert [act.name for act in result.acts] == names
    unsettled = plan(protocol, NANTES, anchors={"C D1": date(2026, 3, 2)}, now=NOW).findings
    assert next(f for f in unsettled if f.code == "CHOICE-OPEN").message == "regimen is not chosen: FLAG or other"

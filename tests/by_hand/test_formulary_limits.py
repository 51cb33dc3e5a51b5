"""Ceilings, companions, half-lives and regimens: the cases of the hazard table, by hand."""

from decimal import Decimal

import pytest

from posolog.evidence.shipped import resolve
from posolog.formulary import companions, find, limits, nuclide, regimen


def test_half_lives() -> None:
    assert nuclide("90Y").half_life == Decimal("64.10") and nuclide("90Y").unit == "h"
    assert nuclide("111In").half_life_h == pytest.approx(67.313, abs=5e-4)
    assert nuclide("yttrium-90") is nuclide("Y-90") is nuclide("90Y")
    decayed = 2 ** (-48 / nuclide("90Y").half_life_h)
    assert decayed == pytest.approx(0.595, abs=5e-4)
    with pytest.raises(KeyError):
        nuclide("89Y")


def binding(name: str, kind: str, unit: str, route: str | None = None) -> dict[str, Decimal]:
    """Hardness -> lowest ceiling of one kind and unit."""
    (agent,) = find(name).agents
    found = [limit for limit in limits(agent, route) if (limit.kind, limit.unit) == (kind, unit)]
    return {limit.hardness: min(x.value for x in found if x.hardness == limit.hardness) for limit in found}


def test_vincristine_ceilings_h3() -> None:
    assert binding("vincristine", "per_dose", "mg") == {"hard": Decimal(2)}
    assert binding("vincristine", "per_week", "mg/m2") == {"soft": Decimal("1.4")}
    assert 8 * 2 > binding("vincristine", "per_week", "mg")["hard"] >= 2 * 2


def test_busulfan_ceilings_h8() -> None:
    hard = binding("busulfan", "per_day", "mg/kg", "IV")["hard"]
    assert Decimal("3.2") <= hard < 4 * Decimal("3.2")
    assert binding("busulfan", "per_dose", "mg/kg", "PO")["hard"] < 8
    assert {limit.route for limit in limits(find("busulfan").agents[0], "IV")} == {"IV"}


def test_cyclophosphamide_ceilings_h1() -> None:
    assert 60 < binding("cyclophosphamide", "per_day", "mg/kg")["hard"] < 100
    by_day = binding("cyclophosphamide", "per_day", "mg/m2")
    assert 1000 < by_day["soft"] < 4000
    assert 4 * 4000 > binding("cyclophosphamide", "per_week", "mg/m2")["hard"] > 4 * 50 * 80 / 1.9317


@pytest.mark.parametrize(
    ("name", "unit", "route", "day", "course"),
    [
        ("carboplatin", "mg/m2", "IV", 400, 1600),
        ("busulfan", "mg/kg", "IV", "3.2", "12.8"),
        ("cytarabine", "mg/m2", "IV", 6000, 36000),
        ("cyclophosphamide", "mg/kg", "IV", 60, 120),
        ("aldesleukin", "IU/kg", "IV", 1800000, 8400000),
        ("fludarabine", "mg/m2", "IV", 30, 150),
        ("idarubicin", "mg/m2", "IV", 12, 36),
        ("daunorubicin", "mg/m2", "IV", 90, 270),
        ("mitoxantrone", "mg/m2", "IV", 12, 36),
        ("cisplatin", "mg/m2", "IV", 100, 200),
    ],
)
def test_a_course_total_in_the_day_slot_is_refused_h2(
    name: str, unit: str, route: str, day: int | str, course: int | str
) -> None:
    hard = binding(name, "per_day", unit, route)["hard"]
    assert Decimal(day) <= hard < Decimal(course)


def test_methotrexate_by_mouth_is_weekly_h11() -> None:
    (agent,) = find("methotrexate").agents
    assert agent.weekly and not find("cytarabine").agents[0].weekly
    assert binding("methotrexate", "per_week", "mg", "PO") == {"soft": Decimal(30)}
    assert binding("methotrexate", "per_week", "mg", "IV") == {}


def test_activity_and_flat_ceilings() -> None:
    assert binding("90Y-ibritumomab tiuxetan", "per_dose", "MBq") == {"soft": Decimal(1184), "hard": Decimal(1200)}
    assert binding("blinatumomab", "per_day", "mcg")["soft"] == 28
    assert binding("doxorubicin", "lifetime", "mg/m2") == {"soft": Decimal(400), "hard": Decimal(550)}


def test_unknown_route_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="oral"):
        limits(find("busulfan").agents[0], "oral")


def test_mesna_stands_beside_high_dose_cyclophosphamide_h9() -> None:
    (agent,) = find("cyclophosphamide").agents
    assert agent.companion == ("mesna",)
    assert {(rule.from_value, rule.from_unit) for rule in companions(agent)} == {
        (Decimal(30), "mg/kg"),
        (Decimal(1000), "mg/m2"),
    }


def test_flag_without_its_g() -> None:
    flag = regimen("FLAG")
    assert flag is not None and set(flag.components) == {"fludarabine", "cytarabine", "filgrastim"}
    hyper = regimen("Hyper-C-VAd")
    assert hyper is not None and "vincristine" in hyper.components
    assert regimen("CABBAGE") is None


def test_sources_tell_whether_they_were_read() -> None:
    assert not resolve("general").read
    assert resolve("icrp-107").read and "107" in resolve("icrp-107").citation

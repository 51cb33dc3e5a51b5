"""Give lines read by hand: each line's fields written out, and each refused line with its code and words."""

from decimal import Decimal as D

import pytest

from posolog.core.days import DayRange, DaySet
from posolog.core.finding import Refusal
from posolog.core.units import Unit, find_unit
from posolog.protocol.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Happened,
    Is,
    NeverAbove,
    NoActive,
    Stated,
    StoppedFor,
    Within,
)
from posolog.protocol.conditions_text import parse_condition, print_condition
from posolog.protocol.giveline import (
    parse_cycles,
    parse_days,
    parse_do,
    parse_give,
    parse_refer,
    parse_rest,
    parse_time_point,
    print_days,
    print_give,
)
from posolog.protocol.model import (
    Amount,
    Basis,
    Count,
    Cycles,
    Do,
    Frequency,
    Give,
    Per,
    Refer,
    Rest,
    TimePoint,
    Window,
)


def unit(symbol: str) -> Unit:
    found = find_unit(symbol)
    assert found is not None
    return found


def exact(value: str, symbol: str, per: Per = Per.FLAT, basis: Basis = Basis.UNSTATED) -> Amount:
    return Amount(D(value), D(value), unit(symbol), per, basis)


def days(*items: int | tuple[int, int]) -> DaySet:
    return DaySet(tuple(DayRange(*item) if isinstance(item, tuple) else item for item in items))


READ = {
    "thiotepa 5 mg/kg/day on D-13": Give("thiotepa", exact("5", "mg", Per.KG, Basis.DAY), days=days(-13)),
    "cyclophosphamide 400 mg/m2/day on D-12 to D-9": Give(
        "cyclophosphamide", exact("400", "mg", Per.M2, Basis.DAY), days=days((-12, -9))
    ),
    "vincristine 2 mg on D4 and D11": Give("vincristine", exact("2", "mg"), days=days(4, 11)),
    "vincristine 2 mg/dose IV on D4 to D11": Give(
        "vincristine", exact("2", "mg", basis=Basis.DOSE), route="IV", days=days((4, 11))
    ),
    "dexamethasone 40 mg/day on D1 to D4, D11 to D14": Give(
        "dexamethasone", exact("40", "mg", basis=Basis.DAY), days=days((1, 4), (11, 14))
    ),
    "90Y-epratuzumab tetraxetan 370 MBq/m2": Give("90Y-epratuzumab tetraxetan", exact("370", "MBq", Per.M2)),
    "CD34+ cells 2000000 cells/kg on D0": Give("CD34+ cells", exact("2000000", "cells", Per.KG), days=days(0)),
    "anti-CD19 CAR T cells on D0": Give("anti-CD19 CAR T cells", days=days(0)),
    "donor lymphocytes, for 3 doses, from D+120": Give("donor lymphocytes", doses=Count(3), from_day=120),
    "blinatumomab 9 µg/day by continuous infusion on D1 to D7 in cycle 1": Give(
        "blinatumomab", exact("9", "mcg", basis=Basis.DAY), continuous=True, days=days((1, 7)), cycles=(1,)
    ),
    "cyclophosphamide 300 mg/m²/dose IV every 12 hours for 6 doses on D1 to D3": Give(
        "cyclophosphamide",
        exact("300", "mg", Per.M2, Basis.DOSE),
        route="IV",
        frequency=Frequency(1, D(12), "hour"),
        doses=Count(6),
        days=days((1, 3)),
    ),
    "doxorubicin 50mg/m2 over 24 hours via central venous catheter on D4": Give(
        "doxorubicin",
        exact("50", "mg", Per.M2),
        infusion_h=D(24),
        access="central venous catheter",
        days=days(4),
    ),
    "clofarabine at least 20 mg/m²/day for up to 5 days": Give(
        "clofarabine", Amount(D(20), None, unit("mg"), Per.M2, Basis.DAY), for_days=Count(5, at_most=True)
    ),
    "clofarabine as the prescribing information says": Give("clofarabine", reference="the prescribing information"),
    "busulfan up to 3 mg/kg of adjusted weight 25 %": Give(
        "busulfan", Amount(None, D(3), unit("mg"), Per.KG), weight="adjusted weight 25 %"
    ),
    "methotrexate 10 to 20 mg PO once a week until disease progression": Give(
        "methotrexate",
        Amount(D(10), D(20), unit("mg")),
        route="PO",
        frequency=Frequency(1, D(1), "week"),
        until="disease progression",
    ),
    "carboplatin AUC 5 over 30 minutes every 21 days": Give(
        "carboplatin", exact("5", "AUC"), infusion_h=D("0.5"), frequency=Frequency(1, D(21), "day")
    ),
    "90Y-epratuzumab levels 92.5, 185 MBq/m²/dose on D1 and D8": Give(
        "90Y-epratuzumab",
        Amount(None, None, unit("MBq"), Per.M2, Basis.DOSE, (D("92.5"), D(185))),
        days=days(1, 8),
    ),
    "mycophenolate mofetil 30 mg/kg/day at most 2 g/day from D+6 tapered from D+35 to D+56": Give(
        "mycophenolate mofetil",
        exact("30", "mg", Per.KG, Basis.DAY),
        from_day=6,
        caps=(exact("2", "g", basis=Basis.DAY),),
        taper=Window(35, 56),
    ),
    "vincristine 1.4 mg/m² as a bolus at most 50 mg/m²/dose at most 50 mg/dose with BSA at most 2 m2": Give(
        "vincristine",
        exact("1.4", "mg", Per.M2),
        infusion_h=D(0),
        caps=(exact("50", "mg", Per.M2, Basis.DOSE), exact("50", "mg", basis=Basis.DOSE)),
        bsa_cap_m2=D(2),
    ),
    "rituximab 1 g rounded to 100 mg in weeks 1, 3 and 5, 2 times a day": Give(
        "rituximab",
        exact("1", "g"),
        round_to=D("0.1"),
        weeks=(1, 3, 5),
        frequency=Frequency(2, D(1), "day"),
    ),
    "total body irradiation 12 Gy/course external beam from D-8 to D-5": Give(
        "total body irradiation", exact("12", "Gy", basis=Basis.COURSE), route="external beam", from_day=-8, to_day=-5
    ),
    '"immunoglobulin, IV" 0.4 g/kg': Give("immunoglobulin, IV", exact("0.4", "g", Per.KG)),
}


@pytest.mark.parametrize("text", READ)
def test_a_line_says_what_its_fields_say(text: str) -> None:
    assert parse_give(text) == READ[text]
    assert parse_give(print_give(READ[text])) == READ[text]


PRINTED = {
    "thiotepa 5.0 mg / kg / day, on D-13": "thiotepa 5 mg/kg/day on D-13",
    "blinatumomab on D1 9 ug/day": "blinatumomab 9 mcg/day on D1",
    "ciclosporin from D6 3 mg/kg/day IV": "ciclosporin 3 mg/kg/day IV from D6",
    "x 1 mg 2 times a day": "x 1 mg twice a day",
    "x 1 mg over 90 minutes": "x 1 mg over 90 minutes",
    "x 1 mg over 4 days": "x 1 mg over 96 hours",
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_line_prints_in_one_order_and_spelling(text: str) -> None:
    assert print_give(parse_give(text), day_zero=False) == PRINTED[text]


REFUSED = {
    "vincristine 2 mg on D4-D11": ("DAY-DASH", "-"),
    "vincristine 2 mg on D4-11": ("DAY-DASH", "-"),
    "vincristine 2 mg on D4 – D11": ("DAY-DASH", "–"),
    "x tapered from D35-D56": ("DAY-DASH", "-"),
    "vincristine 2 mgg on D4": ("UNIT-UNKNOWN", "mgg"),
    "vincristine 2 on D4": ("UNIT-UNKNOWN", "on"),
    "vincristine 1,4 mg on D4": ("UNIT-UNKNOWN", ","),
    "vincristine 2 days": ("UNIT-UNKNOWN", "days"),
    "x 1 mg at most 2": ("UNIT-UNKNOWN", ""),
    "vincristine 2-4 mg": ("LINE-UNREAD", "-"),
    "vincristine 2 mg onn D4": ("LINE-UNREAD", "onn"),
    "vincristine 2 mg on D4.": ("LINE-UNREAD", "."),
    "vincristine 2 mg on D11 to D4": ("LINE-UNREAD", "D4"),
    "vincristine 2 mg on D4 to D4": ("LINE-UNREAD", "D4"),
    "vincristine 2 mg 3 mg": ("LINE-UNREAD", "3"),
    "vincristine 2 mg/dose/m²": ("LINE-UNREAD", "m²"),
    "vincristine 0 mg": ("LINE-UNREAD", "0"),
    "vincristine .5 mg": ("LINE-UNREAD", "."),
    "vincristine J-8": ("LINE-UNREAD", "J-8"),
    "vincristine D4 2 mg": ("LINE-UNREAD", "D4"),
    "vincristine on D99999": ("LINE-UNREAD", "D99999"),
    "2 mg vincristine": ("LINE-UNREAD", "2"),
    "x 1 mg for 5 weeks": ("LINE-UNREAD", "weeks"),
    "x 1 mg for 2.5 days": ("LINE-UNREAD", "2.5"),
    "x 1 mg of adjusted weight 40 %": ("LINE-UNREAD", "40"),
    "x 1 mg rounded to 1 MBq": ("LINE-UNREAD", ""),
    "x 1 mg over 2 hours by continuous infusion": ("LINE-UNREAD", ""),
    "": ("LINE-UNREAD", ""),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_line_is_refused_with_its_words_and_place(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_give(text)
    (finding,) = refused.value.findings
    (place,) = finding.places
    assert (finding.code, place.words) == REFUSED[text]
    assert place.span is not None
    assert text[place.span.start : place.span.end] == place.words
    assert finding.next_step


def test_a_dash_names_its_hazard() -> None:
    with pytest.raises(Refusal) as refused:
        parse_days("D4-D11")
    assert refused.value.findings[0].hazard == "H3"


def test_a_misspelt_clause_gets_the_right_word() -> None:
    with pytest.raises(Refusal) as refused:
        parse_give("mesna 1 g evry 6 hours")
    assert refused.value.findings[0].next_step == "Did you mean 'every'?"


def test_a_set_of_days_is_not_a_range() -> None:
    assert parse_days("D4 and D11") == DaySet((4, 11))
    assert parse_days("D4 to D11") == DaySet((DayRange(4, 11),))
    assert print_days(DaySet((4, 11)), day_zero=True) == "D+4 and D+11"
    assert print_days(DaySet((1, DayRange(3, 5), 8)), day_zero=False) == "D1, D3 to D5 and D8"


def test_the_other_lines() -> None:
    assert parse_rest("D-8 to D-6") == Rest(days((-8, -6)))
    assert parse_do("graft transfusion on D0") == Do("graft transfusion", days(0))
    assert parse_do("hospital stay on at least D1 to D2 in cycle 2") == Do("hospital stay", days((1, 2)), (2,), True)
    assert parse_refer("care supports to the protocols of each centre") == Refer(
        "care supports", "the protocols of each centre"
    )
    assert parse_cycles("up to 2 cycles of 42 days") == Cycles(2, 42, at_most=True)
    assert parse_cycles("cycles") == Cycles(None, None)
    assert parse_time_point("baseline") == TimePoint(0, "baseline")
    assert parse_time_point("12 months") == TimePoint(12, "month")


AGE = Compare("age", ">", D(60), "years")
CONDITIONS: dict[str, Condition] = {
    "age > 60 years": AGE,
    "enrolment rank at site ≤ 6": Compare("enrolment rank at site", "<=", D(6)),
    "site is Nantes": Is("site", ("Nantes",)),
    "response is CR, CRp or PR": Is("response", ("CR", "CRp", "PR")),
    "treatment failure or relapse within 6 months of inclusion": Within(
        ("treatment failure", "relapse"), 6, "month", "inclusion"
    ),
    "immunosuppression stopped for at least 1 month": StoppedFor("immunosuppression", 1, "month"),
    "no active GVHD and acute GVHD never above grade II": All((NoActive("GVHD"), NeverAbove("acute GVHD", "II"))),
    "graft transfusion has happened": Happened("graft transfusion"),
    "age > 60 years, and (site is Nantes, or fit enough)": All(
        (AGE, AnyOf((Is("site", ("Nantes",)), Stated("fit enough"))))
    ),
    "no clinical contraindication (GVHD)": Stated("no clinical contraindication (GVHD)"),
    "able to walk and talk": Stated("able to walk and talk"),
    "response is not CR": Stated("response is not CR"),
    "no relapse within 3 months of inclusion": Stated("no relapse within 3 months of inclusion"),
    "age > sixty": Stated("age > sixty"),
    "no active GVHD or infection": Stated("no active GVHD or infection"),
    '"age > 60 years"': Stated("age > 60 years"),
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_fits_its_form_or_stays_words(text: str) -> None:
    assert parse_condition(text) == CONDITIONS[text]
    assert parse_condition(print_condition(CONDITIONS[text])) == CONDITIONS[text]


def test_and_beside_or_is_refused() -> None:
    with pytest.raises(Refusal, match="two ways"):
        parse_condition("a, and b, or c")


def test_words_with_stray_parentheses_read_back_among_others() -> None:
    mixed = All((AGE, All((AGE, Stated("5)(")))))
    assert parse_condition(print_condition(mixed)) == mixed

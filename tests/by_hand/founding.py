"""The two founding protocols as dataclasses, written by hand from the texts in examples/."""

from __future__ import annotations

from decimal import Decimal

from posolog.core.days import Anchor, DayRange, DaySet
from posolog.core.units import Unit, find_unit
from posolog.course.model import Patient
from posolog.protocol.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Is,
    NeverAbove,
    NoActive,
    StoppedFor,
    Within,
)
from posolog.protocol.model import (
    Amount,
    Basis,
    Count,
    Cycles,
    Do,
    Frequency,
    Give,
    Line,
    Part,
    Per,
    Protocol,
    Refer,
    Rest,
    Source,
    TimePoint,
    Visits,
    Window,
)

NANTES = Patient(
    "P1", weight_kg=Decimal(80), height_cm=Decimal(172), sex="male", age_years=45, site="Nantes", rank_at_site=3
)
Q12H = Frequency(1, Decimal(12), "hour")


def unit(symbol: str) -> Unit:
    found = find_unit(symbol)
    assert found is not None
    return found


def amount(value: str, symbol: str, per: str = "", basis: str = "") -> Amount:
    """amount("400", "mg", "m²", "day") is 400 mg/m²/day."""
    number = Decimal(value)
    return Amount(number, number, unit(symbol), Per(per), Basis(basis))


def days(*items: int | tuple[int, int]) -> DaySet:
    """days(4, 11) is two days; days((1, 5)) is day 1 to day 5."""
    return DaySet(tuple(item if isinstance(item, int) else DayRange(*item) for item in items))


def line(ident: str, what: Give | Rest | Do | Refer, quote: str, condition: Condition | None = None) -> Line:
    return Line(ident, what, condition, sources=(Source(quote),))


D0 = Anchor("D0", "graft transfusion")

SEQUENTIAL = Part(
    "sequential chemotherapy",
    "D0",
    (
        line(
            "sequential chemotherapy/1",
            Give("thiotepa", amount("5", "mg", "kg", "day"), days=days(-13)),
            "Thiotepa 5 mg / kg / day for 1 day (D-13)",
        ),
        line(
            "sequential chemotherapy/2",
            Give("cyclophosphamide", amount("400", "mg", "m²", "day"), for_days=Count(4), days=days((-12, -9))),
            "Cyclophosphamide 400 mg / m² / day for 4 days (J-12 to J-9)",
        ),
        line(
            "sequential chemotherapy/3",
            Give("etoposide", amount("100", "mg", "m²", "day"), for_days=Count(4), days=days((-12, -9))),
            "Etoposide 100 mg / m² / day for 4 days (J-12 to J-9)",
        ),
    ),
)
REST = Part("rest", "D0", (line("rest/1", Rest(days((-8, -6))), "Rest days J-8 and J-6"),))
RIC = Part(
    "reduced-intensity conditioning",
    "D0",
    (
        line(
            "reduced-intensity conditioning/1",
            Give("fludarabine", amount("30", "mg", "m²", "day"), for_days=Count(5), days=days((-5, -1))),
            "Fludarabine 30 mg / m² / day for 5 days (J-5 to D-1)",
        ),
        line(
            "reduced-intensity conditioning/2",
            Give("busulfan", amount("3.2", "mg", "kg", "day"), route="IV", for_days=Count(2), days=days(-5, -4)),
            "Busulfan IV 3.2 mg / kg / day for 2 days (J-5 and J-4)",
        ),
        line(
            "reduced-intensity conditioning/3",
            Give(
                "antithymocyte globulin (rabbit)",
                amount("2.5", "mg", "kg", "day"),
                for_days=Count(2),
                days=days(-3, -2),
            ),
            "Anti-lymphocyte serum (Thymoglobuline) 2.5 mg / kg / day for 2 days (J-3 and J-2)",
        ),
    ),
)
GRAFT = Part("graft", "D0", (line("graft/1", Do("graft transfusion", days(0)), "Graft transfusion: the day D0"),))
GVHD = Part(
    "prevention of GVHD",
    "D0",
    (
        line(
            "prevention of GVHD/1",
            Give("cyclophosphamide", amount("50", "mg", "kg", "day"), days=days(3, 5)),
            "Cyclophosphamide 50mg / kg / day on days D + 3 and D + 5",
        ),
        line(
            "prevention of GVHD/2",
            Give("cyclosporine", amount("3", "mg", "kg", "day"), route="IV", from_day=6, taper=Window(62, 90)),
            "Cyclosporine A (CSA; 3 mg / kg / day IV from D + 6)",
        ),
        line(
            "prevention of GVHD/3",
            Give(
                "mycophenolate mofetil",
                amount("30", "mg", "kg", "day"),
                frequency=Frequency(2, Decimal(1), "day"),
                from_day=6,
                caps=(amount("2", "g", "", "day"),),
                taper=Window(35, 56),
            ),
            "Mycophenolate mofetil (MMF; 30 mg / kg / day, maximum x2 1g / day from day J + 6)",
        ),
    ),
)
PDLI_GATE = All(
    (
        StoppedFor("immunosuppression", 1, "month"),
        NoActive("GVHD"),
        NeverAbove("acute GVHD", "II"),
    )
)
PDLI = Part(
    "prophylactic DLI",
    "D0",
    (
        line(
            "prophylactic DLI/1",
            Give("donor lymphocytes", doses=Count(3), from_day=120),
            "pDLI: 3 injections from the D + 120",
        ),
    ),
    condition=PDLI_GATE,
)
CARE = Part(
    "supportive care",
    "D0",
    (line("supportive care/1", Refer("care supports", "the protocols of each centre"), "Care supports"),),
)

SET_HAPLO = Protocol(
    "SET-haplo",
    ("set-haplo.txt",),
    (D0,),
    parts=(SEQUENTIAL, REST, RIC, GRAFT, GVHD, CARE, PDLI),
    visits=(
        Visits(
            "follow-up",
            "D0",
            (TimePoint(0, "baseline"), *(TimePoint(months, "month") for months in (1, 3, 6, 12, 24))),
            ("engraftment", "disease response"),
        ),
    ),
    bsa="Du Bois",
    weight="actual weight",
)

RIT_D1 = Anchor("RIT D1", "first RIT infusion")
RIT2_D1 = Anchor("consolidation RIT D1", "first consolidation RIT infusion")
CROSS_D1 = Anchor("crossover RIT D1", "first crossover RIT infusion")
SOC_D1 = Anchor("SOC D1", "start of salvage chemotherapy")
RIT_AGENT = "90Y-epratuzumab tetraxetan"
RIT = Part(
    "RIT",
    "RIT D1",
    (
        line(
            "RIT/1",
            Give(RIT_AGENT, amount("370", "MBq", "m²", "dose"), days=days(1, 8)),
            "2 injections of 370 MBq/m2 of 90Y-epratuzumab tetraxetan fractionated RIT at day 1 and day 8",
        ),
        line(
            "RIT/2",
            Give("111In-epratuzumab tetraxetan", days=days(1)),
            "co-injected for the six first patients in Nantes",
            All((Is("site", ("Nantes",)), Compare("enrolment rank at site", "<=", Decimal(6)))),
        ),
    ),
    arm="experimental",
)
CONSOLIDATION = Part(
    "RIT consolidation",
    "consolidation RIT D1",
    arm="experimental",
    condition=Is("response", ("CR", "CRp")),
    same_as="RIT",
)
CROSSOVER = Part(
    "crossover RIT",
    "crossover RIT D1",
    arm="control",
    condition=Within(("treatment failure", "relapse"), 6, "month", "inclusion"),
    same_as="RIT",
)


def flag(name: str, condition: Condition, idarubicin: str, fludarabine: str, cytarabine: str) -> tuple[Line, ...]:
    return (
        line(
            f"{name}/1",
            Give("idarubicin", amount(idarubicin, "mg", "m²", "dose"), days=days(1, 3)),
            "Idarubicin days 1, 3",
            condition,
        ),
        line(
            f"{name}/2",
            Give("fludarabine", amount(fludarabine, "mg", "m²", "dose"), days=days((1, 5))),
            "fludarabine days 1-5",
            condition,
        ),
        line(
            f"{name}/3",
            Give("cytarabine", amount(cytarabine, "g", "m²", "dose"), days=days((1, 5))),
            "cytarabine days 1-5",
            condition,
        ),
    )


YOUNGER = Compare("age", "<=", Decimal(60), "years")
OLDER = Compare("age", ">", Decimal(60), "years")
FLAG = Part(
    "FLAG",
    "SOC D1",
    (*flag("FLAG", YOUNGER, "10", "30", "2"), *flag("FLAG over 60", OLDER, "5", "20", "1")),
    arm="control",
    choice="regimen",
)
CLOFARABINE = Part(
    "clofarabine",
    "SOC D1",
    (
        line(
            "clofarabine/1",
            Give(
                "clofarabine",
                Amount(Decimal(20), None, unit("mg"), Per.M2, Basis.DAY),
                days=days((1, 5)),
                for_days=Count(5, at_most=True),
            ),
            ">=20mg/m2/day for up to 5 days",
        ),
    ),
    arm="control",
    choice="regimen",
)
VINCRISTINE = Give("vincristine", amount("2", "mg", "", "dose"), route="IV", days=days(4, 11))
HYPER_CVAD = Part(
    "Hyper-CVAD",
    "SOC D1",
    (
        line(
            "Hyper-CVAD/1",
            Give(
                "cyclophosphamide",
                amount("300", "mg", "m²", "dose"),
                route="IV",
                frequency=Q12H,
                doses=Count(6),
                days=days((1, 3)),
            ),
            "cyclophosphamide 300 mg/m2 intravenously(i.v.) every 12 hours for 6 doses Days 1 to 3",
        ),
        line("Hyper-CVAD/2", VINCRISTINE, "vincristine 2 mg i.v.Days 4 and 11"),
        line(
            "Hyper-CVAD/3",
            Give(
                "doxorubicin",
                amount("50", "mg", "m²", "dose"),
                route="IV",
                infusion_h=Decimal(24),
                access="central venous catheter",
                days=days(4),
            ),
            "doxorubicin 50 mg/m2 i.v. over 24 hours via central venous catheter Day 4",
        ),
        line(
            "Hyper-CVAD/4",
            Give("dexamethasone", amount("40", "mg", "", "day"), days=days((1, 4), (11, 14))),
            "dexa-methasone 40 mg daily Days 1 to 4 and 11 to 14",
        ),
    ),
    arm="control",
    choice="regimen",
)
BLINATUMOMAB = Part(
    "blinatumomab",
    "SOC D1",
    (
        line(
            "blinatumomab/1",
            Give("blinatumomab", amount("9", "mcg", "", "day"), continuous=True, days=days((1, 7)), cycles=(1,)),
            "9µg/d for days 1-7",
        ),
        line(
            "blinatumomab/2",
            Give("blinatumomab", amount("28", "mcg", "", "day"), continuous=True, days=days((8, 28)), cycles=(1,)),
            "28µg/d thereafter",
        ),
        line(
            "blinatumomab/3",
            Do("hospital stay", days((1, 9)), cycles=(1,)),
            "hospitalized the first 9 days during the first cycle",
        ),
    ),
    arm="control",
    choice="regimen",
    cycles=Cycles(2, 42, at_most=True),
)
RIT_B_ALL = Protocol(
    "RIT-B-ALL",
    ("rit-b-all.txt",),
    (RIT_D1, RIT2_D1, CROSS_D1, SOC_D1, Anchor("inclusion D1", "inclusion")),
    arms=("experimental", "control"),
    parts=(RIT, CONSOLIDATION, CROSSOVER, FLAG, CLOFARABINE, HYPER_CVAD, BLINATUMOMAB),
    visits=(Visits("crossover follow-up", "crossover RIT D1", (TimePoint(12, "month"),), arm="control"),),
    bsa="Du Bois",
    weight="actual weight",
)
EITHER = AnyOf((Is("site", ("Nantes",)), Is("site", ("Angers",))))

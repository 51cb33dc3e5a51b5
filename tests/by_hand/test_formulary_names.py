"""Names that other programs got wrong, and the ones that our founding texts use."""

from decimal import Decimal

import pytest

from posolog.formulary import companions, find, limits, nuclide, regimen, source, suggest


def meanings(name: str) -> set[str]:
    """The canonical names that a written name may have."""
    return {agent.name for agent in find(name).agents}


RABBIT = "antithymocyte globulin (rabbit)"
HORSE = "antithymocyte globulin (horse)"
JURKAT = "antithymocyte globulin (rabbit anti-Jurkat)"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # rit-b-all.txt
        ("90Y-epratuzumab tetraxetan", "90Y-epratuzumab tetraxetan"),
        ("90Y-epratuzumab\n      tetraxetan", "90Y-epratuzumab tetraxetan"),
        ("111In-epratuzumab tetraxetan", "111In-epratuzumab tetraxetan"),
        ("Idarubicin", "idarubicin"),
        ("fludarabine", "fludarabine"),
        ("cytarabine", "cytarabine"),
        ("Clofarabine", "clofarabine"),
        ("hyperfractionated cyclophosphamide", "cyclophosphamide"),
        ("vincristine", "vincristine"),
        ("doxorubicin", "doxorubicin"),
        ("dexa-methasone", "dexamethasone"),
        ("Blinatumomab (Blincyto®)", "blinatumomab"),
        # set-haplo.txt
        ("Thiotepa", "thiotepa"),
        ("Etoposide", "etoposide"),
        ("Busulfan IV", "busulfan"),
        ("Thymoglobuline", RABBIT),
        ("Anti-lymphocyte serum (Thymoglobuline)", RABBIT),
        ("Cyclosporine A", "ciclosporin"),
        ("CSA", "ciclosporin"),
        ("MMF", "mycophenolate mofetil"),
        ("Mycophenolate mofetil (MMF)", "mycophenolate mofetil"),
        ("pDLI", "donor lymphocytes"),
        ("graft of peripheral stem cells", "haematopoietic stem cell graft"),
        # spelling, salts, marks, plural
        ("Ara-C", "cytarabine"),
        ("ara c", "cytarabine"),
        ("Méthotrexate", "methotrexate"),
        ("methotrexate sodium", "methotrexate"),
        ("vincristine sulfate", "vincristine"),
        ("Velcade(R)", "bortezomib"),
        ("VELCADE™", "bortezomib"),
        ("VP16", "etoposide"),
        ("FK 506", "tacrolimus"),
        ("6-MP", "mercaptopurine"),
        ("interferon-α", "interferon alfa"),
        ("clofarabines", "clofarabine"),
        ("Busilvex", "busulfan"),
        ("Glivec", "imatinib"),
        ("Tepadina", "thiotepa"),
        ("PTCy", "cyclophosphamide"),
        ("ABT-199", "venetoclax"),
        ("TBI", "total body irradiation"),
        ("PBSC", "haematopoietic stem cell graft (peripheral blood)"),
    ],
)
def test_one_meaning(written: str, meant: str) -> None:
    assert meanings(written) == {meant}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ATG", {RABBIT, HORSE, JURKAT}),
        ("anti-thymocyte globulin", {RABBIT, HORSE, JURKAT}),
        ("sérum anti-lymphocytaire", {RABBIT, HORSE, JURKAT}),
        ("CP", {"cyclophosphamide", "cisplatin", "carboplatin"}),
        ("MPA", {"mycophenolic acid", "medroxyprogesterone"}),
        ("FLU", {"fludarabine", "fluorouracil", "fluconazole"}),
        ("AZA", {"azacitidine", "azathioprine"}),
        ("G-CSF", {"filgrastim", "lenograstim"}),
        ("Bexxar", {"tositumomab", "131I-tositumomab"}),
        (
            "amphotericin B",
            {"amphotericin B (conventional)", "amphotericin B (liposomal)", "amphotericin B (lipid complex)"},
        ),
        ("daunorubicin (Vyxeos)", {"daunorubicin", "daunorubicin and cytarabine (liposomal fixed 1:5 molar)"}),
    ],
)
def test_several_meanings_are_all_told(written: str, meant: set[str]) -> None:
    assert meanings(written) == meant
    assert find(written).ambiguous


def test_thymoglobuline_is_not_thyroglobulin() -> None:
    assert meanings("thymoglobuline") == {RABBIT}
    assert find("thyroglobulin").agents == () and find("thyroglobuline").agents == ()


def test_mmf_is_not_monomethyl_fumarate_nor_mel_honey() -> None:
    assert meanings("MMF") == {"mycophenolate mofetil"}
    assert meanings("mel") == {"melphalan"}
    assert not find("honey").recognised


@pytest.mark.parametrize("written", ["daunorubicin", "Daunorubicin hydrochloride", "DNR", "daunorubicine"])
def test_daunorubicin_is_never_the_liposomal_product(written: str) -> None:
    (agent,) = find(written).agents
    assert agent.formulation == ""


@pytest.mark.parametrize(
    "written", ["liposomal daunorubicin", "daunorubicin (liposomal)", "daunorubicin liposomal injection", "DaunoXome"]
)
def test_the_liposomal_product_is_never_the_plain_one(written: str) -> None:
    assert meanings(written) == {"daunorubicin (liposomal)"}


def test_a_formulation_not_held_is_not_dropped() -> None:
    assert find("idarubicin (liposomal)").agents == ()
    assert find("liposomal idarubicin").agents == ()


@pytest.mark.parametrize(
    ("written", "label", "meant"),
    [
        ("90Y-epratuzumab", "90Y", "90Y-epratuzumab tetraxetan"),
        ("90Yttrium-epratuzumab tetraxetan", "90Y", "90Y-epratuzumab tetraxetan"),
        ("yttrium Y-90 epratuzumab tetraxetan", "90Y", "90Y-epratuzumab tetraxetan"),
        ("[90Y]-epratuzumab", "90Y", "90Y-epratuzumab tetraxetan"),
        ("epratuzumab-90Y", "90Y", "90Y-epratuzumab tetraxetan"),
        ("Y-90 Zevalin", "90Y", "90Y-ibritumomab tiuxetan"),
        ("(131)I-tositumomab", "131I", "131I-tositumomab"),
        ("iodine I 131 tositumomab", "131I", "131I-tositumomab"),
        ("iode 131 tositumomab", "131I", "131I-tositumomab"),
        ("indium In 111 ibritumomab tiuxetan", "111In", "111In-ibritumomab tiuxetan"),
        ("177Lu-DOTATATE", "177Lu", "177Lu-oxodotreotide"),
        ("yttrium-90 rituximab", "90Y", "90Y-rituximab"),
        ("99mTc-rituximab", "99mTc", "99mTc-rituximab"),
    ],
)
def test_nuclide_and_carrier(written: str, label: str, meant: str) -> None:
    match = find(written)
    assert (match.how, match.nuclide, meanings(written)) == ("radiolabelled", label, {meant})
    assert match.agents[0].nuclide == label and match.agents[0].kind == "radiopharmaceutical"


@pytest.mark.parametrize("written", ["90 years", "90 y", "111 in patients", "131 I", "day 8", "D-13", "CD34", "30 mg"])
def test_not_a_nuclide_nor_a_name(written: str) -> None:
    match = find(written)
    assert not match.agents and match.nuclide is None and not match.recognised


def test_a_label_on_an_unknown_carrier_keeps_the_nuclide() -> None:
    match = find("90Y-anti-CD45")
    assert (match.agents, match.nuclide, match.how) == ((), "90Y", "radiolabelled")


@pytest.mark.parametrize(
    ("written", "how"),
    [("captopril", "vocabulary"), ("fooximab", "stem"), ("XYZ-12345", "code"), ("placebo", "unknown")],
)
def test_names_recognised_but_not_held(written: str, how: str) -> None:
    assert (find(written).agents, find(written).how) == ((), how)


def test_likeness_only_suggests() -> None:
    assert find("thymglobuline").agents == ()
    assert suggest("thymglobuline") == (RABBIT,)
    assert "idarubicin" in suggest("idarubicn")


def test_capitals_count_where_small_letters_are_a_word() -> None:
    assert meanings("GO") == {"gemtuzumab ozogamicin"}
    assert not find("go").recognised


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
    assert not source("general").checked
    assert source("icrp-107").checked and "107" in source("icrp-107").citation

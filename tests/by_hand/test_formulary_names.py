"""Names that other programs got wrong, and the ones that our founding texts use."""

import pytest

from posolog.formulary import find, suggest


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

"""Other ways of writing, forms of files, duplicates and exports: small lists with every answer written out."""

import json

import pytest

from posolog.core.finding import Refusal
from posolog.evidence import Library, Name, Reference, read
from posolog.evidence.enrich import enrich
from posolog.evidence.files import dump, load, load_export
from posolog.evidence.pages import adds_up, faults, parse
from posolog.evidence.style import printed
from tests.reference_audit import dropped, silent

NUMBERED = """References

1. Thomas DA, Kantarjian H, Smith TL, et al. Primary refractory and relapsed leukemia: characteristics,
and prognosis. Cancer 1999;86:1216-30.
2. Fielding AK, Richards SM. Outcome of 609 adults. Blood. 2007 Feb 1;109(3):944-50. doi: 10.1182/blood-2006. PMID: 17032921.
[3] de Witte T, van der Velden VHJ, Larson RA Jr. What is this? Leuk Lymphoma 2011;52 Suppl 2:S1–S7.
4. Something else, said at a meeting in Paris.
"""
PLAIN = """Thomas, D. A., Kantarjian, H., & Smith, T. L. (1999). A title. Cancer, 86(7), 1216–1230. https://doi.org/10.1002/x.1
Fielding, A. K. et al. Outcome of 609 adults. Blood 109, 944–950 (2007).
M. T. Milano and P. Okunieff, Normal tissue toxicity, Radiat Oncol, vol.3, p.36, 2008. DOI : 10.1186/1748-717X-3-36
"""


def codes(library: Library) -> list[str]:
    return [finding.code for finding in library.findings]


def test_a_numbered_list() -> None:
    one, two, three, four = (library := read(NUMBERED)).references
    assert one.authors == (Name("Thomas", "DA"), Name("Kantarjian", "H"), Name("Smith", "TL")) and one.et_al
    assert one.title == "Primary refractory and relapsed leukemia: characteristics, and prognosis"
    assert (one.container, one.year, one.volume, one.pages) == ("Cancer", "1999", "86", "1216-30")
    assert (two.doi, two.pmid, two.issue, two.key) == ("10.1182/blood-2006", "17032921", "3", "fielding2007")
    assert three.authors[1:] == (Name("van der Velden", "VHJ"), Name("Larson", "RA", "Jr"))
    assert (three.title, three.volume, three.pages) == ("What is this?", "52 Suppl 2", "S1–S7")
    assert (four.title, four.doubts) == ("Something else, said at a meeting in Paris.", ("title",))
    assert codes(library) == ["REF-STRAY", "REF-NOT-UNDERSTOOD"]


def test_the_year_after_the_authors_or_at_the_end() -> None:
    one, two, three = read(PLAIN).references
    assert one.authors[2] == Name("Smith", "T. L.") and (one.issue, one.doi) == ("7", "10.1002/x.1")
    assert (two.et_al, two.container, two.volume, two.pages, two.year) == (True, "Blood", "109", "944–950", "2007")
    assert (three.pages, three.doi) == ("36", "10.1186/1748-717X-3-36")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("A. Poe, Effi cacy of a speci fi c drug in fl uences outcome, Blood, vol.1, pp.2-9, 2001.",
         "Efficacy of a specific drug influences outcome"),
        ("A. Poe, Time off therapy in staff with fi ve stiff joints, Blood, vol.1, pp.2-9, 2001.",
         "Time off therapy in staff with five stiff joints"),
        ("A. Poe, E ff ect of de fi ned di ff erences, Blood, vol.1, pp.2-9, 2001.", "Effect of defined differences"),
        ("A. Poe, Sci fi and Wi fi at home, Blood, vol.1, pp.2-9, 2001.", "Sci fi and Wi fi at home"),
        ("A. Poe, <i>In vitro</i> e&#64256;ects &amp; \ufb01ndings, Blood, vol.1, pp.2-9, 2001.",
         "In vitro effects & findings"),
        ("A. Poe, Patients aged 90 years and 131 infants, Blood, vol.1, pp.2-9, 2001.",
         "Patients aged 90 years and 131 infants"),
        ("A. Poe, Doses of 18 F-FDG and 32 P in 14 C patients, Blood, vol.1, pp.2-9, 2001.",
         "Doses of 18F-FDG and 32 P in 14 C patients"),
    ],
)  # fmt: skip
def test_titles(words: str, title: str) -> None:
    (one,) = read(words).references
    assert one.title == title


@pytest.mark.parametrize(
    ("pages", "first", "last", "short"),
    [("944-50", 944, 950, True), ("1216-1246", 1216, 1246, False), ("S1–S7", 1, 7, False), ("120-19", 120, 119, True)],
)
def test_page_ranges(pages: str, first: int, last: int, short: bool) -> None:
    found = parse(pages)
    assert found is not None and (found.first, found.last, found.short) == (first, last, short)


def test_page_faults() -> None:
    assert faults("120-19") == ["the range runs backwards (120 to 119)"]
    assert faults("1216-1246")[0] == "31 pages are long for an article"
    assert faults("1216-30") == faults("e123-e129") == faults("36") == faults("") == faults("ix-xii") == []
    # 403-11 and 504-9 added up; 37-47 cannot be a sum, since 37-10 is no range upwards
    listed = ["944-50", "589-96", "349-70", "681-97", "403-414", "504-513", "106-119", "703-715"]
    assert adds_up(listed)
    assert faults("403-414", added_up=True) == ["403 + 11 = 414: 403-11 may have been added up"]
    assert faults("37-47", added_up=True) == []
    assert not adds_up([*listed, "512-18"])


def test_duplicates_become_one_and_say_what_differs() -> None:
    twice = (
        "A. Poe, A rather long title of a paper, Blood, vol.1, pp.2-9, 2001.\n\n"
        "A. Poe and B. Roe, A rather long title of a paper, Blood, vol.1, issue.3, pp.2-11, 2001."
    )
    library = read(twice)
    (one,) = library.references
    (told,) = [f for f in library.findings if f.code == "REF-DUPLICATE"]
    assert (one.issue, one.pages, dict(one.whence)) == ("3", "2-9", {"issue": "second entry, line 3"})
    assert 'pages: "2-9" and "2-11"' in told.message and told.severity == "ask"


def test_every_form_is_read_back() -> None:
    given = (
        Reference("poe2001", (Name("Poe", "A. B.", "Jr"), Name("de la Cruz", "M.")), "CD22 & the 50 % rule_of $5 {x}", "Blood",
                  "1", "2", "3-9", "2001", "10.1/x_y", "123", "https://a.b/c_d", True),
        Reference("group2002", (Name("Invented Study Group"),), "A title", "J Test", year="2002", doubts=("title",)),
    )  # fmt: skip
    for suffix in (".json", ".bib", ".ris"):
        back = load(dump(given, suffix=suffix), where="x", suffix=suffix).references
        if suffix == ".bib":  # braces group in BibTeX and do not come back
            assert back[0].title == given[0].title.replace("{", "").replace("}", "")
            back = (Reference(**{**_fields(back[0]), "title": given[0].title}), back[1])
        assert back == given, suffix


def _fields(one: Reference) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}


def test_printed_styles() -> None:
    one = Reference(
        "poe2001", (Name("Poe", "A. B."), Name("Roe", "C.")), "Why?", "Blood", "1", "2", "3-9", "2001", et_al=True
    )
    assert printed([one]) == ("1. Poe AB, Roe C, et al. Why? Blood. 2001;1(2):3–9.",)
    assert printed([one], style="author-date") == ("Poe, A. B., Roe, C., et al. (2001). Why? Blood, 1(2), 3–9.",)
    with pytest.raises(Refusal, match="no style"):
        printed([one], style="nature")


CROSSREF = {"message": {"items": [
    {"DOI": "10.1/A", "title": ["A first study of 90Y-x"], "container-title": ["Journal of Tests"], "volume": "3",
     "page": "12-19", "issued": {"date-parts": [[2001, 2]]}, "author": [{"family": "Poe", "given": "Ann"}]},
]}}  # fmt: skip
NBIB = """PMID- 111
TI  - A first study
      of 90Y-x.
PG  - 12-9
VI  - 4
DP  - 2001 Feb
TA  - J Tests
FAU - Poe, Ann
FAU - Roe, Bob
LID - 10.1/A [doi]

PMID- 222
TI  - Another.
DP  - 1999
"""


def test_an_export_fills_gaps_and_conflicts_are_told() -> None:
    library = read("A. Poe, A fi rst study of 90 Y-x, J Tests, vol.3, 2001.")
    export = load_export(json.dumps(CROSSREF), where="c.json", suffix=".json")
    (one,) = (done := enrich(library, export, whence="c.json")).references
    assert (one.doi, one.pages, one.volume) == ("10.1/A", "12-19", "3")
    assert dict(one.whence) == {"pages": "c.json", "doi": "c.json"}
    assert "REF-CONFLICT" not in codes(done)

    export = load_export(NBIB, where="p.nbib", suffix=".nbib")
    assert [e.pmid for e in export] == ["111", "222"] and export[0].title == "A first study of 90Y-x"
    (two,) = (again := enrich(done, export, whence="p.nbib")).references
    assert (two.pmid, two.volume, two.pages, two.authors) == (
        "111",
        "3",
        "12-19",
        (Name("Poe", "Ann"), Name("Roe", "Bob")),
    )
    told = [f.message for f in again.findings if f.code == "REF-CONFLICT"]
    assert told == ['poe2001: volume is "3" here and "4" in p.nbib; the first stands']  # 12-9 is 12-19 written short


def test_what_no_record_fits_stays() -> None:
    library = read("A. Poe, A study of something else, J Tests, vol.3, 2001.")
    export = load_export(json.dumps(CROSSREF), where="c.json", suffix=".json")
    done = enrich(library, export, whence="c.json")
    assert done.references == library.references and codes(done)[-1] == "REF-MATCH"


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("{", ".json"), ("[1]", ".json"), ("[{}]", ".json"), ("@article{", ".bib"), ("nothing", ".ris"), ("x", ".nbib")],
)
def test_what_is_no_reference_file_is_refused(text: str, suffix: str) -> None:
    with pytest.raises(Refusal) as refused:
        load(text, where="x", suffix=suffix)
    assert refused.value.findings[0].code == "REF-FILE"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Forms that archives' lists hold, with invented works.
        ("A. Poe and B. Roe, A study of counts, Blood. 1 févr, vol.7, issue.4, pp.51-62, 1990.",
         {"title": "A study of counts", "container": "Blood", "volume": "7"}),
        ("A. Poe, Recovery of counts. Science. 4 mai, vol.11, pp.51-62, 1951.",
         {"title": "Recovery of counts", "container": "Science"}),
        ("A. Poe, A study of mice, J Test, vol.34, issue.1069, 1069.", {"volume": "34", "issue": "1069", "year": ""}),
        ("A. Poe, A study of mice, J Test, issue.3, vol.34, p.12", {"volume": "34", "issue": "3", "pages": "12"}),
        ("A. Poe, B. Roe et al., , 2007.\n\n, a model of doses, Med Test, vol.34, p.105",
         {"title": "a model of doses", "container": "Med Test", "year": "2007", "pages": "105"}),
        ("A. Poe, B. Roe et al., Early toxicity in patients with\n\n, Fibrosis after transplantation, J Test, vol.8, 2012.",
         {"title": "Early toxicity in patients with Fibrosis after transplantation", "container": "J Test"}),
        ("J. Poe,\n\n, Acta Test, vol.20, pp.156-66, 1958.", {"title": "", "container": "Acta Test"}),
        ("K. Poe, An Introduction to Tests, 1972.", {"title": "An Introduction to Tests", "container": ""}),
        ("K. Poe, Learning : tests, marks, and beyond, 2002.", {"title": "Learning : tests, marks, and beyond"}),
        ("P. Poe, Des valeurs, Journal de tests purs, vol.2, pp.17-18, 1867.", {"container": "Journal de tests purs"}),
        ("A. Poe, A title, J Test, vol.3, 2011.\nDOI : 10.1/a.b-c\n\nURL : http://a.org/10.2/x.pdf",
         {"doi": "", "url": "http://a.org/10.2/x.pdf"}),
        ("A. Poe, A title, J Test, vol.3, 2011.\nDOI : 10.1088/a.b-c\n\nURL : http://a.org/10.2222/x.pdf",
         {"doi": "10.1088/a.b-c", "url": "http://a.org/10.2222/x.pdf"}),
    ],
)  # fmt: skip
def test_forms_of_archives(words: str, expected: dict[str, str]) -> None:
    (one,) = (library := read(words)).references
    assert {name: one.said(name) for name in expected} == expected
    assert silent(one) == [] and dropped(one, library.findings) == []


@pytest.mark.parametrize(
    "words",
    [
        "Poe AB, de Roe C. A study of counts. J Test. 2012 Mar 1;34(5):1216-30.",
        "Poe AB, de Roe C. A study of counts. J Test 2012; 34 (5): 1216-30",
        "Poe AB, de Roe C: A study of counts. J Test 34(5):1216-30, 2012",
        "Poe, A. B., & de Roe, C. (2012). A study of counts. J Test, 34(5), 1216-30.",
        "Poe, A. B. & de Roe, C. A study of counts. J Test 34(5), 1216-30 (2012).",
        "Poe, A.B. and de Roe, C., 2012. A study of counts. J Test, 34(5), pp.1216-30.",
        "A. B. Poe and C. de Roe, A study of counts, J Test, vol.34, issue.5, pp.1216-30, 2012.",
    ],
)
def test_one_work_in_seven_ways(words: str) -> None:
    (one,) = read(words).references
    assert [name.family for name in one.authors] == ["Poe", "de Roe"]
    assert (one.title, one.container, one.year) == ("A study of counts", "J Test", "2012")
    assert (one.volume, one.issue, one.pages, one.key) == ("34", "5", "1216-30", "poe2012")


@pytest.mark.parametrize("lead", ["{}. ", "{}) ", "[{}] ", "{} ", "- ", "• ", ""])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbers_bullets_and_gaps(lead: str, gap: str) -> None:
    works = [f"Poe AB. A study of counts {n}. J Test 2012;34:{n}-9." for n in range(11, 15)]
    text = gap.join(lead.format(n) + work for n, work in enumerate(works, 12))
    assert [one.title for one in read(text).references] == [f"A study of counts {n}" for n in range(11, 15)]


@pytest.mark.parametrize(
    ("names", "families"),
    [
        (". Alp, A title", ["Alp"]), ("&. Fipp, M. Sou, and . Suk, A title", ["Fipp", "Sou", "Suk"]),
        ("?. Kne?evi, L. Stol, and S. Mil?, A title", ["Kne?evi", "Stol", "Mil?"]),
        ("B. 1. Weid, P. Flour, and N. Tom, A title", ["Weid", "Flour", "Tom"]),
    ],
)  # fmt: skip
def test_names_that_lost_letters_stay_and_are_marked(names: str, families: list[str]) -> None:
    (one,) = (library := read(f"{names}, J Test, vol.3, pp.1-9, 2011.")).references
    assert ([name.family for name in one.authors], one.title, one.doubts) == (families, "A title", ("authors",))
    assert "REF-NAME-DOUBT" in codes(library)


def test_letters_that_are_lost_in_a_title_are_marked() -> None:
    (one,) = (library := read("A. Poe, Stem cells in IL2R?c mice ??? a test, J Test, vol.3, pp.1-9, 2011.")).references
    assert one.doubts == ("title",) and codes(library) == ["REF-TITLE-CUT", "REF-TITLE-CUT"]


def test_a_piece_without_a_beginning_does_not_join_a_complete_entry() -> None:
    first = "A. Poe, A title, J Test, vol.3, pp.1-9, 2011.\nURL : http://a.org/x\n\n"
    assert len(read(first + ", Technical report 398, A code of practice, 2000").references) == 2


def test_hyphens_at_line_ends() -> None:
    text = (
        "1. Poe AB. Acute leukae-\nmia and anti-\nCD22 in adult leukaemia. J Test 2012;34:1-9.\n"
        "2. Roe AB. A study of radio-\nimmunotherapy. J Test 2012;35:1-9."
    )
    one, two = (library := read(text)).references
    assert one.title == "Acute leukaemia and anti-CD22 in adult leukaemia"
    assert two.title == "A study of radio-immunotherapy"  # nothing says that it is one word
    assert codes(library).count("REF-HYPHEN") == 3 and silent(one) == silent(two) == []

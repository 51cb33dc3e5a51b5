"""The reference list of the phase I paper: every field against a reading by hand, and no change that is not told."""

from pathlib import Path

import pytest

from posolog.evidence import Reference, read
from posolog.evidence.text import squash
from tests.reference_audit import dropped, silent

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "examples" / "rit-phase1-references.txt").read_text(encoding="utf-8")
ANSWER = (Path(__file__).parent / "rit_phase1_references.txt").read_text(encoding="utf-8")
FIELDS = ("authors", "title", "container", "volume", "issue", "pages", "year", "url")
LIBRARY = read(SOURCE, where="rit-phase1-references.txt")


def fields_of(one: Reference) -> list[str]:
    authors = [*map(str, one.authors), *(["et al."] if one.et_al else [])]
    return ["; ".join(authors), *(one.said(name) for name in FIELDS[1:])]


def by_hand() -> list[list[str]]:
    lines = [line for line in ANSWER.splitlines() if not line.startswith("#")]
    return [[field.strip() for field in line.split("|")] for line in lines]


def test_every_field_of_the_33_works_is_as_read_by_hand() -> None:
    wanted = by_hand()
    assert len(wanted) == len(LIBRARY.references) == 33
    wrong = [
        (one.key, name, said, right)
        for one, row in zip(LIBRARY.references, wanted, strict=True)
        for name, said, right in zip(FIELDS, fields_of(one), row, strict=True)
        if said != right
    ]
    total = 33 * len(FIELDS)
    print(f"field accuracy {100 * (total - len(wrong)) / total:.1f} % of {total}")
    assert len(wrong) <= 0.02 * total, wrong
    assert wrong == []


@pytest.mark.parametrize("one", LIBRARY.references, ids=lambda one: one.key)
def test_no_character_changes_in_silence(one: Reference) -> None:
    assert silent(one) == []


@pytest.mark.parametrize("one", LIBRARY.references, ids=lambda one: one.key)
def test_no_word_is_dropped_in_silence(one: Reference) -> None:
    assert dropped(one, LIBRARY.findings) == []


def test_every_repair_is_a_finding_with_before_and_after() -> None:
    said = [finding.message for finding in LIBRARY.findings]
    for one in LIBRARY.references:
        for repair in one.repairs:
            told = [
                words for words in said if repair.after in words or repair.code in ("REF-REJOINED", "REF-NAME-APART")
            ]
            assert told, repair
    counts = {code: sum(f.code == code for f in LIBRARY.findings) for code in {f.code for f in LIBRARY.findings}}
    # Counted in the text: fi rst x 2, diff use, diff erent, fi eld, Griffi-ths; 131 I, 90 Y x 5, 90 Yttrium, issue.90 (2)
    assert (counts["REF-LIGATURE"], counts["REF-SUPERSCRIPT"], counts["REF-DECIMAL"]) == (6, 9, 1)
    # Hernández-rivas, Garcia-barros, Cordon-cardo, Kraeber-bodere, Kraeber-bodéré, Bodet-milin x 2
    assert (counts["REF-NAME"], counts["REF-NAME-APART"], counts["REF-REJOINED"]) == (7, 1, 2)


def test_wrong_page_ends_are_asked_about_and_stay() -> None:
    asked = {f.message.split(":")[0] for f in LIBRARY.findings if f.code == "REF-PAGES"}
    assert {"thomas1999", "gokbuget2012", "carnahan2007", "kantarjian2012"} <= asked
    assert LIBRARY.get("thomas1999").pages == "1216-1246"
    # 37-47 and 77-84 cannot be sums; short ends and single pages are left alone.
    assert not asked & {"stein1999", "griffiths2003", "fielding2007", "milano2008", "kraeberbodere2012"}


def test_what_cannot_be_put_right_is_marked() -> None:
    marked = {one.key: one.doubts for one in LIBRARY.references if one.doubts}
    assert marked == {
        "raponi2011": ("authors",),
        "advani2014": ("authors",),
        "kraeberbodere2012": ("authors",),
        "sharkey2003": ("title",),
        "morschhauser2013": ("authors",),
        "witzig2014": ("title",),
    }


def test_keys_are_the_first_author_and_the_year_without_accents() -> None:
    keys = [one.key for one in LIBRARY.references]
    assert len(set(keys)) == 33 and all(key.isascii() and key.isalnum() for key in keys)
    again = read(SOURCE + "\n\nH. Kantarjian, Another title of that year, Blood, vol.1, pp.1-9, 2012.")
    assert [one.key for one in again.references] == [*keys, "kantarjian2012b"]


def test_the_line_of_an_entry_is_that_of_its_words() -> None:
    lines = SOURCE.splitlines()
    for one in LIBRARY.references:
        assert one.line and squash(one.words).startswith(squash(lines[one.line - 1])[:30])

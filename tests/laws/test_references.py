"""Whatever a list holds: it is read without an error, no line is lost, keys are unique, forms come back."""

from __future__ import annotations

from unicodedata import normalize

from hypothesis import example, given, settings
from hypothesis import strategies as st

from posolog.evidence import read
from posolog.evidence.csl import of_csl, to_csl
from posolog.evidence.entries import NUMBERED, entries
from posolog.evidence.keys import keyed
from posolog.evidence.pages import adds_up, faults, parse
from tests.reference_audit import ADDRESS, silent, squash

PIECES = st.sampled_from(
    [
        "A. Poe", "B. C. Roe-smith", "and D. Garcia-barros", "et al.", "Title of a fi rst study", "90 Y-examplumab", "J Test",
        "vol.3", "issue.90", "pp.12-9", "p.e4", "2001", "1999.", "", " ", ".", ",", "URL : https://a.org/b", "DOI : 10.1234/x",
        "Poe AB", "Blood 2012;120:2032–41.", "(2004)", "&", "ﬁ", "é", "IgG (90", "L. Gouill", "and S. ", "?", "\n", "\n\n", "12. ",
    ]
)  # fmt: skip
LISTS = st.one_of(
    st.lists(PIECES, max_size=40).map(", ".join), st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=300)
)


def letters(text: str) -> str:
    """Letters and digits, a printed sign for several letters as these letters."""
    return "".join(sign for sign in normalize("NFKC", text) if sign.isalnum())


@settings(max_examples=200, deadline=None)
@given(LISTS)
@example("DOI : 10.1234/x, \n\n, DOI : 10.1234/x, ﬁ")  # the second entry's repair is none of the first's words
@example("URL : https://a.org/b, URL : https://a.org/b, ﬁ")
def test_any_text_is_read_and_nothing_changes_in_silence(text: str) -> None:
    library = read(text)
    for one in library.references:
        # An address in the middle of an entry takes its comma along: then letters are compared. What a second entry
        # of the same work gave is told in `whence`.
        told = {name.removesuffix("s") for name, _ in one.whence}
        faults = [fault.partition(": ") for fault in silent(one)]
        words = letters(ADDRESS.sub("", one.words))
        assert all(letters(value) in words for name, _, value in faults if name.removesuffix("s") not in told)
    assert of_csl(to_csl(library.references)) == library.references if library.references else True


@settings(max_examples=200, deadline=None)
@given(LISTS)
def test_no_line_is_lost(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = " ".join(squash(entry.words) for entry in entries("\n".join(lines)))
    for line in lines:
        left = squash(NUMBERED.sub("", line))
        assert left in whole or left.casefold().rstrip(" :") in ("references", "reference", "bibliography")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["poe", "roe", "lefèvre", ""]), max_size=60))
def test_keys_are_unique_and_stay(families: list[str]) -> None:
    from posolog.evidence import Name, Reference

    given_list = [Reference("", (Name(family),) if family else (), "Some title", year="2001") for family in families]
    made = list(keyed(given_list))
    keys = [one.key for one in made]
    assert len(set(keys)) == len(keys) and all(key.isascii() for key in keys)
    assert [one.key for one in keyed([*made, Reference("", (Name("Poe"),), year="2001")])][: len(keys)] == keys


@given(st.integers(1, 99999), st.integers(1, 99999))
def test_a_range_written_in_full_is_read_as_it_stands(first: int, last: int) -> None:
    found = parse(f"{first}-{last}")
    assert found is not None and found.first == first
    if len(str(last)) >= len(str(first)):
        assert found.last == last and bool(faults(f"{first}-{last}")) >= (last < first)


@given(st.lists(st.tuples(st.integers(100, 9999), st.integers(1, 25)), max_size=30))
def test_a_list_of_full_ranges_is_not_taken_for_sums(pairs: list[tuple[int, int]]) -> None:
    assert not adds_up([f"{first}-{first + span}" for first, span in pairs])

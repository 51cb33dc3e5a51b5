"""200 invented references, damaged by a seeded damager: what is read back, and that no change is silent."""

from __future__ import annotations

import pytest

from posolog.evidence import Reference, read
from tests.reference_audit import dropped, silent
from tests.reference_damage import KINDS, Case, damaged

COUNT = 200
CASES = damaged(20261121, COUNT)
LIBRARY = read("\n\n".join(case.words for case in CASES), where="invented")


def fields_of(one: Reference) -> dict[str, object]:
    names = ("title", "container", "volume", "issue", "pages", "year", "url")
    people = tuple((name.given, name.family) for name in one.authors)
    return {"authors": people, "et_al": one.et_al, **{name: one.said(name) for name in names}}


def wrong(case: Case, one: Reference) -> list[tuple[str, object, object]]:
    return [(name, said, getattr(case, name)) for name, said in fields_of(one).items() if said != getattr(case, name)]


def test_each_kind_of_damage_was_done() -> None:
    done = {kind for case in CASES for kind in case.damage}
    assert done >= {*KINDS} - {"hyphen", "name ligature"} | {"name"}


def test_of_the_damaged_fields_at_least_95_percent_are_right() -> None:
    assert len(LIBRARY.references) == COUNT
    faults = [fault for case, one in zip(CASES, LIBRARY.references, strict=True) for fault in wrong(case, one)]
    total = COUNT * len(fields_of(LIBRARY.references[0]))
    print(f"damaged references: {100 * (total - len(faults)) / total:.2f} % of {total} fields right")
    assert len(faults) <= 0.05 * total, faults


def test_no_change_is_silent() -> None:
    assert [fault for one in LIBRARY.references for fault in silent(one)] == []


def test_no_word_is_dropped_in_silence() -> None:
    assert [fault for one in LIBRARY.references for fault in dropped(one, LIBRARY.findings)] == []


def test_every_added_up_range_is_asked_about() -> None:
    asked = {f.message.split(":")[0] for f in LIBRARY.findings if f.code == "REF-PAGES"}
    missed = [
        one.pages
        for case, one in zip(CASES, LIBRARY.references, strict=True)
        if "pages" in case.damage and "broken" not in case.damage and one.key not in asked and _long(one.pages)
    ]
    assert missed == []


def _long(pages: str) -> bool:
    first, _, last = pages.partition("-")
    return int(last) - int(first) >= 30


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_undamaged_references_are_read_without_a_repair(seed: int) -> None:
    import random

    from tests.reference_damage import as_archive, clean

    rng = random.Random(seed)
    cases = [as_archive(clean(rng), rng, set()) for _ in range(50)]
    library = read("\n\n".join(case.words for case in cases))
    assert [wrong(case, one) for case, one in zip(cases, library.references, strict=True) if wrong(case, one)] == []
    assert [repair for one in library.references for repair in one.repairs] == []

"""Laws of writing: the same words in another layout say the same; words that lost a sign never silently say another dose."""

from pathlib import Path
from random import Random

import pytest

from validation.variants import LOST, SAME, reading, silently_changed, treatment

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "examples", ROOT / "tests/by_hand/registry/texts")
TEXTS = {path.stem: path.read_bytes().decode("utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.txt"))}
READINGS = {name: reading(text) for name, text in TEXTS.items()}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("change", SAME)
def test_another_way_of_writing_says_the_same(change: str, seed: int) -> None:
    changed = {name: SAME[change](text, Random(seed)) for name, text in list(TEXTS.items())[seed::2]}
    assert [name for name, text in changed.items() if text != TEXTS[name] and reading(text) != READINGS[name]] == []


@pytest.mark.parametrize("change", SAME)
def test_every_way_of_writing_changes_some_text(change: str) -> None:
    assert any(SAME[change](text, Random(1)) != text for text in TEXTS.values())


@pytest.mark.parametrize("change", ["square_lost", "power_lost"])
def test_a_lost_superscript_is_seen_through_or_said(change: str) -> None:
    found = {name: silently_changed(text, LOST[change](text, Random(1))) for name, text in TEXTS.items()}
    assert {name: one for name, one in found.items() if one} == {}


def test_a_change_that_is_silent_is_found() -> None:
    assert [treatment(one) for one in silently_changed("Busulfan 3 mg/kg on day 1.", "Busulfan 3 mg/m2 on day 1.")]
    assert silently_changed("Busulfan 3 mg/kg on day 1.", "Busulfan 3 mg/kg on day 1.") == []

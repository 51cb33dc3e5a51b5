"""Cues against one plain pattern that ignores case, over the sentences of the shipped texts and over made ones."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from posolog.reader.tokens.blocks import split_blocks
from posolog.reader.tokens.cues import Cues, words_in
from posolog.reader.tokens.sentences import sentences

ROOT = Path(__file__).parents[2]
ROWS = (
    ("will shall", r"\b"),
    ("to", r"\sbe\s(?:given|administered)"),
    ("received", r"(?<!have received)\b"),
    ("", r"\d\s?(?:mg|MBq)\b"),
)
PLAIN = re.compile(
    r"\b(?:will|shall)\b|\bto\sbe\s(?:given|administered)|(?<!have )\breceived\b|\d\s?(?:mg|MBq)\b", re.I
)
WORDS = st.sampled_from(
    ["Will", "shall", "shallow", "to", "be given", "TO BE", "administered", "have", "received", "Received2", "5", "mg", "MBQ", "é", "(", "-"]
)  # fmt: skip


def shipped() -> list[str]:
    folders = (ROOT / "examples", ROOT / "tests/by_hand/registry/texts")
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    blocks = [block.text for text in texts for block in split_blocks(text)]
    return [text[start:end] for text in blocks for start, end in sentences(text)]


@given(st.lists(WORDS, max_size=8), st.sampled_from([" ", "", ", "]))
@example(["have", "received"], " ")
def test_cues_see_what_a_plain_pattern_sees(pieces: list[str], joint: str) -> None:
    sentence = joint.join(pieces)
    assert Cues(*ROWS).within(sentence) == (PLAIN.search(sentence) is not None)


def test_cues_see_it_in_the_shipped_texts_too() -> None:
    cues, found = Cues(*ROWS), {True: 0, False: 0}
    for sentence in shipped():
        seen = cues.within(sentence)
        found[seen] += 1
        assert seen == (PLAIN.search(sentence) is not None), sentence
    assert min(found.values()) > 100


@given(st.text(max_size=60))
def test_words_are_the_runs_of_letters(text: str) -> None:
    assert words_in(text) == frozenset(re.findall("[a-z]+", text.lower()))


@pytest.mark.parametrize("row", [("will", "("), ("a(", "")])
def test_a_pattern_that_is_none_is_an_error(row: tuple[str, str]) -> None:
    with pytest.raises(re.error):
        Cues(row)

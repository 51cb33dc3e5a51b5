"""The founding texts, read whole: what became of every character, and the drafted treatment line by line.

`drafts/NAME.yaml` is the treatment half of the draft of `examples/NAME.txt`, as it prints. To renew one after a wanted
change: `python tests/golden/test_reader_founding.py` and read the difference.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from posolog.core.finding import Severity
from posolog.protocol.files import dump, loads
from posolog.protocol.model import Protocol
from posolog.protocol.quotes import Document, find_quote
from posolog.reader import ReadResult, State, read

ROOT = Path(__file__).parents[2]
DRAFTS = Path(__file__).parent / "drafts"
NAMES = ("set-haplo", "rit-b-all")


def text_of(name: str) -> str:
    return (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")


def drafted(name: str) -> ReadResult:
    return read(text_of(name), name=name, document=f"../examples/{name}.txt")


def treatment(protocol: Protocol) -> Protocol:
    """The draft without its objectives, visits and remarks, which have tests of their own."""
    return replace(protocol, visits=(), endpoints=(), notes=(), allocation=None)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for(name: str) -> None:
    text, marks = text_of(name), drafted(name).coverage
    seen = [False] * len(text)
    for before, after in pairwise(marks):
        assert before.end <= after.start
    for mark in marks:
        seen[mark.start : mark.end] = [True] * (mark.end - mark.start)
    assert [text[i] for i, was in enumerate(seen) if not was and not text[i].isspace()] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_not_understood(name: str) -> None:
    text, result = text_of(name), drafted(name)
    assert [text[m.start : m.end] for m in result.coverage if m.state is State.UNREAD] == []
    assert all(m.reason for m in result.coverage)


@pytest.mark.parametrize("name", NAMES)
def test_the_drafted_treatment(name: str) -> None:
    assert dump(treatment(drafted(name).protocol)) == (DRAFTS / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_is_a_protocol_file(name: str) -> None:
    protocol = drafted(name).protocol
    loaded = loads(dump(protocol), where=name, base=ROOT / "protocols")
    assert [finding for finding in loaded.findings if finding.severity is Severity.STOP] == []
    assert [(part.name, [line.what for line in part.lines]) for part in loaded.protocol.parts] == [
        (part.name, [line.what for line in part.lines]) for part in protocol.parts
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_where_the_draft_says(name: str) -> None:
    text, protocol = text_of(name), drafted(name).protocol
    for holder in (*protocol.parts, *(line for part in protocol.parts for line in part.lines)):
        for source in holder.sources:
            assert source.words.split() == text[source.start : source.end].split()
            assert find_quote(source.words, (Document(source.document, text),))


def test_the_text_with_a_stop_in_it_says_so() -> None:
    (stop,) = [finding for finding in drafted("set-haplo").findings if finding.severity is Severity.STOP]
    assert (stop.code, stop.hazard) == ("CAP-TWO-READINGS", "H5")
    assert [finding.code for finding in drafted("rit-b-all").findings if finding.hazard == "H3"] == ["DAY-DASH"]


if __name__ == "__main__":
    for each in NAMES:
        (DRAFTS / f"{each}.yaml").write_text(dump(treatment(drafted(each).protocol)), encoding="utf-8")

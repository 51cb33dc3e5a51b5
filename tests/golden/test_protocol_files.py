"""The shipped protocols: no finding on loading, and every word of their source stands in some located quote."""

import re
from pathlib import Path

import pytest

from posolog.protocol.files import dump, load, loads
from posolog.protocol.model import Protocol
from posolog.protocol.quotes import Document, find_quote

PROTOCOLS = Path(__file__).parents[2] / "protocols"
SHIPPED = sorted(PROTOCOLS.glob("*.yaml"))
QUOTED = ("set-haplo.yaml", "rit-b-all.yaml")
ONLY_LIST_MARKS = re.compile(r"(?:[0-9]{1,2}(?=[.\s-])|[\s.,;:()-])*")


def quotes(protocol: Protocol) -> list[str]:
    """Every quote of the protocol, whatever holds it."""
    holders = [
        *protocol.parts,
        *(line for part in protocol.parts for line in part.lines),
        *protocol.visits,
        *protocol.endpoints,
        *([protocol.allocation] if protocol.allocation else []),
    ]
    return [source.words for holder in holders for source in holder.sources] + [note.words for note in protocol.notes]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_protocol_loads_without_findings_and_prints_back(path: Path) -> None:
    loaded = load(path)
    assert loaded.findings == ()
    again = loads(dump(loaded.protocol), where="again", base=path.parent)
    assert again.protocol == loaded.protocol
    assert quotes(again.protocol) == quotes(loaded.protocol)


@pytest.mark.parametrize("name", QUOTED)
def test_every_sentence_of_the_source_is_quoted(name: str) -> None:
    protocol = load(PROTOCOLS / name).protocol
    (document,) = protocol.documents
    text = (PROTOCOLS / document).read_text(encoding="utf-8")
    left = list(text)
    for words in quotes(protocol):
        (span,) = find_quote(words, (Document(document, text),))
        left[span.start : span.end] = "\n" * (span.end - span.start)
    stretches = [stretch.strip() for stretch in "".join(left).splitlines() if stretch.strip()]
    assert [stretch for stretch in stretches if not ONLY_LIST_MARKS.fullmatch(stretch + " ")] == []


@pytest.mark.parametrize("name", QUOTED)
def test_every_line_has_a_located_quote(name: str) -> None:
    for part in load(PROTOCOLS / name).protocol.parts:
        for line in part.lines:
            assert line.sources, line.ident
            assert all(source.start >= 0 and source.document for source in line.sources), line.ident


def test_the_phase_one_levels_and_citation() -> None:
    (part,) = load(PROTOCOLS / "rit-phase1.yaml").protocol.parts
    (line,) = part.lines
    assert line.cite == ("chevallier2015",)
    assert [str(level) for level in line.what.amount.levels] == ["92.5", "185", "277.5", "370"]

"""Protocol files with their exact outcome beside them; and the shipped protocols, quoted sentence by sentence.

`good/NAME.yaml` has `NAME.txt`: its findings, then the file as it prints. `bad/NAME.yaml` has `NAME.txt`: its findings.
"""

import re
from pathlib import Path

import pytest

from posolog.core.finding import Finding, Refusal
from posolog.protocol.amend import Change, Kind, diff
from posolog.protocol.files import dump, load, loads
from posolog.protocol.model import Protocol
from posolog.protocol.quotes import Document, find_quote

FILES = Path(__file__).parent / "protocol_files"
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


def shown(findings: tuple[Finding, ...]) -> str:
    """One finding a line: where, code, severity, message, next step."""
    rows = []
    for finding in findings:
        place = finding.places[0]
        at = f"{Path(place.where).name}:{place.line}" if place.line else Path(place.where).name
        rows.append(f"{at} {finding.code} ({finding.severity}) {finding.message} -> {finding.next_step}\n")
    return "".join(rows).replace(f"{FILES}/", "")


@pytest.mark.parametrize("path", sorted((FILES / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_good_file_prints_as_expected(path: Path) -> None:
    loaded = load(path)
    printed = dump(loaded.protocol)
    assert shown(loaded.findings) + printed == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert loads(printed, base=path.parent).protocol == loaded.protocol


@pytest.mark.parametrize("path", sorted((FILES / "bad").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_bad_file_gives_its_findings(path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load(path)
    assert shown(refused.value.findings) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(Refusal, match=r"no file .*nowhere\.yaml"):
        load(FILES / "nowhere.yaml")


def test_a_folder_is_no_file() -> None:
    with pytest.raises(Refusal) as refused:
        load(FILES)
    assert refused.value.findings[0].code == "FILE-UNREADABLE"


def test_an_amendment_is_told_in_the_words_of_its_lines() -> None:
    text = (PROTOCOLS / "set-haplo.yaml").read_text(encoding="utf-8")
    new = text.replace("thiotepa 5 mg/kg/day on D-13", "thiotepa 10 mg/kg/day on D-13")
    new = new.replace("weight: actual weight", "weight: ideal weight").replace("at: [30 days, ", "at: [", 1)
    taper = "      - give: ciclosporin tapered from D+62"
    new = new.replace(taper, "      - refer: tapers to the manual\n" + taper)
    old, amended = loads(text).protocol, loads(new).protocol
    panel = "assess 'CD4 lymphocytes', 'CD8 lymphocytes', 'regulatory T cells', 'natural killer cells', 'B cells'"
    assert diff(old, old) == ()
    assert diff(old, amended) == (
        Change(Kind.CHANGED, "setting weight", "actual weight", "ideal weight"),
        Change(
            Kind.CHANGED,
            "line sequential chemotherapy/1",
            "give: thiotepa 5 mg/kg/day on D-13",
            "give: thiotepa 10 mg/kg/day on D-13",
        ),
        Change(Kind.ADDED, "line taper of immunosuppression/2", new="refer: tapers to the manual"),
        Change(
            Kind.CHANGED,
            "visits immune panel",
            f"at 30 days, 90 days, 180 days, after D0, {panel}",
            f"at 90 days, 180 days, after D0, {panel}",
        ),
    )

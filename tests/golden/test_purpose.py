"""Texts under purpose/good and purpose/bad against what stands in NAME.expected beside each.

`bad` holds what must not be read: doses inside remarks, repetitions without an end, other people's randomisation.
"""

from pathlib import Path

import pytest

from posolog.protocol.model import Endpoint, TimePoint, Visits
from posolog.reader.model import Purpose
from posolog.reader.purpose import read_purpose
from posolog.reader.tokens.blocks import split_blocks
from posolog.reader.tokens.sentences import sentences

HERE = Path(__file__).parent / "purpose"
EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = sorted(HERE.glob("*/*.expected"))


def _points(at: tuple[TimePoint, ...]) -> str:
    return ", ".join(point.unit if point.unit == "baseline" else f"{point.number} {point.unit}" for point in at)


def _endpoint(endpoint: Endpoint) -> str:
    return f"{endpoint.role}: {endpoint.name} [{_points(endpoint.at)}] after [{endpoint.after}]"


def _visits(visits: Visits) -> str:
    return f"visits: {visits.name} [{_points(visits.at)}] after [{visits.anchor}] assess [{'; '.join(visits.assess)}]"


def rendered(raw: str, document: str) -> list[str]:
    """One line for everything read, and one for each sentence with what became of it."""
    blocks = split_blocks(raw)
    purpose = read_purpose(blocks, raw=raw, document=document)
    lines = [_endpoint(endpoint) for endpoint in purpose.endpoints] + [_visits(visits) for visits in purpose.visits]
    if purpose.allocation is not None:
        given = purpose.allocation
        lines.append(f"randomised: {given.randomised}, ratio [{given.ratio}], strata [{'; '.join(given.strata)}]")
    lines += [f"arms: {', '.join(purpose.arms)}"] if purpose.arms else []
    lines += [f"finding: {finding.code}" for finding in purpose.findings]
    claims = {(claim.block, claim.start): f"{claim.state.value}: {claim.reason}" for claim in purpose.claims}
    for block in blocks:
        for start, end in sentences(block.text):
            lines.append(f"{claims.get((block.index, start), 'left')} | {block.text[start:end][:60]}")
    return lines


@pytest.mark.parametrize("expected", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_purpose(expected: Path) -> None:
    beside = expected.with_suffix(".txt")
    source = beside if beside.exists() else EXAMPLES / beside.name
    assert rendered(source.read_text("utf-8"), source.name) == expected.read_text("utf-8").splitlines()


def _founding(name: str) -> tuple[str, Purpose]:
    raw = (EXAMPLES / name).read_text("utf-8")
    return raw, read_purpose(split_blocks(raw), raw=raw, document=name)


@pytest.mark.parametrize("name", ["set-haplo.txt", "rit-b-all.txt"])
def test_sources_stand_in_the_text_where_they_say(name: str) -> None:
    raw, purpose = _founding(name)
    for item in (*purpose.endpoints, *purpose.visits):
        for source in item.sources:
            assert source.document == name
            assert raw[source.start:source.end] == source.words


@pytest.mark.parametrize("name", ["set-haplo.txt", "rit-b-all.txt"])
def test_claims_cover_whole_sentences_once(name: str) -> None:
    raw, purpose = _founding(name)
    whole = {(block.index, *span) for block in split_blocks(raw) for span in sentences(block.text)}
    claimed = [(claim.block, claim.start, claim.end) for claim in purpose.claims]
    assert set(claimed) <= whole
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize("raw", ["", "   \n \n", ":", "1.", "- ", "Primary outcome:", "(" * 3000, "at " * 3000,
                                 "1, " * 3000, "and 2 " * 3000 + "months", "Primary endpoint is " * 500,
                                 "A " * 5000 + ":", "every 3 " * 2000, "x" * 20000, "stratified by " + "(a, " * 2000])
def test_odd_texts_are_read_quickly_and_without_a_crash(raw: str) -> None:
    read_purpose(split_blocks(raw), raw=raw, document="odd")

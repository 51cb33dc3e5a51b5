"""The draft held against the reviewed protocol: wherever a person changed what was read, the file says why."""

from dataclasses import replace
from pathlib import Path

import pytest

from posolog.protocol.condition import All, Condition
from posolog.protocol.files import load
from posolog.protocol.model import Do, Give, Line, Part, Protocol, Refer, Rest
from posolog.reader import read

ROOT = Path(__file__).parents[2]
NAMES = ("set-haplo", "rit-b-all")
Pair = tuple[Part, Line]


def lines(protocol: Protocol) -> list[Pair]:
    return [(part, line) for part in protocol.parts for line in part.lines]


def overlap(one: Line, other: Line) -> int:
    """Characters of the source that both lines quote."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.sources
        for b in other.sources
        if a.start >= 0 and b.start >= 0
    )


def same_kind(one: Line, other: Line) -> bool:
    if isinstance(one.what, Give) and isinstance(other.what, Give):
        return one.what.agent.split()[0] == other.what.agent.split()[0]
    return type(one.what) is type(other.what)


def nearest(pair: Pair, others: list[Pair]) -> Pair | None:
    """The line of the same kind that quotes most of the same words; the same `what` decides between equals."""
    ranked = [(overlap(pair[1], o[1]), o[1].what == pair[1].what, i) for i, o in enumerate(others)]
    ranked = [rank for rank in ranked if rank[0] > 0 and same_kind(pair[1], others[rank[2]][1])]
    return others[max(ranked)[2]] if ranked else None


def content(line: Line) -> Give | Rest | Do | Refer:
    """What the line says; a stated number of days or doses that equals the listed days says nothing more."""
    what = line.what
    if isinstance(what, Refer):
        return replace(what, topic="", to="")
    if not isinstance(what, Give):
        return what
    listed = len(what.days.days()) if what.days else 0
    for_days = None if what.for_days and what.for_days.number == listed else what.for_days
    doses = None if what.doses and what.doses.number == listed else what.doses
    return replace(what, for_days=for_days, doses=doses)


def conditions(pair: Pair) -> set[Condition]:
    """The conditions of part and line together."""
    found: set[Condition] = set()
    for condition in (pair[0].condition, pair[1].condition):
        if condition is not None:
            found |= set(condition.of) if isinstance(condition, All) else {condition}
    return found


def load_both(name: str) -> tuple[Protocol, Protocol]:
    text = (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")
    return load(ROOT / "protocols" / f"{name}.yaml").protocol, read(text, name=name, document=name).protocol


@pytest.mark.parametrize("name", NAMES)
def test_every_reviewed_line_was_drafted(name: str) -> None:
    shipped, draft = load_both(name)
    assert [line.ident for part, line in lines(shipped) if nearest((part, line), lines(draft)) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_drafted_line_was_lost(name: str) -> None:
    shipped, draft = load_both(name)
    assert [line.ident for part, line in lines(draft) if nearest((part, line), lines(shipped)) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_line_says_why(name: str) -> None:
    shipped, draft = load_both(name)
    silent = []
    for pair in lines(shipped):
        read_as = nearest(pair, lines(draft))
        assert read_as is not None
        changed = content(pair[1]) != content(read_as[1]) or conditions(pair) != conditions(read_as)
        if changed and not (pair[1].because or pair[0].because or mentioned(shipped, pair[1])):
            silent.append((pair[1].ident, read_as[1].what))
    assert silent == []


def mentioned(protocol: Protocol, line: Line) -> bool:
    """`settled` answers a question about the line's agent."""
    return isinstance(line.what, Give) and any(line.what.agent in words for pair in protocol.settled for words in pair)

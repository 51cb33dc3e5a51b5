"""Laws of the reader: line breaks mean nothing, nothing makes it fail, nothing is passed over, and it stays fast."""

import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from posolog.protocol.model import Give
from posolog.reader import ReadResult, read

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = {name: (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8") for name in ("set-haplo", "rit-b-all")}


def treatment(result: ReadResult) -> list[tuple[str, object, object]]:
    return [(part.name, line.what, line.condition) for part in result.protocol.parts for line in part.lines]


def rewrapped(text: str, width: int, indent: int) -> str:
    """The same paragraphs and items, broken at another width and further to the right."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text):
        first = re.match(r"\s*", paragraph).group().replace("\n", "")  # type: ignore[union-attr]
        hang = re.match(r"\s*(?:[0-9]{1,2}[.-]?\s+|-\s+)?", paragraph.lstrip("\n")).group()  # type: ignore[union-attr]
        words = " ".join(paragraph.split())
        paragraphs.append(
            textwrap.fill(
                words,
                width=width + indent + len(first),
                initial_indent=" " * indent + first,
                subsequent_indent=" " * (indent + len(hang)),
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n\n".join(paragraphs)


def covered(text: str, result: ReadResult) -> bool:
    seen = [char.isspace() for char in text]
    for mark in result.coverage:
        seen[mark.start : mark.end] = [True] * (mark.end - mark.start)
    return all(seen)


@pytest.mark.parametrize("indent", [0, 4])
@pytest.mark.parametrize("width", [50, 72, 88, 140, 4000])
@pytest.mark.parametrize("name", TEXTS)
def test_line_breaks_and_indents_mean_nothing(name: str, width: int, indent: int) -> None:
    again = rewrapped(TEXTS[name], width, indent)
    assert treatment(read(again)) == treatment(read(TEXTS[name]))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("old", "new"), [(" ", "  "), ("\n", "\r\n"), (" / ", "/")], ids=["wide", "crlf", "stroke"])
def test_spaces_mean_nothing(name: str, old: str, new: str) -> None:
    changed = re.sub(r"(?<=\S) (?=\S)", new, TEXTS[name]) if old == " " else TEXTS[name].replace(old, new)
    assert [line[1:] for line in treatment(read(changed))] == [line[1:] for line in treatment(read(TEXTS[name]))]


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_covered(text: str) -> None:
    assert covered(text, read(text))


PIECES = st.sampled_from(
    ["10 mg/m2", "days 1-5", "D-3", "and", "vincristine", "(", ")", ",", ";", ". ", "\n\n  1. ", "\n - ", "x 10^6", "2x", "cells/kg", "AUC 5", "q12h", "x 8 doses", "BID", "max", "taper", "rest", "until", "from day", "0", "every", "Gy", "of", "J + 6", "cyclophosphamide", "for 2 cycles", "levels", "≥ 20", "µg/d", "thereafter", "with or without", "/", "-"]
)


@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", "", "\n"]))
@settings(max_examples=250, deadline=None)
def test_any_heap_of_dosing_words_is_read_and_covered(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    assert covered(text, read(text))


@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 4000), st.integers(0, 60), st.text(max_size=10))
@example("rit-b-all", 142, 22, "0")  # "the 0 infusion of X, co-injected with Y"
@settings(max_examples=60, deadline=None)
def test_a_damaged_text_is_read_and_covered(name: str, place: int, gone: int, put: str) -> None:
    text = TEXTS[name][:place] + put + TEXTS[name][place + gone :]
    assert covered(text, read(text))


@given(st.integers(1, 99), st.integers(1, 28), st.sampled_from(["mg/m2", "mg/kg", "MBq/m2"]))
@settings(max_examples=40, deadline=None)
def test_what_is_written_plainly_is_read(amount: int, day: int, unit: str) -> None:
    (statement,) = read(f"Fludarabine {amount} {unit} IV on day {day}.").statements
    assert isinstance(statement.give, Give) and statement.give.amount is not None and statement.give.days is not None
    assert (statement.give.amount.exact, statement.give.days.days()) == (amount, (day,))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "1 " * 100_000,
        "1," * 100_000,
        "(" * 100_000 + ")" * 100_000,
        "\u200f\u202e" * 100_000,
        "10 mg " * 30_000,
        "day 1, " * 30_000,
        "a" * 200_000,
        " " * 200_000,
        "\n- 1. " * 30_000,
        "for 5 days " * 20_000,
        "cyclophosphamide, " * 10_000,
        "prior big 10 mg random " * 9_000,
        "was [ " * 30_000,
        "A1-b2-" * 30_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_large_texts_take_seconds(text: str) -> None:
    start = time.process_time()
    assert read(text).coverage is not None
    assert time.process_time() - start < 10

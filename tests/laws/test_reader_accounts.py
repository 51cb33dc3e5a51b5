"""Laws of the count: every number with a dosing unit is used, no dose, or unread; never two of them, never none."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.reader import ReadResult, State, as_json, read, statements
from posolog.reader.accounts import SEEN

EXAMPLES = Path(__file__).parents[2] / "examples"
AGENTS = st.sampled_from(["fludarabine", "Cytarabine", "ATG (Thymoglobulin)", "CC-486", "prednisone", "the study drug", "Xyzzin"])
AMOUNTS = st.sampled_from(
    ["30 mg/m2", "2 g/m2/day", "1,3 mg/m", "5 x 106 cells/kg", "AUC 5", "20 or 30 mg", "1.5 mg/dL", "200 mg tablets", "2 Gy",
     "45 1/2g/kg", "10-20 mg", "at most 2 mg", "a total dose of 90 mg", "3 million units", "370 MBq", "20 mL/hour"]
)  # fmt: skip
TIMES = st.sampled_from(
    ["on days 1-5", "daily", "q12h x 6", "from day -1 until day 28", "", "for 5 days every 28 days", "over 2 hours", "(day 0)"]
)
FRAMES = st.sampled_from(
    [
        "Patients will receive {0} {1} {2}.",
        "{1} of {0} {2}",
        "Arm A: {0} ({1}) {2};",
        "Earlier studies have shown that {0} {1} {2} is safe.",
        "Patients with creatinine above {1} are excluded.",
        "{0} is reduced to {1} if toxicity occurs.",
        " - {0} {1} {2}",
        "{2}: {0} {1} and",
        "Prior treatment with {0} {1} is not allowed.",
    ]
)
SENTENCES = st.builds(lambda frame, *parts: frame.format(*parts), FRAMES, AGENTS, AMOUNTS, TIMES)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=8).map(" ".join)


def each_once(text: str, result: ReadResult) -> None:
    assert all(before.end <= after.start for before, after in pairwise(result.amounts))
    assert [text[m.start : m.end] for m in result.amounts] == [m.group() for m in SEEN.finditer(text)]
    assert all(mark.reason for mark in result.amounts)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_number_with_a_unit_is_accounted_for(text: str) -> None:
    flat = " ".join(text.split())
    each_once(flat, read(flat))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_statement_has_a_number_that_was_not_used(text: str) -> None:
    """The amount of each statement stands among the numbers marked as used."""
    flat = " ".join(text.split())
    result = read(flat)
    used = " ".join(flat[max(0, m.start - 12) : m.end] for m in result.amounts if m.state is State.READ)  # ranges, too
    for row in as_json(statements(result)):
        dose = row.get("dose", {})
        for value in (dose.get("value"), dose.get("low"), dose.get("high")):
            if value is not None and dose["unit"] not in ("cells", "AUC"):
                assert any(float(n.replace(",", ".")) == value for n in re.findall(r"\d+(?:[.,]\d+)?", used) or [])


@pytest.mark.parametrize("name", ["set-haplo", "rit-b-all"])
def test_the_founding_texts_leave_no_amount_unread(name: str) -> None:
    result = read((EXAMPLES / f"{name}.txt").read_text("utf-8"))
    assert result.amounts and all(mark.state is not State.UNREAD for mark in result.amounts)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Fludarabine 30 mg/m2 on day 1.", State.READ),
        ("Creatinine must be below 1.5 mg/dL.", State.INFORMATIVE),
        ("Patients receive 75 mg of it.", State.UNREAD),
    ],
)
def test_the_three_fates(text: str, state: State) -> None:
    assert [mark.state for mark in read(text).amounts] == [state]

"""Sentences of known meaning: plain ones are read right, all of them are read, and few are read wrong without a word."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.reader import read
from validation.dosing_grammar import sentence
from validation.dosing_words import AGENTS, day_words, mass_words
from validation.judging import outcome
from validation.slow_texts import SLOW

SILENT_PER_100 = 2  # of generated sentences; the grammar holds what registries write, not only what is read well


@given(st.integers(0, 10**9))
@settings(max_examples=80, deadline=None)
def test_a_plain_administration_is_read_right(seed: int) -> None:
    rng = Random(seed)
    agent, amount, days = rng.choice(AGENTS), mass_words(rng), day_words(rng)
    meant = {"agent": agent} | amount.fields | days.fields | {"dontcare": ["cycle_d", "every_d"]}
    became = outcome(f"{agent.capitalize()} {amount.words} IV {days.words}.", [meant | {"route": "IV"}])
    assert became.kind in ("right", "marked"), became


def test_few_sentences_are_read_wrong_without_a_word() -> None:
    became = Counter()
    for seed in range(400):
        meant = sentence(Random(seed))
        became[outcome(meant.words, meant.fields["statements"]).kind] += 1
    assert 100 * became["silent"] <= SILENT_PER_100 * 400, became
    assert became["right"] >= 380, became


def test_the_judge_sees_what_is_wrong() -> None:
    flu = {"agent": "fludarabine", "dose": {"value": 30, "unit": "mg", "per": "m2"}, "basis": "dose", "days": [1, 2]}
    words = "Fludarabine 30 mg/m2 on days 1-2."
    assert outcome(words, [flu]).kind == "right"
    assert (outcome(words, [flu | {"days": [1, 3]}]).kind, outcome(words, [flu | {"route": "IV"}]).kind) == (
        "silent",
        "incomplete",
    )
    assert outcome(words, [flu | {"dose": {"value": 3, "unit": "mg", "per": "m2"}}]).kind == "silent"
    assert (outcome(words, []).what, outcome("Nothing is given.", [flu]).kind) == ("invented", "missed")


@pytest.mark.parametrize("name", SLOW)
def test_a_text_made_to_break_the_reader_is_read_and_covered(name: str) -> None:
    text = SLOW[name](6000)
    seen = [char.isspace() for char in text]
    for mark in read(text).coverage:
        seen[mark.start : mark.end] = [True] * (mark.end - mark.start)
    assert all(seen)

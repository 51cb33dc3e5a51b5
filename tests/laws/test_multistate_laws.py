"""Laws of multi-state estimates."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.stats import expected_stay, occupation, spells, transition_probabilities
from tests.stats_data import spell_rows

AT = [30, 90, 140]


@given(st.integers(1, 10_000), st.lists(st.integers(1, 200), max_size=4))
@settings(max_examples=40, deadline=None)
def test_splitting_spells_changes_nothing(seed: int, cuts: list[int]) -> None:
    rows = spell_rows(12, seed=seed)
    split = []
    for person, start, stop, state, target in rows:
        edges = [start, *sorted({c for c in cuts if start < c < stop}), stop]
        split += [(person, a, b, state, target if b == stop else None) for a, b in pairwise(edges)]
    states = ("well", "ill", "dead")
    one, other = (transition_probabilities(spells(*zip(*r, strict=True), states=states), at=AT) for r in (rows, split))
    assert other.probability == pytest.approx(one.probability, abs=1e-14, nan_ok=True)
    assert other.se == pytest.approx(one.se, abs=1e-12, nan_ok=True)


@given(st.integers(1, 10_000))
@settings(max_examples=40, deadline=None)
def test_rows_are_distributions(seed: int) -> None:
    made = transition_probabilities(
        spells(*zip(*spell_rows(15, seed=seed), strict=True), states=("well", "ill", "dead")), at=AT
    )
    assert made.probability.sum(axis=2) == pytest.approx(1.0)
    assert (made.probability > -1e-12).all()
    # A row sums to 1 without error: its covariances cancel.
    assert np.abs(made.covariance.sum(axis=2)).max() < 1e-12
    assert expected_stay(made, 140).sum(axis=1) == pytest.approx(140)


@given(st.integers(1, 10_000), st.permutations(["well", "ill", "dead"]), st.sampled_from([0.5, 7.0]))
@settings(max_examples=30, deadline=None)
def test_order_of_states_and_unit_of_time_do_not_matter(seed: int, order: list[str], scale: float) -> None:
    rows = spell_rows(12, seed=seed)
    scaled = [(who, a * scale, b * scale, state, target) for who, a, b, state, target in rows]
    one = occupation(spells(*zip(*rows, strict=True), states=("well", "ill", "dead")), at=AT)
    other = occupation(spells(*zip(*scaled, strict=True), states=order), at=[t * scale for t in AT])
    assert other.of("well")[0] == pytest.approx(one.of("well")[0], abs=1e-13)
    assert other.of("well", "ill")[1] == pytest.approx(one.of("well", "ill")[1], abs=1e-7)

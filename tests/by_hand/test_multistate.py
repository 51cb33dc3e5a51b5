"""Multi-state estimates by hand: an illness-death record in numbers, and current GRFS of ten made-up patients."""

from __future__ import annotations

import math

import numpy as np
import pytest

from posolog.stats import expected_stay, occupation, spells, transition_probabilities

NAMES = {"g": "GVHD", "f": "failed", "r": "free again", "c": None}
STATES = ("free", "free again", "GVHD", "failed")
# id: from-to and how it ended: g GVHD, r free again, f failed, c censored.
PATIENTS = """1: 0-100g 100-200r 200-700c
2: 0-60f
3: 0-120g 120-400f
4: 0-500c
5: 0-90g 90-300r 300-450g 450-600r 600-800c
6: 0-250f
7: 0-150g 150-900c
8: 0-350c
9: 0-100g 100-180r 180-420f
10: 0-650c"""


def rows() -> list[tuple[str, float, float, str, str | None]]:
    made = []
    for line in PATIENTS.splitlines():
        ident, spans = line.split(": ")
        state = "free"
        for span in spans.split():
            start, stop = span[:-1].split("-")
            target = NAMES[span[-1]]
            made.append((ident, float(start), float(stop), state, target))
            state = target or state
    return made


GIVEN = spells(*zip(*rows(), strict=True), states=STATES)
AT = [60, 100, 150, 200, 300, 365, 450, 600]


def test_current_grfs_comes_back() -> None:
    """V10: state occupation as R survfit(Surv(t1, t2, ev) ~ 1, id = id); the standard error of the first state too."""
    got = occupation(GIVEN, at=AT)
    assert got.probability[:, 0] == pytest.approx([0.9, 0.6, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3])
    assert got.probability[:, 1] == pytest.approx([0, 0, 0, 0.2, 0.3, 0.3, 0.1, 0.2])
    assert got.probability[:, 2] == pytest.approx([0, 0.3, 0.5, 0.3, 0.2, 0.2, 0.2, 0.1])
    assert got.probability[:, 3] == pytest.approx([0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.4, 0.4])
    assert got.of("free", "free again")[0] == pytest.approx([0.9, 0.6, 0.4, 0.6, 0.6, 0.6, 0.4, 0.5])
    assert got.se[:5, 0] == pytest.approx([0.0948683298, 0.1549193338, 0.1549193338, 0.1549193338, 0.1449137675])


def test_uncensored_occupation_has_the_binomial_error() -> None:
    current, se = occupation(GIVEN, at=300).of("free", "free again")
    assert se[0] == pytest.approx(math.sqrt(current[0] * (1 - current[0]) / 10))


def test_illness_death_step_by_step() -> None:
    # Two well at 0; one falls ill at 1 and dies at 3, the other dies at 2.
    given = spells(
        [1, 1, 2],
        [0, 1, 0],
        [1, 3, 2],
        ["well", "ill", "well"],
        ["ill", "dead", "dead"],
        states=("well", "ill", "dead"),
    )
    got = transition_probabilities(given)
    assert got.time.tolist() == [1, 2, 3]
    assert got.probability[:, 0].tolist() == [[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]]
    # v = 1/2 of 2 at risk: Greenwood v(1-v)/2, Aalen v/2.
    assert got.se[0, 0, 1] == pytest.approx(math.sqrt(0.125))
    assert transition_probabilities(given, variance="aalen").se[0, 0, 1] == pytest.approx(0.5)
    assert expected_stay(got, 3)[0].tolist() == [1.5, 1.0, 0.5]


def test_landmark_takes_only_who_is_there() -> None:
    got = transition_probabilities(GIVEN, since=200, in_state="GVHD", at=[400])
    # In GVHD just after day 200: patients 3 (fails at 400), 5 (free again from 300 to 450) and 7 (still there).
    assert got.probability[0, 2] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    assert "landmark" in got.conventions.notes[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stop": [1, 5]}, "stop: not after start"),
        ({"start": [0, 3]}, "start: overlaps"),
        ({"origin": ["well", "dead"]}, "origin: not the state"),
        ({"start": [0, math.nan]}, "start: start or stop missing"),
        ({"origin": ["well", None]}, "origin: missing"),
        ({"subject": [None, 1]}, "subject: missing"),
        ({"states": ("well", "ill")}, "states: dead is not one of"),
        ({"start": ["a", "b"]}, "start: start and stop must be numbers"),
        ({"start": [0]}, "start: subject, start and stop differ in length"),
        ({"start": [-1, 5]}, "start: below zero"),
    ],
)  # fmt: skip
def test_bad_spells_are_named(change: dict[str, object], words: str) -> None:
    good = {"subject": [1, 1], "start": [0, 5], "stop": [5, 9], "origin": ["well", "ill"], "target": ["ill", "dead"]}
    assert not spells(**good).problems  # type: ignore[arg-type]
    bad = spells(**{**good, **change})  # type: ignore[arg-type]
    assert bad.reasons and bad.reasons[0].startswith(words)
    made = transition_probabilities(bad, at=[5])
    assert np.isnan(made.probability).all() and made.reasons == bad.reasons
    assert np.isnan(expected_stay(made, 5)).all()
    assert np.isnan(occupation(bad, at=[5]).probability).all()


def test_outside_the_record_is_not_known() -> None:
    got = occupation(GIVEN, at=[900, 901])
    assert not np.isnan(got.probability[0]).any() and np.isnan(got.probability[1]).all()
    assert got.reasons == ("not known before 0 and past the longest follow-up (900)",)
    assert np.isnan(expected_stay(transition_probabilities(GIVEN), 901)).all()

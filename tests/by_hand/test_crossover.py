"""Crossover methods by hand: counterfactual times, recensoring, sign changes, bad input."""

from __future__ import annotations

import math

import numpy as np
import pytest

from posolog.stats import (
    counterfactual,
    crossover,
    ipcw,
    ipe,
    observed,
    rank_z,
    rpsftm,
    sign_changes,
    switch_rows,
    two_stage,
    weibull,
)
from posolog.stats.switching.switch_rows import until_switch

HALF = -math.log(2)  # exp(psi) = 1/2: time on the drug counts half
# Control switches at 4 of 10; control stays to 6; experimental 8, censored at its end of follow-up.
TRIAL = crossover([10, 6, 8, 7], [1, 1, 0, 1], [0, 0, 1, 1], [0.6, 0, 1, 1], [12, 9, 8, 20])


def test_counterfactual_times_by_rule() -> None:
    # U: 4 + 6/2 = 7, 6, 4, 3.5. C* = 6, 4.5, 4, 10.
    time, event = counterfactual(TRIAL, HALF, recensor="none")
    assert time == pytest.approx([7, 6, 4, 3.5])
    assert event.tolist() == [True, True, False, True]
    time, event = counterfactual(TRIAL, HALF, recensor="both")
    assert time == pytest.approx([6, 4.5, 4, 3.5])
    assert event.tolist() == [False, False, False, True]
    time, _ = counterfactual(TRIAL, HALF, recensor="auto")
    assert time == pytest.approx([6, 4.5, 4, 3.5])


def test_auto_leaves_out_the_arm_in_which_nobody_switched() -> None:
    # exp(psi) = 2: experimental U = 16, 14; C* = C = 8, 20.
    both, auto = (counterfactual(TRIAL, -HALF, recensor=rule)[0] for rule in ("both", "auto"))
    assert both == pytest.approx([12, 6, 8, 14])
    assert auto == pytest.approx([12, 6, 16, 14])


def test_rank_z_at_zero() -> None:
    # Events at 6 (2 of 4 treated), 7 (2 of 3), 10 (0 of 1). U = 1 - 1/2 - 2/3, V = 1/4 + 2/9.
    expected = (1 - 1 / 2 - 2 / 3) / math.sqrt(1 / 4 + 2 / 9)
    assert rank_z(TRIAL, 0.0, recensor="none") == pytest.approx(expected, rel=1e-14)


def test_every_sign_change_is_found() -> None:
    def steps(x: float) -> float:
        return 1.0 if x < 0.25 or 0.5 <= x < 0.75 else -1.0

    grid = np.linspace(0, 1, 11)
    found = sign_changes(steps, grid, np.array([steps(x) for x in grid]))
    assert [round(root.middle, 8) for root in found] == [0.25, 0.5, 0.75]
    assert [(root.before, root.after) for root in found] == [(1, -1), (-1, 1), (1, -1)]


def test_a_stretch_of_zeros_is_enclosed() -> None:
    def flat(x: float) -> float:
        return 1.0 if x < 0.3 else 0.0 if x <= 0.6 else -1.0

    grid = np.linspace(0, 1, 6)
    (root,) = sign_changes(flat, grid, np.array([flat(x) for x in grid]))
    assert (root.lower, root.upper) == pytest.approx((0.3, 0.6), abs=1e-8)


def test_two_stage_takes_the_effect_out_of_the_time_after_the_switch() -> None:
    rng = np.random.default_rng(5)
    after = rng.weibull(1.5, 400) * 100
    switched = np.arange(400) % 2 == 0
    time = 50 + after * np.where(switched, 2.0, 1.0)
    arm = np.zeros(800, dtype=int)
    arm[400:] = 1
    times = np.concatenate([time, 50 + rng.weibull(1.5, 400) * 200])
    given = crossover(times, np.ones(800), arm, np.zeros(800), times + 1000)
    at = np.where(arm == 0, 50.0, np.nan)
    found = two_stage(given, at, np.where(arm == 0, np.where(np.r_[switched, switched], 50.0, np.nan), np.nan))
    assert found.psi.value == pytest.approx(-math.log(2), abs=3 * found.psi.se)
    first = found.sample.time[0]
    assert first == pytest.approx(50 + (times[0] - 50) * math.exp(found.psi.value))


def test_rows_after_a_switch_are_dropped() -> None:
    rows = switch_rows([1, 1, 1, 2], [0, 5, 9, 0], [5, 9, 12, 7], [0, 0, 1, 1], [0, 1, 0, 0], [0, 0, 0, 1])
    kept, later = until_switch(rows)
    assert kept.source.tolist() == [0, 1, 3] and later == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"share": [0.6, 0, 1, 1.2]}, "share: not between 0 and 1 (1 of 4 rows)"),
        ({"share": [0.6, 0, 1, math.nan]}, "share: missing or infinite"),
        ({"share": ["a", 0, 1, 1]}, "share: not numbers"),
        ({"follow_up": [12, 9, 7, 20]}, "follow_up: ends before the row's time (1 of 4 rows)"),
        ({"follow_up": [12]}, "follow_up: 1 values for 4 rows"),
        ({"arm": [0, 0, 1, 2]}, "group: 2 is not one of the groups named (1 of 4 rows)"),
        ({"time": [-1, 6, 8, 7]}, "time: below zero (1 of 4 rows)"),
    ],
)
def test_bad_trials_are_named(change: dict[str, list[float]], words: str) -> None:
    good = {
        "time": [10, 6, 8, 7],
        "event": [1, 1, 0, 1],
        "arm": [0, 0, 1, 1],
        "share": [0.6, 0, 1, 1],
        "follow_up": [12, 9, 8, 20],
    }
    bad = crossover(**{**good, **change})  # type: ignore[arg-type]
    assert words in bad.reasons
    for found in (rpsftm(bad), ipe(bad), two_stage(bad, [math.nan] * 4, [math.nan] * 4)):
        assert math.isnan(found.psi.value) and math.isnan(found.ratio.value)
        assert found.psi.reasons and found.ratio.reasons


def test_what_cannot_be_told_is_said() -> None:
    same = crossover([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1], [9] * 4)
    assert rpsftm(same).psi.reasons == ("both arms had the drug for the same share of time: psi cannot be told",)
    alone = crossover([1, 2], [1, 1], [0, 0], [0, 0], [9, 9])
    assert rpsftm(alone).psi.reasons == ("one arm has no rows",)
    assert rpsftm(crossover([1, 2], [0, 0], [0, 1], [0, 1], [9, 9])).psi.reasons == ("there are no events",)
    assert "time: not above 0 (1 of 2 rows)" in weibull(observed([0, 1], [1, 1])).reasons
    never = two_stage(TRIAL, [math.nan] * 4, [math.nan] * 4)
    assert never.psi.reasons[0].startswith("after progression:")
    early = two_stage(TRIAL, [5, math.nan, math.nan, math.nan], [4, math.nan, math.nan, math.nan])
    assert early.psi.reasons == ("switched_at: without a progression before (1 of 4 rows)",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stop": [5, 5]}, "stop: not after start (1 of 2 rows)"),
        ({"start": [0, 4]}, "rows of a person overlap (1 rows)"),
        ({"event": [1, 0]}, "a person's rows go on after the event (1 rows)"),
        ({"switch": [2, 0]}, "switch: neither 0 nor 1 (1 of 2 rows)"),
        ({"arm": [0, 1]}, "a person is in both arms (1 rows)"),
        ({"start": ["a", 5]}, "rows must be numbers (persons may be names)"),
        ({"start": [0]}, "columns differ in length"),
        ({"changing": [math.nan, 1]}, "changing: missing or infinite (1 of 2 rows)"),
    ],
)
def test_bad_rows_are_named(change: dict[str, object], words: str) -> None:
    good = {"person": ["a", "a"], "start": [0, 5], "stop": [5, 9], "event": [0, 1], "switch": [0, 0], "arm": [0, 0]}
    found = ipcw(switch_rows(**{**good, **change}))  # type: ignore[arg-type]
    assert found.ratio.reasons == (words,) and math.isnan(found.ratio.value)


def test_nobody_switched_gives_weights_of_one() -> None:
    rows = switch_rows([1, 2, 3, 4], [0] * 4, [5, 6, 7, 8], [1] * 4, [0] * 4, [0, 1, 0, 1])
    found = ipcw(rows)
    assert found.weight.tolist() == [1, 1, 1, 1]
    assert "nobody switched: all weights are 1" in found.ratio.conventions.notes

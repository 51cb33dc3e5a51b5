"""Laws of the crossover methods, and what they find where the truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.stats import (
    Crossover,
    counterfactual,
    cox,
    crossover,
    ipcw,
    ipe,
    log_rank,
    observed,
    rank_z,
    rpsftm,
    switch_rows,
    two_stage,
)
from tests.stats_data import Crossed, crossed, visit_rows


def trial(data: Crossed, *, scale: float = 1.0, strata: np.ndarray | None = None) -> Crossover:
    return crossover(data.time * scale, data.event, data.arm, data.share, data.follow_up * scale, strata=strata)


@given(st.integers(1, 9999), st.sampled_from(["auto", "both", "none"]))
@settings(max_examples=25, deadline=None)
def test_psi_zero_changes_nothing(seed: int, rule: str) -> None:
    data = crossed(30, seed=seed)
    time, event = counterfactual(trial(data), 0.0, recensor=rule)  # type: ignore[arg-type]
    assert time == pytest.approx(data.time, rel=1e-14) and event.tolist() == (data.event == 1).tolist()


@given(st.integers(1, 9999), st.floats(-1.5, 1.5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_test_is_the_log_rank_test(seed: int, psi: float, stratified: bool) -> None:
    data = crossed(40, seed=seed)
    strata = (data.risk > 0.5).astype(int) if stratified else None
    given_trial = trial(data, strata=strata)
    time, event = counterfactual(given_trial, psi)
    compared = log_rank(observed(time, event, group=data.arm, groups=(0, 1), strata=strata))
    assert rank_z(given_trial, psi) == pytest.approx(compared.z, rel=1e-9, abs=1e-12)


@given(st.integers(1, 9999), st.sampled_from([0.01, 30.4375, 1e6]))
@settings(max_examples=10, deadline=None)
def test_the_unit_of_time_does_not_matter(seed: int, scale: float) -> None:
    data = crossed(60, seed=seed)
    one, other = rpsftm(trial(data), step=0.1), rpsftm(trial(data, scale=scale), step=0.1)
    assert other.z == pytest.approx(one.z, abs=1e-6)
    assert other.psi.value == pytest.approx(one.psi.value, abs=1e-6, nan_ok=True)


def test_nobody_switched_gives_the_randomised_comparison() -> None:
    data = crossed(200, switch=0.0)
    found = rpsftm(trial(data))
    plain = observed(data.time, data.event, group=data.arm, groups=(0, 1))
    assert found.ratio.value == pytest.approx(cox(plain, data.arm.astype(float)).fit.ratio[0], rel=1e-9)
    assert found.psi.p == pytest.approx(log_rank(plain).p, rel=1e-9)


def test_the_truth_is_found() -> None:
    """psi = -.5 in ten trials of 600: the mean of the estimates lies within three standard errors of the mean."""
    found: dict[str, list[float]] = {"rpsftm": [], "ipe": [], "two stage": []}
    for seed in range(1, 11):
        data = crossed(600, seed=40 * seed)
        made = trial(data)
        found["rpsftm"].append(rpsftm(made, step=0.1).psi.value)
        found["ipe"].append(ipe(made).psi.value)
        found["two stage"].append(two_stage(made, data.progressed, data.switched, data.risk).psi.value)
    for name, values in found.items():
        error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
        assert abs(float(np.mean(values)) + 0.5) < 3 * error, (name, values)
        assert error < 0.06


def test_cutting_rows_changes_no_cox_weights() -> None:
    rows = visit_rows(120)
    cut = {name: np.repeat(column, 2) for name, column in rows.items()}
    middle = (rows["start"] + rows["stop"]) / 2
    cut["stop"] = cut["stop"].astype(float)
    cut["start"] = cut["start"].astype(float)
    cut["stop"][::2], cut["start"][1::2] = middle, middle
    cut["event"][::2], cut["switch"][::2] = 0, 0
    one, other = (
        ipcw(
            switch_rows(
                r["person"], r["start"], r["stop"], r["event"], r["switch"], r["arm"], baseline=r["age"],
                changing=r["marker"], eligible=r["able"],
            ),
            model="cox",
        )
        for r in (rows, cut)
    )  # fmt: skip
    assert other.fit.coef == pytest.approx(one.fit.coef, rel=1e-9)
    assert other.fit.se == pytest.approx(one.fit.se, rel=1e-9)

"""Multi-state estimates against R survival 3.5-3, against the covariance written with Kronecker products, and against
the closed form of competing risks."""

from __future__ import annotations

import numpy as np
import pytest

from posolog.stats import (
    cumulative_incidence,
    expected_stay,
    incidence_at,
    observed,
    occupation,
    spells,
    transition_probabilities,
)
from tests.stats_data import spell_rows, tied

ROWS = spell_rows(80)
GIVEN = spells(*zip(*ROWS, strict=True))
AT = [10, 50, 100, 200, 300]


def test_states_of_r_survfit() -> None:
    """survfit(Surv(t1, t2, to) ~ 1, id = id, istate = from), $pstate: dead, ill, well"""
    got = occupation(GIVEN, at=AT)
    assert GIVEN.states == ("dead", "ill", "well")
    assert got.initial == pytest.approx([0, 0.15, 0.85])
    assert got.probability[3:] == pytest.approx(
        np.array(
            [
                [0.60374182760501, 0.14654484013520, 0.24971333225980],
                [0.68351142193987, 0.16344852719719, 0.15304005086294],
            ]
        ),
        abs=1e-13,
    )


def test_from_a_landmark() -> None:
    """the same with start.time = 100, where R counts transitions at day 100 itself: since 99.5 here"""
    got = occupation(GIVEN, at=[120, 200, 300], since=99.5)
    assert got.initial == pytest.approx([0, 0.54, 0.46])
    assert got.probability[2] == pytest.approx([0.49361827510379, 0.26151764351550, 0.24486408138071], abs=1e-13)


def test_one_row_and_the_expected_stay() -> None:
    """the same with p0 = c(0, 1, 0); rmean = 300"""
    made = transition_probabilities(GIVEN, at=AT)
    assert made.probability[4, 1] == pytest.approx([0.7036786452983681, 0.15312414858826, 0.14319720611337], abs=1e-13)
    assert expected_stay(made, 300)[1] == pytest.approx([145.216913373875, 84.314224482852, 70.468862143273], abs=1e-10)


def kronecker(poisson: bool, until: float) -> tuple[np.ndarray, np.ndarray]:
    """P and the covariance of its column-major vec, from the raw rows."""
    size, place = 3, {"dead": 0, "ill": 1, "well": 2}
    p, cov, eye = np.eye(size), np.zeros((9, 9)), np.eye(size)
    for u in sorted({stop for _, _, stop, _, target in ROWS if target and stop <= until}):
        step, jump = np.eye(size), np.zeros((9, 9))
        for h, state in enumerate(place):
            risk = sum(start < u <= stop and origin == state for _, start, stop, origin, _ in ROWS)
            if not risk:
                continue
            v = np.zeros(size)
            for _, _, stop, origin, target in ROWS:
                if stop == u and origin == state and target:
                    v[place[target]] += 1 / risk
            block = np.diag(v) if poisson else np.diag(v) - np.outer(v, v)
            fill = np.eye(size)
            fill[h] = -1.0
            fill[h, h] = 0.0
            step[h] += v
            step[h, h] -= v.sum()
            where = [j * size + h for j in range(size)]
            jump[np.ix_(where, where)] += fill @ block @ fill.T / risk
        cov = np.kron(step.T, eye) @ cov @ np.kron(step, eye) + np.kron(eye, p) @ jump @ np.kron(eye, p.T)
        p = p @ step
    return p, cov


@pytest.mark.parametrize("rule", ["greenwood", "aalen"])
def test_full_covariance(rule: str) -> None:
    p, cov = kronecker(rule == "aalen", 200)
    got = transition_probabilities(GIVEN, at=[200], variance=rule)  # type: ignore[arg-type]
    assert got.probability[0] == pytest.approx(p, abs=1e-14)
    as_vec = got.covariance[0].transpose(1, 0, 3, 2).reshape(9, 9)
    assert as_vec == pytest.approx(cov, abs=1e-14)
    assert got.se[0] == pytest.approx(np.sqrt(np.abs(np.diag(cov))).reshape(3, 3).T, abs=1e-9)


def test_competing_risks_are_a_special_case() -> None:
    data = tied(120, seed=5)
    target = [{0: None, 1: "a", 2: "b"}[code] for code in data.event.tolist()]
    given = spells(np.arange(120), np.zeros(120), data.time, ["free"] * 120, target, states=("free", "a", "b"))
    got = transition_probabilities(given, at=[5, 20, 40])
    curve = cumulative_incidence(observed(data.time, data.event), variance="greenwood")
    for column, cause in ((1, 1), (2, 2)):
        read = incidence_at(curve, [5, 20, 40], cause=cause)
        assert got.probability[:, 0, column] == pytest.approx(read.value, abs=1e-14)
        assert got.se[:, 0, column] == pytest.approx(read.se, rel=1e-9)

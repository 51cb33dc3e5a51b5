"""The course of blood counts, a second way: small steps written out, and truth found again in simulated counts."""

from __future__ import annotations

import numpy as np
import pytest

from posolog.course.blood.fit import Data, NotIdentified, fit, reference
from posolog.course.blood.model import Injections, counts_at
from posolog.course.blood.predict import predict

INJECTIONS = Injections((0.0, 168.0), (0.7, 0.7), 55.0)
TRUTH = {"circ0": 4.2, "slope": 1.3, "mtt_h": 135.0, "gamma": 0.19}


def stepped(
    circ0: float, slope: float, mtt_h: float, gamma: float, days: list[int], step_h: float = 0.01
) -> list[float]:
    """The same equations by Euler's method, one cell at a time; the activity is written out for two injections."""
    k, cells, hour, found = 4 / mtt_h, [circ0] * 5, 0.0, []
    for step in range(round(24 * max(days) / step_h) + 1):
        if step % round(24 / step_h) == 0 and step // round(24 / step_h) in days:
            found.append(cells[4])
        hour = step * step_h
        active = 0.7 * 0.5 ** (hour / 55) + (0.7 * 0.5 ** ((hour - 168) / 55) if hour >= 168 else 0.0)
        p, t1, t2, t3, c = cells
        born = k * p * (1 - slope * active) * (circ0 / c) ** gamma - k * p
        moves = (born, k * (p - t1), k * (t1 - t2), k * (t2 - t3), k * (t3 - c))
        cells = [cell + step_h * move for cell, move in zip(cells, moves, strict=True)]
    return found


def test_the_integrator_agrees_with_small_steps() -> None:
    days = [0, 5, 7, 8, 12, 20, 30]
    found = counts_at(np.array(days) * 24.0, np.array([list(TRUTH.values())]), INJECTIONS)[0]
    assert found == pytest.approx(stepped(**TRUTH, days=days), rel=2e-3)


def test_several_sets_at_once_are_each_as_alone() -> None:
    times = np.arange(0.0, 24 * 60, 24.0)
    sets = np.array([[4.2, 1.3, 135, 0.19], [6.0, 0.4, 100, 0.3], [2.0, 3.0, 180, 0.1]])
    together = counts_at(times, sets, INJECTIONS)
    for row, alone in zip(together, sets, strict=True):
        assert row == pytest.approx(counts_at(times, alone[None, :], INJECTIONS)[0], rel=1e-4, abs=1e-5)


def test_without_activity_the_counts_stay() -> None:
    still = counts_at(
        np.array([0.0, 500.0, 1000.0]), np.array([[4.2, 1.3, 135, 0.19]]), Injections((0.0,), (0.0,), 55.0)
    )
    assert still[0] == pytest.approx([4.2, 4.2, 4.2])


def test_the_counts_come_back_to_the_baseline() -> None:
    late = counts_at(np.array([24.0 * 400]), np.array([list(TRUTH.values())]), INJECTIONS)
    assert late[0, 0] == pytest.approx(TRUTH["circ0"], rel=1e-3)


def test_bad_parameters_are_a_programmers_mistake() -> None:
    with pytest.raises(ValueError):
        counts_at(np.array([0.0]), np.array([[4.2, -1.0, 135, 0.19]]), INJECTIONS)
    with pytest.raises(ValueError):
        counts_at(np.array([2.0, 1.0]), np.array([[4.2, 1.0, 135, 0.19]]), INJECTIONS)


def simulated(days: list[int], seed: int, scatter: float = 0.12, truth: dict[str, float] = TRUTH) -> Data:
    rng = np.random.default_rng(seed)
    times = np.array(days) * 24.0
    clean = counts_at(times, np.array([list(truth.values())]), INJECTIONS)[0]
    values = clean * np.exp(rng.normal(0, scatter, len(days)))
    start = truth["circ0"] * float(np.exp(rng.normal(0, scatter / 2**0.5)))
    return Data("neutrophils", tuple(times), tuple(values.tolist()), (False,) * len(days), start, 2)


MANY = [3, 7, 10, 14, 17, 21, 24, 28, 31, 35, 42, 49]


def test_exact_counts_give_the_truth_back() -> None:
    found = fit(simulated(MANY, 1, scatter=0.0), INJECTIONS)
    assert found.free == ("slope", "mtt_h", "gamma", "circ0")
    assert dict(found.values) == pytest.approx(TRUTH, rel=1e-3)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """16 simulated patients; at 95 % chance leaves fewer than 13 hits once in 200 such tests (binomial)."""
    grid = np.arange(0.0, 24 * 84 + 6, 6.0)
    path = counts_at(grid, np.array([list(TRUTH.values())]), INJECTIONS)[0]
    day, depth = grid[path.argmin()] / 24, path.min()
    hits = []
    for seed in range(16):
        made = predict(fit(simulated(MANY, seed), INJECTIONS), np.random.default_rng(seed), draws=200)
        hits.append((_holds(made.nadir_day, day), _holds(made.nadir, depth)))
    assert min(sum(hit[at] for hit in hits) for at in (0, 1)) >= 13


def _holds(found: object, truth: float) -> bool:
    low, high = found.low, found.high  # type: ignore[attr-defined]
    return low - 0.25 <= truth <= high + 0.25 if truth > 5 else low <= truth <= high


def test_few_counts_free_few_parameters() -> None:
    free = {number: fit(simulated(MANY[:number], 2), INJECTIONS).free for number in (3, 4, 5, 6)}
    assert free[3] == free[4] == ("slope",) and free[5] == free[6] == ("slope", "mtt_h")
    assert "gamma" in fit(simulated(MANY[:10], 2), INJECTIONS).free
    with pytest.raises(NotIdentified, match="2 counts after the first injection; at least 3"):
        fit(simulated(MANY[:2], 2), INJECTIONS)


def test_platelets_have_no_transit_time_to_lean_on() -> None:
    few = simulated(MANY[:4], 2)
    with pytest.raises(NotIdentified, match="at least 5"):
        fit(Data("platelets", few.times_h, tuple(40 * v for v in few.values), few.below, 168.0, 2), INJECTIONS)
    assert "mtt_h" not in reference("platelets")


def test_a_slope_that_the_counts_do_not_tell_is_refused() -> None:
    """Counts on the first day only: the course has not yet begun."""
    early = Data("neutrophils", (2.0, 3.0, 4.0), (4.2, 4.2, 4.2), (False,) * 3, 4.2, 2)
    with pytest.raises(NotIdentified, match="do not tell"):
        fit(early, INJECTIONS)


def test_counts_that_no_course_comes_near_are_refused() -> None:
    wild = Data(
        "neutrophils",
        tuple(24.0 * day for day in (6, 10, 11, 14, 19, 20)),
        (30, 0.1, 40, 0.1, 50, 0.1),
        (False,) * 6,
        3.0,
        1,
    )
    with pytest.raises(NotIdentified, match="no course of the model comes near"):
        fit(wild, INJECTIONS)


def test_less_than_does_not_pull_upwards() -> None:
    given = simulated(MANY, 3, scatter=0.0)
    deep = [at for at, value in enumerate(given.values) if value < 1.0]
    censored = tuple(1.0 if at in deep else value for at, value in enumerate(given.values))
    below = tuple(at in deep for at in range(len(censored)))
    found = fit(Data("neutrophils", given.times_h, censored, below, given.baseline, 2), INJECTIONS)
    pulled = fit(Data("neutrophils", given.times_h, censored, (False,) * len(below), given.baseline, 2), INJECTIONS)
    assert found.sigma <= pulled.sigma and dict(found.values)["slope"] >= dict(pulled.values)["slope"]


def test_the_same_seed_gives_the_same_interval() -> None:
    found = fit(simulated(MANY, 4), INJECTIONS)
    one, two, other = (predict(found, np.random.default_rng(seed), draws=100) for seed in (7, 7, 8))
    assert one == two and one.nadir != other.nadir

"""BED by stepping sublethal damage through time, against the closed form; uptake terms and three injections included."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from posolog.dosimetry.bed import Tissue, effect

CASES = [
    ([(0.2, 0.02, 0.0), (-0.2, 0.3, 0.0)], 2.5, 2.5),
    ([(0.2, 0.02, 0.0), (-0.2, 0.3, 0.0), (0.2, 0.02, 48.0), (-0.2, 0.3, 48.0), (0.1, 0.01, 168.0)], 10.0, 0.5),
    ([(0.1, log(2) / 1.5, 0.0), (0.1, log(2) / 1.5, 12.0)], 3.0, 1.5),
]


@pytest.mark.parametrize(("parts", "ab", "t_rep"), CASES)
def test_against_a_differential_equation(parts: list[tuple[float, float, float]], ab: float, t_rep: float) -> None:
    mu = log(2) / t_rep

    def rate(t: float) -> float:
        return sum(a * np.exp(-r * (t - s)) for a, r, s in parts if t >= s)

    def change(t: float, state: np.ndarray) -> list[float]:
        """state: dose, unrepaired damage, dose-rate weighted damage."""
        return [rate(t), rate(t) - mu * state[1], 2 * rate(t) * state[1]]

    state, last = np.zeros(3), 0.0
    for until in [*sorted({s for _, _, s in parts} - {0.0}), 2500.0]:
        state = solve_ivp(change, (last, until - 1e-9), state, rtol=1e-9, atol=1e-12, method="LSODA").y[:, -1]
        last = until
    made = effect(*(np.array(column) for column in zip(*parts, strict=True)), Tissue(ab, t_rep))
    assert float(made.dose_gy) == pytest.approx(state[0], rel=1e-5)
    assert float(made.bed_gy) == pytest.approx(state[0] + state[2] / ab, rel=1e-5)

"""Fits by variable projection against SciPy's bounded least squares from many starts; no curve may be worse."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import least_squares

from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.curves import MODELS, fit_curves

PHYSICAL = NUCLIDES["111In"].rate_per_h
TIMES = np.array([1, 4, 24, 48, 72, 96, 144, 168.0])
TRUTH = 0.35 * np.exp(-np.log(2) / 8 * TIMES) + 0.55 * np.exp(-np.log(2) / 45 * TIMES)


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_chi2_is_never_above_scipys(at: int) -> None:
    rng = np.random.default_rng(5)
    values = TRUTH * (1 + 0.07 * rng.standard_normal((12, len(TIMES))))
    sigma = 0.07 * values
    fitted = fit_curves(np.tile(TIMES, (12, 1)), values, sigma, physical_per_h=PHYSICAL)
    model = MODELS[at]
    for curve in range(12):
        low, high = np.log(PHYSICAL), np.log(fitted.limits.fastest[curve])
        top = fitted.limits.ceiling[curve]

        def rest(p: np.ndarray, curve: int = curve) -> np.ndarray:
            terms = p[: model.amplitudes] @ model.matrix.T
            made = np.exp(-np.exp(p[model.amplitudes :]) * TIMES[:, None]) @ terms
            return (values[curve] - made) / sigma[curve]

        box = ([0.0] * model.amplitudes + [low] * model.rates, [top] * model.amplitudes + [high] * model.rates)
        tries = []
        for _ in range(6):
            start = np.concatenate([rng.uniform(0.05, 1, model.amplitudes), rng.uniform(low, high, model.rates)])
            tries.append(2 * least_squares(rest, np.clip(start, *np.array(box)), bounds=box).cost)
        ours = fitted.fits[at].chi2[curve]
        if np.isfinite(ours) and (fitted.fits[at].amplitudes[curve] > 0).all():
            assert ours <= min(tries) * (1 + 1e-4) + 1e-6

"""Parametric bootstrap of a curve's integral: draw a model by its weight, simulate its points, fit that model again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.curves.average import Averaged, term_integral
from posolog.dosimetry.curves.models import Bounds, Model
from posolog.dosimetry.curves.search import Data, Found, best

Floats = NDArray[np.float64]


def resampled(
    fitted: Averaged, generator: np.random.Generator, *, draws: int, curve: int = 0, shift_per_h: float = 0.0,
    infusion_h: float = 0.0, given_over_h: float = 0.0, widen: float = 1.0,
) -> Floats:  # fmt: skip
    """Integrals of `draws` simulated curves, shape (draws,); `widen` stretches the stated sigmas; the other
    arguments are those of `Averaged.integral`.

    *Source:* Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 6.5 (parametric bootstrap).
    """
    decay = fitted.physical_per_h + shift_per_h
    picks = generator.choice(len(fitted.models), size=draws, p=fitted.weights[curve])
    noise = widen * generator.standard_normal((draws, fitted.data.values.shape[1]))
    made = np.empty(draws)
    for at in np.unique(picks):
        rows = np.flatnonzero(picks == at)
        found, model = _again(fitted, curve, int(at), noise[rows])
        amplitudes = found.amplitudes @ model.matrix.T
        factor = term_integral(found.rates, fitted.physical_per_h, decay, infusion_h, given_over_h)
        made[rows] = (amplitudes * factor).sum(axis=1)
        lost = ~np.isfinite(found.chi2)
        if lost.any():  # no place for the model in these draws: the simplest one stands
            simple, model = _again(fitted, curve, int(at), noise[rows[lost]], fitted.models[0])
            factor = term_integral(simple.rates, fitted.physical_per_h, decay, infusion_h, given_over_h)
            made[rows[lost]] = (simple.amplitudes @ model.matrix.T * factor).sum(axis=1)
    return made


def _again(fitted: Averaged, curve: int, at: int, noise: Floats, model: Model | None = None) -> tuple[Found, Model]:
    """Points simulated from model `at`, fitted by it (or by `model`) within the bounds of the curve itself."""
    many = len(noise)
    times = np.repeat(fitted.data.times_h[curve : curve + 1], many, axis=0)
    weight = np.repeat(fitted.data.weight[curve : curve + 1], many, axis=0)
    truth = fitted.modelled(at, curve)
    values = truth + noise / np.where(weight > 0, weight, 1.0)
    data = Data(times, np.where(weight > 0, values, 0.0), weight, fitted.data.injections)
    limits = Bounds(*(np.repeat(side[curve], many) for side in _sides(fitted.limits)))
    used = model or fitted.models[at]
    return best(data, used, limits), used


def _sides(limits: Bounds) -> tuple[Floats, Floats, Floats]:
    return limits.slowest, limits.fastest, limits.ceiling

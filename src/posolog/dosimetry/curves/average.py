"""Fits of every candidate, their Akaike weights, and integrals with the spread between models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posolog.dosimetry.curves.models import MODELS, ONE_INJECTION, Bounds, Injections, Model, bounds, exponentials
from posolog.dosimetry.curves.search import Data, Found, best

Floats = NDArray[np.float64]
CRITERIA = ("aic", "aicc")


@dataclass(frozen=True, slots=True)
class Integral:
    """Integrals from 0 to infinity of each curve, in its unit times hours, with standard uncertainties.

    `fit` comes from the measurements' sigma, `spread` from the disagreement of the models; `u` is both together.
    `by_model` and `u_by_model` have shape (curves, models); not-a-number where a model has no place.
    """

    value: Floats
    fit: Floats
    spread: Floats
    by_model: Floats
    u_by_model: Floats

    @property
    def u(self) -> Floats:
        return np.asarray(np.hypot(self.fit, self.spread))


@dataclass(frozen=True, slots=True)
class Averaged:
    """Curves fitted by every candidate model. Arrays have shape (curves, models) unless said otherwise."""

    data: Data
    limits: Bounds
    physical_per_h: float
    models: tuple[Model, ...]
    fits: tuple[Found, ...]
    covariances: tuple[Floats, ...]  # of (amplitudes, log rates), one (curves, k, k) array a model
    chi2: Floats
    aic: Floats
    aicc: Floats
    weights: Floats

    def misfit(self) -> Floats:
        """chi² of the weightiest model over its degrees of freedom, one value a curve."""
        top = self.weights.argmax(axis=1)
        used = (self.data.weight > 0).sum(axis=1)
        freedom = np.maximum(used - np.array([model.parameters for model in self.models])[top], 1)
        return np.asarray(np.take_along_axis(self.chi2, top[:, None], axis=1)[:, 0] / freedom)

    def terms(self, model: int) -> tuple[Floats, Floats]:
        """Signed amplitudes and rates of one model, each of shape (curves, exponentials)."""
        fit = self.fits[model]
        return fit.amplitudes @ self.models[model].matrix.T, fit.rates

    def modelled(self, model: int, curve: int) -> Floats:
        """What one model says at the curve's own times."""
        whole, _ = exponentials(
            self.data.times_h[curve : curve + 1], self.fits[model].rates[curve : curve + 1], self.data.injections
        )
        return np.asarray(whole[0] @ self.terms(model)[0][curve])

    def mixture(self, curve: int) -> tuple[tuple[float, float], ...]:
        """The averaged curve as (amplitude, rate per hour) pairs, the models' weights multiplied in."""
        pairs: list[tuple[float, float]] = []
        for at in np.flatnonzero(self.weights[curve] > 0):
            amplitudes, rates = self.terms(int(at))
            share = self.weights[curve, at]
            pairs += [(float(share * a), float(r)) for a, r in zip(amplitudes[curve], rates[curve], strict=True)]
        return tuple(pairs)

    def values(self, curve: int, times_h: ArrayLike) -> tuple[Floats, Floats]:
        """The averaged curve at some times, with its standard uncertainty (fit and model spread)."""
        times = np.asarray(times_h, dtype=float)[None, :]
        made, spreads = np.zeros(times.shape[1]), np.zeros(times.shape[1])
        parts = []
        for at in np.flatnonzero(self.weights[curve] > 0):
            value, u = _prediction(self, int(at), curve, times)
            parts.append((self.weights[curve, at], value, u))
            made += self.weights[curve, at] * value
        for share, value, u in parts:
            spreads += share * (u**2 + (value - made) ** 2)
        return made, np.sqrt(spreads)

    def integral(self, *, shift_per_h: float = 0.0, infusion_h: float = 0.0, given_over_h: float = 0.0) -> Integral:
        """Integral over all time per injection, per unit of what was fitted.

        `shift_per_h` is added to every rate: lam(90Y) - lam(111In) turns a measured 111In curve into 90Y's.
        `infusion_h` is the duration of the infusion behind the measured curve, `given_over_h` that of the infusion
        the integral is for; times count from the start of the infusion, during which activity is given evenly.
        """
        decay = self.physical_per_h + shift_per_h
        values, variances = [], []
        for at, model in enumerate(self.models):
            amplitudes, rates = self.terms(at)
            factor = term_integral(rates, self.physical_per_h, decay, infusion_h, given_over_h)
            nudge = 1e-6
            up = term_integral(rates * (1 + nudge), self.physical_per_h, decay, infusion_h, given_over_h)
            down = term_integral(rates * (1 - nudge), self.physical_per_h, decay, infusion_h, given_over_h)
            gradient = np.concatenate([factor @ model.matrix, amplitudes * (up - down) / (2 * nudge)], axis=1)
            values.append((amplitudes * factor).sum(axis=1))
            variances.append(np.einsum("bi,bij,bj->b", gradient, self.covariances[at], gradient))
        return _averaged(np.array(values).T, np.array(variances).T, self.weights)


def fit_curves(
    times_h: ArrayLike, values: ArrayLike, sigmas: ArrayLike, *, physical_per_h: float,
    ceiling: ArrayLike | None = None, injections: Injections = ONE_INJECTION, models: Sequence[Model] = MODELS,
    criterion: str = "aic",
) -> Averaged:  # fmt: skip
    """Fit every candidate to every curve and weigh them.

    `times_h` (hours from the first injection), `values` (measured, not decay corrected) and `sigmas` (standard
    uncertainties, known beforehand) have shape (curves, times); a point with a value that is not a number is left
    out. `physical_per_h` is the decay constant of the nuclide measured. `ceiling` bounds f(0), one value a curve.
    A model takes part where a curve has enough points (`Model.least_points`) and all its amplitudes are positive.
    The criterion is AIC with known sigma (chi² + 2k), or AICc (plus 2k(k+1)/(n-k-1)); weights are Akaike's.

    *Raises:* ValueError for arrays of different shapes, sigmas that are not positive, a criterion not known.
    *Source:* Burnham and Anderson, Model Selection and Multimodel Inference, 2002, chapter 4 (weights).
    """
    if criterion not in CRITERIA:
        raise ValueError(f"criterion {criterion!r} is none of {', '.join(CRITERIA)}")
    data, used = _data(times_h, values, sigmas, injections)
    top = None if ceiling is None else np.asarray(ceiling, dtype=float)
    limits = bounds(data.times_h, data.values, used, physical_per_h=physical_per_h, ceiling=top)
    points = used.sum(axis=1)
    fits = tuple(best(data, model, limits) for model in models)
    chi2 = np.array([
        np.where((points >= model.least_points) & (fit.amplitudes > 0).all(axis=1), fit.chi2, np.inf)
        for model, fit in zip(models, fits, strict=True)
    ]).T  # fmt: skip
    k = np.array([model.parameters for model in models])
    chi2 = _informative(chi2, k)
    aic = chi2 + 2 * k
    room = points[:, None] - k - 1
    aicc = np.where(room > 0, aic + 2 * k * (k + 1) / np.maximum(room, 1), np.inf)
    covariances = tuple(_covariance(data, m, fit, limits) for m, fit in zip(models, fits, strict=True))
    weights = _weights(aic if criterion == "aic" else aicc, aic)
    return Averaged(data, limits, physical_per_h, tuple(models), fits, covariances, chi2, aic, aicc, weights)


def _data(
    times_h: ArrayLike, values: ArrayLike, sigmas: ArrayLike, injections: Injections
) -> tuple[Data, NDArray[np.bool_]]:
    arrays = [np.atleast_2d(np.asarray(given, dtype=float)) for given in (times_h, values, sigmas)]
    if not arrays[0].shape == arrays[1].shape == arrays[2].shape:
        raise ValueError(f"times, values and sigmas differ in shape: {[array.shape for array in arrays]}")
    times, measured, sigma = arrays
    used = np.isfinite(times) & np.isfinite(measured) & np.isfinite(sigma)
    if (sigma[used] <= 0).any():
        raise ValueError("a sigma is not above zero")
    weight = np.where(used, 1 / np.where(used, sigma, 1.0), 0.0)
    return Data(np.where(used, times, 0.0), np.where(used, measured, 0.0), weight, injections), used


def _informative(chi2: Floats, parameters: NDArray[np.int_]) -> Floats:
    """Leave out models whose further parameters buy nothing: less than 0.1 of chi² each against a smaller candidate.

    So known exponentials integrate to A/rate exactly. *Source:* Arnold, J Wildl Manage 74:1175, 2010 (uninformative
    parameters; the threshold is ours).
    """
    kept = chi2.copy()
    for at, k in enumerate(parameters):
        for other, fewer in enumerate(parameters):
            if fewer < k:
                idle = chi2[:, at] > chi2[:, other] - 0.1 * (k - fewer)
                kept[idle & np.isfinite(chi2[:, other]), at] = np.inf
    return kept


def _weights(scores: Floats, fallback: Floats) -> Floats:
    """Akaike weights; where the criterion exists for no model, those of the fallback; zero where there is none."""
    none = np.asarray(~np.isfinite(scores).any(axis=1))
    used = np.where(none[:, None], fallback, scores)
    least = used.min(axis=1, keepdims=True)
    raw = np.where(np.isfinite(used), np.exp(-(used - np.where(np.isfinite(least), least, 0.0)) / 2), 0.0)
    return np.asarray(raw / np.maximum(raw.sum(axis=1, keepdims=True), 1e-300))


def _covariance(data: Data, model: Model, fit: Found, limits: Bounds) -> Floats:
    """Covariance of (amplitudes, log rates) from the known sigmas, the bounds taken as weak prior knowledge.

    A parameter known only to lie between two bounds has the variance of a uniform distribution, width²/12
    (JCGM 100:2008, 4.3.7); without it a direction that the data do not fix would have no variance at all.
    """
    whole, slope = exponentials(data.times_h, fit.rates, data.injections)
    design = whole @ model.matrix
    terms = fit.amplitudes @ model.matrix.T
    jacobian = np.concatenate([design, slope * terms[:, None, :]], axis=2) * data.weight[:, :, None]
    normal = np.einsum("bti,btj->bij", jacobian, jacobian)
    width = np.log(limits.fastest / limits.slowest)
    prior = np.concatenate([
        np.repeat(12 / limits.ceiling[:, None] ** 2, model.amplitudes, axis=1),
        np.repeat(12 / width[:, None] ** 2, model.rates, axis=1),
    ], axis=1)  # fmt: skip
    normal = normal + prior[:, :, None] * np.eye(model.parameters)
    size = np.sqrt(np.einsum("bii->bi", normal))
    scaled = normal / (size[:, :, None] * size[:, None, :]) + 1e-13 * np.eye(model.parameters)
    inverse = np.linalg.inv(scaled)
    return np.asarray(inverse / (size[:, :, None] * size[:, None, :]))


def _prediction(fitted: Averaged, at: int, curve: int, times: Floats) -> tuple[Floats, Floats]:
    model, fit = fitted.models[at], fitted.fits[at]
    whole, slope = exponentials(times, fit.rates[curve : curve + 1], fitted.data.injections)
    terms = fit.amplitudes[curve] @ model.matrix.T
    gradient = np.concatenate([whole[0] @ model.matrix, slope[0] * terms], axis=1)
    u2 = np.einsum("ti,ij,tj->t", gradient, fitted.covariances[at][curve], gradient)
    return np.asarray(whole[0] @ terms), np.sqrt(np.maximum(u2, 0.0))


def term_integral(rates: Floats, measured: float, decay: float, infusion_h: float, given_over_h: float) -> Floats:
    """Integral of exp(-rate t), moved from the measured nuclide and infusion to those asked for.

    After an infusion of T hours a term stands at (exp(x) - 1)/x times its value for a bolus, x = (rate - measured) T;
    activity given evenly over T hours and decaying meanwhile counts (1 - exp(-y))/y, y = decay T.
    """
    x = (rates - measured) * infusion_h
    raised = np.where(np.abs(x) < 1e-8, 1 + x / 2, np.expm1(x) / np.where(x == 0, 1.0, x))
    y = decay * given_over_h
    kept = -np.expm1(-y) / y if y > 0 else 1.0
    return np.asarray(kept / (raised * (rates - measured + decay)))


def _averaged(values: Floats, variances: Floats, weights: Floats) -> Integral:
    """*Source:* mixture of the models' normal distributions: variance = sum of w (u² + (value - mean)²)."""
    some = weights > 0
    value = np.where(some, weights * values, 0.0).sum(axis=1)
    fit = np.sqrt(np.where(some, weights * variances, 0.0).sum(axis=1))
    spread = np.sqrt(np.where(some, weights * (values - value[:, None]) ** 2, 0.0).sum(axis=1))
    shown = np.where(some, values, np.nan)
    return Integral(value, fit, spread, shown, np.where(some, np.sqrt(np.maximum(variances, 0.0)), np.nan))

"""Inverse probability of censoring weights for treatment switching: patients are censored when they switch, and those
who stay are weighted for those like them who did not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.cox.likelihood import Ties
from posolog.stats.cox.weighted import WeightedCox, weighted_cox
from posolog.stats.numbers import normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Estimate
from posolog.stats.sample import Floats, Ints
from posolog.stats.switching.switch_rows import SwitchRows, until_switch
from posolog.stats.switching.switch_weights import SwitchWeights, hazard_weights, pooled_weights

NAN = float("nan")
SwitchModel = Literal["pooled logistic", "cox"]
MODEL_WORDS = {
    "pooled logistic": "pooled logistic regression over the rows; a row's weight is made from the rows before it",
    "cox": "Cox regression (Breslow); rows are split at the switch times",
}


@dataclass(frozen=True, slots=True, eq=False)
class Ipcw:
    """`ratio`: hazard ratio, experimental to control, had nobody switched. `fit`: the weighted Cox model, arm first.

    `rows` (n', caller's row numbers), `start`, `stop`, `weight` (n',): the weighted rows.
    """

    ratio: Estimate
    fit: WeightedCox
    rows: Ints
    start: Floats
    stop: Floats
    weight: Floats
    switches: tuple[SwitchWeights, ...]


def ipcw(
    given: SwitchRows, *, model: SwitchModel = "pooled logistic", stabilised: bool = True,
    adjust: ArrayLike | None = None, degree: int = 2, truncate: float | None = None, ties: Ties = "efron",
    level: float = 0.95,
) -> Ipcw:  # fmt: skip
    """Weighted Cox regression of the arm on the rows up to each person's switch, robust variance by person.

    In each arm with switches, the chance to stay is modelled on baseline and changing covariates (denominator) and on
    baseline alone (numerator, if `stabilised`, else 1); the weight is their ratio. Only rows marked eligible enter;
    elsewhere the chance to stay is 1. `degree`: powers of time in the pooled logistic model. `truncate`: e.g. 0.99
    caps weights at that quantile. `adjust` (n, q): covariates beside the arm, None for none.

    Assumes that the covariates explain switching. The robust variance takes the weights as known, which is
    conservative for stabilised weights.

    *Source:* Robins and Finkelstein 2000, Biometrics 56:779; Hernán, Brumback and Robins 2000 (stabilised, pooled).
    """
    if model not in get_args(SwitchModel):
        raise ValueError(f"model {model!r} is not one of {', '.join(get_args(SwitchModel))}")
    if truncate is not None and not 0.5 <= truncate <= 1:
        raise ValueError(f"truncate {truncate} is not a quantile from 0.5 to 1")
    kept, later = until_switch(given)
    extra = _extra(given, adjust)
    reasons = given.reasons or _refused(kept, extra)
    if reasons:
        return _nothing(extra.shape[1] + 1, _conventions(model, stabilised, truncate, ties, level), reasons)
    parts, switches = pooled_weights(kept, degree) if model == "pooled logistic" else hazard_weights(kept)
    reasons = tuple(f"switch model of arm {s.arm}: {words}" for s in switches for words in s.reasons)
    if reasons:
        return _nothing(extra.shape[1] + 1, _conventions(model, stabilised, truncate, ties, level), reasons)
    weight = parts.numerator / parts.denominator if stabilised else 1.0 / parts.denominator
    if truncate is not None:
        weight = np.minimum(weight, np.quantile(weight, truncate))
    x = np.column_stack([kept.arm[parts.rows], extra[kept.source[parts.rows]]]).astype(np.float64)
    fit = weighted_cox(parts.start, parts.stop, parts.event, x, weight, kept.person[parts.rows], ties=ties)
    said = _conventions(model, stabilised, truncate, ties, level)
    said = replace(said, iterations=fit.iterations, last_step=fit.last_step, converged=not fit.reasons)
    said = replace(said, notes=(*said.notes, *_notes(weight, later, switches)))
    return Ipcw(_ratio(fit, said, level), fit, kept.source[parts.rows], parts.start, parts.stop, weight, switches)


def _extra(given: SwitchRows, adjust: ArrayLike | None) -> Floats:
    if adjust is None:
        return np.zeros((given.n_given, 0))
    extra = np.asarray(adjust, dtype=np.float64)
    return extra[:, None] if extra.ndim == 1 else extra


def _refused(kept: SwitchRows, extra: Floats) -> tuple[str, ...]:
    if extra.shape[0] != kept.n_given:
        return (f"adjust: {extra.shape[0]} rows for {kept.n_given}",)
    if not np.isfinite(extra).all():
        return ("adjust: missing or infinite",)
    if len(np.unique(kept.arm)) < 2:
        return ("one arm has no rows",)
    return () if kept.event.any() else ("no event before a switch",)


def _notes(weight: Floats, later: int, switches: tuple[SwitchWeights, ...]) -> tuple[str, ...]:
    size = f"weights {weight.min():.3g} to {weight.max():.3g}, mean {weight.mean():.3g}"
    away = (f"{later} rows after a switch are not used",) if later else ()
    counts = tuple(f"arm {s.arm}: {s.switches} switches" for s in switches) or ("nobody switched: all weights are 1",)
    return (size, *counts, *away)


def _conventions(model: str, stabilised: bool, truncate: float | None, ties: Ties, level: float) -> Conventions:
    weights = ("stabilised" if stabilised else "not stabilised") + " weights"
    weights += f", cut at the {truncate:g} quantile" if truncate is not None else ""
    return Conventions(
        "inverse probability of censoring weights, Cox", events="events before a switch",
        ties="Efron" if ties == "efron" else "Breslow", variance="robust by person, weights taken as known",
        interval=f"Wald on the log hazard ratio, {100 * level:g} %", notes=(MODEL_WORDS[model], weights),
    )  # fmt: skip


def _ratio(fit: WeightedCox, said: Conventions, level: float) -> Estimate:
    coef, se = float(fit.coef[0]), float(fit.se[0])
    half = normal_quantile(level) * se
    ratio, lower, upper = (float(value) for value in np.exp([coef, coef - half, coef + half]))
    return Estimate(ratio, se, lower, upper, said, fit.reasons, float(two_sided_p(coef / se)) if se > 0 else NAN)


def _nothing(p: int, said: Conventions, reasons: tuple[str, ...]) -> Ipcw:
    nan, none = np.full(p, NAN), np.zeros(0)
    fit = WeightedCox(nan, nan, nan, np.full((p, p), NAN), NAN, 0, NAN, reasons)
    estimate = Estimate(NAN, NAN, NAN, NAN, said, reasons)
    return Ipcw(estimate, fit, np.zeros(0, dtype=np.intp), none, none, none, ())

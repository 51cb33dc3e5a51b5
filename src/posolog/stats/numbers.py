"""Small pieces that every estimator uses: step functions, normal quantiles, intervals of a probability."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr, ndtri

from posolog.stats.sample import Floats

Interval = Literal["log-log", "log", "plain"]
INTERVAL_WORDS = {
    "log-log": "log(-log) transform of the probability",
    "log": "log transform of the probability",
    "plain": "untransformed",
}


def normal_quantile(level: float) -> float:
    """1.96 for level 0.95. *Raises:* ValueError for a level outside (0, 1)."""
    if not 0 < level < 1:
        raise ValueError(f"a level of {level} is not between 0 and 1")
    return float(ndtri(0.5 + level / 2))


def two_sided_p(z: ArrayLike) -> Floats:
    """2 P(Z > |z|) of a standard normal Z; shape as z."""
    return np.asarray(2 * ndtr(-np.abs(np.asarray(z, dtype=np.float64))))


def chi2_p(statistic: float, df: int) -> float:
    """P(chi-squared with df degrees of freedom > statistic); NaN for NaN or no degree of freedom."""
    return float(chdtrc(df, statistic)) if df > 0 and np.isfinite(statistic) else float("nan")


def step_at(time: Floats, value: Floats, at: ArrayLike, *, initial: float, before: bool = False) -> Floats:
    """The right-continuous step function that is `value[k]` from `time[k]` on, read at the times `at`.

    `initial` holds before the first time; `before` reads the left limit (t-). Shape as `at`.
    """
    found = np.searchsorted(time, np.asarray(at, dtype=np.float64), side="left" if before else "right")
    return np.concatenate(([initial], value))[found]


def probability_bounds(
    probability: Floats, se: Floats, *, kind: Interval = "log-log", level: float = 0.95
) -> tuple[Floats, Floats]:
    """Bounds of a probability within [0, 1]; both (m,) as `probability` and its standard error `se`.

    log-log: p^exp(±z se / (p log p)); log: p exp(±z se/p); plain: p ± z se. Where p is 0 or 1, or se is not known,
    there are no bounds: NaN, since "1 to 1" before the first event would claim certainty. For survival and for a
    cumulative incidence alike.

    *Source:* Kalbfleisch and Prentice 2002, section 1.4 (log-log); the delta method.
    """
    z = normal_quantile(level)
    with np.errstate(all="ignore"):
        if kind == "plain":
            low, high = probability - z * se, probability + z * se
        elif kind == "log":
            low, high = probability * np.exp(-z * se / probability), probability * np.exp(z * se / probability)
        else:
            width = z * se / (probability * np.log(probability))
            low, high = probability ** np.exp(-width), probability ** np.exp(width)
            low, high = np.minimum(low, high), np.maximum(low, high)
    open_ended = (probability == 1) | (probability == 0)
    low, high = np.where(open_ended, np.nan, low), np.where(open_ended, np.nan, high)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)

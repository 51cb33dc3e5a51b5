"""The Nelson-Aalen estimate of the cumulative hazard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from posolog.stats.numbers import normal_quantile
from posolog.stats.results import Conventions, events_words
from posolog.stats.risk import risk_table
from posolog.stats.sample import Floats, Ints, Sample

VARIANCES = {"poisson": "Poisson: sum of d/r^2", "binomial": "binomial: sum of d (r - d)/r^3"}


@dataclass(frozen=True, slots=True, eq=False)
class CumulativeHazard:
    """At the m distinct times, arrays (m,): `hazard` H(t), its `se`, bounds on the log scale; 0 before the first."""

    time: Floats
    hazard: Floats
    se: Floats
    lower: Floats
    upper: Floats
    at_risk: Ints
    events: Ints
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def nelson_aalen(
    given: Sample,
    *,
    variance: Literal["poisson", "binomial"] = "poisson",
    level: float = 0.95,
    cause: int | None = None,
) -> CumulativeHazard:
    """H(t) = sum over t_k <= t of d_k/r_k, of all rows together; with `cause`, the cause-specific hazard.

    Bounds H exp(±z se/H); NaN before the first event, where H is 0.

    *Source:* Nelson 1969; Aalen 1978; Klein and Moeschberger 2003, section 4.2 (Poisson variance).
    """
    one = given.of_cause(cause)
    table = risk_table(one)
    at_risk, events, _ = table.totals()
    risk = at_risk.astype(np.float64)
    with np.errstate(all="ignore"):
        step = events / risk**2 if variance == "poisson" else events * (risk - events) / risk**3
        hazard, se = np.cumsum(events / risk), np.sqrt(np.cumsum(step))
        factor = np.exp(normal_quantile(level) * se / hazard)
    conventions = Conventions(
        "Nelson-Aalen", events=events_words(one),
        variance=VARIANCES[variance], interval=f"log, {100 * level:g} %",
    )  # fmt: skip
    lower, upper = hazard / factor, hazard * factor
    return CumulativeHazard(table.time, hazard, se, lower, upper, at_risk, events, conventions, given.reasons)

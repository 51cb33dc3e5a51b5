"""Statistics, arrays in and arrays out; knows no trial words. Needs the extra `statistics`.

Check the arrays once with `observed`; every estimator takes its result and never raises for bad data.
"""

from __future__ import annotations

from posolog.stats.numbers import chi2_p, normal_quantile, probability_bounds, step_at, two_sided_p
from posolog.stats.results import Comparison, Conventions, Estimate, Regression
from posolog.stats.risk import RiskTable, risk_table, tie_groups
from posolog.stats.sample import Problem, Sample, observed

__all__ = [
    "Comparison",
    "Conventions",
    "Estimate",
    "Problem",
    "Regression",
    "RiskTable",
    "Sample",
    "chi2_p",
    "normal_quantile",
    "observed",
    "probability_bounds",
    "risk_table",
    "step_at",
    "tie_groups",
    "two_sided_p",
]

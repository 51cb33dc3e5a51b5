"""Statistics, arrays in and arrays out; knows no trial words. Needs the extra `statistics`.

Check the arrays once with `observed`; every estimator takes its result and never raises for bad data.
"""

from __future__ import annotations

from posolog.stats.fine_gray import FineGray, fine_gray, predict_incidence
from posolog.stats.gray import gray_test
from posolog.stats.incidence import Incidence, ProbabilityAt, cumulative_incidence, incidence_at
from posolog.stats.numbers import chi2_p, normal_quantile, probability_bounds, step_at, two_sided_p
from posolog.stats.results import Comparison, Conventions, Estimate, Regression
from posolog.stats.risk import RiskTable, risk_table, tie_groups
from posolog.stats.sample import Problem, Sample, observed

__all__ = [
    "Comparison",
    "Conventions",
    "Estimate",
    "FineGray",
    "Incidence",
    "ProbabilityAt",
    "Problem",
    "Regression",
    "RiskTable",
    "Sample",
    "chi2_p",
    "cumulative_incidence",
    "fine_gray",
    "gray_test",
    "incidence_at",
    "normal_quantile",
    "observed",
    "predict_incidence",
    "probability_bounds",
    "risk_table",
    "step_at",
    "tie_groups",
    "two_sided_p",
]

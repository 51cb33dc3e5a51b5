"""Statistics, arrays in and arrays out; knows no trial words. Needs the extra `statistics`.

Check the arrays once with `observed`; every estimator takes its result and never raises for bad data.
"""

from __future__ import annotations

from posolog.stats.cox import Cox, cox
from posolog.stats.cox_baseline import Predicted, Proportionality, predict_survival, proportionality
from posolog.stats.fine_gray import FineGray, fine_gray, predict_incidence
from posolog.stats.gray import gray_test
from posolog.stats.incidence import Incidence, ProbabilityAt, cumulative_incidence, incidence_at
from posolog.stats.kaplan_meier import Survival, SurvivalAt, kaplan_meier, number_at_risk, quantile, survival_at
from posolog.stats.landmark import Landmark, Split, landmark, split_at_exposure
from posolog.stats.log_rank import log_rank, log_rank_trend
from posolog.stats.multistate import Occupation, Transitions, expected_stay, occupation, transition_probabilities
from posolog.stats.nelson_aalen import CumulativeHazard, nelson_aalen
from posolog.stats.numbers import chi2_p, normal_quantile, probability_bounds, step_at, two_sided_p
from posolog.stats.results import Comparison, Conventions, Estimate, Regression
from posolog.stats.risk import RiskTable, risk_table, tie_groups
from posolog.stats.rmst import rmst, rmst_difference, rmst_ratio
from posolog.stats.sample import Problem, Sample, observed
from posolog.stats.spells import Spells, spells

__all__ = [
    "Comparison",
    "Conventions",
    "Cox",
    "CumulativeHazard",
    "Estimate",
    "FineGray",
    "Incidence",
    "Landmark",
    "Occupation",
    "Predicted",
    "ProbabilityAt",
    "Problem",
    "Proportionality",
    "Regression",
    "RiskTable",
    "Sample",
    "Spells",
    "Split",
    "Survival",
    "SurvivalAt",
    "Transitions",
    "chi2_p",
    "cox",
    "cumulative_incidence",
    "expected_stay",
    "fine_gray",
    "gray_test",
    "incidence_at",
    "kaplan_meier",
    "landmark",
    "log_rank",
    "log_rank_trend",
    "nelson_aalen",
    "normal_quantile",
    "number_at_risk",
    "observed",
    "occupation",
    "predict_incidence",
    "predict_survival",
    "probability_bounds",
    "proportionality",
    "quantile",
    "risk_table",
    "rmst",
    "rmst_difference",
    "rmst_ratio",
    "spells",
    "split_at_exposure",
    "step_at",
    "survival_at",
    "tie_groups",
    "transition_probabilities",
    "two_sided_p",
]

"""Statistics, arrays in and arrays out; knows no trial words. Needs the extra `statistics`.

Check the arrays once with `observed`; every estimator takes its result and never raises for bad data.
"""

from __future__ import annotations

from posolog.stats.cause_specific import cause_specific_cox, cause_specific_hazards
from posolog.stats.cox import Cox, cox
from posolog.stats.cox_baseline import Predicted, Proportionality, predict_survival, proportionality
from posolog.stats.crossover import Crossover, counterfactual, crossover
from posolog.stats.fine_gray import FineGray, fine_gray, predict_incidence
from posolog.stats.gray import gray_test
from posolog.stats.incidence import Incidence, ProbabilityAt, cumulative_incidence, incidence_at
from posolog.stats.ipcw import Ipcw, ipcw
from posolog.stats.ipe import Ipe, ipe
from posolog.stats.kaplan_meier import Survival, SurvivalAt, kaplan_meier, number_at_risk, quantile, survival_at
from posolog.stats.landmark import Landmark, Split, landmark, split_at_exposure
from posolog.stats.log_rank import log_rank, log_rank_trend
from posolog.stats.multistate import Occupation, Transitions, expected_stay, occupation, transition_probabilities
from posolog.stats.nelson_aalen import CumulativeHazard, nelson_aalen
from posolog.stats.numbers import chi2_p, normal_quantile, probability_bounds, step_at, two_sided_p
from posolog.stats.results import Comparison, Conventions, Estimate, Regression
from posolog.stats.risk import RiskTable, risk_table, tie_groups
from posolog.stats.rmst import rmst, rmst_difference, rmst_ratio
from posolog.stats.roots import Root, sign_changes
from posolog.stats.rpsftm import Rpsftm, adjusted_ratio, rank_z, rpsftm
from posolog.stats.sample import Problem, Sample, observed
from posolog.stats.spells import Spells, spells
from posolog.stats.switch_rows import SwitchRows, switch_rows
from posolog.stats.two_stage import TwoStage, two_stage
from posolog.stats.weibull import Weibull, weibull

__all__ = [
    "Comparison",
    "Conventions",
    "Cox",
    "Crossover",
    "CumulativeHazard",
    "Estimate",
    "FineGray",
    "Incidence",
    "Ipcw",
    "Ipe",
    "Landmark",
    "Occupation",
    "Predicted",
    "ProbabilityAt",
    "Problem",
    "Proportionality",
    "Regression",
    "RiskTable",
    "Root",
    "Rpsftm",
    "Sample",
    "Spells",
    "Split",
    "Survival",
    "SurvivalAt",
    "SwitchRows",
    "Transitions",
    "TwoStage",
    "Weibull",
    "adjusted_ratio",
    "cause_specific_cox",
    "cause_specific_hazards",
    "chi2_p",
    "counterfactual",
    "cox",
    "crossover",
    "cumulative_incidence",
    "expected_stay",
    "fine_gray",
    "gray_test",
    "incidence_at",
    "ipcw",
    "ipe",
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
    "rank_z",
    "risk_table",
    "rmst",
    "rmst_difference",
    "rmst_ratio",
    "rpsftm",
    "sign_changes",
    "spells",
    "split_at_exposure",
    "step_at",
    "survival_at",
    "switch_rows",
    "tie_groups",
    "transition_probabilities",
    "two_sided_p",
    "two_stage",
    "weibull",
]

"""Statistics, arrays in and arrays out; knows no trial words. Needs the extra `statistics`.

Check the arrays once with `observed`; every estimator takes its result and never raises for bad data.
"""

from __future__ import annotations

from posolog.stats.analysis import Analysis, Choices, Regressors, analyse
from posolog.stats.binomial import fisher_exact, proportion, proportion_difference, proportion_ratio
from posolog.stats.competing.fine_gray import FineGray, fine_gray, predict_incidence
from posolog.stats.competing.gray import gray_test
from posolog.stats.competing.incidence import Incidence, ProbabilityAt, cumulative_incidence, incidence_at
from posolog.stats.cox import Cox, cox
from posolog.stats.cox.baseline import Predicted, Proportionality, predict_survival, proportionality
from posolog.stats.cox.cause_specific import cause_specific_cox, cause_specific_hazards
from posolog.stats.designs.dose_levels import DoseLevels, dose_levels, isotonic
from posolog.stats.designs.three_plus_three import (
    Characteristics,
    Cohort,
    Decision,
    Step,
    decide,
    exact_three_plus_three,
    replay,
)
from posolog.stats.mixed import MixedFit, mixed_log_counts
from posolog.stats.numbers import chi2_p, normal_quantile, probability_bounds, step_at, two_sided_p
from posolog.stats.results import Comparison, Conventions, Estimate, Regression
from posolog.stats.risk import RiskTable, risk_table, tie_groups
from posolog.stats.roots import Root, sign_changes
from posolog.stats.sample import Problem, Sample, observed
from posolog.stats.states.multistate import Occupation, Transitions, expected_stay, occupation, transition_probabilities
from posolog.stats.states.spells import Spells, spells
from posolog.stats.survival.kaplan_meier import (
    Survival,
    SurvivalAt,
    kaplan_meier,
    number_at_risk,
    quantile,
    survival_at,
)
from posolog.stats.survival.landmark import Landmark, Split, landmark, split_at_exposure
from posolog.stats.survival.log_rank import log_rank, log_rank_trend
from posolog.stats.survival.nelson_aalen import CumulativeHazard, nelson_aalen
from posolog.stats.survival.rmst import rmst, rmst_difference, rmst_ratio
from posolog.stats.survival.weibull import Weibull, weibull
from posolog.stats.switching.crossover import Crossover, counterfactual, crossover
from posolog.stats.switching.ipcw import Ipcw, ipcw
from posolog.stats.switching.ipe import Ipe, ipe
from posolog.stats.switching.rpsftm import Rpsftm, adjusted_ratio, rank_z, rpsftm
from posolog.stats.switching.switch_rows import SwitchRows, switch_rows
from posolog.stats.switching.two_stage import TwoStage, two_stage

__all__ = [
    "Analysis",
    "Characteristics",
    "Choices",
    "Cohort",
    "Comparison",
    "Conventions",
    "Cox",
    "Crossover",
    "CumulativeHazard",
    "Decision",
    "DoseLevels",
    "Estimate",
    "FineGray",
    "Incidence",
    "Ipcw",
    "Ipe",
    "Landmark",
    "MixedFit",
    "Occupation",
    "Predicted",
    "ProbabilityAt",
    "Problem",
    "Proportionality",
    "Regression",
    "Regressors",
    "RiskTable",
    "Root",
    "Rpsftm",
    "Sample",
    "Spells",
    "Split",
    "Step",
    "Survival",
    "SurvivalAt",
    "SwitchRows",
    "Transitions",
    "TwoStage",
    "Weibull",
    "adjusted_ratio",
    "analyse",
    "cause_specific_cox",
    "cause_specific_hazards",
    "chi2_p",
    "counterfactual",
    "cox",
    "crossover",
    "cumulative_incidence",
    "decide",
    "dose_levels",
    "exact_three_plus_three",
    "expected_stay",
    "fine_gray",
    "fisher_exact",
    "gray_test",
    "incidence_at",
    "ipcw",
    "ipe",
    "isotonic",
    "kaplan_meier",
    "landmark",
    "log_rank",
    "log_rank_trend",
    "mixed_log_counts",
    "nelson_aalen",
    "normal_quantile",
    "number_at_risk",
    "observed",
    "occupation",
    "predict_incidence",
    "predict_survival",
    "probability_bounds",
    "proportion",
    "proportion_difference",
    "proportion_ratio",
    "proportionality",
    "quantile",
    "rank_z",
    "replay",
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

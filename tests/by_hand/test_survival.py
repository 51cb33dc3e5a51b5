"""Survival estimates with every step written out."""

from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest

from posolog.stats import (
    cox,
    kaplan_meier,
    landmark,
    log_rank,
    log_rank_trend,
    nelson_aalen,
    number_at_risk,
    observed,
    quantile,
    risk_table,
    rmst,
    rmst_difference,
    rmst_ratio,
    split_at_exposure,
    survival_at,
)

# Six patients: events at 2, 3, 3 and 7; one censored at 3 (after the events of that day), one at 5.
TIME, EVENT = [2, 3, 3, 3, 5, 7], [1, 1, 1, 0, 0, 1]


def test_risk_table_counts_the_censored_of_a_day_as_at_risk_on_it() -> None:
    table = risk_table(observed(TIME, EVENT))
    assert table.time.tolist() == [2, 3, 5, 7]
    assert table.at_risk[:, 0].tolist() == [6, 5, 2, 1]
    assert table.events[:, 0, 0].tolist() == [1, 2, 0, 1]
    assert table.censored[:, 0].tolist() == [0, 1, 1, 0]


def test_risk_table_is_the_same_for_days_and_for_times_that_are_not_whole() -> None:
    days = risk_table(observed(TIME, EVENT, group=list("ababab")))
    parts = risk_table(observed([t + 0.5 for t in TIME], EVENT, group=list("ababab")))
    assert (days.time + 0.5).tolist() == parts.time.tolist()
    for name in ("at_risk", "events", "censored"):
        assert getattr(days, name).tolist() == getattr(parts, name).tolist()


def test_kaplan_meier() -> None:
    curve = kaplan_meier(observed(TIME, EVENT))
    steps = [Fraction(5, 6), Fraction(5, 6) * Fraction(3, 5), Fraction(1, 2), Fraction(0)]
    assert curve.survival.tolist() == pytest.approx([float(s) for s in steps], rel=1e-15)
    # Greenwood: 1/(6*5), then 2/(5*3) more
    assert curve.se[:2].tolist() == pytest.approx([5 / 6 * sqrt(1 / 30), 0.5 * sqrt(1 / 30 + 2 / 15)], rel=1e-14)
    assert np.isnan(curve.se[3]) and "Greenwood" in curve.reasons[0]


def test_kaplan_meier_log_log_interval() -> None:
    curve = kaplan_meier(observed(TIME, EVENT))
    width = 1.959963984540054 * curve.se[1] / (0.5 * log(0.5))
    assert (curve.lower[1], curve.upper[1]) == pytest.approx((0.5 ** exp(-width), 0.5 ** exp(width)), rel=1e-14)
    assert 0 < curve.lower[1] < 0.5 < curve.upper[1] < 1


def test_median_is_the_middle_of_a_stretch_at_one_half() -> None:
    assert quantile(kaplan_meier(observed(TIME, EVENT))).value == 5  # S is 1/2 from day 3 to day 7
    assert quantile(kaplan_meier(observed([1, 2, 3], [1, 1, 1]))).value == 2


def test_median_that_is_not_reached_has_a_reason() -> None:
    median = quantile(kaplan_meier(observed([1, 2, 3, 4], [1, 0, 0, 0])))
    assert np.isnan(median.value) and median.reasons[0].startswith("not reached")


def test_survival_after_the_last_follow_up_is_not_known() -> None:
    at = survival_at(kaplan_meier(observed([1, 2, 3, 4], [1, 0, 0, 0])), [0, 1, 4, 5])
    assert at.survival.tolist()[:3] == [1, 0.75, 0.75]
    assert np.isnan(at.survival[3]) and at.reasons == ("not known at 5: follow-up goes from 0 to 4",)


def test_restricted_mean() -> None:
    # 1 to day 2, 5/6 to day 3, 1/2 to day 6
    area = rmst(kaplan_meier(observed(TIME, EVENT)), 6)
    assert area.value == pytest.approx(2 + 5 / 6 + 3 / 2, rel=1e-15)
    # area after day 2: 5/6 + 3/2; after day 3: 3/2
    assert area.se == pytest.approx(sqrt((5 / 6 + 3 / 2) ** 2 / 30 + (3 / 2) ** 2 * 2 / 15), rel=1e-14)


def test_restricted_mean_difference_and_ratio() -> None:
    one, other = rmst(kaplan_meier(observed(TIME, EVENT)), 6), rmst(kaplan_meier(observed([1, 4, 8], [1, 1, 1])), 6)
    difference, ratio = rmst_difference(other, one), rmst_ratio(other, one)
    assert difference.value == pytest.approx(other.value - one.value)
    assert difference.se == pytest.approx(sqrt(one.se**2 + other.se**2))
    assert log(ratio.value) == pytest.approx(log(other.value) - log(one.value))
    assert ratio.se == pytest.approx(sqrt((one.se / one.value) ** 2 + (other.se / other.value) ** 2))


def test_restricted_mean_beyond_follow_up_is_refused() -> None:
    area = rmst(kaplan_meier(observed([1, 2], [1, 0])), 5)
    assert np.isnan(area.value) and "before tau = 5" in area.reasons[0]


def test_nelson_aalen() -> None:
    found = nelson_aalen(observed(TIME, EVENT))
    assert found.hazard.tolist() == pytest.approx([1 / 6, 1 / 6 + 2 / 5, 1 / 6 + 2 / 5, 1 / 6 + 2 / 5 + 1])
    assert found.se[1] == pytest.approx(sqrt(1 / 36 + 2 / 25))
    binomial = nelson_aalen(observed(TIME, EVENT), variance="binomial")
    assert binomial.se[1] == pytest.approx(sqrt(1 * 5 / 6**3 + 2 * 3 / 5**3))


def test_log_rank() -> None:
    # a: 1, 3 (events); b: 2 (event), 4 (censored)
    found = log_rank(observed([1, 3, 2, 4], [1, 1, 1, 0], group=list("aabb")))
    # day 1: 2 of 4 at risk are a; day 2: 1 of 3; day 3: 1 of 2
    expected = 2 / 4 + 1 / 3 + 1 / 2
    variance = 1 / 4 + 2 / 9 + 1 / 4
    assert found.expected[0] == pytest.approx(expected)
    assert found.variance[0, 0] == pytest.approx(variance)
    assert found.statistic == pytest.approx((2 - expected) ** 2 / variance)
    assert found.z == pytest.approx(-(2 - expected) / sqrt(variance))


def test_log_rank_weights_by_survival_just_before() -> None:
    found = log_rank(observed([1, 3, 2, 4], [1, 1, 1, 0], group=list("aabb")), rho=1)
    weights = [1, 3 / 4, 2 / 4]
    score = weights[0] * (1 - 2 / 4) + weights[1] * (0 - 1 / 3) + weights[2] * (1 - 1 / 2)
    assert found.score[0] == pytest.approx(score)
    late = log_rank(observed([1, 3, 2, 4], [1, 1, 1, 0], group=list("aabb")), gamma=1)
    assert late.score[0] == pytest.approx(0 + 1 / 4 * (0 - 1 / 3) + 2 / 4 * (1 - 1 / 2))


def test_log_rank_within_strata_adds_scores_and_variances() -> None:
    time, event, group = [1, 3, 2, 4], [1, 1, 1, 0], list("aabb")
    twice = observed(time * 2, event * 2, group=group * 2, strata=[1] * 4 + [2] * 4)
    one, both = log_rank(observed(time, event, group=group)), log_rank(twice)
    assert both.score == pytest.approx(2 * one.score)
    assert both.statistic == pytest.approx(2 * one.statistic)


def test_trend_with_two_groups_is_the_log_rank_test() -> None:
    given = observed([1, 3, 2, 4], [1, 1, 1, 0], group=list("aabb"))
    trend = log_rank_trend(given, [0, 5])
    assert trend.statistic == pytest.approx(log_rank(given).statistic)
    assert trend.z < 0  # group b has fewer events than expected


def test_number_at_risk() -> None:
    given = observed(TIME, EVENT, group=list("ababab"))
    assert number_at_risk(given, [0, 3, 4, 8]).tolist() == [[3, 2, 1, 0], [3, 3, 1, 0]]


def test_cox_of_one_covariate_solved_by_hand() -> None:
    # Exposed events at 1 and 3, unexposed at 2, one unexposed censored at 4:
    # L = t/(2t+2) * 1/(t+2) * t/(t+1) with t = e^b; 2/t - 2/(t+1) - 1/(t+2) = 0 gives t^2 - t - 4 = 0
    model = cox(observed([1, 3, 2, 4], [1, 1, 1, 0]), [1, 1, 0, 0])
    t = (1 + sqrt(17)) / 2
    assert model.fit.ratio[0] == pytest.approx(t, rel=1e-12)
    assert model.fit.loglik == pytest.approx(log(t / (2 * t + 2) / (t + 2) * t / (t + 1)), rel=1e-14)
    assert model.fit.loglik_null == pytest.approx(log(1 / 4 * 1 / 3 * 1 / 2))
    information = 2 * t / (2 * t + 2) * (1 - 2 * t / (2 * t + 2)) + t / (t + 2) * 2 / (t + 2) + t / (t + 1) ** 2
    assert model.fit.se[0] == pytest.approx(1 / sqrt(information), rel=1e-12)


def test_efron_and_breslow_on_two_tied_events() -> None:
    # Both events at 1, one exposed and one not; one unexposed censored at 2. At b = 0 the denominators are
    # Breslow 3 * 3, Efron 3 * (3 - 1/2 * 2)
    given = observed([1, 1, 2], [1, 1, 0])
    assert cox(given, [1, 0, 0], ties="breslow").fit.loglik_null == pytest.approx(-log(9))
    assert cox(given, [1, 0, 0], ties="efron").fit.loglik_null == pytest.approx(-log(6))


def test_landmark_keeps_who_is_followed_and_counts_earlier_exposure_only() -> None:
    found = landmark(observed([99, 100, 150, 200], [1, 1, 0, 1]), 100, [10, 100, 99, np.nan])
    assert found.rows.tolist() == [1, 2, 3] and found.left_out == 1
    assert found.exposed[:, 0].tolist() == [False, True, False]


def test_exposure_on_the_day_of_the_event_does_not_count() -> None:
    split = split_at_exposure(observed([10, 10, 10, 10], [1, 1, 1, 1]), [4, 10, 0, np.nan])
    assert split.rows.tolist() == [0, 0, 1, 2, 3]
    assert split.exposed[:, 0].tolist() == [0, 1, 0, 1, 0]
    assert split.sample.event.tolist() == [0, 1, 1, 1, 1]


def test_two_exposures_split_a_row_three_times() -> None:
    split = split_at_exposure(observed([10], [2]), [[6, 3]])
    assert split.sample.start.tolist() == [0, 3, 6] and split.sample.time.tolist() == [3, 6, 10]
    assert split.exposed.tolist() == [[0, 0], [0, 1], [1, 1]]
    assert split.sample.event.tolist() == [0, 0, 2]

"""Cumulative incidence and its variances, every step written out.

Rows (time, cause): 1:a, 2:b, 2:censored, 3:a, 4:censored. At risk 5, 4, 2 at times 1, 2, 3; events 1, 1, 1.
S = 4/5, 3/5, 3/10. F_a = 1/5, 1/5, 1/5 + 3/5 * 1/2 = 1/2. F_b = 0, 4/5 * 1/4 = 1/5, 1/5. Sum with S is 1 each time.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from posolog.stats import cumulative_incidence, fine_gray, incidence_at, observed, predict_incidence

ROWS = observed([1, 2, 2, 3, 4], [1, 2, 0, 1, 0])


def test_the_curves() -> None:
    curve = cumulative_incidence(ROWS)
    assert curve.time.tolist() == [1, 2, 3]
    assert curve.at_risk.tolist() == [5, 4, 2]
    assert curve.estimate[0] == pytest.approx([0.2, 0.2, 0.5])
    assert curve.estimate[1] == pytest.approx([0, 0.2, 0.2])
    assert curve.survival == pytest.approx([0.8, 0.6, 0.3])
    assert (curve.n, curve.censored, curve.last_time) == (5, 2, 4)


def test_greenwood_variance_at_the_last_event() -> None:
    # F(3) - F_k = .3, .3, 0. a = 1/20, 1/12, 1/2; b = 4/125, 0, .36/8; c = 1/25, 0, .6/4.
    by_hand = 0.09 / 20 + 4 / 125 - 2 * 0.3 / 25 + 0.09 / 12 + 0.36 / 8
    curve = cumulative_incidence(ROWS, variance="greenwood")
    assert curve.variance[0, 2] == pytest.approx(by_hand, rel=1e-14)


def test_gray_variance_at_the_last_event() -> None:
    # Weights 1 + (F(u)-F(3))/S(u) = 1 - .3/.8, other (.2-.5)/.6, own 1; steps S(u-)²/r² = 1/25, .64/16, .36/4.
    by_hand = (1 - 0.3 / 0.8) ** 2 / 25 + (0.3 / 0.6) ** 2 * 0.64 / 16 + 0.36 / 4
    assert cumulative_incidence(ROWS).variance[0, 2] == pytest.approx(by_hand, rel=1e-14)


def test_between_and_past_the_times() -> None:
    read = incidence_at(cumulative_incidence(ROWS), [0.5, 2.9, 3, 4, 4.1])
    assert read.value[:4] == pytest.approx([0, 0.2, 0.5, 0.5])
    assert math.isnan(read.value[4]) and math.isnan(read.upper[4])
    assert read.reasons == ("not known past the longest follow-up (4)",)


def test_log_log_and_plain_intervals() -> None:
    curve = cumulative_incidence(ROWS)
    se = math.sqrt(curve.variance[0, 2])
    z = 1.959963984540054
    plain = incidence_at(curve, 3, interval="plain")
    assert (plain.lower[0], plain.upper[0]) == pytest.approx((max(0, 0.5 - z * se), min(1, 0.5 + z * se)))
    width = z * se / (0.5 * math.log(0.5))
    transformed = incidence_at(curve, 3)
    assert (transformed.lower[0], transformed.upper[0]) == pytest.approx(
        (0.5 ** math.exp(-width), 0.5 ** math.exp(width))
    )


def test_everybody_fails_and_time_goes_on() -> None:
    curve = cumulative_incidence(observed([1, 2], [1, 2]))
    assert incidence_at(curve, [2, 50]).value.tolist() == [0.5, 0.5]
    assert curve.survival.tolist() == [0.5, 0]


def test_delayed_entry_counts_only_who_is_there() -> None:
    # The third row enters at 2: at risk 2 at time 1, 2 at time 3 (the second row and the third).
    curve = cumulative_incidence(observed([1, 3, 4], [1, 2, 1], start=[0, 0, 2]))
    assert curve.at_risk.tolist() == [2, 2, 1]
    assert curve.estimate[0] == pytest.approx([0.5, 0.5, 0.75])


def test_bad_rows_give_no_number() -> None:
    curve = cumulative_incidence(observed([1, -2], [1, 2]))
    assert curve.n == 0 and curve.reasons == ("time: below zero (1 of 2 rows)",)
    assert math.isnan(incidence_at(curve, 1).value[0])


def test_unknown_options_are_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="not one of"):
        cumulative_incidence(ROWS, variance="dinse")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="cause 7"):
        incidence_at(cumulative_incidence(ROWS), 1, cause=7)


def test_prediction_far_outside_the_covariates_stays_a_probability() -> None:
    model = fine_gray(observed([1, 2, 3, 4, 5, 6], [1, 2, 1, 1, 0, 1]), [0.1, 0.5, 0.2, 0.9, 0.4, 0.3])
    far = predict_incidence(model, [[1e6], [-1e6], [0.4]], [0.5, 3, 7])
    assert far[:, 0].tolist() == [0, 0, 0] and np.isnan(far[:, 2]).all()
    assert sorted(far[:2, 1].tolist()) == [0, 1] and 0 < far[2, 1] < 1

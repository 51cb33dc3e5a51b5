"""Laws of the survival estimators, for any sample with ties."""

import warnings

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.stats import cox, kaplan_meier, log_rank, observed, proportionality, rmst, split_at_exposure

ROWS = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 1), st.integers(0, 2)), min_size=4, max_size=60)
Rows = list[tuple[int, int, int]]


def columns(rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(rows, dtype=float)
    return table[:, 0], table[:, 1], table[:, 2]


@given(ROWS)
def test_survival_falls_within_its_bounds(rows: Rows) -> None:
    time, event, _ = columns(rows)
    curve = kaplan_meier(observed(time, event))
    assert (np.diff(curve.survival) <= 0).all() and curve.survival[-1] >= 0
    known = ~np.isnan(curve.lower)
    assert (curve.lower[known] <= curve.survival[known]).all() and (curve.survival[known] <= curve.upper[known]).all()


@given(ROWS)
def test_without_censoring_survival_is_the_share_still_alive(rows: Rows) -> None:
    time, _, _ = columns(rows)
    curve = kaplan_meier(observed(time, np.ones(time.size)))
    np.testing.assert_allclose(curve.survival, [(time > t).mean() for t in curve.time], atol=1e-12)
    assert abs(rmst(curve, time.max()).value - time.mean()) < 1e-9


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: Rows, shuffle: object) -> None:
    mixed = list(rows)
    shuffle.shuffle(mixed)
    tests = []
    for some in (rows, mixed):
        time, event, group = columns(some)
        tests.append(log_rank(observed(time, event, group=group, groups=(0, 1, 2))).statistic)
    np.testing.assert_allclose(tests[0], tests[1], rtol=1e-9, atol=1e-12)


@given(ROWS)
def test_observed_and_expected_events_have_one_sum(rows: Rows) -> None:
    time, event, group = columns(rows)
    found = log_rank(observed(time, event, group=group))
    assert abs(found.score.sum()) < 1e-9 and abs(found.variance.sum()) < 1e-9


@given(ROWS, st.floats(0.01, 100))
def test_the_unit_of_time_does_not_matter_to_tests(rows: Rows, unit: float) -> None:
    time, event, group = columns(rows)
    one, other = (log_rank(observed(t, event, group=group)).statistic for t in (time, time * unit))
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(ROWS)
def test_the_breslow_score_test_without_ties_is_the_log_rank_test(rows: Rows) -> None:
    _, event, group = columns(rows)
    time, arm = np.arange(1.0, len(rows) + 1), (group > 0).astype(float)
    tested = log_rank(observed(time, event, group=arm))
    model = cox(observed(time, event), arm)
    if np.isfinite(tested.statistic) and model.used.any():
        assert abs(model.score[0] - tested.statistic) < 1e-8 * (1 + tested.statistic)


@settings(max_examples=40)
@given(ROWS, st.lists(st.integers(0, 14), min_size=60, max_size=60))
def test_splitting_rows_at_an_exposure_that_has_no_effect_changes_nothing(rows: Rows, at: list[int]) -> None:
    time, event, group = columns(rows)
    whole = observed(time, event)
    split = split_at_exposure(whole, np.array(at[: time.size], dtype=float))
    assert split.sample.event.sum() == event.sum()
    assert abs((split.sample.time - split.sample.start).sum() - time.sum()) < 1e-9
    one, other = cox(whole, group), cox(split.sample, group[split.rows])
    np.testing.assert_allclose(one.fit.loglik_null, other.fit.loglik_null, rtol=1e-12)
    np.testing.assert_allclose(one.fit.coef, other.fit.coef, rtol=1e-6, atol=1e-8)


@settings(max_examples=40)
@given(ROWS)
def test_cox_finds_the_maximum_and_its_score_is_zero(rows: Rows) -> None:
    time, event, group = columns(rows)
    given_rows = observed(time, event)
    model = cox(given_rows, group)
    if np.isfinite(model.fit.coef[0]):
        assert model.fit.conventions.converged and model.fit.loglik >= model.fit.loglik_null - 1e-9
        shifted = cox(given_rows, group * -1.0)
        np.testing.assert_allclose(shifted.fit.coef, -model.fit.coef, rtol=1e-7, atol=1e-9)


def test_odd_samples_give_numbers_or_reasons_and_no_warning() -> None:
    draw = np.random.default_rng(0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for turn in range(400):
            n, p = int(draw.integers(1, 25)), int(draw.integers(1, 4))
            time, event = draw.integers(turn % 2, 8, n).astype(float), draw.integers(0, 2, n)
            x = draw.integers(0, 2, (n, p)).astype(float) if turn % 2 else draw.normal(size=(n, p))
            x = x * 10.0 ** draw.integers(-12, 13, p) if turn % 5 == 0 else x
            x[0] = 1e9 if turn % 7 == 0 else x[0]
            strata = draw.integers(0, 3, n) if turn % 4 == 0 else None
            model = cox(observed(time, event, strata=strata), x, robust=turn % 8 == 0)
            fit = model.fit
            assert fit.reasons or np.isfinite(fit.coef).all()
            assert np.isfinite(fit.se[np.isfinite(fit.coef)]).all()
            proportionality(model)

"""Laws of competing risks estimators, for any small sample with ties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.stats import (
    Sample,
    cause_specific_cox,
    cause_specific_hazards,
    cox,
    cumulative_incidence,
    fine_gray,
    gray_test,
    nelson_aalen,
    observed,
    step_at,
)
from tests.stats_data import tied

Rows = list[tuple[int, int, int]]
rows = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=40)


def sample(drawn: Rows, *, scale: float = 1.0, relabel: tuple[int, ...] = (0, 1, 2)) -> Sample:
    time, event, group = zip(*drawn, strict=True)
    return observed(np.array(time) * scale, event, group=[relabel[g] for g in group], causes=(1, 2), groups=(0, 1, 2))


def same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))


@given(rows)
def test_causes_and_survival_sum_to_one(drawn: Rows) -> None:
    curve = cumulative_incidence(sample(drawn))
    assert curve.estimate.sum(axis=0) + curve.survival == pytest.approx(1.0, abs=1e-12)
    assert (np.diff(curve.estimate, axis=1) >= 0).all() and (curve.variance >= 0).all()


@given(rows, st.sampled_from(["gray", "greenwood"]))
def test_with_one_cause_incidence_is_one_minus_kaplan_meier(drawn: Rows, rule: str) -> None:
    time, event, _ = (np.array(column) for column in zip(*drawn, strict=True))
    curve = cumulative_incidence(observed(time, event > 0), variance=rule)  # type: ignore[arg-type]
    survival, greenwood, kept = 1.0, 0.0, []
    for t in sorted(set(time[event > 0].tolist())):
        r, d = int((time >= t).sum()), int(((time == t) & (event > 0)).sum())
        survival *= 1 - d / r
        greenwood += d / (r * (r - d)) if r > d else 0.0
        kept.append((survival, survival**2 * greenwood))
    for k, (s, v) in enumerate(kept):
        assert curve.estimate[0, k] == pytest.approx(1 - s, abs=1e-12)
        if s > 0 and rule == "greenwood":
            assert curve.variance[0, k] == pytest.approx(v, abs=1e-12)


@given(rows, st.permutations([0, 1, 2]))
def test_the_names_of_groups_do_not_matter(drawn: Rows, relabel: list[int]) -> None:
    one, other = gray_test(sample(drawn)), gray_test(sample(drawn, relabel=tuple(relabel)))
    assert same(one.statistic, other.statistic)
    assert one.df == other.df


@given(rows, st.sampled_from([0.25, 3.0, 1e4]))
def test_the_unit_of_time_does_not_matter(drawn: Rows, scale: float) -> None:
    assert same(gray_test(sample(drawn)).statistic, gray_test(sample(drawn, scale=scale)).statistic)


@given(rows)
def test_without_competing_events_the_score_is_the_log_rank_score(drawn: Rows) -> None:
    drawn = [(t, min(e, 1), g) for t, e, g in drawn]
    time, event, group = (np.array(column) for column in zip(*drawn, strict=True))
    expected = np.zeros(3)
    for t in set(time[event == 1].tolist()):
        at_risk = np.array([((time >= t) & (group == k)).sum() for k in range(3)])
        deaths = np.array([((time == t) & (group == k) & (event == 1)).sum() for k in range(3)])
        expected += deaths - deaths.sum() * at_risk / at_risk.sum()
    assert gray_test(sample(drawn)).score == pytest.approx(expected, abs=1e-9)


@given(rows)
@settings(max_examples=50)
def test_score_and_variance_sum_to_zero_and_nothing_is_silent(drawn: Rows) -> None:
    found = gray_test(sample(drawn))
    assert found.score.sum() == pytest.approx(0, abs=1e-9)
    assert found.variance.sum(axis=0) == pytest.approx(0, abs=1e-8)
    assert math.isnan(found.statistic) == any("left out" not in reason for reason in found.reasons)


@given(rows, st.lists(st.floats(-3, 3), min_size=40, max_size=40))
@settings(max_examples=60, deadline=None)
def test_fine_gray_has_an_estimate_or_a_reason(drawn: Rows, x: list[float]) -> None:
    with np.errstate(all="raise", under="ignore"):
        fit = fine_gray(sample(drawn), x[: len(drawn)]).fit
    assert (np.isfinite(fit.coef).all() and np.isfinite(fit.se).all()) or fit.reasons


@given(rows, st.sampled_from([1e-6, 1e6]), st.sampled_from([-1e3, 0.0, 1e3]))
@settings(max_examples=40, deadline=None)
def test_fine_gray_in_another_unit(drawn: Rows, unit: float, shift: float) -> None:
    x = np.array([math.sin(7 * k) for k in range(len(drawn))])
    one, other = fine_gray(sample(drawn), x).fit, fine_gray(sample(drawn), x * unit + shift * unit).fit
    assert same(one.coef[0], other.coef[0] * unit) and same(one.se[0], other.se[0] * unit)


@given(rows)
@settings(max_examples=40, deadline=None)
def test_cause_specific_hazards_sum_to_the_hazard_of_any_cause(drawn: Rows) -> None:
    given_rows = sample(drawn)
    each, every = cause_specific_hazards(given_rows), nelson_aalen(given_rows)
    at = [2, 5, 9]
    sums = sum(step_at(one.time, one.hazard, at, initial=0.0) for one in each)
    assert sums == pytest.approx(step_at(every.time, every.hazard, at, initial=0.0), abs=1e-12)


def test_cause_specific_cox_is_cox_with_the_other_cause_censored() -> None:
    data = tied(150)
    fits = cause_specific_cox(observed(data.time, data.event), data.age, names=("age",))
    for code, fit in zip((1, 2), fits, strict=True):
        plain = cox(observed(data.time, data.event == code), data.age, names=("age",))
        assert fit.fit.coef[0] == pytest.approx(plain.fit.coef[0], rel=1e-12)

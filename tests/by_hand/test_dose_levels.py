"""Proportions, dose levels and the 3+3 rule worked out by hand; what cannot be is said."""

import numpy as np
import pytest

from posolog.stats import (
    Cohort,
    decide,
    dose_levels,
    exact_three_plus_three,
    fisher_exact,
    isotonic,
    mixed_log_counts,
    proportion,
    proportion_difference,
    proportion_ratio,
    replay,
)

RULE = [
    # treated, toxic, variant, action, level
    ([0, 0], [0, 0], "step-down", "treat", 1),
    ([2, 0], [0, 0], "step-down", "wait", 1),
    ([2, 0], [2, 0], "step-down", "stop", None),
    ([3, 0], [0, 0], "step-down", "escalate", 2),
    ([3, 0], [1, 0], "step-down", "expand", 1),
    ([3, 0], [2, 0], "escalate-only", "stop", None),
    ([5, 0], [1, 0], "step-down", "wait", 1),
    ([6, 0], [1, 0], "step-down", "escalate", 2),
    ([6, 0], [2, 0], "step-down", "stop", None),
    ([3, 3], [0, 2], "escalate-only", "declare", 1),
    ([3, 3], [0, 2], "step-down", "expand", 1),
    ([6, 3], [1, 2], "step-down", "declare", 1),
    ([6, 3], [2, 2], "step-down", "stop", None),
    ([4, 3], [0, 2], "step-down", "wait", 1),
    ([3, 3], [0, 0], "escalate-only", "declare", 2),
    ([3, 3], [0, 0], "step-down", "expand", 2),
    ([3, 6], [0, 1], "step-down", "declare", 2),
    ([3, 6], [0, 2], "step-down", "expand", 1),
    ([3, 6], [0, 2], "escalate-only", "declare", 1),
    ([0, 3], [0, 0], "step-down", "undefined", None),
    ([7, 0], [1, 0], "step-down", "undefined", None),
    ([3, 3], [1, 0], "step-down", "undefined", None),
    ([3, 0], [4, 0], "step-down", "undefined", None),
    ([1, 3], [0, 2], "step-down", "undefined", None),
]


@pytest.mark.parametrize(("treated", "toxic", "variant", "action", "level"), RULE)
def test_the_rule(treated: list[int], toxic: list[int], variant: str, action: str, level: int | None) -> None:
    decision = decide(treated, toxic, variant=variant)
    assert (decision.action, decision.level) == (action, level), decision.reason
    assert decision.reason


def test_replay_shows_each_decision_and_departures() -> None:
    steps = replay([Cohort(1, 3, 0), Cohort(2, 3, 1), Cohort(3, 3, 0), Cohort(2, 3, 0)], 3, variant="escalate-only")
    assert [step.then.action for step in steps] == ["escalate", "expand", "undefined", "declare"]
    assert [bool(step.departure) for step in steps] == [False, False, True, True]
    assert "treat 3 more there" in steps[2].departure


def test_exact_three_plus_three_of_two_levels_written_out() -> None:
    p, q = 0.2, 0.3
    up = (1 - p) ** 3 + 3 * p * (1 - p) ** 5
    up_2 = (1 - q) ** 3 + 3 * q * (1 - q) ** 5
    found = exact_three_plus_three([p, q], variant="escalate-only")
    assert found.none == pytest.approx(1 - up)
    assert found.declared == pytest.approx([up * (1 - up_2), up * up_2])
    assert found.treated == pytest.approx([3 + 9 * p * (1 - p) ** 2, up * (3 + 9 * q * (1 - q) ** 2)])


@pytest.mark.parametrize("variant", ["escalate-only", "step-down"])
def test_exact_three_plus_three_follows_the_rule_as_simulated(variant: str) -> None:
    truth, draw = [0.1, 0.25, 0.45], np.random.default_rng(11)
    none, declared, patients, trials = 0, np.zeros(3), 0, 4000
    for _ in range(trials):
        n, y = [0, 0, 0], [0, 0, 0]
        while (decision := decide(n, y, variant=variant)).action not in ("declare", "stop"):
            assert decision.action in ("treat", "escalate", "expand")
            j = decision.level - 1
            n[j] += 3
            y[j] += int(draw.binomial(3, truth[j]))
        patients += sum(n)
        none += decision.action == "stop"
        if decision.level:
            declared[decision.level - 1] += 1
    exact = exact_three_plus_three(truth, variant=variant)
    assert declared / trials == pytest.approx(exact.declared, abs=0.03)
    assert none / trials == pytest.approx(exact.none, abs=0.03)
    assert patients / trials == pytest.approx(exact.treated.sum(), abs=0.25)


def test_certain_and_impossible_toxicity() -> None:
    assert exact_three_plus_three([0, 0], variant="step-down").declared.tolist() == [0, 1]
    assert exact_three_plus_three([1, 1], variant="step-down").none == 1
    assert exact_three_plus_three([1.2], variant="step-down").reasons == ("probabilities must be between 0 and 1",)


def test_isotonic_pools_by_weight() -> None:
    assert isotonic([0.5, 0.2], [1, 3]).tolist() == pytest.approx([(0.5 + 0.6) / 4] * 2)


def test_the_level_nearest_to_the_target() -> None:
    found = dose_levels([3, 6, 6, 3, 0], [0, 1, 1, 2, 0], target=0.25)
    assert found.isotonic.tolist()[:4] == pytest.approx([0, 1 / 6, 1 / 6, 2 / 3])
    assert np.isnan(found.isotonic[4]) and found.chosen == 3  # levels 2 and 3 are as near, both below: the higher
    assert dose_levels([3, 3], [2, 2], target=0.3).chosen == 1
    assert dose_levels([0, 0], [0, 0], target=0.3).reasons == ("nobody was treated",)
    assert dose_levels([3], [4]).reasons[0].startswith("counts must be whole")


def test_impossible_counts_are_refused_with_a_reason() -> None:
    for found in (proportion(1, 0), proportion(7, 6), proportion(-1, 6), proportion_difference(1, 0, 1, 2),
                  proportion_ratio(0, 5, 0, 5), fisher_exact(((0, 0), (0, 0))), fisher_exact(((1, -1), (0, 1)))):  # fmt: skip
        assert found.reasons and np.isnan(found.value)


@pytest.mark.parametrize("counts", [(0, 10, 3, 10), (3, 10, 0, 10), (10, 10, 10, 10), (1, 10, 10, 10), (5, 10, 4, 12), (10, 10, 3, 9)])
def test_the_ratio_turned_round_has_the_interval_turned_round(counts: tuple[int, int, int, int]) -> None:
    one, other = proportion_ratio(*counts), proportion_ratio(*counts[2:], *counts[:2])
    assert one.lower * other.upper == pytest.approx(1, rel=1e-9) or (one.lower, other.upper) == (0, np.inf)
    assert one.lower <= one.value <= one.upper


def balanced(subjects: int = 8, visits: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(6)
    who, when = np.repeat(np.arange(subjects), visits), np.tile([30, 90, 180], subjects)
    y = 4 + 0.01 * when + draw.normal(size=subjects)[who] + 0.3 * draw.normal(size=who.size)
    return who, when, np.exp(y)


def test_mixed_model_of_balanced_counts_is_the_analysis_of_variance() -> None:
    who, when, count = balanced()
    pytest.importorskip("statsmodels")
    fit = mixed_log_counts(who, when, count)
    y = np.log(count).reshape(8, 3)
    subject, visit = y.mean(axis=1, keepdims=True), y.mean(axis=0, keepdims=True)
    error = ((y - subject - visit + y.mean()) ** 2).sum() / (7 * 2)
    between = (3 * ((subject - y.mean()) ** 2).sum() / 7 - error) / 3
    assert fit.reasons == () and fit.names == ("intercept", "visit 90", "visit 180")
    assert fit.coef == pytest.approx([visit[0, 0], *(visit[0, 1:] - visit[0, 0])], rel=1e-6)
    assert (fit.within, fit.between) == pytest.approx((error, between), rel=1e-4)
    assert fit.se[1] == pytest.approx((2 * error / 8) ** 0.5, rel=1e-4)


def test_mixed_model_says_what_it_cannot_do() -> None:
    who, when, count = balanced()
    count[3] = 0
    assert "state the limit of detection" in mixed_log_counts(who, when, count).reasons[0]
    pytest.importorskip("statsmodels")
    assert mixed_log_counts(who, when, count, detection_limit=1).below == 1
    assert mixed_log_counts(who, when, np.where(count == 0, np.nan, count)).reasons == ("counts: missing or infinite in 1 of 24 rows",)
    assert "cannot be told apart" in mixed_log_counts(np.arange(24), when, count + 1).reasons[0]
    empty = mixed_log_counts(who, when, count + 1, group=np.where(when == 30, "a", "b"))
    assert "no counts in some group" in empty.reasons[0]
    assert mixed_log_counts([], [], []).reasons == ("there are no counts",)

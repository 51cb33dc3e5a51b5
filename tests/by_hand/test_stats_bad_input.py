"""Bad input of the room stats is a value with a reason: no exception, no silent number."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from posolog.stats import (
    Sample,
    cox,
    kaplan_meier,
    landmark,
    log_rank,
    log_rank_trend,
    nelson_aalen,
    observed,
    predict_survival,
    proportionality,
    quantile,
    rmst,
    split_at_exposure,
    survival_at,
)

NAN, INF = float("nan"), float("inf")
BAD = {
    "below zero": ([1, -2, 3], [1, 0, 1], {}, "time: below zero (1 of 3 rows)"),
    "missing time": ([1, NAN, None], [1, 0, 1], {}, "time: missing (2 of 3 rows)"),
    "infinite time": ([1, INF, 3], [1, 0, 1], {}, "time: infinite (1 of 3 rows)"),
    "words": (["a", "b"], [1, 0], {}, "time: not a column of numbers (dates must be given as days from the origin)"),
    "dates": (np.array(["2026-01-01"], dtype="datetime64[D]"), [1], {}, "time: not a column of numbers (dates must be given as days from the origin)"),
    "no rows": ([], [], {}, "time: there are no rows"),
    "two columns": ([[1, 2]], [1], {}, "time: not a column of numbers (dates must be given as days from the origin)"),
    "too few events": ([1, 2], [1], {}, "event: 1 values for 2 rows"),
    "half an event": ([1, 2], [1, 0.5], {}, "event: not a whole number (1 of 2 rows)"),
    "missing event": ([1, 2], [1, None], {}, "event: missing (1 of 2 rows)"),
    "negative code": ([1, 2], [1, -1], {}, "event: below zero (1 of 2 rows)"),
    "unknown cause": ([1, 2], [1, 3], {"causes": (1, 2)}, "event: code 3 is neither 0 nor one of 1, 2 (1 of 2 rows)"),
    "missing group": ([1, 2], [1, 0], {"group": ["a", None]}, "group: missing (1 of 2 rows)"),
    "unknown group": ([1, 2], [1, 0], {"group": ["a", "c"], "groups": ("a", "b")}, "group: c is not one of the groups named (1 of 2 rows)"),
    "short strata": ([1, 2], [1, 0], {"strata": [1]}, "strata: 1 values for 2 rows"),
    "late entry": ([1, 2], [1, 0], {"start": [0, 2]}, "start: not before the row's time (1 of 2 rows)"),
    "weights": ([1, 2], [1, 0], {"weights": [1, 1]}, "weights: case weights are not supported"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_its_rows(name: str) -> None:
    time, event, more, words = BAD[name]
    given = observed(time, event, **more)
    assert words in given.reasons and given.n == 0


def test_rows_are_counted_from_zero() -> None:
    (problem,) = observed([1, -2, 3, -4], [1, 0, 1, 0]).problems
    assert (problem.argument, problem.code, problem.rows, problem.count) == ("time", "negative", (1, 3), 2)


def nan_of(*numbers: object) -> bool:
    return all(np.isnan(np.asarray(number, dtype=float)).all() for number in numbers)


EMPTY: dict[str, Callable[[Sample], bool]] = {
    "kaplan_meier": lambda s: nan_of(survival_at(kaplan_meier(s), [0, 5]).survival) and bool(kaplan_meier(s).reasons),
    "median": lambda s: nan_of(quantile(kaplan_meier(s)).value) and bool(quantile(kaplan_meier(s)).reasons),
    "rmst": lambda s: nan_of(rmst(kaplan_meier(s), 5).value) and bool(rmst(kaplan_meier(s), 5).reasons),
    "nelson_aalen": lambda s: bool(nelson_aalen(s).reasons),
    "log_rank": lambda s: nan_of(log_rank(s).statistic, log_rank(s).p) and bool(log_rank(s).reasons),
    "trend": lambda s: nan_of(log_rank_trend(s, np.arange(len(s.groups))).statistic),
    "cox": lambda s: nan_of(cox(s, np.zeros((0, 2))).fit.coef) and bool(cox(s, np.zeros((0, 2))).fit.reasons),
    "zph": lambda s: nan_of(proportionality(cox(s, np.zeros((0, 1)))).statistic),
    "predicted": lambda s: bool(predict_survival(cox(s, np.zeros((0, 1))), [1]).reasons),
    "landmark": lambda s: bool(landmark(s, 5).reasons),
    "split": lambda s: bool(split_at_exposure(s, []).reasons),
}


@pytest.mark.parametrize("name", EMPTY)
def test_every_estimate_of_bad_input_is_nan_with_the_reason(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert EMPTY[name](observed([1, -2], [1, 1], group=["a", "b"]))


def test_all_censored() -> None:
    given = observed([1, 2, 3], [0, 0, 0], group=["a", "b", "b"])
    assert kaplan_meier(given).survival.tolist() == [1, 1, 1]
    assert np.isnan(kaplan_meier(given).lower).all()  # no event: 1 without an interval
    assert log_rank(given).reasons == ("there are no events",)
    model = cox(given, [0, 1, 0])
    assert nan_of(model.fit.coef) and model.fit.reasons == ("there are no events",)


def test_one_group_has_nothing_to_compare() -> None:
    assert log_rank(observed([1, 2], [1, 1])).reasons == ("there is one group: nothing to compare",)
    assert "left out" in log_rank(observed([1, 2, 3], [1, 1, 1], group=[0, 1, 1], groups=(0, 1, 2))).reasons[0]


def test_groups_never_at_risk_together() -> None:
    given = observed([1, 2], [1, 1], group=["a", "b"], strata=["x", "y"])
    assert log_rank(given).reasons == ("no event happens while two groups are at risk",)


def test_separation_is_said_and_the_other_coefficient_is_still_found() -> None:
    rng = np.random.default_rng(3)
    time, other = rng.exponential(size=80), rng.normal(size=80)
    never = (np.arange(80) % 4 == 0).astype(float)
    event = np.where(never == 1, 0, rng.integers(0, 2, 80))
    model = cox(observed(time, event), np.column_stack((never, other)), names=("never", "other"))
    assert model.fit.coef[0] == -INF and model.fit.ratio[0] == 0 and np.isnan(model.fit.se[0])
    assert model.fit.reasons == ("separation: the likelihood has no maximum, never towards -infinity",)
    kept = never == 0  # the limit is the model without those whose risk is 0
    alone = cox(observed(time[kept], event[kept]), other[kept])
    assert model.fit.coef[1] == pytest.approx(alone.fit.coef[0], rel=1e-7)
    assert model.fit.se[1] == pytest.approx(alone.fit.se[0], rel=1e-6)


def test_collinear_and_constant_columns_are_named() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=(60, 2))
    model = cox(
        observed(rng.exponential(size=60), np.ones(60)), np.column_stack((x, x[:, 0] - 2 * x[:, 1], np.full(60, 7.0))),
        names=("a", "b", "c", "d"),
    )  # fmt: skip
    assert np.isfinite(model.fit.coef).tolist() == [True, True, False, False]
    assert model.fit.reasons == (
        "c is a linear combination of a, b: not estimable beside them",
        "d does not vary among those at risk together: not estimable",
    )
    assert model.lr[1] == 2


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_units_of_a_covariate_do_not_matter(scale: float) -> None:
    rng = np.random.default_rng(5)
    x, time = rng.normal(size=100) + 50, rng.exponential(size=100)
    model = cox(observed(time, np.ones(100)), x * scale)
    assert model.fit.coef[0] * scale == pytest.approx(cox(observed(time, np.ones(100)), x).fit.coef[0], rel=1e-9)


def test_bad_covariates() -> None:
    given = observed([1, 2, 3], [1, 1, 0])
    assert cox(given, [1, NAN, 2]).fit.reasons == ("covariates: missing or infinite in 1 of 3 rows",)
    assert cox(given, [1, 2]).fit.reasons == ("covariates: 2 rows for 3 times",)
    assert cox(given, ["x", "y", "z"]).fit.reasons == ("covariates: not numbers (code categories as 0 and 1)",)


@pytest.mark.parametrize(
    "act",
    [
        lambda s: kaplan_meier(s, level=95),
        lambda s: rmst(kaplan_meier(s), -1),
        lambda s: quantile(kaplan_meier(s), 50),
        lambda s: log_rank(s, rho=-1),
        lambda s: log_rank_trend(s, [1, 2, 3]),
        lambda s: cox(s, [1, 0], ties="exact"),
        lambda s: landmark(s, -5),
    ],
)
def test_a_wrong_option_is_the_programmers_mistake(act: Callable[[Sample], object]) -> None:
    with pytest.raises(ValueError):
        act(observed([1, 2], [1, 1]))

"""Crossover methods against R 4.2.2 with survival 3.5-3 (survdiff, coxph, survreg) and glm, written out step by step
in R on the made-up trials `crossed(400)` and `visit_rows(200)` of tests/stats_data.py; numbers with 15 digits."""

from __future__ import annotations

import numpy as np
import pytest

from posolog.stats import crossover, ipcw, ipe, observed, rank_z, rpsftm, switch_rows, two_stage, weibull
from posolog.stats.cox import cox
from posolog.stats.cox.weighted import weighted_cox
from posolog.stats.switching.crossover import Recensoring, as_randomised
from posolog.stats.switching.ipcw import SwitchModel
from tests.stats_data import crossed, tied, visit_rows

TRIAL = crossed(400)
GIVEN = crossover(TRIAL.time, TRIAL.event, TRIAL.arm, TRIAL.share, TRIAL.follow_up)
VISITS = visit_rows(200)
ROWS = switch_rows(
    VISITS["person"], VISITS["start"], VISITS["stop"], VISITS["event"], VISITS["switch"], VISITS["arm"],
    baseline=VISITS["age"], changing=VISITS["marker"], eligible=VISITS["able"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "z"),
    [
        (
            "auto",
            (
                5.406859171714702,
                0.767146598393765,
                -2.262473871381545,
                -3.878305531895534,
                -5.208666047772579,
                -7.023101014935761,
            ),
        ),
        (
            "both",
            (
                5.406859171714702,
                0.767146598393765,
                -2.262473871381545,
                -3.878305531895534,
                -5.180213371542156,
                -6.984721698777162,
            ),
        ),
        (
            "none",
            (
                5.54927429528803,
                1.02327106305790,
                -1.95552170429665,
                -3.87830553189553,
                -5.34720306773894,
                -7.19441022837528,
            ),
        ),
    ],
)
def test_the_path_of_the_log_rank_test(rule: Recensoring, z: tuple[float, ...]) -> None:
    """survdiff(Surv(u, e) ~ arm), (obs - exp) / sqrt(var), u and e made by the rule; psi = -1, -.5, -.2, 0, .2, .5"""
    got = [rank_z(GIVEN, psi, recensor=rule) for psi in (-1, -0.5, -0.2, 0, 0.2, 0.5)]
    assert got == pytest.approx(z, rel=1e-12)


def test_hazard_ratio_at_a_given_psi() -> None:
    """exp(coef(coxph(Surv(u, e) ~ arm))) at psi = -.5, experimental times as observed"""
    sample = as_randomised(GIVEN, -0.5)
    assert cox(sample, sample.group).fit.ratio[0] == pytest.approx(0.495154138427314, rel=1e-9)


def test_roots_enclose_the_change_of_sign() -> None:
    found = rpsftm(GIVEN)
    for roots, level in (
        (found.roots, 0.0),
        (found.lower_roots, 1.959963984540054),
        (found.upper_roots, -1.959963984540054),
    ):
        assert len(roots) == 1
        assert rank_z(GIVEN, roots[0].lower) > level > rank_z(GIVEN, roots[0].upper)
        assert roots[0].upper - roots[0].lower <= 1e-9
    assert found.psi.lower < found.psi.value < found.psi.upper
    # The interval of the ratio keeps the p of the randomised comparison: log-rank z = -3.878305531895534.
    ratio = found.ratio
    assert np.log(ratio.value) / ratio.se == pytest.approx(-3.878305531895534, rel=1e-12)


def test_iterative_parameter_estimation() -> None:
    """p = -coef(survreg(Surv(u, e) ~ arm))[2], 200 times; then coxph"""
    assert ipe(GIVEN, recensor="none").psi.value == pytest.approx(-0.385961481978988, abs=3e-9)
    found = ipe(GIVEN)
    assert found.psi.value == pytest.approx(-0.427399423991643, abs=3e-9)
    assert found.ratio.value == pytest.approx(0.513686849774173, rel=1e-8)


def test_two_stage() -> None:
    """survreg(Surv(time - progressed, e) ~ switched + risk) in the control arm; coxph on the adjusted times"""
    found = two_stage(GIVEN, TRIAL.progressed, TRIAL.switched, TRIAL.risk)
    assert found.first.coef == pytest.approx([5.586238764301896, 0.513820125798999, -0.550069534632646], rel=1e-9)
    assert found.first.se == pytest.approx([0.2025083549455378, 0.1510337539400254, 0.2869257139406202], rel=1e-8)
    assert found.ratio.value == pytest.approx(0.499238290909134, rel=1e-9)
    assert (found.ratio.lower, found.ratio.upper) == pytest.approx((0.388693548589084, 0.641222042440846), rel=1e-8)


@pytest.mark.parametrize(
    ("model", "stabilised", "coef", "se", "total"),
    [
        (
            "pooled logistic",
            True,
            (-0.69766761019924, 0.012847206815869),
            (0.21093105068141, 0.0082473717842288),
            1132.1534546346,
        ),
        (
            "pooled logistic",
            False,
            (-0.56151642436585, 0.014521432020748),
            (0.22498774286468, 0.0089628142918653),
            1290.2212804223,
        ),
        ("cox", True, (-0.70002861395539, 0.012863291930717), (0.21108018664652, 0.008247333935531), 1131.506753696),
        ("cox", False, (-0.55820569813855, 0.014312546248664), (0.22439854337868, 0.0089540422548457), 1295.773253455),
    ],
)
def test_censoring_weights(
    model: SwitchModel, stabilised: bool, coef: tuple[float, ...], se: tuple[float, ...], total: float
) -> None:
    """glm(switch ~ t + t^2 + age + marker, binomial) or coxph(Surv(start, stop, switch) ~ age + marker, ties = "breslow");
    coxph(Surv(start, stop, event) ~ arm + age, weights = w, cluster = person)"""
    found = ipcw(ROWS, model=model, stabilised=stabilised, adjust=VISITS["age"])
    assert found.fit.coef == pytest.approx(coef, rel=1e-9)
    assert found.fit.se == pytest.approx(se, rel=1e-9)
    assert found.weight.sum() == pytest.approx(total, rel=1e-11)


def test_weibull_regression() -> None:
    """survreg(Surv(time, event > 0) ~ g1 + g2 + age) on tied(300)"""
    data = tied(300)
    x = np.column_stack([data.group == 1, data.group == 2, data.age]).astype(float)
    found = weibull(observed(data.time, data.event > 0), x)
    assert found.coef == pytest.approx(
        [3.0028548395516812, 0.0173552060355348, -0.2176843649089564, -0.0047670583867641], rel=1e-9
    )
    assert found.se == pytest.approx(
        [0.2025305699088916, 0.1364178550755087, 0.1324063807597996, 0.0038114591073787], rel=1e-9
    )
    assert (found.scale, found.loglik) == pytest.approx((0.85393296749284, -895.6410803413), rel=1e-11)


@pytest.mark.parametrize(
    ("ties", "coef", "se", "naive"),
    [
        (
            "efron",
            (-0.084040916717565, 0.014734165635267),
            (0.188616980286524, 0.006288468859239),
            (0.188056055823693, 0.006197349878135),
        ),
        (
            "breslow",
            (-0.085324727127836, 0.014404516933035),
            (0.1852329989468708, 0.0061760265012251),
            (0.1881007855374611, 0.0061898581186025),
        ),
    ],
)
def test_weighted_cox(ties: str, coef: tuple[float, ...], se: tuple[float, ...], naive: tuple[float, ...]) -> None:
    """coxph(Surv(start, stop, event) ~ x1 + x2, weights = w, cluster = id, ties = ties): tied(300), each row cut in half"""
    data, rows = tied(300), []
    for i, (time, event, group, age) in enumerate(zip(data.time, data.event, data.group, data.age, strict=True)):
        cuts = [0, time // 2, time] if time >= 2 else [0, time]
        for k in range(len(cuts) - 1):
            last = k == len(cuts) - 2
            rows.append(
                (
                    cuts[k],
                    cuts[k + 1],
                    event == 1 and last,
                    group == 1,
                    age + 5 * k,
                    0.5 + ((i * 7 + k * 3) % 11) / 10,
                    i,
                )
            )
    start, stop, event, x1, x2, weight, person = (np.array(column) for column in zip(*rows, strict=True))
    x = np.column_stack([x1, x2]).astype(float)
    found = weighted_cox(start.astype(float), stop.astype(float), event, x, weight, person, ties=ties)  # type: ignore[arg-type]
    assert found.coef == pytest.approx(coef, rel=1e-10)
    assert found.se == pytest.approx(se, rel=1e-10)
    assert found.naive_se == pytest.approx(naive, rel=1e-10)

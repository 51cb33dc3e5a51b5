"""Competing risks against R 4.2.2 with cmprsk 2.2-11 and survival 3.5-3: numbers printed by R, options(digits = 14).

`d` is `tied(300)` of tests/stats_data.py: 41 distinct days, 132 and 112 events, three groups, two strata.
"""

from __future__ import annotations

import numpy as np
import pytest

from posolog.stats import cumulative_incidence, fine_gray, gray_test, incidence_at, observed, predict_incidence
from tests.stats_data import simulated, tied

DATA = tied(300)
SAMPLE = observed(DATA.time, DATA.event, group=DATA.group)
STRATA = observed(DATA.time, DATA.event, group=DATA.group, strata=DATA.stratum)
X = np.column_stack([DATA.group == 1, DATA.group == 2, DATA.age]).astype(float)
NAMES = ("g1", "g2", "age")


def test_cuminc() -> None:
    """timepoints(cuminc(time, event), c(5, 10, 20, 40))"""
    curve = cumulative_incidence(SAMPLE)
    for cause, value, variance in (
        (
            1,
            (0.15, 0.26151023918524, 0.39546115467432, 0.51572504930985),
            (0.00042477196019321, 0.00066675551827948, 0.00088204369185347, 0.0010614983363585),
        ),
        (
            2,
            (0.13666666666667, 0.21455320548746, 0.34642938870791, 0.43619992105857),
            (0.00039317139072173, 0.00057480141506944, 0.00083869787478353, 0.0010418342557596),
        ),
    ):
        read = incidence_at(curve, [5, 10, 20, 40], cause=cause)
        assert read.value == pytest.approx(value, rel=1e-12)
        assert read.se**2 == pytest.approx(variance, rel=1e-12)


def test_cuminc_by_group() -> None:
    """timepoints(cuminc(time, event, group), c(10, 30)), cause 2"""
    value = (
        (0.28193221086685, 0.47730808519373),
        (0.14801636578722, 0.35981992055948),
        (0.21302810604853, 0.36999330146534),
    )
    variance = (
        (0.0020516002161348, 0.0031441443208186),
        (0.0013548381059064, 0.0028844116258699),
        (0.0017169485305979, 0.0028193235206531),
    )
    for part, v, s in zip(SAMPLE.by_group(), value, variance, strict=True):
        read = incidence_at(cumulative_incidence(part), [10, 30], cause=2)
        assert read.value == pytest.approx(v, rel=1e-12)
        assert read.se**2 == pytest.approx(s, rel=1e-12)


@pytest.mark.parametrize(
    ("rho", "plain", "stratified"),
    [
        (0.0, (7.4196457029040, 5.0669483358914), (7.2258805294164, 5.2813668155761)),
        (1.0, (7.2696920356600, 5.4257102068671), (7.4373209616099, 5.6868389967908)),
        (-0.5, (7.3025940431228, 4.9119208842628), (6.8423693634555, 5.0929154079633)),
    ],
)
def test_gray_with_ties_strata_and_rho(rho: float, plain: tuple[float, float], stratified: tuple[float, float]) -> None:
    """cuminc(time, event, group, strata = stratum, rho = rho)$Tests"""
    for cause in (1, 2):
        assert gray_test(SAMPLE, cause=cause, rho=rho).statistic == pytest.approx(plain[cause - 1], rel=1e-12)
        found = gray_test(STRATA, cause=cause, rho=rho)
        assert found.statistic == pytest.approx(stratified[cause - 1], rel=1e-12)
        assert found.df == 2


def test_crr() -> None:
    """crr(time, event, cbind(g1, g2, age), failcode = f, gtol = 1e-13); cause 2 with age / 10, as crr does not converge with age in years"""
    for cause, coef, se, loglik in (
        (
            1,
            (0.4009453066089761, 0.5857785270982683, 0.0054425215513793),
            (0.2227449696691245, 0.2162975728431155, 0.0059005293166098),
            (-696.34408973468, -692.26788218473),
        ),
        (
            2,
            (-0.460912318111290, -0.405488862733012, 0.0015364440828855),
            (0.221724118976484, 0.224264845226047, 0.0063628591905942),
            (-595.86306833391, -593.36926892753),
        ),
    ):
        fit = fine_gray(SAMPLE, X, names=NAMES, cause=cause).fit
        assert fit.coef == pytest.approx(coef, rel=1e-10)
        assert fit.se == pytest.approx(se, rel=1e-10)
        assert (fit.loglik_null, fit.loglik) == pytest.approx(loglik, rel=1e-12)


def test_predicted_incidence() -> None:
    """predict(crr(...), rbind(c(0, 0, 40), c(0, 1, 60))) at days 5, 10, 20"""
    got = predict_incidence(fine_gray(SAMPLE, X), [[0, 0, 40], [0, 1, 60]], [5, 10, 20])
    assert got[0] == pytest.approx((0.10278442466625, 0.18425360414987, 0.28783705662568), rel=1e-10)
    assert got[1] == pytest.approx((0.19526310696044, 0.33495961047334, 0.49333426951908), rel=1e-10)


def test_finegray_tie_rule() -> None:
    """coxph(Surv(fgstart, fgstop, fgstatus) ~ ..., weights = fgwt, ties = "breslow") on finegray(...)"""
    fit = fine_gray(SAMPLE, X, ties="finegray").fit
    assert fit.coef == pytest.approx((0.3999335494951295, 0.5857005576985115, 0.0054501904430883), rel=1e-10)
    assert (fit.loglik_null, fit.loglik) == pytest.approx((-695.69231080935, -691.61933115783), rel=1e-12)


TIME, EVENT, COVARIATES = simulated()
DAYS = np.maximum(1, np.ceil(TIME))


def test_simulated_incidence_and_gray() -> None:
    """V0: cuminc(time, event, arm); the greenwood variance as mstate and statsmodels"""
    sample = observed(TIME, EVENT, group=COVARIATES[:, 0])
    read = incidence_at(cumulative_incidence(sample), [180, 365, 730, 1095])
    assert read.value == pytest.approx((0.126404341324, 0.224138833979, 0.347466833224, 0.407135047244), abs=1e-12)
    assert read.se[0] ** 2 == pytest.approx(0.000110932904, abs=5e-13)
    delta = incidence_at(cumulative_incidence(sample, variance="greenwood"), 180)
    assert delta.se[0] == pytest.approx(0.010526384062, abs=1e-12)
    assert gray_test(sample).statistic == pytest.approx(19.6298097494436, rel=1e-13)
    assert gray_test(sample, cause=2).statistic == pytest.approx(2.6248602841951, rel=1e-13)
    assert gray_test(observed(DAYS, EVENT, group=COVARIATES[:, 0])).statistic == pytest.approx(
        19.62621532764717, rel=1e-13
    )


def test_simulated_fine_gray() -> None:
    """V0: finegray, mets::cifreg and crr(gtol = 1e-13) on continuous times"""
    sample = observed(TIME, EVENT)
    full = fine_gray(sample, COVARIATES).fit
    assert full.coef[0] == pytest.approx(-0.471358687975, abs=1e-12)
    assert full.se[0] == pytest.approx(0.109859634276, abs=2e-12)
    assert fine_gray(sample, COVARIATES, variance="robust").fit.se[0] == pytest.approx(0.10988542, abs=5e-9)
    assert fine_gray(sample, COVARIATES, variance="naive").fit.se[0] == pytest.approx(0.109438, abs=5e-7)


def test_simulated_fine_gray_in_days() -> None:
    """V0 in whole days: crr and finegray differ in the fifth digit, both are met"""
    sample = observed(DAYS, EVENT)
    assert fine_gray(sample, COVARIATES).fit.coef[0] == pytest.approx(-0.4710580021, abs=5e-11)
    assert fine_gray(sample, COVARIATES, ties="finegray").fit.coef[0] == pytest.approx(-0.4710674979, abs=5e-11)

"""BED of two injections 168 h apart, worked out beforehand; parameters are illustrative."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from posolog.dosimetry.bed import Tissue, effect

#        Gy, T_eff, T_rep, a/b,    BED, apart, at once, EQD2
CASES = [
    (8.0, 48, 2.5, 2.5, 18.7710, 18.5347, 21.0693, 10.428),
    (3.0, 50, 2.5, 2.5, 6.3780, 6.3429, 6.6857, 3.543),
    (2.5, 45, 2.8, 2.6, 5.3042, 5.2816, 5.5632, 2.998),
    (15.0, 60, 1.5, 10, 31.2592, 31.0976, 32.1951, 26.049),
    (0.9, 40, 0.5, 10, 1.8021, 1.8020, 1.8040, 1.502),
]


@pytest.mark.parametrize(("gy", "t_eff", "t_rep", "ab", "bed", "apart", "at_once", "eqd2"), CASES)
def test_two_injections(gy: float, t_eff: float, t_rep: float, ab: float, bed: float, apart: float, at_once: float, eqd2: float) -> None:
    a = log(2) / t_eff
    tissue = Tissue(ab, t_rep)
    both = effect([gy * a, gy * a], [a, a], [0, 168], tissue)
    assert float(both.dose_gy) == pytest.approx(2 * gy, rel=1e-12)
    assert float(both.bed_gy) == pytest.approx(bed, abs=5.1e-5)
    assert float(both.eqd2_gy) == pytest.approx(eqd2, abs=5.1e-4)
    assert 2 * float(effect([gy * a], [a], [0], tissue).bed_gy) == pytest.approx(apart, abs=5.1e-5)
    assert float(effect([2 * gy * a], [a], [0], tissue).bed_gy) == pytest.approx(at_once, abs=5.1e-5)


def test_one_injection_is_the_textbook_form() -> None:
    """D (1 + D lam/((mu + lam) alpha/beta)): 10 Gy, lam 0.01/h, mu = ln 2/1.5 = 0.46210 /h, 10 Gy -> 10.21180."""
    lam, mu = 0.01, log(2) / 1.5
    expected = 10 * (1 + 10 * lam / ((mu + lam) * 10))
    assert float(effect([0.1], [lam], [0], Tissue(10, 1.5)).bed_gy) == pytest.approx(expected, rel=1e-12)


def test_gap_zero_and_gap_infinite() -> None:
    a, tissue = log(2) / 48, Tissue(2.5, 2.5)
    one_shot = float(effect([16 * a], [a], [0], tissue).bed_gy)
    alone = float(effect([8 * a], [a], [0], tissue).bed_gy)
    assert float(effect([8 * a] * 2, [a] * 2, [0, 0], tissue).bed_gy) == pytest.approx(one_shot, rel=1e-8)
    assert float(effect([8 * a] * 2, [a] * 2, [0, 1e6], tissue).bed_gy) == pytest.approx(2 * alone, rel=1e-8)


@pytest.mark.parametrize("off", [0, 1e-15, -1e-12, 1e-9, -1e-6])
def test_repair_as_fast_as_decay(off: float) -> None:
    """mu = a: overlap of two hits = exp(-a(M-T1) - b(M-T2)) ((M-T1)/(a+b) + 1/(a+b)²); here 8 Gy, T_eff = T_rep = 2.5 h.

    a = 0.277259/h; pairs (1,1), (2,2), (2,1): 1/(2a)² = 3.252137 each; (1,2): exp(-168 a) (..) = 1.6e-18.
    A = 8a = 2.218071; 2/2.5 x A² x (2 x 3.252137 + 0) = 25.600; D = 16: BED 41.6.
    """
    a = log(2) / 2.5 * (1 + off)
    bed = float(effect([8 * a] * 2, [a] * 2, [0, 168], Tissue(2.5, 2.5)).bed_gy)
    assert bed == pytest.approx(41.6, rel=2e-6)


def test_a_chain_of_draws_keeps_its_shape() -> None:
    rates = np.full((3, 5, 2), 0.02)
    assert effect(rates, 0.01, [0.0, 168.0], Tissue(10, 1)).bed_gy.shape == (3, 5)


def test_refused() -> None:
    with pytest.raises(ValueError, match="does not decay"):
        effect([1.0], [0.0], [0.0], Tissue(10, 1))
    with pytest.raises(ValueError, match="positive"):
        Tissue(0, 1)

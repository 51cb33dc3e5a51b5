"""Laws of curves, doses and effects that hold for every input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posolog.dosimetry.bed import Tissue, effect
from posolog.dosimetry.constants import LN2, NUCLIDES
from posolog.dosimetry.curves import fit_curves, trapezoid
from posolog.dosimetry.surrogate import integral_ratio, shift_per_h
from posolog.dosimetry.tables import sphere_fraction

IN, Y = NUCLIDES["111In"], NUCLIDES["90Y"]
TIMES = np.array([1, 4, 24, 48, 72, 96, 144, 168.0])
half_lives = st.floats(12, 66)
sizes = st.floats(1e-3, 1e6)


@settings(max_examples=40, deadline=None)
@given(sizes, half_lives)
def test_a_known_exponential_integrates_exactly(size: float, half_life: float) -> None:
    rate = LN2 / half_life
    values = size * np.exp(-rate * TIMES)
    found = fit_curves(TIMES, values, 0.05 * values, physical_per_h=IN.rate_per_h)
    assert found.integral().value[0] == pytest.approx(size / rate, rel=1e-9)
    shifted = found.integral(shift_per_h=shift_per_h(IN, Y)).value[0]
    ratio = integral_ratio(IN, Y, biological_per_h=rate - IN.rate_per_h)
    assert shifted == pytest.approx(size / rate * ratio, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(sizes, st.floats(0.2, 0.8), st.floats(3, 9), st.floats(40, 64))
def test_two_known_exponentials_integrate_exactly(size: float, share: float, fast: float, slow: float) -> None:
    pairs = [(size * share, LN2 / fast), (size * (1 - share), LN2 / slow)]
    values = sum(a * np.exp(-r * TIMES) for a, r in pairs)
    found = fit_curves(TIMES, values, 0.001 * values, physical_per_h=IN.rate_per_h)
    assert found.integral().value[0] == pytest.approx(sum(a / r for a, r in pairs), rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.05, 20), min_size=6, max_size=6), st.floats(0.02, 0.3))
def test_any_curve_stays_within_its_bounds(values: list[float], noise: float) -> None:
    """Whatever the points: no more than the ceiling held for ever with physical decay, and never below zero."""
    times = np.array([1, 24, 48, 96, 144, 168.0])
    sigma = noise * np.array(values)
    found = fit_curves(times, values, sigma, physical_per_h=IN.rate_per_h, ceiling=[25.0])
    integral = found.integral()
    if found.weights[0].sum() > 0:
        assert 0 < integral.value[0] <= 25.0 / IN.rate_per_h * 3
        assert np.isfinite(integral.u[0])


@settings(max_examples=30, deadline=None)
@given(sizes, st.floats(20, 200))
def test_the_trapezoid_of_a_fine_exponential(size: float, half_life: float) -> None:
    rate = max(LN2 / half_life, IN.rate_per_h)
    times = np.arange(0.5, 300, 0.5)
    values = size * np.exp(-rate * times)
    assert trapezoid(times, values, 0.01 * values, physical_per_h=IN.rate_per_h).value == pytest.approx(size / rate, rel=2e-3)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 30), st.floats(2, 80), st.floats(0, 400), st.floats(0.2, 6), st.floats(1, 20))
def test_bed_lies_between_injections_apart_and_at_once(gy: float, t_eff: float, gap: float, t_rep: float, ab: float) -> None:
    a, tissue = LN2 / t_eff, Tissue(ab, t_rep)
    both = float(effect([gy * a] * 2, [a] * 2, [0, gap], tissue).bed_gy)
    apart = 2 * float(effect([gy * a], [a], [0], tissue).bed_gy)
    at_once = float(effect([2 * gy * a], [a], [0], tissue).bed_gy)
    assert 2 * gy < apart <= both * (1 + 1e-12) <= at_once * (1 + 1e-9)


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-3, 9e4), st.floats(1.01, 10))
def test_bigger_spheres_absorb_more(mass: float, factor: float) -> None:
    assert 0 < sphere_fraction(mass) < sphere_fraction(mass * factor) < 1

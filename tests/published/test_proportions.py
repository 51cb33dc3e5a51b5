"""Proportions and dose levels against published examples, and R's numbers (4.2.2)."""

import pytest

from posolog.stats import (
    exact_three_plus_three,
    fisher_exact,
    isotonic,
    proportion,
    proportion_difference,
    proportion_ratio,
)

# R: binom.test(x, n)$conf.int; prop.test(x, n, correct = FALSE)$conf.int
R_INTERVALS = [
    (0, 6, (0, 0.4592581264399), (0, 0.390334287902165)),
    (1, 6, (0.00421074451448947, 0.64123457899767478), (0.0300533697483067, 0.5635028221864702)),
    (3, 20, (0.0320709371854637, 0.3789268265453140), (0.0523687458962166, 0.3604188647407569)),
    (20, 20, (0.831566529016915, 1), (0.838874841947181, 1)),
]


@pytest.mark.parametrize(("events", "n", "exact", "score"), R_INTERVALS)
def test_intervals_of_one_proportion(events: int, n: int, exact: tuple[float, float], score: tuple[float, float]) -> None:
    one, other = proportion(events, n), proportion(events, n, method="wilson")
    assert (one.lower, one.upper) == pytest.approx(exact, rel=1e-12)
    assert (other.lower, other.upper) == pytest.approx(score, rel=1e-12)


def test_newcombe_1998_table_2_row_a() -> None:
    # Newcombe, Stat Med 1998;17:873, 56/70 against 48/80, method 10: 0.0524 to 0.3339
    found = proportion_difference(56, 70, 48, 80)
    assert (round(found.value, 4), round(found.lower, 4), round(found.upper, 4)) == (0.2, 0.0524, 0.3339)


def test_koopman_1984_example() -> None:
    # Koopman, Biometrics 1984;40:513, 36/40 against 16/80: 2.94 to 7.15
    found = proportion_ratio(36, 40, 16, 80)
    assert (found.value, round(found.lower, 2), round(found.upper, 2)) == (4.5, 2.94, 7.15)


def test_fisher() -> None:
    # R: fisher.test(matrix(c(3, 17, 9, 12), 2))$p.value
    assert fisher_exact(((3, 9), (17, 12))).p == pytest.approx(0.0854934399387586, rel=1e-12)


def test_isotonic() -> None:
    # R: isoreg(c(.1, .3, .2, .2, .5, .4))$yf
    assert isotonic([0.1, 0.3, 0.2, 0.2, 0.5, 0.4]) == pytest.approx([0.1, 0.7 / 3, 0.7 / 3, 0.7 / 3, 0.45, 0.45])


# Probability of no level, of each level, and expected patients; the exact recursion, checked by 40,000 simulated trials
# to three digits. Published (PMC5383510, table 3): .44 .36 .18 .02 0, by simulation.
EXACT = {
    "step-down": (0.444466, (0.358991, 0.170199, 0.025429, 0.000911, 0.000003), 9.3864),
    "escalate-only": (0.400146, (0.362038, 0.196941, 0.038703, 0.002152, 0.000019), 8.0036),
}


@pytest.mark.parametrize("variant", EXACT)
def test_three_plus_three_exact(variant: str) -> None:
    none, declared, patients = EXACT[variant]
    found = exact_three_plus_three([0.25, 0.35, 0.50, 0.65, 0.80], variant=variant)
    assert found.none == pytest.approx(none, abs=6e-7)
    assert found.declared == pytest.approx(declared, abs=6e-7)
    assert found.treated.sum() == pytest.approx(patients, abs=6e-5)
    assert found.none + found.declared.sum() == pytest.approx(1, abs=1e-14)


def test_three_plus_three_near_the_published_table() -> None:
    found = exact_three_plus_three([0.25, 0.35, 0.50, 0.65, 0.80], variant="step-down")
    assert [found.none, *found.declared[:4]] == pytest.approx([0.44, 0.36, 0.18, 0.02, 0], abs=0.011)

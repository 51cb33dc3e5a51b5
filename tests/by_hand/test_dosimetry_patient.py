"""A whole patient worked out by hand: exact exponentials in, each intermediate written out.

200 MBq of 111In at hour 0; 600 MBq of 90Y at hours 0 and 168. lam(111In) = ln 2/67.313 = 0.01029737 /h,
lam(90Y) = ln 2/64.10 = 0.01081353 /h, difference 0.00051616 /h. Energy per decay of 90Y: 0.93306 MeV x
1.602176634e-13 J/MeV x 3.6e9 decays per MBq h = 5.381737e-4 Gy kg/(MBq h).
"""

from __future__ import annotations

from math import exp, log
from pathlib import Path

import pytest

from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.result import Result
from posolog.dosimetry.study.solve import solve
from posolog.dosimetry.tables import sphere_fraction
from tests.by_hand.dosimetry_files import write

IN, Y = log(2) / 67.313, log(2) / 64.10
DELTA = 0.93306 * 1.602176634e-13 * 3.6e9
TIMES = (2, 6, 24, 48, 72, 96, 144)
HEAD = {
    "haematocrit": "0.30 ± 0.01",
    "marrow blasts": "10 %",
    "marrow method": "blood",
    "regions": """
  liver: {mass: 1650 g ± 5 %}
  kidneys: {mass: 300 g ± 6 %}
  lumbar spine: {kind: marrow site, volume: 150 mL, marrow share: 0.07}
  red marrow: {mass: 1000 g}
  blood: {volume: 5000 mL}
  whole body: {mass: 70 kg}""",
    "tissues": "\n  liver: {alpha/beta: 2.5 Gy, repair half-time: 2.5 h, source: test}",
    "limits": "\n  liver: 4 Gy\n  marrow blasts: 25 %",
}


def rows() -> list[tuple[str, float, str, float, str]]:
    made = []
    for t in TIMES:
        made += [
            ("liver", t, "activity", 200 * 0.20 * exp(-(IN + log(2) / 80) * t), "MBq"),
            ("kidneys", t, "activity", 200 * 0.02 * exp(-(IN + log(2) / 40) * t), "MBq"),
            ("lumbar spine", t, "activity", 200 * 0.004 * exp(-IN * t), "MBq"),
            ("blood", t, "concentration", 200 / 5000 * exp(-(IN + log(2) / 30) * t) * 1000, "kBq/mL"),
            ("whole body", t, "fraction", 100 * exp(-(IN + log(2) / 400) * t), "%"),
        ]
    return made


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    study, notes = read_study(write(tmp_path_factory.mktemp("patient"), rows(), HEAD))
    return solve(study, notes=notes, draws=400)


def residence(result: Result, name: str) -> float:
    return next(fit.per_mbq for fit in result.fitted if fit.curve.region.name == name)


def test_integrals_of_the_therapy_nuclide(result: Result) -> None:
    """Fraction over (lam(90Y) + biological rate), hours per MBq injected.

    liver 0.20/(0.01081353 + 0.00866434) = 0.20/0.01947787 = 10.26806; kidneys 0.02/(0.01081353 + 0.01732868) =
    0.02/0.02814221 = 0.7106762; spine 0.004/0.01081353 = 0.3699071; blood (1/5000)/(0.01081353 + 0.02310491) =
    2e-4/0.03391844 = 0.005896498 h/mL; whole body 1/(0.01081353 + 0.00173287) = 1/0.01254640 = 79.70413.
    """
    assert residence(result, "liver") == pytest.approx(10.26806, rel=1e-6)
    assert residence(result, "kidneys") == pytest.approx(0.7106762, rel=1e-6)
    assert residence(result, "lumbar spine") == pytest.approx(0.3699071, rel=1e-6)
    assert residence(result, "blood") == pytest.approx(0.005896498, rel=1e-6)
    assert residence(result, "whole body") == pytest.approx(79.70413, rel=1e-6)


def test_remainder_of_the_body(result: Result) -> None:
    """Whole body less liver, kidneys and marrow. Blood counts for the marrow that is chosen here, which it fills:
    the marrow by blood is not measured in the body's remainder and is left in it.

    79.70413 - 10.26806 - 0.71068 = 68.72539 h; mass 70,000 - 1,650 - 300 = 68,050 g.
    """
    assert result.remainder_h == pytest.approx(68.72539, rel=1e-6)


def test_liver(result: Result) -> None:
    """phi(1,650 g) = 0.9685 (R 7.330 cm; 0.9954 - 0.2/R = 0.9681). S = 5.381737e-4 x 0.9685/1.65 = 3.1588e-4.

    Self dose of 1,200 MBq: 1,200 x 10.26806 x 3.1588e-4 = 3.892 Gy. Remainder: (0.9955 - 0.9685) x 5.381737e-4/68.05 x
    68.72539 x 1,200 = 0.0176 Gy.
    """
    dose = result.dose("liver")
    assert dose is not None
    phi = sphere_fraction(1650)
    assert phi == pytest.approx(0.9685, abs=5e-4)
    assert dose.self_gy == pytest.approx(1200 * 10.26806 * DELTA * phi / 1.65, rel=1e-6)
    assert dose.self_gy == pytest.approx(3.892, abs=0.003)
    assert dose.remainder_gy == pytest.approx((0.99553 - phi) * DELTA / 68.05 * 68.72539 * 1200, rel=1e-3)
    assert dose.dose_gy == pytest.approx(3.909, abs=0.003)
    assert dose.by_injection_gy[0] == pytest.approx(dose.dose_gy / 2, rel=1e-9)
    assert dose.gy_per_gbq == pytest.approx(dose.dose_gy / 1.2, rel=1e-9)


def test_kidneys_are_two(result: Result) -> None:
    """phi of one kidney, 150 g: 0.9356 (R 3.296 cm; 0.9954 - 0.2/R = 0.9347).

    1,200 x 0.7106762 x 5.381737e-4 x 0.9356/0.300 = 1.4313 Gy.
    """
    dose = result.dose("kidneys")
    assert dose is not None
    assert dose.phi == pytest.approx(sphere_fraction(150), rel=1e-12)
    assert dose.self_gy == pytest.approx(1.4313, abs=5e-4)


def test_marrow_by_blood_and_by_image(result: Result) -> None:
    """RMBLR 0.19/0.70 = 0.2714286. Per gram of marrow 0.2714286 x 0.005896498 = 1.600478e-3 h per MBq injected.

    phi 0.439: 1,200 x 1.600478e-3 x 0.439 x 5.381737e-4 x 1,000 = 0.453751 Gy; phi 1: 1.033602 Gy.
    Image: 0.3699071/0.07 = 5.284387 h in 1,000 g; phi 0.439: 1,200 x 5.284387 x 0.439 x 5.381737e-4 = 1.498176 Gy.
    """
    lines = {dose.method: dose for dose in result.doses if dose.region == "red marrow"}
    blood = lines["blood, RMBLR 0.271, absorbed fraction 0.439"]
    assert blood.self_gy == pytest.approx(0.453751, rel=1e-5)
    assert lines["blood, RMBLR 0.271, absorbed fraction 1"].self_gy == pytest.approx(1.033602, rel=1e-5)
    assert lines["image of lumbar spine, absorbed fraction 0.439"].self_gy == pytest.approx(1.498176, rel=1e-5)
    assert blood.chosen and not lines["image of lumbar spine, absorbed fraction 0.439"].chosen


def test_whole_body(result: Result) -> None:
    """1,200 x 79.70413 x 5.381737e-4 x 0.9955/70 = 0.7320 Gy."""
    dose = result.dose("whole body")
    assert dose is not None
    assert dose.dose_gy == pytest.approx(0.7320, abs=3e-4)


def test_bed_of_the_liver(result: Result) -> None:
    """One rate a = 0.01947787/h, mu = 0.2772589/h, D = 3.909 in two halves 168 h apart (exp(-168 a) = 0.03793).

    One injection d = 1.9545: d (1 + d a/((mu + a) 2.5)) = 1.9545 (1 + 1.9545 x 0.0656412/2.5) = 2.05481.
    Overlap: the first still gives 3.8 % of its rate when the second begins; BED = 2 x 2.05481 + 0.0084 = 4.118.
    """
    dose = result.dose("liver")
    assert dose is not None and dose.biological is not None
    a, mu, d = Y + log(2) / 80, log(2) / 2.5, dose.dose_gy / 2
    alone = d * (1 + d * a / ((mu + a) * 2.5))
    rate, x = d * a, 168.0
    first_then_second = (exp(-a * x) - exp(-mu * x)) / (mu - a) / (mu + a) + exp(-a * x) / (2 * a) / (mu + a)
    second_then_first = exp(-a * x) / (2 * a) / (mu + a)
    expected = 2 * alone + 2 / 2.5 * rate**2 * (first_then_second + second_then_first)
    assert dose.biological.bed_gy == pytest.approx(expected, rel=1e-9)
    assert dose.biological.eqd2_gy == pytest.approx(expected / 1.8, rel=1e-9)


def test_uncertainty_of_the_liver(result: Result) -> None:
    """Relative u: 90Y 3 %; 111In 2 %; mass 5 % x |d ln D/d ln m| = 5 % x (1 - 0.0088) = 4.96 % (phi grows with m);
    absorbed fraction 2 %; energy 0.45 %; curve c of its own: together sqrt(9 + 4 + 24.6 + 4 + 0.2 + c²) %.
    """
    dose = result.dose("liver")
    assert dose is not None
    shares = {share.name: share for share in dose.budget}
    assert shares["activity of 90Y"].sensitivity == pytest.approx(1, abs=1e-6)
    assert shares["activity of 111In"].sensitivity == pytest.approx(-1, abs=0.01)
    assert shares["size of liver"].sensitivity == pytest.approx(-0.99, abs=0.01)
    curve = shares["curve of liver"].rel_u
    expected = (0.03**2 + 0.02**2 + 0.0496**2 + 0.02**2 + 0.0045**2 + curve**2) ** 0.5
    assert dose.u_gy / dose.dose_gy == pytest.approx(expected, rel=0.01)
    assert sum(share.percent for share in dose.budget) == pytest.approx(100)


def test_simulation_agrees_with_propagation(tmp_path: Path) -> None:
    study, notes = read_study(write(tmp_path, rows(), HEAD))
    for dose in solve(study, notes=notes, draws=4000, seed=3).doses:
        assert dose.u_drawn_gy == pytest.approx(dose.u_gy, rel=0.10), dose.region


def test_the_limit(result: Result) -> None:
    (limit,) = result.limits
    assert limit.dose_gy == pytest.approx(3.909, abs=0.003)
    assert 0.2 < limit.probability < 0.6  # 4 Gy lies 0.3 standard uncertainties above


def test_the_same_seed_gives_the_same_bytes(result: Result, tmp_path: Path) -> None:
    from posolog.report.dose_data import dose_json

    study, notes = read_study(write(tmp_path, rows(), HEAD))
    assert dose_json([solve(study, notes=notes, draws=400)]) == dose_json([result])
    other = solve(study, notes=notes, draws=400, seed=9).dose("liver")
    first = result.dose("liver")
    assert other is not None and first is not None and other.u_gy == first.u_gy and other.u_drawn_gy != first.u_drawn_gy

"""Counts to activity, each number worked out beforehand."""

from __future__ import annotations

from math import exp, log, sinh
from pathlib import Path

import pytest

from posolog.dosimetry import counts
from posolog.dosimetry.study.head import read_study
from posolog.dosimetry.study.solve import solve
from tests.by_hand.dosimetry_files import HEAD, when, write


def test_triple_energy_window() -> None:
    """Windows of 34, 6 and 6 keV: scatter = (12/6 + 3/6) x 34/2 = 42.5; 100 - 42.5 = 57.5 cps."""
    made = counts.scatter_corrected(100, 12, 3, peak_kev=34, low_kev=6, high_kev=6)
    assert float(made) == pytest.approx(57.5)


def test_background_in_front_and_behind() -> None:
    """8 cm of 20 cm is the organ: 12/20 of the background lies before and behind it: 50 - 0.6 x 10 = 44."""
    assert float(counts.background_corrected(50, 10, source_cm=8, body_cm=20)) == pytest.approx(44)
    assert float(counts.background_corrected(50, 10, source_cm=0, body_cm=0)) == pytest.approx(40)


def test_self_attenuation() -> None:
    """mu t/2 = 0.13 x 8/2 = 0.52; 0.52/sinh(0.52) = 0.52/0.543754 = 0.956315."""
    assert counts.self_attenuation(0.13, 8) == pytest.approx(0.52 / sinh(0.52), rel=1e-12)
    assert counts.self_attenuation(0.13, 8) == pytest.approx(0.956315, rel=1e-5)
    assert counts.self_attenuation(0.13, 0) == 1


@pytest.mark.parametrize("depth", [1.0, 6.0, 10.0, 19.0])
def test_a_point_at_any_depth(depth: float) -> None:
    """20 MBq, 8 cps/MBq, mu 0.13, body 20 cm: the product of the views does not know the depth."""
    ant, post = 160 * exp(-0.13 * depth), 160 * exp(-0.13 * (20 - depth))
    found = counts.conjugate_view(ant, post, sensitivity_cps_per_mbq=8, attenuation_per_cm=0.13, body_cm=20)
    assert float(found) == pytest.approx(20, rel=1e-12)
    by_transmission = counts.conjugate_view(ant, post, sensitivity_cps_per_mbq=8, transmission=exp(-2.6))
    assert float(by_transmission) == pytest.approx(20, rel=1e-12)


def test_recovery_between_two_spheres() -> None:
    """Linear in log volume: 10 mL lies log(10/5)/log(20/5) = 0.5 of the way from 0.5 to 0.7: 0.6; u 0.025.

    d R/d ln V = 0.2/ln 4 = 0.144270; over 0.6 = 0.240449.
    """
    value, u, slope = counts.recovery(10, (1, 5, 20), (0.3, 0.5, 0.7), (0.05, 0.03, 0.02))
    assert (value, u) == (pytest.approx(0.6), pytest.approx(0.025))
    assert slope == pytest.approx(0.240449, rel=1e-5)
    assert counts.recovery(500, (1, 5, 20), (0.3, 0.5, 0.7), (0.05, 0.03, 0.02)) == (0.7, 0.02, 0.0)
    with pytest.raises(ValueError, match="smaller"):
        counts.recovery(0.5, (1, 5, 20), (0.3, 0.5, 0.7), (0.05, 0.03, 0.02))


@pytest.mark.parametrize(("hct", "ratio"), [(0.47, 0.358), (0.40, 0.317), (0.30, 0.271), (0.25, 0.253)])
def test_marrow_over_blood(hct: float, ratio: float) -> None:
    assert counts.marrow_to_blood(hct) == pytest.approx(ratio, abs=6e-4)


def test_refused() -> None:
    for wrong in ({"transmission": 0.0}, {"transmission": 1.2}, {"sensitivity_cps_per_mbq": 0.0}):
        with pytest.raises(ValueError):
            counts.conjugate_view(10, 10, **{"sensitivity_cps_per_mbq": 8.0, **wrong})
    with pytest.raises(ValueError):
        counts.conjugate_view(-1, 10, sensitivity_cps_per_mbq=8)
    with pytest.raises(ValueError):
        counts.marrow_to_blood(1.0)


RATE = log(2) / 67.313 + log(2) / 80
PLANAR = {
    "measurements": None,
    "planar counts": "planar.csv",
    "planar": "{sensitivity: 8 cps/MBq ± 4 %, attenuation: 0.13 /cm, peak window: 34 keV, lower window: 6 keV, upper window: 6 keV}",
    "regions": "\n  liver: {mass: 1650 g ± 5 %, thickness: 8 cm, body thickness: 20 cm}",
}


def views(activity: float) -> tuple[float, float, float, float]:
    """Count rates behind 20 cm with the liver's 8 cm in the middle, before scatter and background are added."""
    mean = 8 * activity / counts.self_attenuation(0.13, 8) * exp(-0.13 * 20 / 2)
    return mean * 1.2, mean / 1.2, 12.0, 3.0  # peak anterior, peak posterior, lower and upper window


def test_a_planar_patient(tmp_path: Path) -> None:
    """Scatter 42.5 cps and background 10 cps (0.6 of it) are put on and must come off again: 40 MBq at hour 0."""
    path = write(tmp_path, [], PLANAR)
    head = "region,time,duration_s,anterior_cps,posterior_cps,anterior_background_cps,posterior_background_cps,"
    lines = [head + "anterior_low_cps,anterior_high_cps,posterior_low_cps,posterior_high_cps"]
    for t in (2, 24, 48, 96, 144):
        ant, post, low, high = views(40 * exp(-RATE * t))
        lines.append(f"liver,{when(t)},600,{ant + 42.5 + 6},{post + 42.5 + 6},10,10,{low},{high},{low},{high}")
    (tmp_path / "planar.csv").write_text("\n".join(lines), encoding="utf-8")
    study, notes = read_study(path)
    result = solve(study, notes=notes, draws=200)
    (fit,) = result.fitted
    assert [point.value for point in fit.curve.points] == pytest.approx([40 * exp(-RATE * t) for t in (2, 24, 48, 96, 144)], rel=1e-9)
    assert fit.per_mbq == pytest.approx(0.2 / (log(2) / 64.10 + log(2) / 80), rel=1e-6)
    (dose,) = result.doses
    assert "planar sensitivity" in {share.name for share in dose.budget}
    assert fit.curve.points[-1].u > 0  # counting statistics alone


def test_scatter_above_the_peak_gives_no_number(tmp_path: Path) -> None:
    path = write(tmp_path, [], PLANAR)
    rows = ["region,time,duration_s,anterior_cps,posterior_cps,anterior_low_cps,anterior_high_cps"]
    rows += [f"liver,{when(t)},600,40,40,12,3" for t in (2, 24, 48)]
    (tmp_path / "planar.csv").write_text("\n".join(rows), encoding="utf-8")
    study, notes = read_study(path)
    result = solve(study, notes=notes, draws=100)
    assert not result.doses and "RAD-COUNTS" in {finding.code for finding in result.findings}


def test_syringe_residual_and_decay(tmp_path: Path) -> None:
    """200 MBq at 08:00, injected at 10:00: x 2^(-2/67.313) = 0.979616 -> 195.9232; residual 4 MBq at 11:00 was
    4 x 2^(1/67.313) = 4.041402 at 10:00; net 191.8818 MBq.
    """
    head = {"injections": HEAD["injections"].replace(
        "200 MBq ± 2 %, calibrated: 2027-01-14T10:00",
        "200 MBq ± 2 %, calibrated: 2027-01-14T08:00, residual: 4 MBq, residual measured: 2027-01-14T11:00",
    )}  # fmt: skip
    rows = [("liver", t, "activity", 40 * exp(-RATE * t), "MBq") for t in (2, 24, 48, 96)]
    study, _ = read_study(write(tmp_path, rows, head))
    assert study.of("111In")[0].net.value == pytest.approx(191.8818, rel=1e-6)


def test_an_infusion_of_two_hours(tmp_path: Path) -> None:
    """111In and 90Y infused evenly over 2 h; biology 0.2 exp(-lb t) after each part. Integral by hand: each part s of the
    infusion decays s hours in the syringe, so the 90Y integral is 0.2 (1 - exp(-y))/y/(lam90 + lb), y = 2 lam90.
    """
    lam111, lam90, lb = log(2) / 67.313, log(2) / 64.10, log(2) / 10
    x = 2 * lb
    raised = (exp(x) - 1) / x
    rows = [("liver", t, "activity", 200 * 0.2 * raised * exp(-(lam111 + lb) * t), "MBq") for t in (3, 6, 10, 20, 30, 40)]
    head = {"injections": HEAD["injections"].replace("start: 2027-01-14T10:00,", "start: 2027-01-14T10:00, duration: 2 h,")}
    study, notes = read_study(write(tmp_path, rows, head))
    result = solve(study, notes=notes, draws=100)
    (fit,), (dose,) = result.fitted, result.doses
    y = 2 * lam90
    assert fit.per_mbq == pytest.approx(0.2 / (lam90 + lb), rel=1e-6)  # a bolus of 90Y
    kept = (1 - exp(-y)) / y
    assert dose.by_injection_gy[0] / dose.by_injection_gy[1] == pytest.approx(kept, rel=1e-9)  # the second is a bolus


def test_two_injections_of_the_measured_nuclide(tmp_path: Path) -> None:
    """A second 111In injection at 168 h of half the activity: superposed, or cut off before it, the integral is the same."""
    second = "\n  - {ident: d, nuclide: 111In, start: 2027-01-21T10:00, activity: 100 MBq ± 2 %, calibrated: 2027-01-21T10:00}"
    rows = []
    for t in (2, 24, 48, 96, 144, 170, 192, 240):
        value = 40 * exp(-RATE * t) + (20 * exp(-RATE * (t - 168)) if t > 168 else 0)
        rows.append(("liver", t, "activity", value, "MBq"))
    for way in ("superposition", "cut"):
        head = {"injections": HEAD["injections"] + second, "after second injection": way}
        study, notes = read_study(write(tmp_path, rows, head))
        (fit,) = solve(study, notes=notes, draws=100).fitted
        assert fit.per_mbq == pytest.approx(0.2 / (log(2) / 64.10 + log(2) / 80), rel=1e-6), way


def test_samples_plasma_and_haematocrit(tmp_path: Path) -> None:
    """Well counter 350 cps per kBq/mL; plasma 14,000 cps = 40 kBq/mL; blood 0.7 x 40 = 28 kBq/mL = 0.028 MBq/mL."""
    rows = [("blood", t, "plasma sample", 14_000 * exp(-(RATE) * (t - 1)), "cps") for t in (1, 4, 24, 48, 96)]
    head = {"regions": "\n  blood: {}", "haematocrit": "0.3", "well counter": "350 cps per kBq/mL ± 2 %"}
    study, notes = read_study(write(tmp_path, rows, head))
    (fit,) = solve(study, notes=notes, draws=100).fitted
    assert fit.curve.points[0].value == pytest.approx(0.028, rel=1e-9)


def test_concentration_volume_and_recovery(tmp_path: Path) -> None:
    """Mean 20 kBq/mL in 10 mL with recovery 0.6: 20 x 10/0.6 = 333.3 kBq = 0.3333 MBq; the size cancels but for the
    absorbed fraction's growth and the recovery's slope. R = 1.3365 cm, phi = 0.8488: d ln phi/d ln V =
    (0.2/1.3365)/3/0.8488 = 0.0588; so d ln D/d ln V = 0.0588 - 0.2404 = -0.1816, to the formula's 0.005.
    """
    (tmp_path / "recovery.csv").write_text("volume_ml,coefficient,u\n1,0.3,0.05\n5,0.5,0.03\n20,0.7,0.02\n", encoding="utf-8")
    rows = [("lesion", t, "concentration", 20 * exp(-RATE * (t - 2)), "kBq/mL") for t in (2, 24, 48, 96)]
    head = {"regions": "\n  lesion: {volume: 10 mL ± 10 %}", "recovery": "recovery.csv"}
    study, notes = read_study(write(tmp_path, rows, head))
    result = solve(study, notes=notes, draws=100)
    assert result.fitted[0].curve.points[0].value == pytest.approx(1 / 3, rel=1e-9)
    shares = {share.name: share for share in result.doses[0].budget}
    assert shares["recovery coefficient of lesion"].rel_u == pytest.approx(0.025 / 0.6, rel=1e-9)
    assert shares["size of lesion"].sensitivity == pytest.approx(-0.1816, abs=0.005)


def test_own_dose_and_cross_terms_from_a_users_table(tmp_path: Path) -> None:
    """111In: integral 40/(lam111 + lb) MBq h x 0.0002 mGy/(MBq s) x 3600 s/h. 90Y: 600 MBq x 2, spleen <- liver."""
    table = "target,source,nuclide,value,unit\nliver,liver,111In,2e-4,mGy/(MBq.s)\nspleen,liver,90Y,0.001,mGy/(MBq.h)\n"
    (tmp_path / "s.csv").write_text(table, encoding="utf-8")
    rows = [("liver", t, "activity", 40 * exp(-RATE * t), "MBq") for t in (2, 24, 48, 96)]
    rows += [("spleen", t, "activity", 4 * exp(-RATE * t), "MBq") for t in (2, 24, 48, 96)]
    head = {"S values": "s.csv", "regions": "\n  liver: {mass: 1650 g}\n  spleen: {mass: 150 g}"}
    study, notes = read_study(write(tmp_path, rows, head))
    result = solve(study, notes=notes, draws=100)
    (own,) = result.own
    assert own.region == "liver" and own.dose_mgy == pytest.approx(40 / RATE * 2e-4 * 3600, rel=1e-6)
    spleen = result.dose("spleen")
    assert spleen is not None
    assert spleen.cross_gy == pytest.approx(1200 * 0.2 / (log(2) / 64.10 + log(2) / 80) * 0.001 / 1000, rel=1e-6)


def test_the_therapy_nuclide_measured_itself(tmp_path: Path) -> None:
    """90Y imaged after both of its injections: rates are its own, two responses lie over each other."""
    lam, lb = log(2) / 64.10, log(2) / 80
    rows = []
    for t in (4, 24, 72, 144, 172, 200, 260):
        value = 600 * 0.2 * exp(-(lam + lb) * t) + (600 * 0.2 * exp(-(lam + lb) * (t - 168)) if t > 168 else 0)
        rows.append(("liver", t, "activity", value, "MBq"))
    given = HEAD["injections"].replace(", planned: yes", "").splitlines()
    head = {"measured": "90Y", "injections": "\n".join(line for line in given if "111In" not in line)}
    study, notes = read_study(write(tmp_path, rows, head))
    result = solve(study, notes=notes, draws=100)
    assert result.fitted[0].per_mbq == pytest.approx(0.2 / (lam + lb), rel=1e-6)
    assert result.own == ()

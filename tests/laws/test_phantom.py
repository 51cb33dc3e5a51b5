"""The phantom against its own closed forms: volumes, projections, tomograms, DICOM there and back."""

from datetime import datetime, timedelta
from io import BytesIO
from math import exp, log, pi
from pathlib import Path

import numpy as np
import pydicom
import pytest

from posolog.dosimetry.grid import Grid
from posolog.dosimetry.images import read_folder, rtdose, shares
from posolog.dosimetry.phantom import Ellipsoid, Organ, Phantom, Term, ct, grid_around, regions, spect, trunk, views
from posolog.dosimetry.phantom.dicom import INJECTED, rings, write_ct, write_outlines, write_tomogram

BALL = Ellipsoid((3, -4, 7), (21, 17, 25))
GRID = grid_around(trunk().body, 9.0)


def test_volume_of_the_drawn_ellipsoid() -> None:
    grid = grid_around(BALL, 2.5)
    drawn = regions(Phantom(BALL, (), 0.1), grid)["body"].sum() * grid.voxel_ml
    assert BALL.volume_ml == pytest.approx(4 / 3 * pi * 2.1 * 1.7 * 2.5)
    assert drawn == pytest.approx(BALL.volume_ml, rel=2e-3)


def test_residence_time_is_the_integral() -> None:
    organ = Organ("liver", (BALL,), (Term(0.3, 0.01), Term(-0.1, 0.2)))
    decay = log(2) / 64.10
    time = np.linspace(0, 3000, 600_001)
    curve = np.array([organ.share(at) for at in time[::1000]])
    assert curve[0] == pytest.approx(0.2)
    whole = sum(t.share * np.exp(-(t.rate_per_h + decay) * time) for t in organ.kinetics)
    assert organ.residence_h("90Y") == pytest.approx(np.trapezoid(whole, time), rel=1e-6)


def test_conjugate_views_give_the_activity_back() -> None:
    """Pixel by pixel sqrt(A P) = source * exp(-mu T / 2) * sinh(mu t / 2) / (mu t / 2), T the body's, t the organ's thickness."""
    ball = Ellipsoid((20, -30, 40), (30, 40, 35))
    phantom = Phantom(Ellipsoid((0, 0, 0), (150, 110, 200)), (Organ("ball", (ball,), (Term(1, 0),)),), 0.136)
    grid = grid_around(phantom.body, 3.0)
    seen = views(phantom, {"ball": 50.0}, grid, cps_per_mbq=10.0, parts=6)
    x, _, z = grid.axes_mm()
    near, far = ball.chord(x[None, :], z[:, None])
    half = 0.136 * (far - near) / 10 / 2
    thick = np.where(half > 0, np.sinh(half) / np.where(half > 0, half, 1), 1)
    found = np.sqrt(seen.anterior_cps * seen.posterior_cps / seen.transmission) / thick / 10.0
    assert found.sum() == pytest.approx(50.0, rel=0.01)
    assert seen.anterior_cps.sum() > seen.posterior_cps.sum()  # it lies in front


def test_views_without_attenuation_hold_all_counts() -> None:
    body = trunk().body
    phantom = Phantom(body, trunk().organs, 0.0)
    seen = views(phantom, {"kidneys": 7.0, "liver": 20.0}, grid_around(body, 5.0), cps_per_mbq=3.0)
    assert seen.anterior_cps.sum() == pytest.approx(81.0, rel=1e-3)
    assert np.allclose(seen.anterior_cps, seen.posterior_cps)


def test_a_tomogram_keeps_its_activity_through_the_blur() -> None:
    sharp = spect(trunk(), {"liver": 30.0, "lesion": 1.0}, GRID, parts=2)
    blurred = spect(trunk(), {"liver": 30.0, "lesion": 1.0}, GRID, fwhm_mm=12.0, parts=2)
    assert sharp.sum() * GRID.voxel_ml == pytest.approx(31.0)
    assert blurred.sum() * GRID.voxel_ml == pytest.approx(31.0, rel=1e-6)
    inside = regions(trunk(), GRID, parts=2)["lesion"]
    assert (blurred * inside).sum() < 0.75 * (sharp * inside).sum()


def test_counting_noise_is_poisson_and_repeatable() -> None:
    def noisy(seed: int) -> np.ndarray:
        draw = np.random.default_rng(seed)
        return spect(trunk(), {"liver": 100.0}, GRID, counts_per_mbq=500, draw=draw, parts=2) * GRID.voxel_ml * 500

    exact = spect(trunk(), {"liver": 100.0}, GRID, parts=2) * GRID.voxel_ml * 500
    assert (noisy(1) == noisy(1)).all() and (noisy(1) != noisy(2)).any()
    full = exact == exact.max()
    assert np.var(noisy(1)[full]) == pytest.approx(exact.max(), rel=0.15)


def test_an_organ_may_not_leave_the_body() -> None:
    with pytest.raises(ValueError, match="out of the body"):
        Phantom(BALL, (Organ("far", (Ellipsoid((300, 0, 0), (5, 5, 5)),), ()),), 0.1)


def test_outlines_enclose_the_organs_volume() -> None:
    grid = grid_around(BALL, 2.0)
    drawn = shares(rings(BALL, grid), grid)
    assert drawn.sum() * grid.voxel_ml == pytest.approx(BALL.volume_ml, rel=5e-3)
    assert drawn.min() >= 0 and drawn.max() == 1


def test_an_outline_inside_another_is_a_hole() -> None:
    grid = Grid((1, 20, 20), (4.0, 1.0, 1.0), (0.5, 0.5, 0.0))
    outer = np.array([[2, 2, 0], [18, 2, 0], [18, 18, 0], [2, 18, 0]], dtype=float)
    inner = np.array([[5, 5, 0], [5, 10, 0], [10, 10, 0], [10, 5, 0]], dtype=float)
    assert shares([outer, inner], grid).sum() == pytest.approx(16 * 16 - 25)
    with pytest.raises(ValueError, match="encloses nothing"):
        shares([outer[:2]], grid)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dicom")
    phantom = trunk()
    write_ct(made, ct(phantom, GRID), GRID)
    for time_h in (4.0, 48.0):
        activity = {organ.name: 185 * organ.share(time_h) * exp(-log(2) / 67.313 * time_h) for organ in phantom.organs}
        image = spect(phantom, activity, GRID, parts=2)
        write_tomogram(made, image, GRID, time_h=time_h, nuclide="111In", injected_mbq=185)
    write_outlines(made, phantom, GRID)
    (made / "notes.txt").write_text("not an image")
    return made


def test_dicom_there_and_back(folder: Path) -> None:
    study, found = read_folder(folder)
    assert found == ()
    assert study.ct is not None and study.ct.grid.shape == GRID.shape
    assert study.ct.values.min() == -1000 and study.ct.values.max() == 0
    first, second = study.tomograms
    assert (first.nuclide, first.injected_mbq, first.decay, first.unit) == ("111In", 185, "NONE", "Bq/mL")
    assert first.injected == INJECTED and second.acquired == INJECTED + timedelta(hours=48)
    assert np.allclose(first.grid.first_mm, GRID.first_mm)
    liver = shares(study.contours[0].regions["liver"], GRID)
    held = float((first.values * liver).sum() * GRID.voxel_ml / 1e6)
    organ = trunk().organ("liver")
    assert held == pytest.approx(185 * organ.share(4) * exp(-log(2) / 67.313 * 4), rel=0.06)  # partial voxels at its edge


SPOILT = {
    "IMAGE-TIME": lambda data: (data.pop("AcquisitionTime"), data.pop("SeriesTime")),
    "IMAGE-SCALE": lambda data: (data.pop("RescaleSlope"), data.pop("Units")),
    "IMAGE-DECAY": lambda data: data.pop("DecayCorrection"),
    "IMAGE-HALF-LIFE": lambda data: setattr(data.RadiopharmaceuticalInformationSequence[0], "RadionuclideHalfLife", "23040"),
    "IMAGE-ACTIVITY": lambda data: setattr(data.RadiopharmaceuticalInformationSequence[0], "RadionuclideTotalDose", "185000000"),
    "IMAGE-TILTED": lambda data: setattr(data.DetectorInformationSequence[0], "ImageOrientationPatient", [1, 0, 0, 0, 0, -1]),
    "IMAGE-PLACE": lambda data: data.pop("DetectorInformationSequence"),
    "IMAGE-NOT-TOMOGRAM": lambda data: setattr(data, "ImageType", ["ORIGINAL", "PRIMARY", "WHOLE BODY", "EMISSION"]),
    "IMAGE-UNREADABLE": lambda data: data.pop("PixelSpacing"),
}


@pytest.mark.parametrize("code", SPOILT)
def test_a_spoilt_header_is_a_finding(code: str, folder: Path, tmp_path: Path) -> None:
    data = pydicom.dcmread(folder / "nm-004.0h.dcm")
    SPOILT[code](data)
    data.save_as(tmp_path / "spoilt.dcm")
    study, found = read_folder(tmp_path)
    assert code in [finding.code for finding in found]
    assert study.tomograms == ()
    assert all(finding.places[0].where.endswith("spoilt.dcm") for finding in found)


def test_the_user_may_state_the_decay_reference(folder: Path, tmp_path: Path) -> None:
    data = pydicom.dcmread(folder / "nm-004.0h.dcm")
    data.pop("DecayCorrection")
    data.save_as(tmp_path / "plain.dcm")
    study, found = read_folder(tmp_path, decay="START")
    assert found == () and study.tomograms[0].decay == "START"


def test_a_missing_slice_and_a_torn_file(folder: Path, tmp_path: Path) -> None:
    for path in sorted(folder.glob("ct-*.dcm")):
        if path.name != "ct-010.dcm":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    study, found = read_folder(tmp_path)
    assert study.ct is None and [finding.code for finding in found] == ["IMAGE-SLICES"]
    whole = (folder / "nm-004.0h.dcm").read_bytes()
    for size in (140, 700, 2000, len(whole) // 2):
        torn = tmp_path / f"torn-{size}"
        torn.mkdir()
        (torn / "nm.dcm").write_bytes(whole[:size])
        study, found = read_folder(torn)
        assert study.tomograms == () and len(found) <= 1


def test_a_file_that_only_bears_the_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(b"nothing of the kind")
    (tmp_path / "a.csv").write_text("region,time")
    _, found = read_folder(tmp_path)
    assert [(finding.code, finding.places[0].where) for finding in found] == [("IMAGE-UNREADABLE", str(tmp_path / "a.dcm"))]


def test_a_dose_map_reads_back_in_its_place() -> None:
    rng = np.random.default_rng(2)
    dose = rng.gamma(2, 1.5, size=GRID.shape)
    dose[0, 0, 0] = np.nan
    when = datetime(2027, 1, 18, 8)
    made = rtdose(dose, GRID, patient="P-001", frame="1.2.3", created=when)
    assert made == rtdose(dose, GRID, patient="P-001", frame="1.2.3", created=when)
    data = pydicom.dcmread(BytesIO(made))
    back = data.pixel_array * float(data.DoseGridScaling)
    assert np.abs(back - np.nan_to_num(dose)).max() < 1e-8 * np.nanmax(dose)
    assert data.Modality == "RTDOSE" and data.DoseUnits == "GY" and data.FrameOfReferenceUID == "1.2.3"
    # The centre of voxel [k, j, i], as a viewer computes it from the header (PS3.3, C.7.6.2.1.1).
    k, j, i = 5, 7, 3
    corner, (row, column) = np.array(data.ImagePositionPatient, float), map(float, data.PixelSpacing)
    axes = np.array(data.ImageOrientationPatient, float).reshape(2, 3)
    place = corner + axes[0] * column * i + axes[1] * row * j + np.array([0, 0, float(data.GridFrameOffsetVector[k])])
    x, y, z = GRID.axes_mm()
    assert place == pytest.approx((x[i], y[j], z[k]), abs=1e-4)


@pytest.mark.parametrize(("spoilt", "words"), [(-1.0, "not negative"), (np.inf, "finite")])
def test_a_spoilt_dose_is_not_written(spoilt: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rtdose(np.full(GRID.shape, spoilt), GRID, patient="P", frame="1", created=INJECTED)

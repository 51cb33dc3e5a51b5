"""The whole way from tomograms to dose, against the phantom's closed forms; and what stops it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest

from posolog import api
from posolog.cli.boundary import run
from posolog.dosimetry.images.absorbed import image_dose
from posolog.dosimetry.images.measure import REMAINDER, measure
from posolog.report.image_dose import dose_json, dose_volume_figure, measured_csv


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("phantom")
    api.phantom(made, times_h=(2, 20, 48, 96, 144), activity_mbq=185, edge_mm=7)
    return made


def test_no_activity_is_lost(folder: Path) -> None:
    """Regions and remainder together hold what the phantom holds, at every time."""
    study, _ = api.images(folder / "dicom")
    rows, found = measure(study)
    truth = json.loads((folder / "truth.json").read_text())
    assert found == ()
    for at, moment in enumerate(sorted({row.at for row in rows})):
        held = sum(organ["activity_mbq"][at] for organ in truth["organs"])
        assert sum(row.activity_mbq for row in rows if row.at == moment) == pytest.approx(held, rel=1e-4)
    assert len(measured_csv(rows).splitlines()) == 1 + 5 * 6


def test_dose_of_the_phantom(folder: Path) -> None:
    """Total energy is that of the exact integrals; the liver's core has its exact dose, away from its edge."""
    study, _ = api.images(folder / "dicom")
    dose, found = image_dose(study, therapy_mbq=666, u_percent=2)
    assert dose is not None and found == ()
    truth = {organ["organ"]: organ for organ in json.loads((folder / "truth.json").read_text())["organs"]}
    exact = sum(organ["integral_90y_h"] for organ in truth.values()) * 666
    total = sum(region.integral_mbq_h for region in dose.regions)
    assert total == pytest.approx(exact, rel=0.04)  # curves fitted to five points
    liver = next(region for region in dose.regions if region.name == "liver")
    # In the core every beta that leaves is replaced by one that enters: dose = Delta * concentration (per mL of water).
    core = truth["liver"]["integral_90y_h"] * 666 * 0.93306 * 1.602176634e-13 * 3600 * 1e6 / (truth["liver"]["volume_ml"] * 1e-3)
    assert liver.volume.d(20) / 1000 == pytest.approx(core * 0.9955, rel=0.04)
    for region in dose.regions:
        for name, (low, high) in region.intervals.items():
            middle = region.volume.mean_mgy if name == "mean" else region.volume.d(float(name[1:]))
            assert low < middle < high, (region.name, name)
    figure = dose_volume_figure(dose)
    assert [curve.label for curve in figure.curves] == ["liver", "spleen", "kidneys", "L3", "lesion"]
    assert all(curve.value[0] == pytest.approx(1) and curve.value[-1] == 0 for curve in figure.curves)
    told = json.loads(dose_json(dose))
    assert [region["dose_gy"] is None for region in told["regions"]] == [False] * 5 + [True]
    assert dose.regions[-1].name == REMAINDER


def test_the_same_seed_gives_the_same_intervals(folder: Path) -> None:
    study, _ = api.images(folder / "dicom")
    made = [image_dose(study, therapy_mbq=666, u_percent=5, seed=seed, replicates=20)[0] for seed in (1, 1, 2)]
    first, again, other = (one.regions[0].intervals for one in made if one)
    assert first == again != other


def change(folder: Path, tmp_path: Path, *, only: int = 9, **attributes: object) -> Path:
    """A copy of the phantom's images with attributes of the first `only` tomograms replaced."""
    shutil.copytree(folder / "dicom", tmp_path / "dicom")
    for path in sorted((tmp_path / "dicom").glob("nm-*.dcm"))[:only]:
        data = pydicom.dcmread(path)
        for name, value in attributes.items():
            item = data.RadiopharmaceuticalInformationSequence[0]
            setattr(item if name.startswith("Radio") else data, name, value)
        data.save_as(path)
    return tmp_path / "dicom"


@pytest.mark.parametrize(
    ("code", "only", "attributes"),
    [
        ("IMAGE-FRAME", 9, {"FrameOfReferenceUID": "1.2.3"}),
        ("IMAGE-GRIDS", 1, {"PixelSpacing": [7.0, 7.1]}),
        ("IMAGE-INJECTION", 1, {"RadiopharmaceuticalStartDateTime": "20270111080000"}),
        ("IMAGE-INJECTION", 1, {"RadionuclideTotalDose": "200"}),
        ("IMAGE-BEFORE", 1, {"AcquisitionTime": "080000"}),
        ("IMAGE-COUNTS", 9, {"Units": "CNTS"}),
    ],
)
def test_what_stops_a_dose(code: str, only: int, attributes: dict[str, object], folder: Path, tmp_path: Path) -> None:
    study, _ = api.images(change(folder, tmp_path, only=only, **attributes))
    dose, found = image_dose(study, therapy_mbq=666, u_percent=5)
    assert dose is None
    assert code in [finding.code for finding in found]


def test_an_image_corrected_to_the_injection_is_decayed_again(folder: Path, tmp_path: Path) -> None:
    plain, _ = measure(api.images(folder / "dicom")[0])
    corrected, _ = measure(api.images(change(folder, tmp_path, DecayCorrection="ADMIN"))[0])
    last = [row.activity_mbq for row in plain if row.region == "liver"][-1]
    assert [row.activity_mbq for row in corrected if row.region == "liver"][-1] == pytest.approx(last * 0.5 ** (144 / 67.313))


def test_regions_that_overlap_are_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "dicom", tmp_path / "dicom")
    data = pydicom.dcmread(tmp_path / "dicom" / "outlines.dcm")
    data.StructureSetROISequence[1].ROIName = "liver again"
    data.ROIContourSequence[1].ContourSequence = data.ROIContourSequence[0].ContourSequence
    data.save_as(tmp_path / "dicom" / "outlines.dcm")
    _, found = measure(api.images(tmp_path / "dicom")[0])
    assert [finding.code for finding in found] == ["IMAGE-OVERLAP"] * 5


def test_few_images_and_impossible_amounts(folder: Path, tmp_path: Path) -> None:
    study, _ = api.images(folder / "dicom")
    assert [f.code for f in image_dose(study, therapy_mbq=0, u_percent=5)[1]] == ["IMAGE-AMOUNT"]
    assert [f.code for f in image_dose(study, therapy_mbq=np.nan, u_percent=5)[1]] == ["IMAGE-AMOUNT"]
    for path in sorted((folder / "dicom").glob("nm-*"))[:2]:
        shutil.copy(path, tmp_path)
    assert "IMAGE-FEW" in [f.code for f in image_dose(api.images(tmp_path)[0], therapy_mbq=1, u_percent=5)[1]]
    (tmp_path / "empty").mkdir()
    assert [f.code for f in measure(api.images(tmp_path / "empty")[0])[1]] == ["IMAGE-NONE"]


@pytest.mark.parametrize(
    "words",
    [
        ["images", "nowhere"],
        ["images", ".", "-o", "dose.dcm"],
        ["images", ".", "--therapy-mbq", "666", "-o", "dose.csv"],
        ["images", "."],
        ["images", ".", "--therapy-mbq", "-3"],
        ["phantom", "-o", "ph", "--times", "4,2"],
        ["phantom", "-o", "ph", "--voxel-mm", "0"],
    ],
)
def test_nonsense_at_the_command_line(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == 2
    assert list(tmp_path.iterdir()) == []




def test_the_phantoms_own_file_gives_its_own_doses(folder: Path, tmp_path: Path) -> None:
    """Exact activities, fitted curves: each dose is the exact one within its uncertainty and 3 %."""
    result = api.dose(folder / "dosimetry.yaml", draws=100)
    truth = {organ["organ"]: organ for organ in json.loads((folder / "truth.json").read_text())["organs"]}
    found = {dose.region: dose for dose in result.doses if dose.chosen}
    assert set(found) == set(truth)
    for name, dose in found.items():
        exact = truth[name]["self_dose_mgy_per_mbq"] * 666 / 1000
        assert dose.dose_gy == pytest.approx(exact, rel=0.03), name
        assert abs(dose.dose_gy - exact) < 2 * dose.u_gy
    page = tmp_path / "report.html"
    words = ["dose", str(folder / "dosimetry.yaml"), "--draws", "100", "--images", str(folder / "dicom"), "-o", str(page)]
    assert run(words) == 0
    assert "Dose-volume histograms" in page.read_text() and page.read_text().count("not a medical device") == 1
    assert run([*words[:-1], str(tmp_path / "x.json")]) == 2

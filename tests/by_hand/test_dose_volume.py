"""A dose-volume histogram of five voxels, worked out on paper."""

import numpy as np
import pytest

from posolog.dosimetry.voxel import dose_volume

# Doses 10, 20, 30, 40, 50 mGy; the 30 mGy voxel is half inside; 0.1 mL a voxel: 4.5 voxels, 0.45 mL.
DOSE = np.array([[[10.0, 20.0, 30.0, 40.0, 50.0, 99.0]]])
REGION = np.array([[[1.0, 1.0, 0.5, 1.0, 1.0, 0.0]]])


def test_five_voxels() -> None:
    found = dose_volume(DOSE, REGION, voxel_ml=0.1)
    assert found.volume_ml == pytest.approx(0.45)
    assert found.mean_mgy == pytest.approx((10 + 20 + 15 + 40 + 50) / 4.5)
    # Shares from the top: 50: 22.2 %, 40: 44.4 %, 30: 55.6 %, 20: 77.8 %, 10: 100 %.
    assert [found.d(percent) for percent in (2, 22, 23, 50, 56, 77, 78, 98, 100)] == [50, 50, 40, 30, 20, 20, 10, 10, 10]
    assert found.v(30) == pytest.approx(100 * 2.5 / 4.5)
    assert found.v(30.1) == pytest.approx(100 * 2 / 4.5)
    assert (found.v(10), found.v(51)) == (pytest.approx(100), 0)
    dose, volume = found.curve(6)
    assert dose.tolist() == [0, 10, 20, 30, 40, 50]
    assert volume == pytest.approx(np.array([1, 1, 3.5 / 4.5, 2.5 / 4.5, 2 / 4.5, 1 / 4.5]) * 100)


def test_air_is_left_out_and_said() -> None:
    dose = DOSE.copy()
    dose[0, 0, 0] = np.nan
    found = dose_volume(dose, REGION, voxel_ml=0.1)
    assert found.left_out == pytest.approx(1 / 4.5)
    assert found.volume_ml == pytest.approx(0.45)
    assert found.d(100) == 20


@pytest.mark.parametrize(
    ("region", "words"),
    [(REGION[0], "shape"), (REGION * 2, "between 0 and 1"), (REGION * 0, "no voxel")],
)
def test_a_spoilt_region(region: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dose_volume(DOSE, region, voxel_ml=0.1)


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_a_share_outside_a_hundred(percent: float) -> None:
    with pytest.raises(ValueError, match="percentage"):
        dose_volume(DOSE, REGION, voxel_ml=0.1).d(percent)

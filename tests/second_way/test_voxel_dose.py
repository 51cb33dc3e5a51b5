"""Voxel dose against SciPy's double-precision convolution, and against replicates made one by one."""

import sys

import numpy as np
import pytest
from scipy.signal import fftconvolve

from posolog.dosimetry.voxel import VoxelKernel, dose_map, local_deposition, region_maps, separable
from posolog.dosimetry.voxel import convolve as ways
from posolog.dosimetry.voxel.convolve import convolve


def gaussians(reach: tuple[int, int, int], edges_mm: tuple[float, float, float]) -> VoxelKernel:
    """A kernel of the shape of a beta emitter's: a sharp core and a tail, not separable."""
    axes = [np.arange(-half, half + 1) * edge for half, edge in zip(reach, edges_mm, strict=True)]
    r = np.sqrt(sum(np.meshgrid(*[axis**2 for axis in axes], indexing="ij")))
    return VoxelKernel(np.exp(-((r / 1.6) ** 2)) + 0.05 * np.exp(-r / 1.5), edges_mm, "90Y", "made for the test")


KERNELS = [gaussians((3, 3, 3), (4.42, 4.42, 4.42)), gaussians((2, 3, 4), (5.0, 3.5, 3.0)), gaussians((0, 1, 2), (9.0, 4.0, 3.0))]
ACTIVITY = np.random.default_rng(11).gamma(0.3, size=(13, 17, 11)).astype(np.float32)


@pytest.mark.parametrize("kernel", KERNELS, ids=["cubic", "oblong", "flat"])
@pytest.mark.parametrize("method", ["separable", "fft"])
@pytest.mark.parametrize("compiled", [True, False])
def test_convolution(kernel: VoxelKernel, method: str, compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not compiled:
        monkeypatch.setattr(ways, "find_spec", lambda name: None)
    expected = fftconvolve(ACTIVITY.astype(float), kernel.values_mgy_per_mbq_s, mode="full")
    z, y, x = kernel.reach
    expected = expected[z : z + 13, y : y + 17, x : x + 11]
    found = convolve(ACTIVITY, kernel, method=method)  # type: ignore[arg-type]
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() < 5e-5 * expected.max()


def test_the_stated_error_bounds_the_error() -> None:
    kernel = KERNELS[0]
    rough = separable(kernel, tolerance=0.5)
    exact = fftconvolve(ACTIVITY.astype(float), kernel.values_mgy_per_mbq_s, mode="same")
    found = convolve(ACTIVITY, kernel, method="separable", tolerance=0.5)
    limit = rough.error * ACTIVITY.max() * kernel.values_mgy_per_mbq_s.sum()
    assert rough.rank < separable(kernel).rank
    assert 1e-4 * limit < np.abs(found - exact).max() <= limit


def test_an_image_thinner_than_the_kernel() -> None:
    thin = ACTIVITY[:2, :3, :1]
    expected = sum(
        np.pad(KERNELS[0].values_mgy_per_mbq_s, 3)[
            6 - z : 8 - z, 6 - y : 9 - y, 6 - x : 7 - x
        ] * float(thin[z, y, x])
        for z, y, x in np.ndindex(thin.shape)
    )  # fmt: skip
    for method in ("separable", "fft"):
        assert np.allclose(convolve(thin, KERNELS[0], method=method), expected, rtol=1e-4, atol=1e-6)  # type: ignore[arg-type]


def test_density_divides_by_the_voxels_own_mass() -> None:
    density = np.full(ACTIVITY.shape, 1.05)
    density[0] = 0.3
    density[1] = 0.001
    water, own = dose_map(ACTIVITY, KERNELS[0]), dose_map(ACTIVITY, KERNELS[0], density_g_ml=density)
    assert np.allclose(own.dose_mgy[2:], water.dose_mgy[2:] / 1.05, rtol=1e-6)
    assert np.allclose(own.dose_mgy[0], water.dose_mgy[0] / 0.3, rtol=1e-6)
    assert np.isnan(own.dose_mgy[1]).all()
    assert own.edge == (3, 3, 3) and "own density" in own.method


def test_local_deposition_by_hand() -> None:
    # 1e6 decays of 1.4949e-13 J in a voxel of 0.2 cm x 0.2 cm x 0.25 cm = 0.01 mL = 1e-5 kg: 14.949 mGy.
    one = np.zeros((2, 2, 2))
    one[1, 0, 1] = 1.0
    found = local_deposition(one, delta_mgy_kg_per_mbq_s=1.4949e-4, voxel_mm=(2.5, 2.0, 2.0)).dose_mgy
    assert found[1, 0, 1] == pytest.approx(14.949, rel=1e-6)
    assert found.sum() == found[1, 0, 1]


@pytest.mark.parametrize("spoilt", [-1.0, np.nan, np.inf])
def test_a_spoilt_map_gives_no_dose(spoilt: float) -> None:
    bad = ACTIVITY.copy()
    bad[3, 3, 3] = spoilt
    with pytest.raises(ValueError, match="activity map"):
        dose_map(bad, KERNELS[0])


@pytest.mark.parametrize(
    ("taps", "words"),
    [
        (np.ones((3, 3, 2)), "odd number"),
        (-np.ones((3, 3, 3)), "finite taps >= 0"),
        (np.zeros((3, 3, 3)), "not all 0"),
        (np.arange(27.0).reshape(3, 3, 3), "both ends"),
    ],
)
def test_a_spoilt_kernel_is_refused(taps: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        VoxelKernel(taps, (1.0, 1.0, 1.0), "90Y", "test")


@pytest.mark.parametrize("method", ["separable", "fft"])
def test_replicates_one_by_one(method: str) -> None:
    rng = np.random.default_rng(3)
    where = rng.integers(0, 3, ACTIVITY.shape)
    regions = {name: np.where(where == at, ACTIVITY, 0) for at, name in enumerate(("liver", "spleen", "rest"))}
    weights = rng.normal(1, 0.2, size=(40, 3))
    kernel = KERNELS[0]
    maps = region_maps(regions, kernel, method=method)  # type: ignore[arg-type]
    single = np.stack([
        convolve(sum(w * part for w, part in zip(row, regions.values(), strict=True)), kernel) for row in weights
    ])
    blocks = np.zeros((40, ACTIVITY.size), np.float32)
    for indices, doses in maps.blocks(weights):
        blocks[:, indices] = doses
    scale = single.max()
    assert np.abs(blocks.reshape(single.shape) - single).max() < 1e-4 * scale
    mean, sd = maps.mean_and_sd(weights)
    assert np.abs(mean - single.mean(axis=0)).max() < 1e-4 * scale
    assert np.abs(sd - single.std(axis=0, ddof=1)).max() < 1e-4 * scale
    assert np.abs(maps.whole(weights[0]) - single[0]).max() < 1e-4 * scale
    inside = where == 1
    assert np.abs(maps.within(inside).whole(weights[7])[inside] - single[7][inside]).max() < 1e-4 * scale
    assert maps.within(inside).where.size == inside.sum()


@pytest.mark.skipif("torch" not in sys.modules and not __import__("importlib").util.find_spec("torch"), reason="no torch")
@pytest.mark.parametrize("method", ["separable", "fft", "auto"])
def test_a_torch_array_stays_one(method: str) -> None:
    import torch

    found = convolve(torch.as_tensor(ACTIVITY), KERNELS[1], method=method)  # type: ignore[arg-type]
    assert isinstance(found, torch.Tensor)
    assert np.allclose(found.numpy(), convolve(ACTIVITY, KERNELS[1]), rtol=1e-3, atol=1e-5)

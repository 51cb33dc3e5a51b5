"""Convolution of an activity map with a voxel kernel: nothing lies outside the map, and the map keeps its shape.

Two ways that agree: separable passes, compiled where numba is present, and one real FFT with zero padding. The array's
own type chooses the library: NumPy, CuPy or PyTorch.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from posolog.dosimetry.voxel.kernel import TOLERANCE, VoxelKernel, separable

Method = Literal["auto", "separable", "fft"]


def convolve(activity: Any, kernel: VoxelKernel, *, method: Method = "auto", tolerance: float = TOLERANCE) -> Any:
    """Sum over source voxels of activity times kernel.

    `activity` has shape (z, y, x) and is computed in float32; the result has its shape and array type. `auto` takes the
    separable passes for NumPy arrays where numba is installed, else the FFT. Cost grows with the number of voxels
    (separable) or a little faster (FFT). *Raises:* ValueError for another shape or method.
    """
    if getattr(activity, "ndim", 0) != 3:
        raise ValueError("an activity map has three axes (z, y, x)")
    if method not in ("auto", "separable", "fft"):
        raise ValueError(f"method {method!r} is none of auto, separable, fft")
    on_cpu = isinstance(activity, np.ndarray)
    if method == "fft" or (method == "auto" and not (on_cpu and find_spec("numba"))):
        return by_fft(activity, kernel)
    form = separable(kernel, tolerance=tolerance)
    if on_cpu and find_spec("numba"):
        from posolog.dosimetry.voxel.compiled import passes

        return passes(activity, form)
    return _plain_passes(activity, form)


def by_fft(activity: Any, kernel: VoxelKernel) -> Any:
    """By one forward and one backward real transform, padded so that nothing wraps round."""
    library, transform = _libraries(activity)
    taps = kernel.values_mgy_per_mbq_s
    reach = kernel.reach
    shape = [_fast(side + 2 * half) for side, half in zip(activity.shape, reach, strict=True)]
    spectrum = transform.rfftn(_float32(activity), s=shape)
    spectrum *= transform.rfftn(_like(library, activity, taps), s=shape)
    full = transform.irfftn(spectrum, s=shape)
    (z, y, x), (nz, ny, nx) = reach, activity.shape
    return full[z : z + nz, y : y + ny, x : x + nx]


def _plain_passes(activity: Any, form: Any) -> Any:
    """The separable passes by whole-array sums: what a GPU array, or NumPy without numba, runs."""
    source = _float32(activity)
    total = source * 0
    for a, along_x in enumerate(form.along_x):
        by_x = _pass(source, along_x, axis=2)
        for b, along_y in enumerate(form.along_y):
            total += _pass(_pass(by_x, along_y, axis=1), form.along_z[a, b], axis=0)
    return total


def _pass(source: Any, taps: Any, *, axis: int) -> Any:
    """One even filter along one axis."""
    out = source * float(taps[0])
    for step, weight in enumerate(taps[1 : source.shape[axis]], 1):
        ahead: list[slice] = [slice(None)] * 3
        behind = list(ahead)
        ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
        out[tuple(ahead)] += float(weight) * source[tuple(behind)]
        out[tuple(behind)] += float(weight) * source[tuple(ahead)]
    return out


def _libraries(array: Any) -> tuple[Any, Any]:
    """The array library and its FFT module, by the array's own type."""
    name = type(array).__module__.partition(".")[0]
    if name in ("cupy", "torch"):
        library = sys.modules[name]
        return library, library.fft
    import scipy.fft

    return np, scipy.fft


def _float32(array: Any) -> Any:
    return array.float() if hasattr(array, "float") else array.astype("float32", copy=False)


def _like(library: Any, array: Any, taps: Any) -> Any:
    """The kernel's taps as an array of the same library, on the same device."""
    taps = taps.astype(np.float32)
    return library.as_tensor(taps, device=array.device) if hasattr(library, "as_tensor") else library.asarray(taps)


def _fast(length: int) -> int:
    from scipy.fft import next_fast_len

    return int(next_fast_len(length, real=True))

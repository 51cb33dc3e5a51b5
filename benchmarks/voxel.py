"""Voxel dose against SciPy's double-precision convolution, in CPU seconds of one run: `make bench-dosimetry`.

The peer gets its best case: the kernel cut to the taps that matter. A GPU row is printed where CuPy or a CUDA build of
PyTorch is installed, and skipped by name where not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from scipy.signal import fftconvolve

from posolog.dosimetry.voxel import region_maps, yttrium_90
from posolog.dosimetry.voxel.convolve import convolve

REPLICATES = 500
EDGE_MM = 4.42
Row = tuple[str, str, str, bool | None]


def main() -> int:
    rows = [row for side in (128, 256) for row in convolutions(side)] + [*replicates(256), *on_gpu(256)]
    width = max(len(name) for name, *_ in rows)
    print(f"{'figure':{width}}  {'measured':>12}  {'limit':>14}")
    for name, value, limit, met in rows:
        print(f"{name:{width}}  {value:>12}  {limit:>14}  {'' if met is None else 'met' if met else 'NOT MET'}")
    return 0 if all(met is not False for *_, met in rows) else 1


def regions(side: int) -> dict[str, Any]:
    """Time-integrated activity of a trunk that fills two thirds of the image, and of five organs in it."""
    z, y, x = np.meshgrid(*[np.linspace(-1, 1, side, dtype=np.float32)] * 3, indexing="ij", sparse=True)

    def inside(cz: float, cy: float, cx: float, az: float, ay: float, ax: float) -> Any:
        return ((z - cz) / az) ** 2 + ((y - cy) / ay) ** 2 + ((x - cx) / ax) ** 2 <= 1

    organs = {
        "liver": inside(0.1, 0, 0.35, 0.3, 0.3, 0.25), "spleen": inside(0.1, 0.2, -0.4, 0.15, 0.12, 0.1),
        "kidneys": inside(-0.3, 0.3, 0.25, 0.14, 0.1, 0.1) | inside(-0.3, 0.3, -0.25, 0.14, 0.1, 0.1),
        "lungs": inside(0.6, 0, 0.3, 0.28, 0.3, 0.2) | inside(0.6, 0, -0.3, 0.28, 0.3, 0.2),
        "marrow": inside(0, 0.45, 0, 0.9, 0.08, 0.08),
    }  # fmt: skip
    taken = np.any(list(organs.values()), axis=0)
    organs["rest"] = inside(0, 0, 0, 1, 0.7, 0.85) & ~taken
    draw = np.random.default_rng(7).gamma(4, 0.25, size=(side,) * 3).astype(np.float32)
    return {name: np.where(mask, draw, np.float32(0)) for name, mask in organs.items()}


def convolutions(side: int) -> list[Row]:
    activity, made = sum(regions(side).values()), yttrium_90((EDGE_MM,) * 3)
    convolve(activity[:8, :8, :8], made)  # compiles
    peer, expected = timed(lambda: fftconvolve(activity.astype(np.float64), made.values_mgy_per_mbq_s, mode="same"))
    rows: list[Row] = [(f"{side}³ SciPy fftconvolve, double", f"{peer:.3f} s", "the peer", None)]
    for method in ("separable", "fft"):
        cost, found = timed(partial(convolve, activity, made, method=method))
        error = float(np.abs(found - expected).max() / expected.max())
        limit = ("<= 1/3 of peer", cost <= peer / 3) if (method, side) == ("separable", 256) else ("", None)
        rows.append((f"{side}³ {method}", f"{cost:.3f} s", *limit))
        rows.append((f"{side}³ {method}, error of the highest dose", f"{error:.1e}", "<= 1e-4", error <= 1e-4))
    return rows


def replicates(side: int) -> list[Row]:
    """500 maps as sums of six, against 500 of our own separable convolutions (one is timed)."""
    parts, made = regions(side), yttrium_90((EDGE_MM,) * 3)
    weights = np.random.default_rng(1).normal(1, 0.15, size=(REPLICATES, len(parts)))
    once, _ = timed(lambda: convolve(sum(parts.values()), made))
    built, maps = timed(lambda: region_maps(parts, made))
    summed, _ = timed(lambda: [doses[0, 0] for _, doses in maps.blocks(weights)])
    share = (built + summed) / (REPLICATES * once)
    closed, _ = timed(lambda: maps.mean_and_sd(weights))
    return [
        (f"{side}³ six region maps", f"{built:.2f} s", "", None),
        (f"{side}³ {REPLICATES} replicates as sums of them", f"{summed:.2f} s", "", None),
        ("maps and replicates / 500 convolutions", f"{100 * share:.1f} %", "<= 5 %", share <= 0.05),
        (f"{side}³ mean and SD of the replicates", f"{closed:.2f} s", "", None),
    ]


def on_gpu(side: int) -> list[Row]:
    array, finish, name = _device_array(sum(regions(side).values()))
    if array is None:
        return [(f"{side}³ on a GPU", "skipped", "no CuPy, no CUDA PyTorch", None)]
    made, rows = yttrium_90((EDGE_MM,) * 3), []
    for method in ("separable", "fft"):
        convolve(array, made, method=method)  # type: ignore[arg-type]
        finish()
        started = time.perf_counter()
        for _ in range(10):
            convolve(array, made, method=method)  # type: ignore[arg-type]
        finish()
        wall_ms = (time.perf_counter() - started) / 10 * 1e3
        rows.append((f"{side}³ {method} on {name}, wall", f"{wall_ms:.2f} ms", "", None))
    return rows


def _device_array(activity: Any) -> tuple[Any, Callable[[], Any], str]:
    try:
        import torch
    except ImportError:
        torch = None
    if torch is not None and torch.cuda.is_available():
        name = f"PyTorch, {torch.cuda.get_device_name()}"
        return torch.as_tensor(activity, device="cuda"), torch.cuda.synchronize, name
    try:
        import cupy
    except ImportError:
        return None, lambda: None, ""
    return cupy.asarray(activity), cupy.cuda.Stream.null.synchronize, "CuPy"


def timed(work: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """The least CPU seconds of a few runs, and the result."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return best, result


if __name__ == "__main__":
    sys.exit(main())

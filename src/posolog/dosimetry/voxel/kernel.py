"""A voxel kernel and its separable form.

A kernel in a uniform medium is even along each axis, so half of its taps hold it. Its Tucker form writes it as a short
sum of products of one-dimensional filters:

    K[i, j, k] ~ sum over a, b of  U_a[i] U_b[j] W_ab[k]

so that a three-dimensional convolution becomes R + R² + R² passes along single axes. *Source:* Tucker, Psychometrika
31:279, 1966 (decomposition); the truncation error is bounded below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EVEN_TOLERANCE = 1e-9  # of the largest tap
TOLERANCE = 1e-4  # bound of a map's error; what is seen on images is several times smaller


@dataclass(frozen=True, slots=True, eq=False)
class VoxelKernel:
    """Dose to a voxel per decay in another: `values_mgy_per_mbq_s` has an odd number of taps along each axis (z, y, x).

    `voxel_mm` are the edges (z, y, x); `source` says how the table was made.
    *Raises:* ValueError when a tap is negative or not finite, when a side is even, or when it is not mirror-symmetric.
    """

    values_mgy_per_mbq_s: Array
    voxel_mm: tuple[float, float, float]
    nuclide: str
    source: str

    def __post_init__(self) -> None:
        taps = self.values_mgy_per_mbq_s
        if taps.ndim != 3 or any(side % 2 == 0 for side in taps.shape):
            raise ValueError(f"a voxel kernel needs an odd number of taps along three axes, not {taps.shape}")
        if not np.isfinite(taps).all() or (taps < 0).any() or not taps.any():
            raise ValueError("a voxel kernel needs finite taps >= 0, not all 0")
        allowed = EVEN_TOLERANCE * taps.max()
        if not all(np.allclose(taps, np.flip(taps, axis), rtol=0, atol=allowed) for axis in range(3)):
            raise ValueError("a voxel kernel must be the same seen from both ends of each axis")

    @property
    def reach(self) -> tuple[int, int, int]:
        """Taps on each side of the centre (z, y, x)."""
        z, y, x = (side // 2 for side in self.values_mgy_per_mbq_s.shape)
        return z, y, x


@dataclass(frozen=True, slots=True, eq=False)
class Separable:
    """Filters of a kernel's Tucker form, each from its centre tap outwards.

    `along_x` (R, hx+1), `along_y` (S, hy+1), `along_z` (R, S, hz+1): the weights of the product of x-filter a and
    y-filter b along z. `error` bounds the error of any dose map, as a share of the map's possible maximum.
    """

    along_x: Array
    along_y: Array
    along_z: Array
    error: float

    @property
    def rank(self) -> tuple[int, int]:
        return self.along_x.shape[0], self.along_y.shape[0]


def yttrium_90(voxel_mm: tuple[float, float, float]) -> VoxelKernel:
    """90Y's kernel in water for voxels with these edges (z, y, x), 1 mm or more, from the shipped point kernel.

    *Raises:* ValueError for an edge below 1 mm.
    """
    from posolog.dosimetry.tables import voxel_s

    octant, _ = voxel_s(voxel_mm)
    taps = octant
    for axis in range(3):
        rest = np.take(taps, range(1, taps.shape[axis]), axis=axis)
        taps = np.concatenate([np.flip(rest, axis), taps], axis=axis)
    return VoxelKernel(taps, voxel_mm, "90Y", "own Monte Carlo in water")


def separable(kernel: VoxelKernel, *, tolerance: float = TOLERANCE) -> Separable:
    """The shortest Tucker form whose error is at most `tolerance`.

    Activity is not negative, so the error of a map is at most the highest activity times the sum of the tap errors of
    one sign; relative to the dose in a large uniform source of that activity (the sum of the taps) this is `error`.
    At full rank the form is exact, so a form is always found.
    """
    taps = kernel.values_mgy_per_mbq_s
    bases = [_basis(taps, axis) for axis in range(3)]
    for rank in range(1, max(taps.shape) // 2 + 2):
        u_z, u_y, u_x = (basis[:, :rank] for basis in bases)
        core = np.einsum("kji,kc,jb,ia->cba", taps, u_z, u_y, u_x)
        rebuilt = np.einsum("cba,kc,jb,ia->kji", core, u_z, u_y, u_x)
        off = taps - rebuilt
        error = float(max(off[off > 0].sum(), -off[off < 0].sum()) / taps.sum())
        if error <= tolerance:
            break
    h_z, h_y, h_x = kernel.reach
    weights = np.einsum("cba,kc->abk", core, u_z)
    return Separable(u_x[h_x:].T.copy(), u_y[h_y:].T.copy(), weights[:, :, h_z:].copy(), error)


def _basis(taps: Array, axis: int) -> Array:
    """Left singular vectors of the kernel unfolded along one axis, largest first; made exactly even."""
    unfolded = np.moveaxis(taps, axis, 0).reshape(taps.shape[axis], -1)
    left: Array = np.linalg.svd(unfolded, full_matrices=False)[0]
    # An even kernel has even and (null) odd singular vectors: only the even ones carry weight.
    even = (left + left[::-1]) / 2
    kept = even[:, np.linalg.norm(even, axis=0) > 0.5]
    return np.linalg.qr(kept)[0]

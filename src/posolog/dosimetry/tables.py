"""The physics tables that are shipped with the room: read once, with the header that says how they were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.constants import MGY_PER_GY, NUCLIDES
from posolog.dosimetry.geometry import sphere_weights, voxel_weights

Floats = NDArray[np.float64]
WATER_G_PER_MM3 = 1e-3


@dataclass(frozen=True, slots=True)
class Table:
    """A table's header ("histories": "40000000"), column names and numbers, shape (rows, columns)."""

    header: dict[str, str]
    columns: tuple[str, ...]
    values: Floats

    def column(self, name: str) -> Floats:
        return np.asarray(self.values[:, self.columns.index(name)])


@dataclass(frozen=True, slots=True)
class Kernel:
    """The 90Y point kernel: fraction of the emitted energy per shell of distance, in independent batches.

    `edges_mm` has one value more than there are shells; `batches` has shape (batches, shells).
    """

    edges_mm: Floats
    batches: Floats

    @property
    def fraction(self) -> Floats:
        return np.asarray(self.batches.mean(axis=0))

    def weighed(self, weights: Floats) -> tuple[Floats, Floats]:
        """Sums over the shells, with their standard errors from the batches; `weights` has shape (..., shells)."""
        each = np.tensordot(self.batches, weights, axes=([1], [weights.ndim - 1]))
        return np.asarray(each.mean(axis=0)), np.asarray(each.std(axis=0, ddof=1) / np.sqrt(len(self.batches)))

    def radius_mm(self, part: float) -> float:
        """The radius within which `part` of the deposited energy stays (X90: part 0.9)."""
        cumulated = np.concatenate([[0.0], np.cumsum(self.fraction)])
        return float(np.interp(part * cumulated[-1], cumulated, self.edges_mm))


@lru_cache(maxsize=8)
def table(name: str) -> Table:
    """A table of `dosimetry/data` by its file name."""
    header, rows = {}, []
    for line in _lines(name):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            header[key.strip()] = value.strip()
        else:
            rows.append(line.split(","))
    return Table(header, tuple(rows[0]), np.array(rows[1:], dtype=float))


def _lines(name: str) -> Iterator[str]:
    yield from (files("posolog.dosimetry") / "data" / name).read_text(encoding="utf-8").splitlines()


@lru_cache(maxsize=1)
def kernel() -> Kernel:
    """The point kernel of 90Y in water."""
    found = table("90y-point-kernel.csv")
    edges = np.concatenate([[0.0], found.column("outer_mm")])
    batches = np.array([found.column(name) for name in found.columns if name.startswith("batch")])
    return Kernel(edges, batches)


@lru_cache(maxsize=4096)
def sphere_fraction(mass_g: float, *, density_g_per_ml: float = 1.0) -> float:
    """Fraction of 90Y's emitted energy that a uniform sphere of soft tissue absorbs of its own decays.

    `mass_g` in g, any size above zero. A density other than 1 shortens distances in proportion.
    *Raises:* ValueError for a mass or density not above zero.
    *Source:* own Monte Carlo kernel (`dosimetry/generate`); agrees with 0.9954 - 0.200/R (R in cm) above 10 g.

    >>> round(sphere_fraction(310), 3)
    0.948
    """
    if not (mass_g > 0 and density_g_per_ml > 0):
        raise ValueError(f"a sphere of {mass_g} g and {density_g_per_ml} g/mL has no absorbed fraction")
    radius_mm = 10 * (3 * mass_g / density_g_per_ml / (4 * np.pi)) ** (1 / 3)
    found = kernel()
    weights = sphere_weights(radius_mm * density_g_per_ml, found.edges_mm)
    return float(weights @ found.fraction)


def voxel_s(size_mm: tuple[float, float, float], *, reach: int | None = None) -> tuple[Floats, Floats]:
    """90Y voxel S values in water for voxels of any size, mGy/(MBq s), and their standard errors.

    `size_mm` are the sides in mm, 1 mm or more. Both arrays have shape (i, j, k): steps from the source voxel along
    each axis, one octant (mirror images are equal), to where the dose ends or `reach` steps.
    *Raises:* ValueError for a side below 1 mm.
    *Source:* own Monte Carlo kernel (`dosimetry/generate`); no density but water's.

    >>> float(voxel_s((4.42, 4.42, 4.42))[0][0, 0, 0].round(3))
    0.696
    """
    if min(size_mm) < 1:
        raise ValueError(f"voxels of {size_mm} mm: sides below 1 mm are finer than the kernel serves")
    found = kernel()
    share, error = found.weighed(voxel_weights(size_mm, found.edges_mm))
    mass_kg = float(np.prod(size_mm)) * WATER_G_PER_MM3 / 1000
    dose = NUCLIDES["90Y"].delta_gy_kg_per_mbq_h / 3600 * MGY_PER_GY / mass_kg
    keep = share > 0 if reach is None else np.ones(share.shape, bool)
    cut = tuple(
        slice(0, reach + 1 if reach is not None else int(np.flatnonzero(keep.any(axis=_others(axis)))[-1]) + 1)
        for axis in range(3)
    )
    return np.asarray((share * dose)[cut]), np.asarray((error * dose)[cut])


def _others(axis: int) -> tuple[int, ...]:
    return tuple(other for other in range(3) if other != axis)


def whole_sum(octant: Floats) -> float:
    """Sum over all voxels of an octant and its mirror images."""
    total = octant
    for axis in range(3):
        factor = np.where(np.arange(octant.shape[axis]) == 0, 1.0, 2.0)
        total = total * factor.reshape([-1 if other == axis else 1 for other in range(3)])
    return float(total.sum())

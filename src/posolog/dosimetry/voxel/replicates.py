"""Many dose maps from few convolutions.

A replicate that only rescales the activity of regions is a weighted sum of one convolved map per region. The sums are
matrix products over blocks of voxels, so that 500 replicates cost less than a handful of convolutions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.voxel.convolve import Method, convolve
from posolog.dosimetry.voxel.kernel import VoxelKernel

Array = NDArray[np.float64]
Array32 = NDArray[np.float32]
BLOCK = 1024  # voxels a block: 500 replicates of it stay in the cache
NOTHING = 1e-6  # of the highest dose: less than this everywhere is rounding of a transform, and left out


@dataclass(frozen=True, slots=True, eq=False)
class RegionMaps:
    """`maps_mgy` (regions, voxels): the dose of each region's own activity, where any region gives one.

    `where` are the flat indices of these voxels in a map of `shape`.
    """

    names: tuple[str, ...]
    maps_mgy: Array32
    where: NDArray[np.int64]
    shape: tuple[int, int, int]

    def whole(self, weights: Array) -> Array32:
        """One dose map, mGy, with every region's activity multiplied by its weight."""
        out = np.zeros(self.shape, np.float32)
        out.reshape(-1)[self.where] = self._weights(weights) @ self.maps_mgy
        return out

    def blocks(self, weights: Array) -> Iterator[tuple[NDArray[np.int64], Array32]]:
        """Replicates block by block: (flat indices (n,), doses (replicates, n)). `weights` is (replicates, regions).

        The block's memory is used again: copy what is to be kept.
        """
        rows = self._weights(weights)
        memory = np.empty((rows.shape[0], BLOCK), np.float32)
        for start in range(0, self.where.size, BLOCK):
            part = self.maps_mgy[:, start : start + BLOCK]
            out = memory[:, : part.shape[1]]
            np.matmul(rows, part, out=out)
            yield self.where[start : start + BLOCK], out

    def mean_and_sd(self, weights: Array) -> tuple[Array32, Array32]:
        """Mean and standard deviation (n - 1) over the replicates, voxel by voxel, without making them.

        The map is linear in the weights, so its covariance is theirs: sd² = sum C_rs M_r M_s.
        """
        rows = self._weights(weights).astype(np.float64)
        if rows.ndim != 2 or rows.shape[0] < 2:
            raise ValueError("a standard deviation needs at least two replicates")
        values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(rows, rowvar=False)))
        factors = (vectors * np.sqrt(np.maximum(values, 0))).T.astype(np.float32)
        variance = sum(np.square(factor @ self.maps_mgy) for factor in factors)
        sd = np.zeros(self.shape, np.float32)
        sd.reshape(-1)[self.where] = np.sqrt(variance)
        return self.whole(rows.mean(axis=0)), sd

    def within(self, region: NDArray[np.bool_]) -> RegionMaps:
        """The same maps in all voxels of one region (shape of the map), also where no dose reaches."""
        if region.shape != self.shape:
            raise ValueError(f"the region has shape {region.shape}, the maps {self.shape}")
        flat = np.flatnonzero(region)
        at = np.searchsorted(self.where, flat)
        known = at < self.where.size
        known[known] = self.where[at[known]] == flat[known]
        kept = np.zeros((len(self.names), flat.size), np.float32)
        kept[:, known] = self.maps_mgy[:, at[known]]
        return RegionMaps(self.names, kept, flat, self.shape)

    def _weights(self, weights: Array) -> Array32:
        rows = np.asarray(weights, dtype=np.float32)
        if rows.shape[-1] != len(self.names) or not np.isfinite(rows).all():
            raise ValueError(f"weights need one finite number for each of {', '.join(self.names)}")
        return rows


def region_maps(
    activity_mbq_s: Mapping[str, NDArray[np.floating]], kernel: VoxelKernel, *, method: Method = "auto"
) -> RegionMaps:
    """Convolve each region's activity map (all of one shape, not overlapping or overlapping: they are summed)."""
    if not activity_mbq_s:
        raise ValueError("no region is given")
    maps = [_convolved(np.asarray(activity), kernel, method) for activity in activity_mbq_s.values()]
    shape: tuple[int, int, int] = maps[0].shape
    if any(one.shape != shape for one in maps):
        raise ValueError("all regions need one shape")
    highest = np.max([one.reshape(-1) for one in maps], axis=0)
    reached = np.flatnonzero(highest > NOTHING * highest.max())
    kept = np.stack([one.reshape(-1)[reached] for one in maps])
    return RegionMaps(tuple(activity_mbq_s), kept, reached, shape)


def _convolved(activity: NDArray[np.floating], kernel: VoxelKernel, method: Method) -> Array32:
    """A region's dose map, computed only as far as the kernel reaches from it."""
    out = np.zeros(activity.shape, np.float32)
    axes = range(activity.ndim)
    box = []
    for axis, half in zip(axes, kernel.reach, strict=True):
        filled = np.flatnonzero(activity.any(axis=tuple(other for other in axes if other != axis)))
        if not filled.size:
            return out
        box.append(slice(max(filled[0] - half, 0), filled[-1] + half + 1))
    near = tuple(box)
    out[near] = convolve(activity[near], kernel, method=method)
    return out

"""From the point kernel to spheres and voxels: the kernel is averaged over the distances that a shape allows.

In a uniform medium the energy absorbed at a distance is the same wherever the decay happened, so absorbed
fractions and voxel S values are integrals of the point kernel, exact but for the kernel itself.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ANGLES = 40  # Gauss-Legendre points in the cosine and in the azimuth of one octant
SUBSHELLS = 3


def sphere_weights(radius_mm: float, edges_mm: Floats) -> Floats:
    """For each shell of distance, the chance that a point in the sphere has its partner in the sphere too.

    *Source:* distance distribution of a ball: 1 - 3r/4R + r³/16R³ for r < 2R, averaged over the shell.
    """
    r = np.minimum(edges_mm, 2 * radius_mm)
    primitive = r - 3 * r**2 / (8 * radius_mm) + r**4 / (64 * radius_mm**3)
    return np.asarray(np.diff(primitive) / np.diff(edges_mm))


def voxel_weights(size_mm: tuple[float, float, float], edges_mm: Floats) -> Floats:
    """Share of a shell's energy that falls into each voxel about a uniform source voxel, shape (i, j, k, shells).

    `size_mm` are the voxel's sides. Voxels up to the last shell's reach are there, in one octant; the value of
    voxel (i, j, k) holds for each of its mirror images.
    """
    return _voxel_weights(size_mm, tuple(float(edge) for edge in edges_mm))


@lru_cache(maxsize=16)
def _voxel_weights(size_mm: tuple[float, float, float], edges: tuple[float, ...]) -> Floats:
    edges_mm = np.array(edges)
    reach = tuple(int(np.ceil(edges_mm[-1] / side)) + 1 for side in size_mm)
    directions, shares = _octant()
    whole = np.zeros((len(edges) - 1, *reach))
    inner = (np.arange(SUBSHELLS) + 0.5) / SUBSHELLS
    for shell in range(len(edges) - 1):
        radii = edges_mm[shell] + inner * (edges_mm[shell + 1] - edges_mm[shell])
        place = (radii[:, None, None] * directions / np.array(size_mm)).reshape(-1, 3)
        whole[shell] = _spread(place, np.tile(shares, SUBSHELLS) / SUBSHELLS, reach)
    return np.moveaxis(whole, 0, -1)


def _spread(place: Floats, shares: Floats, reach: tuple[int, ...]) -> Floats:
    """Share out displacements (in voxels, all positive) among the voxels that overlap the shifted source voxel."""
    low = np.floor(place).astype(int)
    part = place - low
    made = np.zeros(int(np.prod(reach)))
    for corner in np.ndindex(2, 2, 2):
        at = low + corner
        weight = shares * np.prod(np.where(np.array(corner) == 1, part, 1 - part), axis=1)
        weight = weight * np.prod(np.where(at > 0, 0.5, 1.0), axis=1)  # the mirror images take the other half
        made += np.bincount(np.ravel_multi_index(tuple(at.T), reach), weight, len(made))
    return made.reshape(reach)


@lru_cache(maxsize=1)
def _octant() -> tuple[Floats, Floats]:
    """Directions in the first octant, shape (n, 3), and the share of the sphere that each stands for."""
    nodes, weights = np.polynomial.legendre.leggauss(ANGLES)
    nodes, weights = (nodes + 1) / 2, weights / 2
    cosine, azimuth = np.meshgrid(nodes, nodes * np.pi / 2, indexing="ij")
    sine = np.sqrt(1 - cosine**2)
    made = np.stack([sine * np.cos(azimuth), sine * np.sin(azimuth), cosine], axis=-1).reshape(-1, 3)
    return made, np.outer(weights, weights).ravel()

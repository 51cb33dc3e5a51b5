"""The separable passes in one sweep over the volume, compiled by numba.

One plane at a time: its rows are filtered along x and then y, and each result is added to the planes that it reaches
along z. The volume is read once; what is written stays in the cache. On one core, so that CPU time is wall time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from posolog.dosimetry.voxel.kernel import Separable

Array32 = NDArray[np.float32]


def passes(activity: NDArray[Any], form: Separable) -> Array32:
    """Convolve a (z, y, x) map; float32 in and out."""
    source = np.ascontiguousarray(activity, dtype=np.float32)
    out = np.zeros_like(source)
    along_x, along_y, along_z = (taps.astype(np.float32) for taps in (form.along_x, form.along_y, form.along_z))
    _sweep(source, along_x, along_y, along_z, out)
    return out


@njit(fastmath=True, nogil=True, cache=True)
def _sweep(source: Array32, along_x: Array32, along_y: Array32, along_z: Array32, out: Array32) -> None:
    depth, height, width = source.shape
    ranks, seconds = along_x.shape[0], along_y.shape[0]
    half_x, half_y, half_z = along_x.shape[1] - 1, along_y.shape[1] - 1, along_z.shape[2] - 1
    padded = np.zeros(width + 2 * half_x, np.float32)
    by_x = np.zeros((ranks, height + 2 * half_y, width), np.float32)  # its first and last rows stay 0
    by_y = np.zeros((ranks * seconds, width), np.float32)
    by_z = np.zeros(width, np.float32)
    weights = along_z.reshape(ranks * seconds, half_z + 1)
    for z in range(depth):
        for y in range(height):
            padded[half_x : half_x + width] = source[z, y]
            for a in range(ranks):
                _filter_row(padded, along_x[a], half_x, by_x[a, half_y + y])
        for y in range(height):
            for a in range(ranks):
                for b in range(seconds):
                    _filter_column(by_x[a], along_y[b], half_y + y, by_y[a * seconds + b])
            for k in range(half_z + 1):
                _combine(by_y, weights[:, k], by_z)
                if z + k < depth:
                    out[z + k, y] += by_z
                if k and z >= k:
                    out[z - k, y] += by_z


# The usual reach of three taps is one loop, so that a row is written once; longer filters add a loop a tap.


@njit(fastmath=True, nogil=True, cache=True)
def _filter_row(padded: Array32, taps: Array32, half: int, out: Array32) -> None:
    width, done = out.shape[0], 0
    if half >= 3:
        done = 3
        t0, t1, t2, t3 = taps[0], taps[1], taps[2], taps[3]
        for x in range(width):
            c = half + x
            out[x] = (
                t0 * padded[c]
                + t1 * (padded[c - 1] + padded[c + 1])
                + t2 * (padded[c - 2] + padded[c + 2])
                + t3 * (padded[c - 3] + padded[c + 3])
            )
    else:
        for x in range(width):
            out[x] = taps[0] * padded[half + x]
    for k in range(done + 1, half + 1):
        for x in range(width):
            out[x] += taps[k] * (padded[half + x - k] + padded[half + x + k])


@njit(fastmath=True, nogil=True, cache=True)
def _filter_column(plane: Array32, taps: Array32, y: int, out: Array32) -> None:
    width, half, done = out.shape[0], taps.shape[0] - 1, 0
    if half >= 3:
        done = 3
        t0, t1, t2, t3 = taps[0], taps[1], taps[2], taps[3]
        for x in range(width):
            out[x] = (
                t0 * plane[y, x]
                + t1 * (plane[y - 1, x] + plane[y + 1, x])
                + t2 * (plane[y - 2, x] + plane[y + 2, x])
                + t3 * (plane[y - 3, x] + plane[y + 3, x])
            )
    else:
        for x in range(width):
            out[x] = taps[0] * plane[y, x]
    for k in range(done + 1, half + 1):
        for x in range(width):
            out[x] += taps[k] * (plane[y - k, x] + plane[y + k, x])


@njit(fastmath=True, nogil=True, cache=True)
def _combine(rows: Array32, weights: Array32, out: Array32) -> None:
    width, done = out.shape[0], 0
    if rows.shape[0] >= 4:
        done = 4
        w0, w1, w2, w3 = weights[0], weights[1], weights[2], weights[3]
        for x in range(width):
            out[x] = w0 * rows[0, x] + w1 * rows[1, x] + w2 * rows[2, x] + w3 * rows[3, x]
    else:
        out[:] = 0
    for row in range(done, rows.shape[0]):
        for x in range(width):
            out[x] += weights[row] * rows[row, x]

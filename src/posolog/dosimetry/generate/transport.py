"""Class-II condensed-history transport of electrons in water. Compiled by numba where it is installed.

A history is followed from the origin; its energy deposits fill a buffer of (x, y, z, energy), which the scorers read.
Lengths are in cm of water of density 1 g/cm³.

*Source:* restricted slowing down with hard Møller losses above 20 keV, random hinge, deflection from the first
transport moment; steps of 5 % of the transport mean free path or of the range-like T/S.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.constants import ELECTRON_MEV
from posolog.dosimetry.generate import water
from posolog.dosimetry.generate.spectrum import Spectrum

try:
    from numba import njit
except ImportError:  # the same code, a hundred times slower

    def njit(**_: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # type: ignore[no-redef, unused-ignore]
        return lambda function: function


Floats = NDArray[np.float64]

STEP = 0.05
GRID_MEV = 0.00025
STACK = 256
BUFFER = 60_000
VACANT = water.CUT_MEV


def tables(top_mev: float = 2.4) -> Floats:
    """Restricted and radiative stopping power, hard and turning coefficients on a grid of 0.25 keV; shape (4, n)."""
    t = np.maximum(np.arange(0.0, top_mev + 2 * GRID_MEV, GRID_MEV), water.CUT_MEV / 2)
    return np.ascontiguousarray([water.restricted(t), water.radiative(t), water.hard(t), water.turning(t)])


def sampler(spectrum: Spectrum, size: int = 4096) -> Floats:
    """Kinetic energies in MeV at `size` + 1 equal steps of the cumulated spectrum."""
    return np.array([spectrum.quantile(part) for part in np.linspace(0, 1, size + 1)])


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def seed(value: int) -> None:
    np.random.seed(value)


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _turned(u: float, v: float, w: float, cos: float, phi: float) -> tuple[float, float, float]:
    """The unit vector (u, v, w) turned by a polar angle and an azimuth."""
    sin = sqrt(max(0.0, 1 - cos * cos))
    cp, sp = np.cos(phi), np.sin(phi)
    flat = 1 - w * w
    if flat < 1e-10:
        return sin * cp, sin * sp, cos * (1.0 if w > 0 else -1.0)
    root = sqrt(flat)
    return (
        u * cos + sin * (u * w * cp - v * sp) / root,
        v * cos + sin * (v * w * cp + u * sp) / root,
        w * cos - sin * cp * root,
    )


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _hard_loss(t: float) -> float:
    """The energy in MeV that a hard collision gives to the other electron."""
    tau = t / ELECTRON_MEV
    g3 = (tau / (tau + 1)) ** 2
    g4 = (2 * tau + 1) / (tau + 1) ** 2
    e0 = water.HARD_MEV / t
    while True:
        e = e0 / (1 - np.random.random() * (1 - 2 * e0))
        share = e / (1 - e)
        if np.random.random() * (2 + g3 / 4) < 1 + share * share + g3 * e * e - g4 * share:
            return float(e * t)


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _at(table: Any, row: int, t: float) -> float:
    place = t / GRID_MEV
    low = int(place)
    part = place - low
    return float(table[row, low] * (1 - part) + table[row, low + 1] * part)


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def history(t0: float, table: Any, deposits: Any, stack: Any) -> int:
    """Follow one electron of `t0` MeV and its delta rays; the number of rows written into `deposits`."""
    w = 2 * np.random.random() - 1
    phi = 2 * pi * np.random.random()
    flat = sqrt(1 - w * w)
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = 0.0, 0.0, 0.0, t0
    stack[0, 4], stack[0, 5], stack[0, 6] = flat * np.cos(phi), flat * np.sin(phi), w
    waiting, count = 1, 0
    while waiting > 0:
        waiting -= 1
        count, waiting = _follow(table, deposits, stack, waiting, count)
    return count


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _follow(table: Any, deposits: Any, stack: Any, waiting: int, count: int) -> tuple[int, int]:
    """Follow the electron at the stack's top until it stops; its delta rays are put on the stack."""
    x, y, z, t = stack[waiting, 0], stack[waiting, 1], stack[waiting, 2], stack[waiting, 3]
    u, v, w = stack[waiting, 4], stack[waiting, 5], stack[waiting, 6]
    m = ELECTRON_MEV
    while t > VACANT:
        slow = _at(table, 0, t) + _at(table, 1, t)
        step = min(STEP / _at(table, 3, t), STEP * t / slow)
        rate = _at(table, 2, t)
        is_hard = False
        if rate > 0:
            free = -log(1 - np.random.random()) / rate
            if free < step:
                step, is_hard = free, True
        middle = max(t - 0.5 * step * slow, VACANT)
        soft, lost = step * _at(table, 0, middle), step * _at(table, 1, middle)
        hinge = np.random.random() * step
        x, y, z = x + hinge * u, y + hinge * v, z + hinge * w
        deposits[count, 0], deposits[count, 1], deposits[count, 2], deposits[count, 3] = x, y, z, soft
        count += 1
        cos = max(-1.0, 1 + step * _at(table, 3, middle) * log(1 - np.random.random()))
        u, v, w = _turned(u, v, w, cos, 2 * pi * np.random.random())
        rest = step - hinge
        x, y, z = x + rest * u, y + rest * v, z + rest * w
        t -= soft + lost
        if is_hard and t > 2 * water.HARD_MEV:
            given = _hard_loss(t)
            around = 2 * pi * np.random.random()
            delta = sqrt(given * (t + 2 * m) / (t * (given + 2 * m)))
            kept = t - given
            own = sqrt(kept * (t + 2 * m) / (t * (kept + 2 * m)))
            stack[waiting, 0], stack[waiting, 1], stack[waiting, 2], stack[waiting, 3] = x, y, z, given
            stack[waiting, 4], stack[waiting, 5], stack[waiting, 6] = _turned(u, v, w, delta, around)
            waiting += 1
            u, v, w = _turned(u, v, w, own, around + pi)
            t = kept
    if t > 0:
        deposits[count, 0], deposits[count, 1], deposits[count, 2], deposits[count, 3] = x, y, z, t
        count += 1
    return count, waiting


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def shells(histories: int, energies: Any, table: Any, shell_cm: float, number: int) -> tuple[Any, float]:
    """Energy in MeV deposited in spherical shells about a point source, and the energy emitted."""
    scored = np.zeros(number)
    deposits, stack = np.empty((BUFFER, 4)), np.empty((STACK, 7))
    emitted = 0.0
    for _ in range(histories):
        t0 = _energy(energies)
        emitted += t0
        for row in range(history(t0, table, deposits, stack)):
            x, y, z = deposits[row, 0], deposits[row, 1], deposits[row, 2]
            at = int(sqrt(x * x + y * y + z * z) / shell_cm)
            if at < number:
                scored[at] += deposits[row, 3]
    return scored, emitted


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def voxels(histories: int, energies: Any, table: Any, side_cm: float, reach: int) -> tuple[Any, float]:
    """Energy in MeV deposited in voxels about a uniform source in the centre cube, folded into one octant."""
    scored = np.zeros((reach + 1, reach + 1, reach + 1))
    deposits, stack = np.empty((BUFFER, 4)), np.empty((STACK, 7))
    emitted = 0.0
    for _ in range(histories):
        t0 = _energy(energies)
        emitted += t0
        a, b, c = np.random.random(), np.random.random(), np.random.random()
        for row in range(history(t0, table, deposits, stack)):
            i = abs(int(np.floor(deposits[row, 0] / side_cm + a)))
            j = abs(int(np.floor(deposits[row, 1] / side_cm + b)))
            k = abs(int(np.floor(deposits[row, 2] / side_cm + c)))
            if max(i, j, k) <= reach:
                scored[i, j, k] += deposits[row, 3]
    return scored, emitted


@njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _energy(energies: Any) -> float:
    place = np.random.random() * (len(energies) - 1)
    low = int(place)
    return float(energies[low] + (place - low) * (energies[low + 1] - energies[low]))

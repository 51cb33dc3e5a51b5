"""The dose point kernel of 90Y in water: batches of independent histories, written with their statistics."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.generate import transport
from posolog.dosimetry.generate.spectrum import spectrum

Floats = NDArray[np.float64]

SHELL_MM = 0.05
SHELLS = 260  # 13 mm; the range at the end point is 11.4 mm


def batch(number: int, histories: int, seed: int) -> Floats:
    """Fraction of the emitted energy per shell, shape (260,), from batch `number` (its seed is `seed` + number)."""
    transport.seed(seed + number)
    energies, table = transport.sampler(spectrum()), transport.tables()
    scored, emitted = transport.shells(histories, energies, table, SHELL_MM / 10, SHELLS)
    return np.asarray(scored / emitted)


def run(folder: Path, *, batches: int, histories: int, seed: int) -> Floats:
    """All batches, shape (batches, 260). Each is kept in `folder` as it ends: an interrupted run goes on there."""
    folder.mkdir(parents=True, exist_ok=True)
    done = []
    for number in range(batches):
        file = folder / f"{seed}-{histories}-{number:02d}.npy"
        if not file.exists():
            np.save(file, batch(number, histories, seed))
        done.append(np.load(file))
    return np.array(done)

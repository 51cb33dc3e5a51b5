"""Writes the tables of `dosimetry/data`, each under a header that says how it was made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from posolog.dosimetry.constants import NUCLIDES
from posolog.dosimetry.generate import kernel
from posolog.dosimetry.generate.spectrum import spectrum

Floats = NDArray[np.float64]
VERSION = "1"
VOXELS_MM = (3.0, 4.0, 4.42, 4.8, 6.0)
MASSES_PER_DECADE = 20


def write_spectrum(folder: Path, date: str) -> None:
    """Every tenth of the computed bins, as bins of 1/400 of the end point."""
    made = spectrum(bins=400)
    rows = ((f"{t:.7f}", f"{n:.6f}") for t, n in zip(made.energy_mev, made.per_mev, strict=True))
    header = {"what": "90Y beta spectrum, betas per decay and MeV at mid-bin", "generator": _generator(), "date": date}
    header |= {"method": "unique first-forbidden, see generate/spectrum.py", "units": "MeV, 1/MeV"}
    _write(folder / "90y-spectrum.csv", header, ("energy_mev", "per_mev"), rows)


def write_kernel(folder: Path, batches: Floats, *, histories: int, seed: int, date: str) -> None:
    outer = (np.arange(kernel.SHELLS) + 1) * kernel.SHELL_MM
    error = batches.std(axis=0, ddof=1) / np.sqrt(len(batches))
    names = tuple(f"batch_{at + 1}" for at in range(len(batches)))
    rows = (
        (f"{r:.2f}", f"{mean:.4e}", f"{u:.1e}", *(f"{b:.5e}" for b in each))
        for r, mean, u, each in zip(outer, batches.mean(axis=0), error, batches.T, strict=True)
    )
    header = {"what": "90Y point kernel in water: fraction of the emitted energy deposited per shell"}
    header |= monte_carlo(len(batches), histories, seed, date) | {"units": "mm (outer radius), fraction of energy"}
    _write(folder / "90y-point-kernel.csv", header, ("outer_mm", "fraction", "standard_error", *names), rows)


def write_spheres(folder: Path, header: dict[str, str]) -> None:
    """From the kernel just written: absorbed fractions of spheres, 1 mg to 100 kg."""
    from posolog.dosimetry.geometry import sphere_weights
    from posolog.dosimetry.tables import kernel as load

    found = load()
    masses = 10 ** np.linspace(-3, 5, 8 * MASSES_PER_DECADE + 1)
    radii = 10 * (3 * masses / (4 * np.pi)) ** (1 / 3)
    weights = np.array([sphere_weights(float(radius), found.edges_mm) for radius in radii])
    fractions, errors = found.weighed(weights)
    delta = NUCLIDES["90Y"].delta_gy_kg_per_mbq_h
    rows = (
        (f"{m:.6g}", f"{phi:.6f}", f"{u:.1e}", f"{1e3 * delta * phi / (m / 1000):.6g}")
        for m, phi, u in zip(masses, fractions, errors, strict=True)
    )
    words = {"what": "90Y absorbed fraction and S of unit-density spheres", **header, "units": "g, 1, 1, mGy/(MBq h)"}
    _write(folder / "90y-spheres.csv", words, ("mass_g", "fraction", "standard_error", "s_mgy_per_mbq_h"), rows)


def write_voxels(folder: Path, header: dict[str, str]) -> None:
    """Voxel S values of the usual sizes; i >= j >= k, the other 47 images are equal."""
    from posolog.dosimetry.tables import voxel_s

    rows = []
    for side in VOXELS_MM:
        value, error = voxel_s((side, side, side))
        rows += [
            (f"{side:g}", str(i), str(j), str(k), f"{value[i, j, k]:.5e}", f"{error[i, j, k]:.1e}")
            for i, j, k in np.ndindex(value.shape)
            if i >= j >= k and value[i, j, k] > 0
        ]
    words = {"what": "90Y voxel S values in water", **header, "units": "mm, steps, mGy/(MBq s)"}
    columns = ("side_mm", "i", "j", "k", "s_mgy_per_mbq_s", "standard_error")
    _write(folder / "90y-voxel-s.csv", words, columns, rows)


def monte_carlo(batches: int, histories: int, seed: int, date: str) -> dict[str, str]:
    return {
        "generator": _generator(),
        "method": "class-II condensed history in water, electrons only, see generate/transport.py",
        "histories": str(batches * histories),
        "seed": f"{seed} to {seed + batches - 1}, one a batch",
        "date": date,
        "standard errors": "between batches; the model itself (elastic scattering, radiative loss) adds 2 %",
        "unverified": "radiative stopping power (0.5 % of the energy leaves); not compared with Geant4 or EGSnrc",
    }


def _generator() -> str:
    return f"posolog.dosimetry.generate, version {VERSION}"


def _write(path: Path, header: dict[str, str], columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [f"# {key}: {value}" for key, value in header.items()]
    path.write_text("\n".join([*lines, ",".join(columns), *(",".join(row) for row in rows), ""]), encoding="utf-8")

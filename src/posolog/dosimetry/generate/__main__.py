"""`python -m posolog.dosimetry.generate`: simulate and write the tables (about 15 minutes of one core with numba)."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from posolog.dosimetry.generate import kernel, write

DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--batches", type=int, default=20)
    asked.add_argument("--histories", type=int, default=2_000_000, help="electrons in each batch")
    asked.add_argument("--seed", type=int, default=20_900)
    asked.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}")
    asked.add_argument("--work", type=Path, default=Path("build/90y-batches"), help="keeps finished batches")
    given = asked.parse_args()
    made = kernel.run(given.work, batches=given.batches, histories=given.histories, seed=given.seed)
    header = write.monte_carlo(given.batches, given.histories, given.seed, given.date)
    write.write_spectrum(DATA, given.date)
    write.write_kernel(DATA, made, histories=given.histories, seed=given.seed, date=given.date)
    write.write_spheres(DATA, header)
    write.write_voxels(DATA, header)


if __name__ == "__main__":
    main()

"""Where the data of the reference cases come from: a folder, an installed R package, scikit-survival, a seed.

Public data sets are read from `--data FOLDER` (NAME.csv with the columns of the R data set) or from an installed R
package. They are not part of this repository: their packages are under the GPL.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

Table = dict[str, np.ndarray]


class Missing(Exception):
    """A data set that is neither in the folder nor in an installed R package."""


@cache
def data(folder: str, package: str, name: str) -> Table:
    """Columns of a data set; words as numbers where they are numbers, NaN for NA. *Raises:* Missing."""
    if package == "sksurv":
        return _arff(folder, name)
    path = Path(folder) / f"{name}.csv" if folder else None
    if path and path.is_file():
        return _columns(path)
    if shutil.which("Rscript"):
        with tempfile.TemporaryDirectory() as made:
            out = Path(made) / "d.csv"
            load = f'e <- new.env(); data("{name}", package = "{package}", envir = e); get("{name}", envir = e)'
            found = f"tryCatch({package}::{name}, error = function(x) {{ {load} }})"
            script = f'write.csv({found}, "{out}", row.names = FALSE)'
            done = subprocess.run(["Rscript", "-e", script], capture_output=True, timeout=120)
            if done.returncode == 0 and out.is_file():
                return _columns(out)
    raise Missing(f"{package}::{name}: no {name}.csv in --data FOLDER and no R package {package}")


def _columns(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as lines:
        return _table(list(csv.DictReader(lines)))


def _arff(folder: str, name: str) -> Table:
    """A data set of scikit-survival: NAME.arff in the folder, or in the installed package (which is not imported)."""
    package = find_spec("sksurv")
    places = [Path(folder)] if folder else []
    places += [Path(package.origin).parent / "datasets" / "data"] if package and package.origin else []
    for path in (place / f"{name}.arff" for place in places):
        if path.is_file():
            lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
            names = [line.split()[1] for line in lines if line.upper().startswith("@ATTRIBUTE")]
            body = lines[[line.upper() for line in lines].index("@DATA") + 1 :]
            return _table([dict(zip(names, line.split(","), strict=True)) for line in body if line])
    raise Missing(f"sksurv {name}: no {name}.arff in --data FOLDER and no package scikit-survival")


def _table(rows: list[dict[str, str]]) -> Table:
    made = {}
    for name in rows[0]:
        words = ["nan" if row[name] in ("NA", "") else row[name] for row in rows]
        try:
            made[name] = np.array(words, dtype=np.float64)
        except ValueError:
            made[name] = np.array(words)
    return made


def drawn() -> Table:
    """The trial of V0, 1,000 patients from seed 21260: time, event (two causes), arm, age, sex."""
    draw = np.random.default_rng(21260)
    n = 1000
    arm, age, sex = draw.integers(0, 2, n), draw.normal(size=n), draw.integers(0, 2, n)
    draw.integers(1, 5, n)
    first = draw.exponential(1 / (0.0009 * np.exp(-0.35 * arm + 0.2 * age)))
    second = draw.exponential(1 / (0.0006 * np.exp(0.25 * arm + 0.3 * age + 0.1 * sex)))
    censored = np.minimum(draw.uniform(365, 1460, n), draw.exponential(10000, n))
    time = np.minimum(np.minimum(first, second), censored)
    event = np.where(censored == time, 0, np.where(first == time, 1, 2))
    return {"time": time, "event": event, "arm": arm, "age": age, "sex": sex}

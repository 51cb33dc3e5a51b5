"""Prints every reference value of the estimators with the digits that agree. Run by `make validate-statistics`.

Two parts: stored values (of R on public and simulated data, of papers), and R itself, run here on samples drawn from
seeds where `Rscript` with its package survival is installed. Data sets of packages that are not installed are skipped by
name; `--data FOLDER` names a folder with NAME.csv in their place.
"""

from __future__ import annotations

import argparse
import csv
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import competing  # noqa: E402
import multistate  # noqa: E402
import survival  # noqa: E402
import switching  # noqa: E402
from shapes import Row, rows_of  # noqa: E402

CASES = (*survival.CASES, *competing.CASES, *multistate.CASES, *switching.CASES)
LIVE_TOLERANCE = 1e-9


def live() -> Iterator[Row]:
    """The cases of tests/second_way/survival.R, computed by R now."""
    from tests.second_way.survival_data import write
    from tests.second_way.survival_ours import cases

    script = ROOT / "tests" / "second_way" / "survival.R"
    if not shutil.which("Rscript"):
        yield ("R live skipped", None, math.nan, 0.0, "no Rscript on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        done = subprocess.run(["Rscript", str(script), folder], capture_output=True, text=True, timeout=300)
    if done.returncode:
        yield ("R live skipped", None, math.nan, 0.0, done.stderr.strip().splitlines()[-1])
        return
    said: dict[str, list[float]] = {}
    for row in csv.DictReader(line for line in done.stdout.splitlines() if not line.startswith("#")):
        said.setdefault(row["case"].rsplit(" ", 1)[0], []).append(float(row["value"].replace("NA", "nan")))
    for case, values in cases():
        expected = said[case][1:] if case.startswith("weeks zph") else said[case]
        worst = max(zip(values, expected, strict=True), key=lambda pair: _apart(float(pair[0]), pair[1]))
        count = f"the worst of {len(expected)}" if len(expected) > 1 else "one value"
        yield (case, float(worst[0]), worst[1], LIVE_TOLERANCE, f"R live, {count}")


def _apart(found: float, expected: float) -> float:
    """Relative difference; 0 where both are not known."""
    if math.isnan(found) or math.isnan(expected):
        return 0.0 if math.isnan(found) and math.isnan(expected) else math.inf
    return abs(found - expected) / max(abs(expected), 1e-3)


def digits(found: float, expected: float) -> str:
    """How many digits agree, 15 at most."""
    apart = _apart(found, expected)
    return "15" if apart < 1e-15 else f"{max(0.0, -math.log10(apart)):.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="folder with bmt.csv, ebmt3.csv, ...")
    folder = parser.parse_args().data
    good = total = skipped = 0
    print(f"{'case':44} {'expected':>22} {'found':>22} {'digits':>6}  verdict  source")
    for case, found, expected, tolerance, source in (*rows_of(CASES, folder), *live()):
        if found is None:
            skipped += 1
            print(f"{case:44} {source}")
            continue
        met = _apart(found, expected) <= tolerance
        good, total = good + met, total + 1
        verdict = "met" if met else "NOT MET"
        print(f"{case:44} {expected:>22.13g} {found:>22.13g} {digits(found, expected):>6}  {verdict:7}  {source}")
    print(f"{good} of {total} reference values met; {skipped} data sets skipped")
    return 0 if good == total else 1


if __name__ == "__main__":
    raise SystemExit(main())

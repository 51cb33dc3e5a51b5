"""Prints the speed table: each row a figure, its limit, and how cost grows. Run by `make bench`.

Reading has a file of its own: benchmarks/reader.py.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    rows = [*planning(), startup(), memory()]
    width = max(len(name) for name, _, _, _ in rows)
    print(f"{'figure':{width}}  {'measured':>14}  {'limit':>14}  ")
    for name, value, limit, met in rows:
        print(f"{name:{width}}  {value:>14}  {limit:>14}  {'met' if met else 'NOT MET'}")
    return 0 if all(met for *_, met in rows) else 1


def planning() -> list[tuple[str, str, str, bool]]:
    """One patient on the transplant protocol: check and plan, files already loaded."""
    from posolog.checks import check
    from posolog.core.timeline import Timeline
    from posolog.course.patient import load as load_patient
    from posolog.course.plan import plan
    from posolog.protocol.files import load

    protocol = load(ROOT / "protocols" / "set-haplo.yaml").protocol
    patient, _ = load_patient(ROOT / "examples" / "patient.yaml")
    assert patient is not None
    anchors = {"D0": date(2027, 1, 14)}
    cost = _cost(lambda: plan(protocol, patient, anchors=anchors, timeline=Timeline()))
    checking = _cost(lambda: check(protocol))
    return [
        ("planning one patient", f"{1000 * cost:.2f} ms", "<= 5 ms", cost <= 0.005),
        ("checking one protocol", f"{1000 * checking:.2f} ms", "<= 50 ms", checking <= 0.05),
    ]


def startup() -> tuple[str, str, str, bool]:
    runs = []
    for _ in range(5):
        before = time.perf_counter()
        subprocess.run([sys.executable, "-m", "posolog", "--help"], check=True, capture_output=True)
        runs.append(time.perf_counter() - before)
    return ("posolog --help", f"{median(runs):.2f} s", "<= 0.3 s", median(runs) <= 0.3)


def memory() -> tuple[str, str, str, bool]:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return ("peak memory of all the above", f"{used:.0f} MB", "<= 200 MB", used <= 200)


def _cost(act: Callable[[], object]) -> float:
    """Median CPU seconds of seven runs after a first."""
    act()
    runs = []
    for _ in range(7):
        before = time.process_time()
        act()
        runs.append(time.process_time() - before)
    return median(runs)


if __name__ == "__main__":
    sys.exit(main())

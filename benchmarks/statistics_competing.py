"""Competing risks: CPU seconds of posolog, of the Python peers and of R, on one simulated data set in one run.

    python benchmarks/statistics_competing.py --peers .venv-peers/bin/python [--sizes 1000,10000,100000,1000000]

Every system runs in a process of its own, peers in the interpreter where they are installed, R where `Rscript` is.
A system is first warmed on 500 rows, then timed (the smallest of five runs, of three above 100,000
rows); the allocator keeps freed memory, for posolog and the Python peers alike. "extra" is the most
memory that it held beyond its input, in a run of its own, as multiples of the input arrays.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Data = dict[str, Any]
HERE = Path(__file__).resolve()
TASKS = ("incidence", "gray", "fine-gray")
PEERS = {
    "incidence": ("statsmodels", "comprisk"),
    "gray": ("surpyval", "comprisk"),
    "fine-gray": ("comprisk", "surpyval"),
}
WORDS = {
    ("fine-gray", "comprisk"): "robust error, two iterations",
    ("fine-gray", "surpyval"): "naive error",
    ("fine-gray", "posolog"): "full sandwich, converged",
    ("incidence", "posolog"): "all causes, variance",
}
CRR_LIMIT = 1000  # crr with variance needs minutes from 10,000 rows on
SECONDS = 300
KEEP = {"MALLOC_MMAP_THRESHOLD_": str(2**30), "MALLOC_TRIM_THRESHOLD_": str(2**34)}


def simulated(n: int, days: bool) -> Data:
    """Two causes (35 and 33 %), three covariates, as in the reference case of 1,000 rows."""
    draw = np.random.default_rng(20260 + n)
    arm, age, sex = draw.integers(0, 2, n), draw.normal(size=n), draw.integers(0, 2, n)
    draw.integers(1, 5, n)
    first = draw.exponential(1 / (0.0009 * np.exp(-0.35 * arm + 0.2 * age)))
    second = draw.exponential(1 / (0.0006 * np.exp(0.25 * arm + 0.3 * age + 0.1 * sex)))
    censored = np.minimum(draw.uniform(365, 1460, n), draw.exponential(10000, n))
    time_ = np.minimum(np.minimum(first, second), censored)
    event = np.where(censored == time_, 0, np.where(first == time_, 1, 2))
    if days:
        time_ = np.maximum(1.0, np.ceil(time_))
    return {"time": time_, "event": event, "arm": arm, "x": np.column_stack([arm, age, sex]).astype(np.float64)}


def posolog(task: str, d: Data) -> Any:
    from posolog.stats import cumulative_incidence, fine_gray, gray_test, observed

    given = observed(d["time"], d["event"], group=d["arm"] if task == "gray" else None)
    if task == "incidence":
        return cumulative_incidence(given).estimate[0, -1]
    return gray_test(given).statistic if task == "gray" else fine_gray(given, d["x"]).fit.coef[0]


def statsmodels(task: str, d: Data) -> Any:
    from statsmodels.duration.survfunc import CumIncidenceRight

    return CumIncidenceRight(d["time"], d["event"]).cinc[0][-1]


def comprisk(task: str, d: Data) -> Any:
    import comprisk as cr

    if task == "gray":
        return cr.gray_test(d["time"], d["event"], d["arm"]).stat
    if task == "incidence":
        return cr.CumulativeIncidence().fit(d["time"], d["event"])
    return cr.FineGrayRegression(cause=1, robust_se=True).fit(d["x"], time=d["time"], event=d["event"])


def surpyval(task: str, d: Data) -> Any:
    import surpyval as sp

    cause = np.where(d["event"] == 0, None, d["event"]).astype(object)
    if task == "gray":
        return sp.gray_test(d["time"], cause, d["arm"], 1).statistic
    return sp.FineGray.fit(d["time"], d["x"], cause, event=1)


SYSTEMS: dict[str, Callable[[str, Data], Any]] = {
    "posolog": posolog, "statsmodels": statsmodels, "comprisk": comprisk, "surpyval": surpyval,
}  # fmt: skip


def measured(task: str, system: str, n: int, days: bool) -> dict[str, float]:
    """In this process: CPU seconds, and the peak of allocated memory in multiples of the input."""
    run = SYSTEMS[system]
    run(task, simulated(500, days))
    data = simulated(n, days)
    size = sum(column.nbytes for name, column in data.items() if name in _needed(task))
    costs = []
    for _ in range(3 if n > 100_000 else 5):
        started = time.process_time()
        run(task, data)
        costs.append(time.process_time() - started)
    if system != "posolog":
        return {"seconds": min(costs), "extra": float("nan")}
    tracemalloc.start()
    run(task, data)
    return {"seconds": min(costs), "extra": tracemalloc.get_traced_memory()[1] / size}


def _needed(task: str) -> tuple[str, ...]:
    return {"incidence": ("time", "event"), "gray": ("time", "event", "arm"), "fine-gray": ("time", "event", "x")}[task]


def by_r(task: str, n: int, days: bool) -> float | None:
    """CPU seconds of cmprsk; None where it is not installed or would take minutes."""
    if not shutil.which("Rscript") or (task == "fine-gray" and n > CRR_LIMIT):
        return None
    data = simulated(n, days)
    call = {
        "incidence": "cuminc(d$t, d$e)",
        "gray": "cuminc(d$t, d$e, d$a)",
        "fine-gray": "crr(d$t, d$e, cbind(d$a, d$g, d$s))",
    }[task]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "d.csv"
        columns = np.column_stack([data["time"], data["event"], data["x"]])
        np.savetxt(table, columns, delimiter=",", header="t,e,a,g,s", comments="", fmt="%.17g")
        script = f"suppressMessages(library(cmprsk)); d <- read.csv('{table}'); cat(sum(system.time({call})[1:2]))"
        try:
            done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return None
    return float(done.stdout) if done.returncode == 0 and done.stdout else None


def in_process(python: str, task: str, system: str, n: int, days: bool) -> dict[str, float] | None:
    """`measured` in another interpreter; None where the system is not installed or takes too long."""
    command = [python, str(HERE), "--one", task, system, str(n), str(int(days))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **KEEP})
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def compare(peers: str, sizes: tuple[int, ...]) -> bool:
    """Print the table; whether posolog is nowhere slower than the fastest peer from 100,000 rows on."""
    met = True
    print(f"{'task':10} {'times':10} {'rows':>8} {'posolog s':>10} {'extra':>6}  {'ratio to the fastest':22} others, s")
    for days in (False, True):
        for task in TASKS:
            for n in sizes:
                met &= _row(peers, task, n, days)
    print(
        "met" if met else "NOT MET",
        "(from 100,000 rows on: not slower than the fastest, memory below 20 times the input)",
    )
    return met


def _row(peers: str, task: str, n: int, days: bool) -> bool:
    own = in_process(sys.executable, task, "posolog", n, days)
    assert own is not None, "posolog did not run"
    others = {name: found["seconds"] for name in PEERS[task] if (found := in_process(peers, task, name, n, days))}
    if (seconds := by_r(task, n, days)) is not None:
        others["R cmprsk"] = seconds
    fastest = min(others, key=others.__getitem__, default="")
    ratio = f"{own['seconds'] / others[fastest]:.2f} of {fastest}" if fastest else "no peer installed"
    said = ", ".join(f"{name} {cost:.4g}" for name, cost in sorted(others.items(), key=lambda pair: pair[1]))
    kind = "days" if days else "continuous"
    print(f"{task:10} {kind:10} {n:>8} {own['seconds']:>10.4f} {own['extra']:>6.1f}  {ratio:22} {said}", flush=True)
    return n < 100_000 or ((not fastest or own["seconds"] <= others[fastest]) and own["extra"] <= 20)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python with statsmodels, surpyval and comprisk")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        task, system, n, days = given.one
        print(json.dumps(measured(task, system, int(n), days == "1")))
        return 0
    for (task, system), words in WORDS.items():
        print(f"{task}, {system}: {words}")
    return 0 if compare(given.peers, tuple(int(size) for size in given.sizes.split(","))) else 1


if __name__ == "__main__":
    raise SystemExit(main())

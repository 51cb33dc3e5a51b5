"""posolog beside Python peers and R on one simulated data set in one run: the frame of the files `statistics_*.py`.

CPU seconds are compared. Each task of each system runs in a process of its own, peers in the interpreter where they are
installed, R where `Rscript` is. A system is warmed on 500 rows, then timed: the smallest of five, fewer where it takes
long. The C library is told, for all alike, not to hand memory back between runs: else what was imported before decides.
"growth" compares with the size before: n log n is x 10.0 to 13.3 for ten times the rows. "extra" is the most memory
that posolog held beyond its input, in a run of its own, as multiples of the input arrays.
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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Data = dict[str, Any]
Run = Callable[[str, Data], Any]
SECONDS = 300
TIGHT = 100_000  # from this size on posolog must not be slower than the fastest
MOST_EXTRA = 20
KEEP = {"MALLOC_MMAP_THRESHOLD_": str(2**30), "MALLOC_TRIM_THRESHOLD_": str(2**34)}


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed: the arrays that it uses, the peers that do it, R's call on columns t, e, a, g, s."""

    columns: tuple[str, ...]
    peers: tuple[str, ...]
    r_call: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The tasks and systems of one file. `most_rows`: more take this system (or "R") minutes at this task."""

    file: str
    tasks: Mapping[str, Task]
    systems: Mapping[str, Run]
    data: Callable[[int, bool], Data]
    r_library: str
    notes: Mapping[tuple[str, str], str]
    most_rows: Mapping[tuple[str, str], int] = field(default_factory=dict)


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


def measured(bench: Benchmark, task: str, system: str, n: int, days: bool) -> dict[str, float]:
    """In this process: CPU seconds, and of posolog the peak of allocated memory in multiples of the input."""
    run = bench.systems[system]
    run(task, bench.data(500, days))
    data = bench.data(n, days)
    costs: list[float] = []
    while len(costs) < 5 and sum(costs) < 10:
        started = time.process_time()
        run(task, data)
        costs.append(time.process_time() - started)
    if system != "posolog":
        return {"seconds": min(costs)}
    tracemalloc.start()
    run(task, data)
    size = sum(data[name].nbytes for name in bench.tasks[task].columns)
    return {"seconds": min(costs), "extra": tracemalloc.get_traced_memory()[1] / size}


def in_process(bench: Benchmark, python: str, task: str, system: str, n: int, days: bool) -> dict[str, float] | None:
    """`measured` in another interpreter; None where the system is not installed, fails or takes too long."""
    if n > bench.most_rows.get((task, system), n):
        return None
    printed = _output([python, bench.file, "--one", task, system, str(n), str(int(days))])
    return json.loads(printed.splitlines()[-1]) if printed else None


def by_r(bench: Benchmark, task: str, n: int, days: bool) -> float | None:
    """CPU seconds of R, the smaller of two; None where it is not installed or takes too long."""
    if not shutil.which("Rscript") or n > bench.most_rows.get((task, "R"), n):
        return None
    data = bench.data(n, days)
    columns = np.column_stack([data["time"], data["event"], data["x"]]).astype(np.float64)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "d.bin"
        columns.T.tofile(table)
        printed = _output([
            "Rscript", "-e", f"suppressMessages(library({bench.r_library}));"
            f"d <- as.data.frame(matrix(readBin('{table}', 'double', {columns.size}), {n}));"
            "names(d) <- c('t','e','a','g','s');"
            f"cat(min(sapply(1:2, function(i) sum(system.time({bench.tasks[task].r_call})[1:2]))))",
        ])  # fmt: skip
    return float(printed) if printed else None


def _output(command: list[str]) -> str:
    """What a command prints; "" where it fails or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **KEEP})
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def compare(bench: Benchmark, python: str, sizes: tuple[int, ...]) -> bool:
    """Print the table; whether posolog meets its limits in every row."""
    met = True
    heads = f"{'task':10} {'times':10} {'rows':>8} {'posolog s':>10} {'growth':>7} {'extra':>6}"
    print(f"{heads}  {'ratio to the fastest':24} others, s")
    for days in (False, True):
        for task in bench.tasks:
            before = None
            for n in sizes:
                before, well = _row(bench, python, task, n, days, before)
                met &= well
    limits = f"not slower than the fastest, memory below {MOST_EXTRA} times the input"
    print("met" if met else "NOT MET", f"(from {TIGHT:,} rows on: {limits})")
    return met


def _row(
    bench: Benchmark, python: str, task: str, n: int, days: bool, before: float | None
) -> tuple[float, bool]:
    """One line of the table: posolog's seconds, and whether its limits are met."""
    own = in_process(bench, sys.executable, task, "posolog", n, days)
    assert own is not None, "posolog did not run"
    others = _others(bench, python, task, n, days)
    fastest = min(others, key=others.__getitem__, default="")
    ratio = f"{own['seconds'] / others[fastest]:.2f} of {fastest}" if fastest else "no peer installed"
    grown = f"x {own['seconds'] / before:.1f}" if before else ""
    head = f"{task:10} {'days' if days else 'continuous':10} {n:>8} {own['seconds']:>10.4f}"
    said = ", ".join(f"{name} {cost:.4g}" for name, cost in sorted(others.items(), key=lambda pair: pair[1]))
    print(f"{head} {grown:>7} {own['extra']:>6.1f}  {ratio:24} {said}", flush=True)
    quick = not fastest or own["seconds"] <= others[fastest]
    return own["seconds"], n < TIGHT or (quick and own["extra"] <= MOST_EXTRA)


def _others(bench: Benchmark, python: str, task: str, n: int, days: bool) -> dict[str, float]:
    """Seconds of each peer that is installed and can do it."""
    runs = {name: in_process(bench, python, task, name, n, days) for name in bench.tasks[task].peers}
    found = {name: run["seconds"] for name, run in runs.items() if run is not None}
    seconds = by_r(bench, task, n, days)
    return found if seconds is None else {**found, f"R {bench.r_library}": seconds}


def main(bench: Benchmark, words: str | None) -> int:
    """The command line of a benchmark: 0 where its limits are met."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has the peers")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        task, system, n, days = given.one
        print(json.dumps(measured(bench, task, system, int(n), days == "1")))
        return 0
    for (task, system), note in bench.notes.items():
        print(f"{task}, {system}: {note}")
    return 0 if compare(bench, given.peers, tuple(int(size) for size in given.sizes.split(","))) else 1

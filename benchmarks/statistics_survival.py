"""Survival: CPU seconds of posolog, of the Python peers and of R, on one simulated data set in one run.

    python benchmarks/statistics_survival.py --peers .venv-peers/bin/python [--sizes 1000,10000,100000,1000000]

Run by `make bench-statistics`, which installs the peers in an environment of their own. Each task of each system runs
in a process of its own, is warmed on 500 rows, then timed (the smallest of five, fewer where it takes long). The C
library is told, for all alike, not to hand memory back between runs: else what was imported before decides. "extra" is
how much the process grew while it worked, as multiples of its input arrays. "growth" compares with the size before:
n log n is x 10.0 to 13.3 for ten times the rows. What each does: the curve with standard errors; the log-rank test of
two groups; Cox regression of three covariates with standard errors. No one computes intervals of the curve.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from statistics_competing import simulated

Data = dict[str, Any]
HERE = Path(__file__).resolve()
TASKS = {"curve": ("time", "event"), "log-rank": ("time", "event", "arm"), "cox": ("time", "event", "x")}
PEERS = ("statsmodels", "surpyval", "lifelines")
NOTES = {
    ("cox", "lifelines"): "stops early",
    ("cox", "statsmodels"): "Breslow",
    ("cox", "posolog"): "Efron, step below 1e-10",
}
KEEP = {"MALLOC_MMAP_THRESHOLD_": str(2**30), "MALLOC_TRIM_THRESHOLD_": str(2**34)}
SLOW = {("cox", "lifelines"): 100_000, ("cox", "statsmodels"): 100_000}  # more rows take minutes
SECONDS = 300
TIGHT = 100_000  # from this size on posolog must not be slower than the fastest


def posolog(task: str, d: Data) -> float:
    from posolog.stats import cox, kaplan_meier, log_rank, observed

    if task == "curve":
        return float(kaplan_meier(observed(d["time"], d["event"])).survival[-1])
    if task == "log-rank":
        return log_rank(observed(d["time"], d["event"], group=d["arm"])).statistic
    return float(cox(observed(d["time"], d["event"]), d["x"]).fit.coef[0])


def statsmodels(task: str, d: Data) -> float:
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff

    if task == "curve":
        return float(SurvfuncRight(d["time"], d["event"]).surv_prob[-1])
    if task == "log-rank":
        return float(survdiff(d["time"], d["event"], d["arm"])[0])
    found = PHReg(d["time"], d["x"], status=d["event"]).fit()
    return float(found.bse[0] and found.params[0])


def surpyval(task: str, d: Data) -> float:
    import surpyval as sp

    censored = 1 - d["event"]
    if task == "curve":
        return float(sp.KaplanMeier.fit(d["time"], censored).R[-1])
    if task == "log-rank":
        return float(sp.logrank(d["time"], d["arm"], censored).statistic)
    return float(sp.CoxPH.fit(d["time"], d["x"], censored).params[0])


def lifelines(task: str, d: Data) -> float:
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

    if task == "curve":
        return float(KaplanMeierFitter().fit(d["time"], d["event"]).survival_function_.iloc[-1, 0])
    if task == "log-rank":
        return float(multivariate_logrank_test(d["time"], d["arm"], d["event"]).test_statistic)
    table = pd.DataFrame(d["x"], columns=["arm", "age", "sex"]).assign(t=d["time"], e=d["event"])
    return float(CoxPHFitter().fit(table, "t", "e").params_["arm"])


SYSTEMS: dict[str, Callable[[str, Data], float]] = {
    "posolog": posolog, "statsmodels": statsmodels, "surpyval": surpyval, "lifelines": lifelines,
}  # fmt: skip


def one_event(n: int, days: bool) -> Data:
    """The simulated trial with the first cause as the event."""
    d = simulated(n, days)
    return {**d, "event": (d["event"] == 1).astype(np.int64)}


def measured(task: str, system: str, n: int, days: bool) -> dict[str, float]:
    """In this process: CPU seconds, the answer, and growth of the resident set in multiples of the input."""
    run = SYSTEMS[system]
    run(task, one_event(500, days))
    data = one_event(n, days)
    size = sum(data[name].nbytes for name in TASKS[task])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    costs: list[float] = []
    while len(costs) < 5 and sum(costs) < 10:
        started = time.process_time()
        answer = run(task, data)
        costs.append(time.process_time() - started)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    return {"seconds": min(costs), "answer": answer, "extra": grown / size}


def by_r(task: str, n: int, days: bool) -> float | None:
    """CPU seconds of R's survival; None where it is not installed."""
    if not shutil.which("Rscript"):
        return None
    data = one_event(n, days)
    call = {
        "curve": "survfit(Surv(t, e) ~ 1, d)",
        "log-rank": "survdiff(Surv(t, e) ~ a, d)",
        "cox": "coxph(Surv(t, e) ~ a + g + s, d)",
    }[task]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "d.bin"
        columns = np.column_stack([data["time"], data["event"], data["x"]])
        columns.T.astype(np.float64).tofile(table)
        script = (
            "suppressMessages(library(survival));"
            f"d <- as.data.frame(matrix(readBin('{table}', 'double', {columns.size}), {n}));"
            "names(d) <- c('t','e','a','g','s');"
            f"cat(min(sapply(1:2, function(i) sum(system.time({call})[1:2]))))"
        )
        try:
            done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return None
    return float(done.stdout) if done.returncode == 0 and done.stdout else None


def in_process(python: str, task: str, system: str, n: int, days: bool) -> dict[str, float] | None:
    """`measured` in another interpreter; None where the system is not installed, fails or takes too long."""
    if n > SLOW.get((task, system), n):
        return None
    command = [python, str(HERE), "--one", task, system, str(n), str(int(days))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **KEEP})
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def compare(peers: str, sizes: tuple[int, ...]) -> bool:
    """Print the table; whether posolog meets its limits in every row."""
    met = True
    heads = f"{'task':9} {'times':10} {'rows':>8} {'posolog s':>10} {'growth':>7} {'extra':>6}"
    print(f"{heads}  {'ratio to the fastest':24} others, s")
    for days in (False, True):
        for task in TASKS:
            before: dict[str, float] | None = None
            for n in sizes:
                own = _row(peers, task, n, days, before)
                met &= own["met"] > 0
                before = {"rows": n, **own}
    limits = "not slower than the fastest, memory below 20 times the input"
    print("met" if met else "NOT MET", f"(from {TIGHT:,} rows on: {limits})")
    return met


def _row(peers: str, task: str, n: int, days: bool, before: dict[str, float] | None) -> dict[str, float]:
    own = in_process(sys.executable, task, "posolog", n, days)
    assert own is not None, "posolog did not run"
    others = {name: found["seconds"] for name in PEERS if (found := in_process(peers, task, name, n, days))}
    if (seconds := by_r(task, n, days)) is not None:
        others["R"] = seconds
    fastest = min(others, key=others.__getitem__, default="")
    ratio = f"{own['seconds'] / others[fastest]:.2f} of {fastest}" if fastest else "no peer installed"
    growth = own["seconds"] / before["seconds"] if before else float("nan")
    said = ", ".join(f"{name} {cost:.4g}" for name, cost in sorted(others.items(), key=lambda pair: pair[1]))
    kind = "days" if days else "continuous"
    grown = f"x {growth:.1f}" if before else ""
    head = f"{task:9} {kind:10} {n:>8} {own['seconds']:>10.4f} {grown:>7} {own['extra']:>6.1f}"
    print(f"{head}  {ratio:24} {said}", flush=True)
    own["met"] = float(n < TIGHT or ((not fastest or own["seconds"] <= others[fastest]) and own["extra"] <= 20))
    return own


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has the peers")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        task, system, n, days = given.one
        print(json.dumps(measured(task, system, int(n), days == "1")))
        return 0
    sizes = tuple(int(size) for size in given.sizes.split(","))
    for (task, system), words in NOTES.items():
        print(f"{task}, {system}: {words}")
    return 0 if compare(given.peers, sizes) else 1


if __name__ == "__main__":
    raise SystemExit(main())

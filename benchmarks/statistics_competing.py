"""Competing risks: cumulative incidence, Gray's test and Fine and Gray's regression beside Python peers and R.

    python benchmarks/statistics_competing.py --peers .venv-peers/bin/python [--sizes 1000,10000,100000,1000000]

Run by `make bench-statistics`, which installs the peers in an environment of their own; how it is measured stands in
`beside_peers.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from beside_peers import Benchmark, Data, Task, main, simulated


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


BENCHMARK = Benchmark(
    __file__,
    tasks={
        "incidence": Task(("time", "event"), ("statsmodels", "comprisk"), "cuminc(d$t, d$e)"),
        "gray": Task(("time", "event", "arm"), ("surpyval", "comprisk"), "cuminc(d$t, d$e, d$a)"),
        "fine-gray": Task(("time", "event", "x"), ("comprisk", "surpyval"), "crr(d$t, d$e, cbind(d$a, d$g, d$s))"),
    },
    systems={"posolog": posolog, "statsmodels": statsmodels, "comprisk": comprisk, "surpyval": surpyval},
    data=simulated,
    r_library="cmprsk",
    notes={
        ("fine-gray", "comprisk"): "robust error, two iterations",
        ("fine-gray", "surpyval"): "naive error",
        ("fine-gray", "posolog"): "full sandwich, converged",
        ("incidence", "posolog"): "all causes, variance",
    },
    most_rows={("fine-gray", "R"): 1000},  # crr with variance
)

if __name__ == "__main__":
    raise SystemExit(main(BENCHMARK, __doc__))

"""Survival: the curve, the log-rank test and Cox regression beside Python peers and R.

    python benchmarks/statistics_survival.py --peers .venv-peers/bin/python [--sizes 1000,10000,100000,1000000]

Run by `make bench-statistics`, which installs the peers in an environment of their own; how it is measured stands in
`beside_peers.py`. What each does: the curve with standard errors; the log-rank test of two groups; Cox regression of
three covariates with standard errors. No one computes intervals of the curve.
"""

from __future__ import annotations

import numpy as np
from beside_peers import Benchmark, Data, Task, main, simulated

PEERS = ("statsmodels", "surpyval", "lifelines")


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


def one_event(n: int, days: bool) -> Data:
    """The simulated trial with the first cause as the event."""
    d = simulated(n, days)
    return {**d, "event": (d["event"] == 1).astype(np.int64)}


BENCHMARK = Benchmark(
    __file__,
    tasks={
        "curve": Task(("time", "event"), PEERS, "survfit(Surv(t, e) ~ 1, d)"),
        "log-rank": Task(("time", "event", "arm"), PEERS, "survdiff(Surv(t, e) ~ a, d)"),
        "cox": Task(("time", "event", "x"), PEERS, "coxph(Surv(t, e) ~ a + g + s, d)"),
    },
    systems={"posolog": posolog, "statsmodels": statsmodels, "surpyval": surpyval, "lifelines": lifelines},
    data=one_event,
    r_library="survival",
    notes={
        ("cox", "lifelines"): "stops early",
        ("cox", "statsmodels"): "Breslow",
        ("cox", "posolog"): "Efron, step below 1e-10",
    },
    most_rows={("cox", "lifelines"): 100_000, ("cox", "statsmodels"): 100_000},
)

if __name__ == "__main__":
    raise SystemExit(main(BENCHMARK, __doc__))

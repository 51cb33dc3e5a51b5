"""The cases of survival.R computed by this program, under the same names."""

from collections.abc import Iterator

import numpy as np

from posolog.stats import (
    Cox,
    cox,
    kaplan_meier,
    landmark,
    log_rank,
    nelson_aalen,
    number_at_risk,
    observed,
    predict_survival,
    proportionality,
    quantile,
    rmst,
    split_at_exposure,
    step_at,
    survival_at,
)
from tests.second_way import survival_data

Case = tuple[str, object]


def cases() -> Iterator[Case]:
    """(name, values) of every case, in the order of the script."""
    yield from trial_curves()
    for rule in ("efron", "breslow"):
        yield from trial_regressions(rule)
    d = survival_data.trial(whole_days=False)
    yield from fitted("continuous cox", cox(observed(d["time"], d["event"] == 1), table(d, "arm", "age", "sex")))
    yield from weeks()
    yield from exposures()


def table(d: survival_data.Columns, *names: str) -> np.ndarray:
    return np.stack([d[name].astype(float) for name in names], axis=1)


def fitted(case: str, model: Cox) -> Iterator[Case]:
    assert model.fit.conventions.converged and not model.fit.reasons
    yield f"{case} coef", model.fit.coef
    yield f"{case} se", model.fit.se
    yield f"{case} loglik", (model.fit.loglik_null, model.fit.loglik)


def trial_curves() -> Iterator[Case]:
    d = survival_data.trial()
    by_arm = observed(d["time"], d["event"], group=d["arm"])
    for kind in ("plain", "log", "log-log"):
        at = survival_at(kaplan_meier(by_arm, interval=kind), [180, 365, 730, 1095])
        yield f"trial km {kind}", np.concatenate((at.survival, at.se, at.lower, at.upper))
    curves = [kaplan_meier(part) for part in by_arm.by_group()]
    found = [quantile(curve, p) for curve in curves for p in (0.25, 0.5)]
    yield "trial quantiles", [getattr(q, name) for name in ("value", "lower", "upper") for q in found]
    areas = [rmst(curve, 1000) for curve in curves]
    yield "trial rmst", [*(area.value for area in areas), *(area.se for area in areas)]
    hazard = nelson_aalen(by_arm)
    yield "trial nelson-aalen", np.concatenate(
        [step_at(hazard.time, values, [180, 730], initial=0) for values in (hazard.hazard, hazard.se)]
    )
    yield "trial log-rank", [log_rank(by_arm, cause=1).statistic]
    yield "trial log-rank rho 1", [log_rank(by_arm, cause=1, rho=1).statistic]
    within = observed(d["time"], d["event"], group=d["arm"], strata=d["centre"])
    yield "trial log-rank strata", [log_rank(within, cause=1).statistic]
    yield "trial log-rank centres", [log_rank(observed(d["time"], d["event"], group=d["centre"])).statistic]


def trial_regressions(rule: str) -> Iterator[Case]:
    d = survival_data.trial()
    given = observed(d["time"], d["event"])
    three, two = table(d, "arm", "age", "sex"), table(d, "arm", "age")
    model = cox(given, three, ties=rule, cause=1)
    yield from fitted(f"trial cox {rule}", model)
    yield f"trial cox {rule} tests", (model.lr[0], model.wald[0], model.score[0])
    for g in ("km", "identity", "log", "rank"):
        tested = proportionality(model, transform=g)
        yield f"trial zph {rule} {g}", [*tested.statistic, tested.overall[0]]
    line = predict_survival(model, [1, 0.5, 0])
    read = [step_at(line.time, v, [200, 900], initial=1) for v in (line.survival, line.se, line.lower, line.upper)]
    yield f"trial predicted {rule}", np.concatenate(read)
    yield from fitted(f"trial cox robust {rule}", cox(given, three, ties=rule, cause=1, robust=True))
    yield from fitted(f"trial cox cluster {rule}", cox(given, two, ties=rule, cause=1, cluster=d["centre"]))
    within = observed(d["time"], d["event"], strata=d["centre"])
    yield from fitted(f"trial cox strata {rule}", cox(within, two, ties=rule, cause=1))


def weeks() -> Iterator[Case]:
    d = survival_data.weeks()
    group, stratum = d["group"], d["stratum"]
    given = observed(d["time"], d["event"], group=group)
    yield "weeks log-rank", [log_rank(given).statistic]
    within = observed(d["time"], d["event"], group=group, strata=stratum)
    yield "weeks log-rank strata rho 1", [log_rank(within, rho=1).statistic]
    late = observed(d["time"], d["event"], start=d["entry"], strata=stratum)
    at = survival_at(kaplan_meier(late), [2, 5, 9])
    yield "weeks km entry", np.concatenate((number_at_risk(late, [2, 5, 9])[0], at.survival, at.se, at.lower, at.upper))
    x = np.stack([group == 1, group == 2, d["score"]], axis=1).astype(float)
    for rule in ("efron", "breslow"):
        model = cox(given, x, ties=rule)
        yield from fitted(f"weeks cox {rule}", model)
        yield f"weeks zph {rule}", together(proportionality(model), model)
        model = cox(late, x, ties=rule)
        yield from fitted(f"weeks cox entry strata {rule}", model)
        tested = proportionality(model, transform="identity")
        yield f"weeks zph entry strata {rule}", together(tested, model)
        yield from fitted(f"weeks cox entry cluster {rule}", cox(late, x, ties=rule, cluster=group))


def together(tested: object, model: Cox) -> list[float]:
    """R tests a factor's columns together; here only its other rows are compared."""
    return [tested.statistic[2], tested.overall[0]]


def exposures() -> Iterator[Case]:
    d = survival_data.exposures()
    given = observed(d["time"], d["event"])
    split = split_at_exposure(given, d["exposed"])
    yield "exposures rows", (split.sample.n, split.exposed.sum())
    yield from fitted("exposures cox", cox(split.sample, np.column_stack((split.exposed, d["age"][split.rows]))))
    from_20 = landmark(given, 20, d["exposed"])
    yield "exposures landmark rows", (from_20.sample.n, from_20.exposed.sum())
    yield from fitted("exposures landmark", cox(from_20.sample, from_20.exposed))

"""Estimates of the shipped synthetic trials by another way: straight from the CSV files, by the textbook's formula."""

import csv
import math
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from posolog import api
from posolog.endpoints.analyse import analyse
from posolog.endpoints.results import Analysis, Report
from posolog.stats import cox, crossover, gray_test, log_rank, observed, rpsftm

ROOT = Path(__file__).parents[2]
TRIALS = ROOT / "examples" / "trials"


@lru_cache
def report(name: str) -> Report:
    return analyse(api.endpoint_rows(TRIALS / name))


def of(name: str, endpoint: str) -> Analysis:
    return next(a for a in report(name).analyses if a.endpoint.name == endpoint)


def records(name: str) -> dict[str, list[dict[str, str]]]:
    """Events by patient as they stand in the file, corrected ones and what became known after the cut left out."""
    cut = next(line[5:].strip() for line in (TRIALS / name / "trial.yaml").read_text("utf-8").splitlines() if line.startswith("cut:"))
    rows = list(csv.DictReader((TRIALS / name / "events.csv").open(encoding="utf-8")))
    rows = [row for row in rows if (row["known"] or row["datetime"]) <= cut and row["datetime"] <= cut]
    gone = {(row["patient"], row["corrects"]) for row in rows if row["corrects"]}
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        if (row["patient"], row["ident"]) not in gone:
            found.setdefault(row["patient"], []).append(row)
    return found


def first(rows: list[dict[str, str]], *kinds: str) -> date | None:
    days = [date.fromisoformat(row["datetime"]) for row in rows if row["event"] in kinds]
    return min(days, default=None)


def followed(name: str, start: str, *events: str) -> Iterator[tuple[str, int, int]]:
    """(patient, days, 1 for the first of the events) by hand: leaving ends observation, the last record censors."""
    for ident, rows in records(name).items():
        begin = first(rows, start)
        if begin is None:
            continue
        left = first(rows, "withdrawal of consent", "lost to follow-up")
        last = left or max(date.fromisoformat(row["datetime"]) for row in rows)
        event = first(rows, *events)
        if event is not None and event <= last:
            yield ident, (event - begin).days, 1
        else:
            yield ident, (last - begin).days, 0


def kaplan_meier(times: list[tuple[int, int]], at: int) -> float:
    survival = 1.0
    for day in sorted({t for t, event in times if event and t <= at}):
        at_risk = sum(t >= day for t, _ in times)
        survival *= 1 - sum(t == day and event for t, event in times) / at_risk
    return survival


@pytest.mark.parametrize(
    ("name", "endpoint", "start", "events", "label", "day"),
    [
        ("set-haplo", "overall survival", "graft transfusion", ("death",), "2 years", 731),
        ("set-haplo", "leukaemia-free survival", "graft transfusion", ("death", "relapse", "progression"), "1 year", 365),
        ("rit-b-all", "overall survival", "randomisation", ("death",), "12 months", 365),
        ("rit-b-all", "event-free survival", "randomisation", ("death", "relapse", "treatment failure"), "6 months", 183),
    ],
)
def test_survival_by_hand_from_the_file(
    name: str, endpoint: str, start: str, events: tuple[str, ...], label: str, day: int
) -> None:
    found = of(name, endpoint)
    arms = {row["patient"]: row.get("arm", "") for row in csv.DictReader((TRIALS / name / "patients.csv").open(encoding="utf-8"))}
    for group in found.groups:
        times = [(days, event) for ident, days, event in followed(name, start, *events)
                 if group.name in ("all patients", arms[ident])]  # fmt: skip
        assert len(times) == group.n
        assert sum(event for _, event in times) == group.events
        number = next(n for n in found.numbers if n.label == label and n.group == group.name)
        assert number.value == pytest.approx(kaplan_meier(times, day), abs=1e-12)
        assert number.lower < number.value < number.upper


def test_incidence_of_relapse_by_hand_from_the_file() -> None:
    relapse = {ident: (days, event) for ident, days, event in followed("set-haplo", "graft transfusion", "relapse", "progression")}
    any_event = dict((ident, (days, event)) for ident, days, event in followed("set-haplo", "graft transfusion", "relapse", "progression", "death"))
    incidence, survival = 0.0, 1.0
    for day in sorted({days for days, event in any_event.values() if event and days <= 365}):
        at_risk = sum(days >= day for days, _ in any_event.values())
        own = sum(relapse[ident] == (day, 1) for ident in any_event)
        incidence += survival * own / at_risk
        survival *= 1 - sum(value == (day, 1) for value in any_event.values()) / at_risk
    number = next(n for n in of("set-haplo", "relapse incidence").numbers if n.label == "12 months")
    assert number.value == pytest.approx(incidence, abs=1e-12)


def test_the_comparison_is_what_the_estimators_say() -> None:
    found = of("rit-b-all", "overall survival")
    rows = report("rit-b-all").derived.of("overall survival").known()
    given = observed([row.time_days for row in rows], [row.code for row in rows],
                     group=[row.arm for row in rows], groups=("control", "experimental"))  # fmt: skip
    assert next(t for t in found.tests if t.name == "log-rank").statistic == log_rank(given).statistic
    fit = cox(given, (given.group == 1).astype(float)[:, None]).fit
    ratio = next(n for n in found.comparisons if n.label == "hazard ratio")
    assert (ratio.value, ratio.lower, ratio.upper) == (fit.ratio[0], fit.lower[0], fit.upper[0])
    assert (ratio.group, ratio.reference) == ("experimental", "control")


def test_rpsft_is_what_the_estimator_says() -> None:
    rows = report("rit-b-all").derived.of("overall survival").known()
    crossed = {ident: first(own, "first crossover RIT infusion") for ident, own in records("rit-b-all").items()}
    time = np.array([row.time_days for row in rows], dtype=float)
    away = np.array([(crossed[r.subject] - r.start).days if crossed[r.subject] and r.arm == "control" else math.inf for r in rows])
    share = np.where([row.arm == "experimental" for row in rows], 1.0, np.where(away < time, 1 - away / time, 0.0))
    until = np.array([(date(2030, 9, 30) - row.start).days for row in rows], dtype=float)
    given = crossover(time, [row.code for row in rows], [int(row.arm == "experimental") for row in rows], share, until)
    direct = rpsftm(given, recensor="both")
    found = next(n for n in of("rit-b-all", "overall survival").comparisons if "RPSFT, both" in n.label)
    assert (found.value, found.lower, found.upper) == (direct.ratio.value, direct.ratio.lower, direct.ratio.upper)
    roots = next(t for t in of("rit-b-all", "overall survival").tables if t.title.startswith("Rank"))
    assert [row[-1] for row in roots.rows] == [", ".join(f"{root.middle:.4f}" for root in direct.roots)] * 2


def test_the_methods_undo_the_crossover_that_was_drawn() -> None:
    """The synthetic trial stretches time by 1.7 under RIT, so a ratio of 1/1.7 = 0.59 lies in every adjusted interval."""
    adjusted = [n for n in of("rit-b-all", "overall survival").comparisons if "nobody crossed over" in n.label]
    assert len(adjusted) == 4
    for number in adjusted:
        assert number.lower < 1 / 1.7 < number.upper, number.label
        assert number.value < next(n.value for n in of("rit-b-all", "overall survival").comparisons), number.label


def test_every_curve_of_a_cumulative_incidence_stays_below_one() -> None:
    for analysis in report("set-haplo").analyses:
        for figure in analysis.figures:
            for line in figure.lines:
                assert all(-1e-12 <= value <= 1 + 1e-12 for value in line.value)
                assert not line.at_risk or len(line.at_risk) == len(figure.ticks)


def test_gray_and_fine_gray_by_arm() -> None:
    """A competing-risks endpoint of two arms, put on the RIT trial: the tests are those of the estimators."""
    from dataclasses import replace

    from posolog.endpoints.derive import derive
    from posolog.endpoints.trial import load_trial
    from posolog.protocol.definition import Definition, Method, Outcome
    from posolog.protocol.model import Endpoint, TimePoint

    trial, _ = load_trial(TRIALS / "rit-b-all")
    define = Definition(Method.INCIDENCE, ("randomisation",), (Outcome("relapse"),), (Outcome("death"),), ties=("relapse", "death"))
    endpoint = Endpoint("other endpoint", "relapse", (TimePoint(6, "month"),), define=define)
    found = analyse(derive(replace(trial, protocol=replace(trial.protocol, endpoints=(endpoint,)))))
    rows = found.derived.rows[0].known()
    given = observed([r.time_days for r in rows], [r.code for r in rows], group=[r.arm for r in rows],
                     groups=("control", "experimental"), causes=(1, 2))  # fmt: skip
    (analysis,) = found.analyses
    assert analysis.tests[0].statistic == gray_test(given, cause=1).statistic
    assert [n.label for n in analysis.comparisons] == ["subdistribution hazard ratio", "cause-specific hazard ratio"]

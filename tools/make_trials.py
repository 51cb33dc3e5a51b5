"""Make the synthetic trials of examples/trials: patients and events, drawn from the rates below with a fixed seed.

    python tools/make_trials.py [FOLDER]        (or: make trials)

Nobody's data. The rates are plausible and chosen so that every rule of the endpoints is met: crossover in the control
arm within 6 months, ties of one day, corrections, facts that became known after the data cut, facts that are missing,
drop-outs. `haplo`, `rit` and `phase1` take a generator and may be varied; the same seed gives the same files.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log
from pathlib import Path
from random import Random

COLUMNS = ("patient", "datetime", "event", "value", "unit", "subject", "known", "ident", "corrects")
ROOT = Path(__file__).parents[1]
Row = tuple[str, ...]


@dataclass
class Drawn:
    """A trial's two tables: `patients` with their column names, and `events` by patient."""

    columns: tuple[str, ...]
    patients: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)

    def patients_csv(self) -> str:
        return _csv(self.columns, self.patients)

    def events_csv(self) -> str:
        return _csv(COLUMNS, sorted(self.events, key=lambda row: (row[0], row[1], row[7])))


def _csv(columns: tuple[str, ...], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([columns, *rows])
    return out.getvalue()


@dataclass
class Life:
    """One patient's records, day numbers counted from `start`."""

    ident: str
    start: date
    rows: list[Row] = field(default_factory=list)

    def add(
        self, day: int, event: str, value: str = "", *, unit: str = "", subject: str = "", known: int = 0,
        corrects: str = "",
    ) -> str:
        """Record an event on `day`, known `known` days later; returns its ident."""
        ident = f"e{len(self.rows) + 1:02}"
        at = self.start + timedelta(day)
        late = (at + timedelta(known)).isoformat() if known else ""
        self.rows.append((self.ident, at.isoformat(), event, value, unit, subject, late, ident, corrects))
        return ident


def pick(rng: Random, chances: dict[str, float]) -> str:
    return rng.choices(list(chances), list(chances.values()))[0]


def waits(rng: Random, median_days: float) -> int:
    """An exponential waiting time of that median, at least one day."""
    return max(1, round(rng.expovariate(log(2) / median_days)))


# ---- sequential conditioning and haploidentical transplant ------------------------------------------------------

CD = {
    "CD4 lymphocytes": (60, 120, 210), "CD8 lymphocytes": (80, 220, 380), "regulatory T cells": (4, 9, 14),
    "natural killer cells": (90, 160, 190), "B cells": (2, 45, 130),
}  # fmt: skip


def haplo(rng: Random, *, patients: int = 72, first: date = date(2027, 1, 11), cut: date = date(2031, 3, 31)) -> Drawn:
    """One arm; median times in days: relapse 700 (a third early), death after relapse 90, non-relapse death 2500."""
    drawn = Drawn(("patient", "site", "age (years)", "sex", "disease status", "cytogenetic risk", "donor"))
    sites = ("Nantes", "Paris", "Lyon", "Lille")
    for number in range(1, patients + 1):
        ident = f"H-{number:03}"
        status = pick(rng, {"primary refractory": 0.55, "relapsed": 0.45})
        drawn.patients.append(
            (ident, rng.choice(sites), str(rng.randint(19, 68)), rng.choice(("female", "male")), status,
             pick(rng, {"intermediate": 0.55, "adverse": 0.35, "": 0.1}),
             pick(rng, {"sibling": 0.45, "child": 0.35, "parent": 0.2}))
        )  # fmt: skip
        life = Life(ident, first + timedelta(round(number * 14.3) + rng.randint(0, 9)))
        _haplo_life(rng, life, (cut - life.start).days, number)
        drawn.events += life.rows
    return _leave_open(drawn)


def _leave_open(drawn: Drawn) -> Drawn:
    """One grade is missing, one question of therapy unanswered, one death known only after the cut."""
    events = drawn.events
    graded = (at for at, row in enumerate(events) if row[2] == "acute GVHD" and row[3] in ("II", "III"))
    grade = next(at for at in graded if not events[at][8])
    events[grade] = (*events[grade][:3], "", *events[grade][4:])
    death = next(at for at, row in enumerate(events) if row[0] > "H-020" and row[2] == "death")
    events[death] = (*events[death][:6], "2031-05-02", *events[death][7:])
    started = ("systemic therapy", "started", "", "chronic GVHD")
    silent = next(row[0] for row in events if row[0] > "H-010" and row[2:6] == started)
    drawn.events = [row for row in events if not (row[0] == silent and row[5] == "chronic GVHD")]
    return drawn


def _haplo_life(rng: Random, life: Life, to_cut: int, number: int) -> None:
    life.add(-rng.randint(18, 25), "inclusion")
    if number % 31 == 0:
        life.add(-rng.randint(2, 9), "death", "infection during conditioning")
        return
    life.add(0, "graft transfusion")
    fate = _haplo_fate(rng, to_cut, number)
    worst = _acute(rng, life, fate, number)
    last_dli = _dli(rng, life, fate, worst)
    _chronic(rng, life, fate, last_dli)
    _visits(rng, life, fate)
    _close(life, fate, number)


@dataclass
class Fate:
    response: str
    relapse: int | None  # or progression, where the response was failure
    death: int | None
    left: int | None  # withdrawal or loss
    end: int  # the last day on which anything is recorded

    @property
    def free_to(self) -> int:
        """The day to which the patient is free of relapse and observed."""
        return self.end if self.relapse is None else min(self.end, self.relapse)


def _haplo_fate(rng: Random, to_cut: int, number: int) -> Fate:
    response = pick(rng, {"CR": 0.58, "CRi": 0.18, "PR": 0.1, "failure": 0.14})
    relapse: int | None = waits(rng, 230 if rng.random() < 0.24 else 5000)
    relapse = rng.randint(55, 90) if response == "failure" else relapse
    death = waits(rng, 3000) if rng.random() > 0.06 else rng.randint(12, 95)
    if relapse is not None and relapse < death:
        death = relapse + (0 if number % 17 == 0 else waits(rng, 120))
    else:
        relapse = None
    left = rng.randint(100, 900) if rng.random() < 0.07 else None
    end = min(to_cut, death, left if left is not None else to_cut)
    return Fate(
        response, relapse if relapse is not None and relapse <= end else None, death if death <= end else None,
        left if left is not None and left <= end and death > left else None, end,
    )  # fmt: skip


def _acute(rng: Random, life: Life, fate: Fate, number: int) -> int:
    """The worst grade of acute GVHD; it is recorded, sometimes corrected, once without its grade."""
    day = rng.randint(16, 85)
    if rng.random() > 0.5 or day >= fate.free_to:
        if fate.end > 100:
            life.add(100, "acute GVHD", "none")
        return 0
    grade = pick(rng, {"I": 0.3, "II": 0.44, "III": 0.19, "IV": 0.07})
    if number % 23 == 0:
        wrong = life.add(day, "acute GVHD", "II")
        life.add(day, "acute GVHD", "III", known=30, corrects=wrong)
        grade = "III"
    else:
        life.add(day, "acute GVHD", grade, known=rng.choice((0, 3, 10)))
    if grade != "I":
        life.add(day, "systemic therapy", "started", subject="acute GVHD")
    if fate.end > day + 60:
        life.add(day + rng.randint(20, 60), "acute GVHD", "none")
    return {"I": 1, "II": 2, "III": 3, "IV": 4}[grade]


def _dli(rng: Random, life: Life, fate: Fate, worst: int) -> int | None:
    """Up to 3 prophylactic injections from day 120, off immunosuppression for a month; the day of the last."""
    stop = rng.randint(84, 100)
    if fate.end <= stop:
        return None
    life.add(stop, "immunosuppression stopped")
    last = None
    for day in (120 + rng.randint(0, 9), 155 + rng.randint(0, 9), 190 + rng.randint(0, 9)):
        if worst > 2 or day >= fate.free_to or rng.random() < 0.18:
            break
        per_kg = (100_000, 500_000, 1_000_000)[0 if last is None else 1 if last < 150 else 2]
        life.add(day, "given", str(per_kg * rng.randint(52, 94)), unit="cells", subject="donor lymphocytes")
        last = day
        if rng.random() < 0.12 and day + 30 < fate.end:
            day += rng.randint(12, 28)
            grade = pick(rng, {"I": 0.4, "II": 0.45, "III": 0.15})
            life.add(day, "acute GVHD", grade)
            life.add(day, "systemic therapy", "no" if grade == "I" else "started", subject="acute GVHD")
            break
    return last


def _chronic(rng: Random, life: Life, fate: Fate, last_dli: int | None) -> None:
    """Chronic GVHD with its severity, and whether systemic therapy was needed."""
    if rng.random() > (0.38 if last_dli else 0.3):
        return
    day = max(rng.randint(105, 420), (last_dli or 0) + 5)
    if day >= fate.free_to:
        return
    severity = pick(rng, {"mild": 0.4, "moderate": 0.4, "severe": 0.2})
    life.add(day, "chronic GVHD", severity)
    treated = severity != "mild"
    after = rng.choice((0, 0, 3, 8)) if treated else 0
    if day + after <= fate.end:
        life.add(day + after, "systemic therapy", "started" if treated else "no", subject="chronic GVHD")
    over = day + rng.randint(120, 500)
    if rng.random() < 0.6 and over < fate.end:
        life.add(over, "chronic GVHD", "resolved")
        if treated:
            life.add(over + 10 if over + 10 <= fate.end else over, "systemic therapy", "no", subject="chronic GVHD")


def _visits(rng: Random, life: Life, fate: Fate) -> None:
    for target in (30, 91, 182, 365, 730):
        day = target + rng.randint(-7, 9)
        if day >= fate.end or rng.random() < 0.05:
            continue
        gone = fate.relapse is not None and day >= fate.relapse
        life.add(day, "disease response", "failure" if gone else fate.response, known=rng.choice((0, 0, 7)))
    level = exp(rng.gauss(0, 0.45))
    for at, target in enumerate((30, 90, 180)):
        day = target + rng.randint(-6, 6)
        if day >= fate.free_to or rng.random() < 0.06:
            continue
        for cell, medians in CD.items():
            count = medians[at] * level * exp(rng.gauss(0, 0.5))
            life.add(day, cell, str(round(count)), unit="cells/mcL")


def _close(life: Life, fate: Fate, number: int) -> None:
    if fate.relapse is not None:
        kind = "progression" if fate.response == "failure" else "relapse"
        life.add(fate.relapse, kind, known=5 if number % 4 == 0 else 0)
    if fate.death is not None:
        cause = "leukaemia" if fate.relapse is not None else ("GVHD", "infection", "organ toxicity")[number % 3]
        life.add(fate.death, "death", cause, known=number % 9)
    elif fate.left is not None:
        life.add(fate.left, "lost to follow-up" if number % 2 else "withdrawal of consent")
    else:
        life.add(fate.end - number % 40, "last contact", "alive")


# ---- 90Y-epratuzumab tetraxetan against the investigator's choice -----------------------------------------------

REGIMENS = {"FLAG": 0.3, "clofarabine": 0.12, "clofarabine combination": 0.13, "Hyper-CVAD": 0.25, "blinatumomab": 0.2}
FACTOR = 1.7  # RIT multiplies the time to death by this


def rit(rng: Random, *, patients: int = 120, first: date = date(2027, 3, 1), cut: date = date(2030, 9, 30)) -> Drawn:
    """Two arms in permuted blocks of 4; median survival 210 days without RIT; crossover within 6 months."""
    drawn = Drawn(("patient", "arm", "site", "age (years)", "sex", "disease status", "regimen"))
    arms: list[str] = []
    while len(arms) < patients:
        block = ["experimental", "experimental", "control", "control"]
        rng.shuffle(block)
        arms += block
    for number in range(1, patients + 1):
        ident, arm = f"R-{number:03}", arms[number - 1]
        drawn.patients.append(
            (ident, arm, rng.choice(("Nantes", "Paris", "Toulouse", "Lyon")), str(rng.randint(18, 74)),
             rng.choice(("female", "male")), pick(rng, {"first relapse": 0.6, "later relapse": 0.2, "refractory": 0.2}),
             pick(rng, REGIMENS))
        )  # fmt: skip
        life = Life(ident, first + timedelta(round(number * 7.6) + rng.randint(0, 5)))
        _rit_life(rng, life, arm, (cut - life.start).days, number)
        drawn.events += life.rows
    return drawn


def _rit_life(rng: Random, life: Life, arm: str, to_cut: int, number: int) -> None:
    life.add(0, "randomisation")
    treated = arm == "experimental"
    natural = max(9, waits(rng, 230) if rng.random() > 0.07 else 3000)  # survival without any RIT
    life.add(rng.randint(1, 6), "first RIT infusion" if treated else "first dose of the chosen regimen")
    response = pick(rng, {"CR": 0.36, "CRp": 0.14, "PR": 0.12, "failure": 0.38} if treated else
                    {"CR": 0.22, "CRp": 0.08, "PR": 0.14, "failure": 0.56})  # fmt: skip
    assessed = rng.randint(28, 40)
    failed = assessed if response == "failure" else None
    relapse = None if failed else assessed + waits(rng, (260 if treated else 160) if rng.random() > 0.14 else 4000)
    event = failed if failed is not None else relapse
    crossed = _crosses(rng, treated, event, natural)
    death = round(natural * FACTOR) if treated else natural
    if crossed is not None:
        death = crossed + max(1, round((natural - crossed) * FACTOR))
    left = rng.randint(40, 400) if rng.random() < 0.06 else None
    end = min(to_cut, death, left if left is not None else to_cut)
    _rit_records(rng, life, number, response, (assessed, failed, relapse, crossed, end, treated))
    if death <= end:
        life.add(death, "death", known=number % 6, value="leukaemia" if event and event <= death else "toxicity")
    elif left is not None and left <= end:
        life.add(left, "withdrawal of consent" if number % 2 else "lost to follow-up")
    else:
        life.add(end - number % 30, "last contact", "alive")


def _crosses(rng: Random, treated: bool, event: int | None, natural: int) -> int | None:
    """The day of the crossover infusion: control arm only, failure or relapse in the first 182 days, while alive."""
    if treated or event is None or event > 182 or rng.random() > 0.62:
        return None
    day = event + rng.randint(5, 18)
    return day if day < natural else None


def _rit_records(
    rng: Random, life: Life, number: int, response: str, days: tuple[int, int | None, int | None, int | None, int, bool]
) -> None:
    assessed, failed, relapse, crossed, end, treated = days
    if assessed < end:
        wrong = life.add(assessed, "response", "CR" if number % 29 == 0 else response)
        if number % 29 == 0 and response != "CR":
            life.add(assessed, "response", response, known=21, corrects=wrong)
    if failed is not None and failed < end:
        life.add(failed, "treatment failure")
    if relapse is not None and relapse < end:
        life.add(relapse, "relapse", known=4)
    if treated and response in ("CR", "CRp") and assessed + 21 < end:
        life.add(assessed + 21, "first infusion of the second RIT cycle")
    if crossed is not None and crossed < end:
        life.add(crossed, "first crossover RIT infusion")
        again = crossed + rng.randint(28, 40)
        if again < end:
            life.add(again, "response", pick(rng, {"CR": 0.25, "CRp": 0.12, "PR": 0.13, "failure": 0.5}))


# ---- the phase I escalation ----------------------------------------------------------------------------------

LEVELS = {"92.5": 0.05, "185": 0.1, "277.5": 0.18, "370": 0.16}


def phase1(rng: Random, *, first: date = date(2027, 2, 1)) -> Drawn:
    """3+3, escalate only; the chance of a dose-limiting toxicity at each level in MBq/m² is in `LEVELS`."""
    drawn = Drawn(("patient", "dose level", "age (years)", "sex"))
    start = first
    for level, chance in LEVELS.items():
        toxic = treated = 0
        while treated < 6:
            for _ in range(3):
                treated += 1
                ident = f"P-{len(drawn.patients) + 1:02}"
                drawn.patients.append((ident, level, str(rng.randint(24, 71)), rng.choice(("female", "male"))))
                life = Life(ident, start + timedelta(rng.randint(0, 20)))
                toxic += _phase1_life(rng, life, chance)
                drawn.events += life.rows
            start += timedelta(75)
            if toxic != 1:
                break
        if toxic >= 2:
            break
    return drawn


def _phase1_life(rng: Random, life: Life, chance: float) -> bool:
    life.add(0, "first RIT infusion")
    toxic = rng.random() < chance
    if toxic:
        life.add(rng.randint(14, 40), "dose-limiting toxicity", pick(rng, {"neutropenia grade 4": 0.6, "aplasia": 0.4}))
    life.add(rng.randint(60, 200), "last contact", "alive")
    return toxic


# ---- files -----------------------------------------------------------------------------------------------------

SEEDS = {"set-haplo": 20271101, "rit-b-all": 20271102, "rit-phase1": 20271112}
CUTS = {"set-haplo": "2031-03-31", "rit-b-all": "2030-09-30", "rit-phase1": "2028-12-31"}


def trials() -> Iterator[tuple[str, Drawn]]:
    """The shipped trials, by the name of their protocol."""
    makers = {"set-haplo": haplo, "rit-b-all": rit, "rit-phase1": phase1}
    for name, make in makers.items():
        yield name, make(Random(SEEDS[name]))


def frame(name: str) -> str:
    """The trial.yaml of a shipped trial."""
    return (
        f"# A synthetic trial: drawn by tools/make_trials.py, seed {SEEDS[name]}. Nobody's data.\n"
        f"trial: {name}, synthetic\n"
        f"protocol: ../../../protocols/{name}.yaml\n"
        "patients: patients.csv\n"
        "events: events.csv\n"
        f"cut: {CUTS[name]}\n"
        f'note: "Synthetic data, drawn with seed {SEEDS[name]}: no patient, no result."\n'
    )


def main(folder: Path) -> None:
    for name, drawn in trials():
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        (target / "trial.yaml").write_text(frame(name), encoding="utf-8")
        (target / "patients.csv").write_text(drawn.patients_csv(), encoding="utf-8")
        (target / "events.csv").write_text(drawn.events_csv(), encoding="utf-8")
        print(f"{target}: {len(drawn.patients)} patients, {len(drawn.events)} events")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "trials")

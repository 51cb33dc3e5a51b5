"""What a gate may want to know before the next injection: predicted doses and the chance of passing a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from posolog.core.finding import Finding
from posolog.dosimetry.say import ask
from posolog.dosimetry.study.result import Dose, Result


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value; `method` travels with it. `at`: when the last measurement behind it was made."""

    name: str
    value: float
    unit: str
    method: str
    at: datetime


def facts(result: Result) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The predicted dose of every region over all injections listed, planned ones included.

    Where the marrow has two methods and the file chooses none, its value is not known: a finding, and no fact.
    Names: "predicted liver dose" (Gy), "uncertainty of predicted liver dose" (Gy), "chance that liver dose passes
    20 Gy" (%), the last only where the protocol states the limit.
    """
    at = max(row.at for row in result.study.rows)
    made: list[Fact] = []
    found: list[Finding] = []
    for region in dict.fromkeys(dose.region for dose in result.doses):
        mine = [dose for dose in result.doses if dose.region == region and dose.chosen]
        if len(mine) != 1:
            methods = " and ".join(dose.method for dose in result.doses if dose.region == region)
            message = f"{region}: {methods}: which one counts is not stated, so a gate answers not known yet"
            found.append(ask("RAD-METHOD", message, "add 'marrow method: image' or 'blood'"))
        else:
            made += _of(result, mine[0], at)
    return tuple(made), tuple(found)


def _of(result: Result, dose: Dose, at: datetime) -> list[Fact]:
    made = [
        Fact(f"predicted {dose.region} dose", dose.dose_gy, "Gy", dose.method, at),
        Fact(f"uncertainty of predicted {dose.region} dose", dose.u_gy, "Gy", dose.method, at),
    ]
    for limit in result.limits:
        if limit.region == dose.region and limit.method == dose.method:
            name = f"chance that {dose.region} dose passes {limit.limit_gy:g} Gy"
            made.append(Fact(name, 100 * limit.probability, "%", dose.method, at))
    return made

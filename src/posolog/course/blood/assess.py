"""Everything that a timeline says of one patient's blood, put together: the view that `posolog counts` prints."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from posolog.core.because import Because
from posolog.core.finding import Finding, Place
from posolog.core.guard import Guard
from posolog.core.timeline import Event, Timeline
from posolog.course.blood import ligand, marker
from posolog.course.blood.analytes import ANALYTES, CELLS, Count, counts, limits, of
from posolog.course.blood.fit import FLOOR, Data, NotIdentified
from posolog.course.blood.grades import Grade, grade, worst
from posolog.course.blood.model import Injections
from posolog.course.blood.predict import Prediction
from posolog.course.model import Patient
from posolog.course.moments import local_date
from posolog.course.numbers import amount
from posolog.course.words import ask, listed, note
from posolog.formulary import Nuclide, find, nuclide
from posolog.protocol.model import Protocol

FITTED = ("neutrophils", "platelets")
MISFIT = 0.5  # scatter of a log count from which the fit is called bad
_HELP = ("g-csf", "gcsf", "filgrastim", "pegfilgrastim", "lenograstim", "transfusion", "eltrombopag", "romiplostim")


@dataclass(frozen=True, slots=True)
class Injected:
    """An injection of a radiopharmaceutical, from the record. `activity_gbq` None: no activity is recorded."""

    at: datetime
    agent: str
    activity_gbq: float | None
    nuclide: Nuclide


@dataclass(frozen=True, slots=True)
class Analyte:
    """One analyte's grades in order, the worst, and the fitted course or why there is none."""

    name: str
    grades: tuple[Grade, ...]
    worst: Grade | None
    lowest: Count | None
    prediction: Prediction | None = None
    no_fit: str = ""


@dataclass(frozen=True, slots=True)
class Blood:
    """One patient's blood. Days count from the first injection, `first`, where there is one."""

    protocol: str
    first: datetime | None
    zone: ZoneInfo
    injections: tuple[Injected, ...]
    half_life_h: float | None
    half_life_from: str
    analytes: tuple[Analyte, ...]
    marker: str
    gate: Guard
    gate_because: Because
    ligand: ligand.Course
    findings: tuple[Finding, ...]
    seed: int

    def day(self, at: datetime) -> date:
        return local_date(at, self.zone)


def assess(
    protocol: Protocol, timeline: Timeline, *, zone: ZoneInfo, patient: Patient | None = None, target: str = "CD22",
    half_life_h: float | None = None, seed: int = 1, fitted: Iterable[str] = FITTED,
) -> Blood:  # fmt: skip
    """Grades, gate, ligand and fitted courses of one patient.

    `half_life_h`: effective half-life in h of the activity in the body; without it the physical one is used, and told.
    `seed`: of the draws behind the intervals; recorded in the answer. Needs numpy and scipy where a course is fitted.
    """
    found, bad_counts = counts(timeline)
    lower, bad_limits = limits(timeline)
    injections, bad_injections = injected(timeline)
    first = injections[0].at if injections else None
    gate, why, bad_gate = marker.gate(protocol, timeline, patient, target)
    drawn, bad_samples = ligand.samples(timeline)
    findings = [*bad_counts, *bad_limits, *bad_injections, *bad_gate, *bad_samples, *_helped(timeline, found)]
    physical = injections[0].nuclide.half_life_h if injections else None
    half_life, source = half_life_h or physical, "given" if half_life_h else "physical, of the nuclide"
    if injections and not half_life_h:
        findings.append(_physical(injections[0]))
    analytes = []
    for name in ANALYTES:
        grades = tuple(grade(one, lower) for one in of(found, name))
        if not grades:
            continue
        lowest = min((one.count for one in grades), key=lambda one: (one.value, one.at))
        made = Analyte(name, grades, worst(grades), lowest)
        if name in fitted:
            made, told = _course(made, injections, half_life or 0.0, seed)
            findings += told
        analytes.append(made)
    return Blood(
        protocol.name, first, zone, injections, half_life, source, tuple(analytes), target, gate, why,
        ligand.course(drawn, first), tuple(dict.fromkeys(findings)), seed,
    )  # fmt: skip


def injected(timeline: Timeline) -> tuple[tuple[Injected, ...], tuple[Finding, ...]]:
    """The recorded injections of radiopharmaceuticals, in order; those without a known activity are told."""
    found, findings = [], []
    for event in timeline.named("given"):
        names = {agent.nuclide for agent in find(event.subject).agents if agent.nuclide}
        if len(names) != 1:
            continue
        gbq = _activity(event)
        if gbq is None:
            place = Place("injection", f"{event.value} {event.unit}".strip(), event.ident)
            message = f"{event.subject}: the activity that was given is not recorded"
            findings.append(ask("ACTIVITY-UNRECORDED", message, "Record it with its unit, in MBq.", place))
        found.append(Injected(event.at, event.subject, gbq, nuclide(next(iter(names)) or "")))
    # An activity of the same hour with another nuclide (111In for images) does not drive the counts.
    therapy = [one for one in found if one.nuclide.main_emission.startswith(("beta", "alpha"))]
    return tuple(therapy), tuple(findings)


def _activity(event: Event) -> float | None:
    try:
        given = amount(f"{event.value} {event.unit}".strip())
    except ValueError:
        return None
    return float(given.value * given.unit.factor) / 1000 if given.unit.kind == "activity" else None


def _course(
    made: Analyte, injections: tuple[Injected, ...], half_life_h: float, seed: int
) -> tuple[Analyte, list[Finding]]:
    """The analyte with its fitted course, or with the reason why there is none."""
    from posolog.course.blood.fit import fit
    from posolog.course.blood.predict import predict

    try:
        data = _data(made, injections)
        times = tuple((one.at - injections[0].at).total_seconds() / 3600 for one in injections)
        activities = tuple(one.activity_gbq or 0.0 for one in injections)
        import numpy as np

        best = fit(data, Injections(times, activities, half_life_h))
        prediction = predict(best, np.random.default_rng(seed))
    except (NotIdentified, ArithmeticError) as error:
        message = f"no course of {made.name} is fitted: {error}"
        step = "Record more counts with their units, and what was injected."
        return replace(made, no_fit=str(error)), [note("COURSE-NOT-FITTED", message, step)]
    told = []
    if best.sigma > MISFIT:
        percent = round(100 * (math.exp(best.sigma) - 1))
        message = f"the model does not describe the {made.name} well: counts scatter by {percent} % about it"
        told.append(
            ask("COURSE-MISFIT", message, "Do not use the prediction; look for transfusions, G-CSF or relapse.")
        )
    return replace(made, prediction=prediction), told


def _data(made: Analyte, injections: tuple[Injected, ...]) -> Data:
    """Counts by hour from the first injection. *Raises:* NotIdentified in words."""
    if not injections:
        raise NotIdentified("no injection of a therapeutic radiopharmaceutical is recorded")
    if any(one.activity_gbq is None for one in injections):
        raise NotIdentified("the activity of an injection is not recorded")
    first = injections[0].at
    usable = [one.count for one in made.grades if one.count.unit == CELLS]
    before = [one for one in usable if one.at <= first and not one.below]
    after = [one for one in usable if one.at > first]
    if not before:
        raise NotIdentified("no count up to the first injection, so the baseline is not known")
    floor = FLOOR[made.name]
    logs = [math.log(float(one.value) + floor) for one in before]
    baseline = math.exp(sum(logs) / len(logs)) - floor
    if baseline <= floor:
        raise NotIdentified(
            "the count before the first injection is nearly nothing: the model starts from a working marrow"
        )
    hours = tuple((one.at - first).total_seconds() / 3600 for one in after)
    values, below = tuple(float(one.value) for one in after), tuple(one.below for one in after)
    return Data(made.name, hours, values, below, baseline, len(before))


def _helped(timeline: Timeline, found: tuple[Count, ...]) -> list[Finding]:
    """Treatments that lift counts: the model does not know them."""
    names = [
        event.subject if event.kind.casefold() == "given" else event.kind
        for event in timeline.events
        if any(word in f"{event.kind} {event.subject}".casefold() for word in _HELP)
    ]
    if not names or not found:
        return []
    message = (
        f"{listed(dict.fromkeys(names), 'and')} recorded: counts are lifted by it, and the model does not know that"
    )
    return [note("COUNTS-HELPED", message, "Read the fitted course with care.")]


def _physical(one: Injected) -> Finding:
    message = (
        f"the effective half-life of {one.agent} is not given; the physical one of {one.nuclide.name}, "
        f"{one.nuclide.half_life_h} h, is used, so that the dose rate falls too slowly"
    )
    return note("HALF-LIFE-PHYSICAL", message, "Give it with --half-life, in hours, from the patient's dosimetry.")

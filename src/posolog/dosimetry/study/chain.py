"""The chain from inputs to Gy: one function of everything uncertain, which both uncertainties go through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.core.finding import Finding, Place
from posolog.dosimetry.say import ask, note
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.lines import Line, State, Value
from posolog.dosimetry.study.model import Injection, Study
from posolog.dosimetry.tables import kernel

KINETICS = "kinetics of later injections"


@dataclass(frozen=True, slots=True)
class Body:
    """What the remainder of the body adds: its curve, the lines whose activity it does not hold, its mass in g."""

    whole: Fitted
    sources: tuple[Line, ...]
    mass_g: float

    def residence_h(self, state: State) -> Value:
        """Integral in the remainder per MBq injected."""
        total = self.whole.per_mbq * moved(self.whole, state)
        for line in self.sources:
            total = total - held(line, state)
        return total


def moved(fitted: Fitted, state: State) -> Value:
    """How a region's own integral moves with the state."""
    scale: Value = state.get(f"curve of {fitted.curve.region.name}", 1.0)
    for factor in fitted.curve.factors:
        scale = scale * np.power(state.get(factor.name, 1.0), factor.power)
    return scale


def held(line: Line, state: State) -> Value:
    """Activity-hours per MBq in the line's target: the region itself, or the marrow that a site or blood stands for."""
    if line.fitted.curve.region.kind == "marrow site" and line.mass_g:
        return line.fitted.per_mbq * line.per_gram * line.mass_g * moved(line.fitted, state)
    return line.fitted.per_mbq * moved(line.fitted, state)


def body_of(study: Study, fitted: tuple[Fitted, ...], listed: tuple[Line, ...], found: list[Finding]) -> Body | None:
    """The remainder of the body, or None with a finding that says why it is not computed."""
    whole = next((fit for fit in fitted if fit.curve.region.kind == "whole body"), None)
    if whole is None or whole.curve.region.mass is None:
        step = "measure the whole body too; for 90Y the remainder adds 0.1 % (liver) to a few % (marrow)"
        found.append(note("RAD-REMAINDER", "the remainder of the body is not computed: no whole-body curve", step))
        return None
    counted: dict[str, Line] = {}
    for line in listed:
        kind = line.fitted.curve.region.kind
        if kind not in ("whole body", "blood") and line.chosen:
            counted.setdefault(line.region, line)
    mass = whole.curve.region.mass.value - sum(line.mass_g or 0.0 for line in counted.values())
    made = Body(whole, tuple(counted.values()), mass)
    if mass <= 0 or float(made.residence_h({})) < 0:
        message = "the regions hold more than the whole body, or weigh more"
        step = "check the calibrations of whole body and regions; no remainder is added"
        found.append(ask("RAD-REMAINDER", message, step, Place("region", "whole body"), hazard="H10"))
        return None
    return made


def kept(one: Injection, study: Study) -> float:
    """Share of an injection's activity that its own decay during the infusion leaves: (1 - exp(-y))/y."""
    y = study.therapy.rate_per_h * one.duration_h
    return float(-np.expm1(-y) / y) if y > 0 else 1.0


def parts_of(study: Study, line: Line, body: Body | None, state: State) -> tuple[Value, Value]:
    """Gy per MBq: self dose, and remainder of the body."""
    alone = line.self_gy_per_mbq(study, state)
    around: Value = 0.0
    if body is not None and line.fitted is not body.whole:
        delta = study.therapy.delta_gy_kg_per_mbq_h * state.get("energy per decay", 1.0)
        escape = float(kernel().fraction.sum()) - line.phi
        first = state.get(f"activity of {study.measured.name}", 1.0)
        around = delta * max(escape, 0.0) / (body.mass_g / 1000) * body.residence_h(state) / first
    return alone, around


def total_of(study: Study, line: Line, body: Body | None, state: State, cross: float) -> Value:
    """Gy over all injections."""
    alone, around = parts_of(study, line, body, state)
    given = study.of(study.therapy.name)
    first = given[0].net.value * kept(given[0], study)
    later = sum(one.net.value * kept(one, study) for one in given[1:])
    amount = first + later * state.get(KINETICS, 1.0)
    return (alone + around + cross) * amount * state.get(f"activity of {study.therapy.name}", 1.0)


def cross_terms(study: Study, line: Line, fitted: tuple[Fitted, ...]) -> float:
    """Gy per MBq from other measured organs, by the therapy nuclide's rows of a user's S table."""
    held = {fit.curve.region.name: fit.per_mbq for fit in fitted if fit.curve.unit == "MBq"}
    rows = (row for row in study.s_values if row.nuclide == study.therapy.name and row.target == line.region)
    return sum(held[row.source] * row.value / 1000 for row in rows if row.source in held and row.source != line.region)

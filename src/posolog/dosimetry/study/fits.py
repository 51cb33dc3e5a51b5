"""A fitted curve for each region, after asking whether its numbers can be what they claim to be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np

from posolog.core.finding import Finding, Place
from posolog.dosimetry.curves import CLEARANCE, MODELS, Averaged, Integral, Trapezoid, fit_curves, trapezoid
from posolog.dosimetry.curves.models import Injections
from posolog.dosimetry.say import ask, note, stop
from posolog.dosimetry.study.model import Study
from posolog.dosimetry.study.quantify import Curve, Point
from posolog.dosimetry.surrogate import shift_per_h

BODY_G = 70_000.0
SLACK = 1.3  # camera and dose calibrator may disagree by as much
UPTAKE_LOW, UPTAKE_HIGH = 0.1, 300.0  # of the activity per mass spread evenly over the body
LEAP = 100.0
MISFIT = 6.0  # chi² per degree of freedom: asked about
BIRGE = 2.0  # above this the uncertainties are widened


@dataclass(frozen=True, slots=True)
class Fitted:
    """A region's curve, its fit, and the therapy nuclide's integral per MBq injected (h, or h/mL for blood)."""

    curve: Curve
    averaged: Averaged
    integral: Integral  # of the therapy nuclide, for the measured injection's activity, MBq h (bolus)
    per_mbq: float
    trapezoid_per_mbq: float | None
    injected_mbq: float
    infusion_h: float
    shift_per_h: float

    @property
    def widened(self) -> float:
        """Birge's ratio: by how much the stated uncertainties are widened where chi² says that they are too small."""
        misfit = float(self.averaged.misfit()[0])
        return sqrt(misfit) if misfit > BIRGE else 1.0

    @property
    def rel_fit(self) -> float:
        return self.widened * float(self.integral.fit[0] / self.integral.value[0])

    @property
    def rel_spread(self) -> float:
        return float(self.integral.spread[0] / self.integral.value[0])


def fit_all(study: Study, curves: tuple[Curve, ...]) -> tuple[tuple[Fitted, ...], tuple[Finding, ...]]:
    """Fit every curve that passes its checks."""
    found: list[Finding] = []
    made: list[Fitted] = []
    injections, cut_h = _measured(study, curves)
    for curve in curves:
        kept, faults = _sound(study, curve, cut_h)
        found += faults
        if not any(fault.severity == "stop" for fault in faults):
            fitted = _fit(study, curve, kept, injections, found)
            made += [fitted] if fitted else []
    return tuple(made), tuple(found)


def _measured(study: Study, curves: tuple[Curve, ...]) -> tuple[Injections, float | None]:
    """The measured nuclide's injections relative to the first, and when points are cut off (None: not at all)."""
    given = [one for one in study.of(study.measured.name) if not one.planned]
    last = max((point.time_h for curve in curves for point in curve.points), default=0.0)
    first = given[0] if given else study.of(study.measured.name)[0]
    since = [((one.start - first.start).total_seconds() / 3600, one.net.value / first.net.value) for one in given]
    seen = tuple(pair for pair in since if pair[0] < last) or ((0.0, 1.0),)
    if study.after_second == "cut" and len(seen) > 1:
        return seen[:1], seen[1][0]
    return seen, None


def _sound(study: Study, curve: Curve, cut_h: float | None) -> tuple[tuple[Point, ...], list[Finding]]:
    """Points before the cut, and what is wrong with them: slips of a unit, tails slower than decay."""
    points = tuple(point for point in curve.points if cut_h is None or point.time_h < cut_h)
    name, place = curve.region.name, Place("region", curve.region.name)
    if len(points) < 3:
        message = f"{name}: {len(points)} points before the second injection; a curve needs 3"
        return points, [stop("RAD-POINTS", message, "fit by superposition, or add measurements", place)]
    found = [*_scale(study, curve, points, place), *_leaps(name, points, place), *_tail(study, name, points, place)]
    return points, found


def _scale(study: Study, curve: Curve, points: tuple[Point, ...], place: Place) -> list[Finding]:
    given = study.of(study.measured.name)[0].net.value
    name, kind, decay = curve.region.name, curve.region.kind, study.measured.rate_per_h
    many = [one for one in study.of(study.measured.name) if not one.planned]
    held = max(point.value * exp(decay * point.time_h) for point in points) / max(len(many), 1)
    if kind == "blood":
        return _uptake(curve, held / given * BODY_G, place) if curve.unit == "MBq/mL" else []
    if held > SLACK * given:
        message = f"{name}: {held:.4g} MBq (decay corrected) of {given:.4g} MBq injected"
        return [stop("RAD-SCALE", message, "check kBq and MBq, calibration and injected activity", place, hazard="H10")]
    if kind == "whole body" and held < 0.05 * given:
        message = f"{name}: never more than {held:.3g} of {given:.4g} MBq injected"
        return [stop("RAD-SCALE", message, "check kBq and MBq, calibration and injected activity", place, hazard="H10")]
    mass = curve.region.mass.value if curve.region.mass else None
    if mass is None or kind == "whole body":
        return []
    body = next((one.mass.value for one in study.regions if one.kind == "whole body" and one.mass), BODY_G)
    return _uptake(curve, held / given * body / mass, place)


def _uptake(curve: Curve, uptake: float, place: Place) -> list[Finding]:
    if UPTAKE_LOW < uptake < UPTAKE_HIGH:
        return []
    message = (
        f"{curve.region.name}: activity per gram is {uptake:.3g} times that of an even spread over the body: "
        "a slip of the unit by 1000?"
    )
    step = "check kBq and MBq, g and kg; if it is so, say 'confirmed: yes' for the region"
    make = ask if curve.region.confirmed else stop
    return [make("RAD-SCALE", message, step, place, hazard="H10")]


def _leaps(name: str, points: tuple[Point, ...], place: Place) -> list[Finding]:
    for early, late in pairwise(points):
        if not 1 / LEAP < late.value / early.value < LEAP:
            message = f"{name}: {early.value:.3g} at {early.time_h:.4g} h, then {late.value:.3g} at {late.time_h:.4g} h"
            step = "check the units of the two rows"
            return [stop("RAD-SCALE", message, step, place, hazard="H10")]
    return []


def _tail(study: Study, name: str, points: tuple[Point, ...], place: Place) -> list[Finding]:
    """The last two points against physical decay; the whole body and blood cannot gain."""
    second = [one for one in study.of(study.measured.name) if not one.planned][1:]
    early, late = points[-2], points[-1]
    if second or not (early.value > 0 and late.value > 0):
        return []
    gain = log(late.value / early.value) + study.measured.rate_per_h * (late.time_h - early.time_h)
    u = sqrt((early.u / early.value) ** 2 + (late.u / late.value) ** 2)
    if gain < 3 * u:
        return []
    message = (
        f"{name}: from {early.time_h:.4g} to {late.time_h:.4g} h it loses less than by decay of {study.measured.name}"
    )
    step = "are the values decay corrected already? is the nuclide right? is uptake still going on?"
    return [ask("RAD-DECAY", message, step, place, hazard="H13")]


def _fit(
    study: Study, curve: Curve, points: tuple[Point, ...], injections: Injections, found: list[Finding]
) -> Fitted | None:  # fmt: skip
    first = study.of(study.measured.name)[0]
    times, values, sigmas = (
        np.array(column) for column in zip(*((p.time_h, p.value, p.u) for p in points), strict=True)
    )
    models = CLEARANCE if curve.region.kind in ("blood", "whole body") else MODELS
    averaged = fit_curves(
        times, values, sigmas, physical_per_h=study.measured.rate_per_h, ceiling=_ceiling(curve, first.net.value),
        injections=injections, models=models, criterion=study.criterion,
    )  # fmt: skip
    place = Place("region", curve.region.name)
    if not averaged.weights[0].sum() > 0:
        message = f"{curve.region.name}: no candidate curve fits its {len(points)} points"
        found.append(stop("RAD-MISFIT", message, "look at the points; a value may be wrong", place))
        return None
    shift = shift_per_h(study.measured, study.therapy)
    integral = averaged.integral(shift_per_h=shift, infusion_h=first.duration_h)
    _judge(curve, averaged, float(points[-1].time_h), shift, found, place)
    flat = _flat(times, values, sigmas, study, shift) if len(injections) == 1 else None
    given = first.net.value
    whole = flat.value / given if flat else None
    return Fitted(curve, averaged, integral, float(integral.value[0]) / given, whole, given, first.duration_h, shift)


def _ceiling(curve: Curve, given: float) -> list[float] | None:
    """No region holds more than was injected, calibrations allowed for."""
    if curve.unit == "MBq":
        return [SLACK * given]
    volume = curve.region.volume
    return [SLACK * given / volume.value] if volume else None


def _flat(times: np.ndarray, values: np.ndarray, sigmas: np.ndarray, study: Study, shift: float) -> Trapezoid:
    return trapezoid(times, values, sigmas, physical_per_h=study.measured.rate_per_h, shift_per_h=shift)


def _judge(curve: Curve, averaged: Averaged, last_h: float, shift: float, found: list[Finding], place: Place) -> None:
    """A poor fit is asked about; an integral that rests on the tail is noted."""
    misfit = float(averaged.misfit()[0])
    if misfit > MISFIT:
        message = f"{curve.region.name}: chi² is {misfit:.3g} per degree of freedom: points and curve disagree"
        step = "look at the points and at their stated uncertainties"
        found.append(ask("RAD-MISFIT", message, step, place))
    pairs = averaged.mixture(0)
    whole = sum(a / (r + shift) for a, r in pairs)
    tail = sum(a * exp(-(r + shift) * last_h) / (r + shift) for a, r in pairs)
    if whole > 0 and tail / whole > 0.5:
        message = (
            f"{curve.region.name}: {100 * tail / whole:.0f} % of the integral lies after {last_h:.4g} h, the last point"
        )
        found.append(note("RAD-TAIL", message, "measure later, or read the dose with care", place))

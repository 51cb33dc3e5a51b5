"""Which doses are computed: one line for a region and a method, as a function of everything uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posolog.core.finding import Finding, Place
from posolog.dosimetry.constants import REFERENCE_MASS_G
from posolog.dosimetry.counts import marrow_to_blood
from posolog.dosimetry.say import ask, note
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.model import Region, Study
from posolog.dosimetry.tables import kernel, sphere_fraction

Floats = NDArray[np.float64]
State = Mapping[str, float | Floats]  # factors about 1, by name; absent ones are 1
Value = float | Floats
MARROW_PHI = 0.439  # *Source:* OLINDA-2 (ICRP 89), implied by its self S: 5.61e-5 mGy/(MBq s) x 1170 g / Delta
MARROW_PHI_WHOLE = 1.0
ORGAN_SHAPE_U = 0.02  # transport model, and spheres in place of organs


@dataclass(frozen=True, slots=True)
class Line:
    """A dose to compute. `per_gram_h` turns a curve's integral per MBq into activity-hours per gram of target."""

    region: str
    method: str
    fitted: Fitted
    phi: float
    phi_slope: float  # d ln phi/d ln mass
    mass_g: float | None
    per_gram: float
    mass_power: float  # the dose goes with (size factor) to this power, phi apart
    factors: tuple[tuple[str, float], ...]  # other inputs and the powers of them that the dose goes with
    chosen: bool = True
    steps: tuple[str, ...] = ()

    def self_gy_per_mbq(self, study: Study, state: State) -> Value:
        """Delta phi/m times the integral, at a state of the inputs."""
        size = f"size of {self.fitted.curve.region.name}"
        scale: Value = state.get(f"curve of {self.fitted.curve.region.name}", 1.0)
        for name, power in self.factors:
            scale = scale * np.power(state.get(name, 1.0), power)
        scale = scale * np.power(state.get(size, 1.0), self.mass_power + self.phi_slope)
        delta = study.therapy.delta_gy_kg_per_mbq_h * state.get("energy per decay", 1.0)
        return delta * self.phi * 1000 * self.fitted.per_mbq * self.per_gram * scale


def lines(study: Study, fitted: tuple[Fitted, ...]) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """All the lines of a study, marrow by every method that the data allow."""
    found: list[Finding] = []
    made: list[Line] = []
    for fit in fitted:
        region = fit.curve.region
        if region.kind == "blood":
            made += _by_blood(study, fit, found)
        elif region.kind == "marrow site":
            made += _by_site(study, fit, found)
        elif region.mass is not None:
            made.append(_organ(study, fit, region))
    order = list(dict.fromkeys(line.region for line in made))
    return tuple(sorted(made, key=lambda line: order.index(line.region))), tuple(found)


def _organ(study: Study, fit: Fitted, region: Region) -> Line:
    assert region.mass is not None
    mass = region.mass.value
    half = 0.5 if region.kind == "paired organ" else 1.0
    if region.kind == "red marrow":
        phi, slope = study.marrow_fraction or MARROW_PHI, 0.0
        method = f"image of the whole marrow, absorbed fraction {phi:g}"
    elif region.kind == "whole body":
        phi, slope, method = float(kernel().fraction.sum()), 0.0, "all energy but the radiated part"
    else:
        phi, slope = sphere_fraction(mass * half), _slope(mass * half)
        method = "self dose, sphere" + (" (two, half the mass each)" if half < 1 else "")
    factors, power = _factors(study, fit), -1.0
    if fit.curve.volume_counts:
        if region.size_from_volume:
            power += 1.0  # activity is concentration times the same volume: the size cancels
        else:
            factors += ((f"volume of {region.name}", 1.0 - fit.curve.recovery_slope),)
    if region.size_from_volume or not fit.curve.volume_counts:
        power -= fit.curve.recovery_slope
    steps = (f"absorbed fraction {phi:.4f} of {mass * half:.4g} g", f"mass {region.mass.words or f'{mass:g} g'}")
    return Line(region.name, method, fit, phi, slope, mass, 1 / mass, power, factors, True, steps)


def _slope(mass_g: float) -> float:
    return float(np.log(sphere_fraction(mass_g * 1.02) / sphere_fraction(mass_g / 1.02)) / (2 * np.log(1.02)))


def _factors(study: Study, fit: Fitted) -> tuple[tuple[str, float], ...]:
    own = tuple((factor.name, factor.power) for factor in fit.curve.factors)
    return (*own, (f"activity of {study.measured.name}", -1.0), (f"absorbed fraction of {fit.curve.region.name}", 1.0))


def _by_blood(study: Study, fit: Fitted, found: list[Finding]) -> list[Line]:
    """Marrow from blood: nothing must bind in the marrow, which blasts with the target do."""
    place = Place("region", "red marrow")
    if fit.curve.unit != "MBq/mL":
        return []
    if study.haematocrit is None:
        step = "add 'haematocrit: 0.31 ± 0.01'"
        found.append(ask("RAD-HAEMATOCRIT", "red marrow by blood: no haematocrit is stated", step, place))
        return []
    if not _blasts_allow(study, found, place):
        return []
    ratio = marrow_to_blood(study.haematocrit.value)
    h = study.haematocrit.value
    factors = (*_factors(study, fit), ("haematocrit", h / (1 - h)))
    mass, words = marrow_mass(study)
    made = []
    for phi in _marrow_fractions(study):
        method = f"blood, RMBLR {ratio:.3f}, absorbed fraction {phi:g}"
        steps = (
            f"RMBLR = 0.19 ÷ (1 − {h:g}) = {ratio:.4f} (nothing bound in the marrow)",
            f"marrow holds RMBLR times the blood's activity per mL, in each gram; mass {words} cancels",
        )
        chosen = phi == (study.marrow_fraction or MARROW_PHI) and study.marrow_method != "image"
        made.append(Line("red marrow", method, fit, phi, 0.0, mass, ratio, 0.0, factors, chosen, steps))
    return made


def _blasts_allow(study: Study, found: list[Finding], place: Place) -> bool:
    blasts, limit = study.marrow_blasts, study.blast_limit
    if blasts is None:
        message = "red marrow by blood: the blast fraction of the marrow is not stated"
        step = "add 'marrow blasts: 62 %': blasts that bind the antibody make the blood method too low"
        found.append(note("RAD-BLASTS", message, step, place))
        return True
    if limit is not None and blasts.value <= limit:
        return True
    said = "the protocol states no limit" if limit is None else f"above the limit of {100 * limit:g} %"
    message = f"red marrow by blood is not computed: {100 * blasts.value:g} % blasts in the marrow, {said}"
    step = "measure the marrow by image (a marrow site), or state the protocol's limit under limits"
    found.append(ask("RAD-BLASTS", message, step, place))
    return False


def _by_site(study: Study, fit: Fitted, found: list[Finding]) -> list[Line]:
    """Marrow from an image of a site that holds a known share of it."""
    region = fit.curve.region
    if region.share is None:
        return []
    mass, words = marrow_mass(study)
    if mass is None:
        step = "add region 'red marrow' with its mass, or 'sex' for the reference mass"
        found.append(ask("RAD-MASS", f"red marrow by {region.name}: no marrow mass is known", step))
        return []
    factors = (*_factors(study, fit), (f"marrow share of {region.name}", -1.0), ("mass of red marrow", -1.0))
    made = []
    for phi in _marrow_fractions(study):
        method = f"image of {region.name}, absorbed fraction {phi:g}"
        steps = (f"{region.name} holds {region.share.words} of the red marrow", f"red marrow of {words}")
        chosen = phi == (study.marrow_fraction or MARROW_PHI) and study.marrow_method != "blood"
        per_gram = 1 / region.share.value / mass
        made.append(Line("red marrow", method, fit, phi, 0.0, mass, per_gram, 0.0, factors, chosen, steps))
    return made


def _marrow_fractions(study: Study) -> tuple[float, ...]:
    return tuple(dict.fromkeys((study.marrow_fraction or MARROW_PHI, MARROW_PHI, MARROW_PHI_WHOLE)))


def marrow_mass(study: Study) -> tuple[float | None, str]:
    """The patient's own red marrow mass, else the reference mass of the sex, with words that say which."""
    own = next((region for region in study.regions if region.kind == "red marrow" and region.mass), None)
    if own is not None and own.mass is not None:
        return own.mass.value, own.mass.words or f"{own.mass.value:g} g"
    if study.sex:
        mass = REFERENCE_MASS_G["red marrow"][0 if study.sex == "male" else 1]
        return mass, f"{mass:g} g (reference {study.sex}, ICRP Publication 89, not the patient's own)"
    return None, "not known"


def relative_us(study: Study, made: tuple[Line, ...]) -> dict[str, float]:
    """The relative standard uncertainty of every input that a line goes with."""
    known: dict[str, float] = {"energy per decay": study.therapy.beta_sd_percent / 100}
    first = study.of(study.measured.name)[0].net
    known[f"activity of {study.measured.name}"] = first.relative_u
    if study.haematocrit is not None:
        known["haematocrit"] = study.haematocrit.relative_u
    for region in study.regions:
        size = region.mass if region.mass is not None else region.volume
        known[f"size of {region.name}"] = size.relative_u if size else 0.0
        known[f"volume of {region.name}"] = region.volume.relative_u if region.volume else 0.0
        known[f"marrow share of {region.name}"] = region.share.relative_u if region.share else 0.0
        if region.kind == "red marrow" and region.mass:
            known["mass of red marrow"] = region.mass.relative_u
    for line in made:
        fit = line.fitted
        name = fit.curve.region.name
        known |= {factor.name: factor.rel_u for factor in fit.curve.factors}
        known[f"curve of {name}"] = float(np.hypot(fit.rel_fit, fit.rel_spread))
        known[f"absorbed fraction of {name}"] = 0.0 if fit.curve.region.kind == "whole body" else ORGAN_SHAPE_U
    return known

"""From a study to its doses: curves, lines, remainder of the body, uncertainty two ways, BED, limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posolog.core.finding import Finding, Place
from posolog.dosimetry.bed import effect
from posolog.dosimetry.constants import SECONDS_PER_HOUR
from posolog.dosimetry.curves import resampled
from posolog.dosimetry.say import ask, note
from posolog.dosimetry.study.fits import Fitted, fit_all
from posolog.dosimetry.study.lines import Line, State, Value, lines, relative_us
from posolog.dosimetry.study.model import Injection, Study
from posolog.dosimetry.study.quantify import curves
from posolog.dosimetry.study.result import Biological, Dose, Limit, OwnDose, Result, Share
from posolog.dosimetry.study.review import review
from posolog.dosimetry.tables import kernel

Floats = NDArray[np.float64]
DRAWS, SEED = 1000, 20_270
NUDGE = 1e-4
KINETICS = "kinetics of later injections"


@dataclass(frozen=True, slots=True)
class _Body:
    """What the remainder of the body adds: its curve, the lines whose activity it does not hold, its mass in g."""

    whole: Fitted
    sources: tuple[Line, ...]
    mass_g: float

    def residence_h(self, state: State) -> Value:
        """Integral in the remainder per MBq injected."""
        total = self.whole.per_mbq * _moved(self.whole, state)
        for line in self.sources:
            total = total - _held(line, state)
        return total


def solve(study: Study, *, draws: int = DRAWS, seed: int = SEED, notes: tuple[Finding, ...] = ()) -> Result:
    """All doses of a study. `draws` simulated patients give the second uncertainty, from a generator with `seed`."""
    made, faults = curves(study)
    fitted, judged = fit_all(study, made)
    listed, said = lines(study, fitted)
    found = [*notes, *faults, *judged, *said]
    body = _body(study, fitted, listed, found)
    rel = relative_us(study, listed) | _activity_us(study)
    state = _draw(study, fitted, rel, draws, np.random.default_rng(seed))
    doses = tuple(_dose(study, line, body, rel, state, _cross(study, line, fitted)) for line in listed)
    remainder = float(body.residence_h({})) if body else None
    limits = _limits(study, doses, found)
    _compare(doses, found)
    found += review(study, doses)
    return Result(
        study, fitted, doses, limits, _own(study, fitted), remainder, tuple(dict.fromkeys(found)), draws, seed,
    )  # fmt: skip


def _moved(fitted: Fitted, state: State) -> Value:
    """How a region's own integral moves with the state."""
    scale: Value = state.get(f"curve of {fitted.curve.region.name}", 1.0)
    for factor in fitted.curve.factors:
        scale = scale * np.power(state.get(factor.name, 1.0), factor.power)
    return scale


def _held(line: Line, state: State) -> Value:
    """Activity-hours per MBq in the line's target: the region itself, or the marrow that a site or blood stands for."""
    if line.fitted.curve.region.kind == "marrow site" and line.mass_g:
        return line.fitted.per_mbq * line.per_gram * line.mass_g * _moved(line.fitted, state)
    return line.fitted.per_mbq * _moved(line.fitted, state)


def _body(study: Study, fitted: tuple[Fitted, ...], listed: tuple[Line, ...], found: list[Finding]) -> _Body | None:
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
    made = _Body(whole, tuple(counted.values()), mass)
    if mass <= 0 or float(made.residence_h({})) < 0:
        message = "the regions hold more than the whole body, or weigh more"
        step = "check the calibrations of whole body and regions; no remainder is added"
        found.append(ask("RAD-REMAINDER", message, step, Place("region", "whole body"), hazard="H10"))
        return None
    return made


def _activity_us(study: Study) -> dict[str, float]:
    """One dose calibrator measured every injection: its error is shared."""
    given = study.of(study.therapy.name)
    made = {f"activity of {study.therapy.name}": max(one.net.relative_u for one in given)}
    if study.between_injections and len(given) > 1:
        made[KINETICS] = study.between_injections
    return made


def _draw(
    study: Study, fitted: tuple[Fitted, ...], rel: dict[str, float], draws: int, generator: np.random.Generator
) -> dict[str, float | Floats]:  # fmt: skip
    """Simulated inputs: factors about 1 (never below 0.05), and curves fitted to simulated points."""
    state: dict[str, float | Floats] = {}
    for name in sorted(rel):
        noise = generator.standard_normal(draws)
        if not name.startswith("curve of ") and rel[name] > 0:
            state[name] = np.maximum(1 + rel[name] * noise, 0.05)
    for fit in fitted:
        made = resampled(
            fit.averaged, generator, draws=draws, shift_per_h=fit.shift_per_h, infusion_h=fit.infusion_h,
        )  # fmt: skip
        state[f"curve of {fit.curve.region.name}"] = made / float(fit.integral.value[0])
    return state


def _kept(one: Injection, study: Study) -> float:
    """Share of an injection's activity that its own decay during the infusion leaves: (1 - exp(-y))/y."""
    y = study.therapy.rate_per_h * one.duration_h
    return float(-np.expm1(-y) / y) if y > 0 else 1.0


def _parts(study: Study, line: Line, body: _Body | None, state: State) -> tuple[Value, Value]:
    """Gy per MBq: self dose, and remainder of the body."""
    alone = line.self_gy_per_mbq(study, state)
    around: Value = 0.0
    if body is not None and line.fitted is not body.whole:
        delta = study.therapy.delta_gy_kg_per_mbq_h * state.get("energy per decay", 1.0)
        escape = float(kernel().fraction.sum()) - line.phi
        first = state.get(f"activity of {study.measured.name}", 1.0)
        around = delta * max(escape, 0.0) / (body.mass_g / 1000) * body.residence_h(state) / first
    return alone, around


def _total(study: Study, line: Line, body: _Body | None, state: State, cross: float) -> Value:
    """Gy over all injections."""
    alone, around = _parts(study, line, body, state)
    given = study.of(study.therapy.name)
    first = given[0].net.value * _kept(given[0], study)
    later = sum(one.net.value * _kept(one, study) for one in given[1:])
    amount = first + later * state.get(KINETICS, 1.0)
    return (alone + around + cross) * amount * state.get(f"activity of {study.therapy.name}", 1.0)


def _dose(
    study: Study, line: Line, body: _Body | None, rel: dict[str, float], state: State, cross: float
) -> Dose:  # fmt: skip
    alone, around = (float(part) for part in _parts(study, line, body, {}))
    given = study.of(study.therapy.name)
    amounts = [one.net.value * _kept(one, study) for one in given]
    total = float(_total(study, line, body, {}, cross))
    budget, u = _budget(study, line, body, rel, cross, total)
    drawn = np.asarray(_total(study, line, body, state, cross)) * np.ones(1)
    residence = line.fitted.per_mbq * line.per_gram * (line.mass_g or 1.0)
    return Dose(
        line.region, line.method, line.chosen, line.mass_g, line.phi, residence,
        tuple((alone + around + cross) * amount for amount in amounts), alone * sum(amounts), around * sum(amounts),
        cross * sum(amounts), u, float(drawn.std(ddof=1)) if len(drawn) > 1 else 0.0,
        (float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))),
        total / sum(one.net.value for one in given) * 1000,
        _biological(study, line, total, u), budget, _steps(study, line, alone, around, cross), drawn,
    )  # fmt: skip


def _cross(study: Study, line: Line, fitted: tuple[Fitted, ...]) -> float:
    """Gy per MBq from other measured organs, by the therapy nuclide's rows of a user's S table."""
    held = {fit.curve.region.name: fit.per_mbq for fit in fitted if fit.curve.unit == "MBq"}
    rows = (row for row in study.s_values if row.nuclide == study.therapy.name and row.target == line.region)
    return sum(held[row.source] * row.value / 1000 for row in rows if row.source in held and row.source != line.region)


def _budget(
    study: Study, line: Line, body: _Body | None, rel: dict[str, float], cross: float, total: float
) -> tuple[tuple[Share, ...], float]:  # fmt: skip
    """The law of propagation in logarithms: u² = sum of (d ln D/d ln x u_x)². *Source:* JCGM 100:2008, equation 10."""
    shares = []
    for name, u in rel.items():
        if u > 0:
            up = float(_total(study, line, body, {name: 1 + NUDGE}, cross))
            down = float(_total(study, line, body, {name: 1 - NUDGE}, cross))
            sensitivity = (up - down) / (2 * NUDGE * total)
            if abs(sensitivity) > 1e-6:
                shares.append((name, u, sensitivity))
    whole = sum((u * s) ** 2 for _, u, s in shares)
    made = (Share(name, u, s, 100 * (u * s) ** 2 / whole) for name, u, s in shares)
    return tuple(sorted(made, key=lambda share: -share.percent)), float(np.sqrt(whole)) * total


def _biological(study: Study, line: Line, total: float, u: float) -> Biological | None:
    """BED over the real schedule, the dose rate scaled so that its integral is the total dose."""
    tissue = study.tissue(line.region)
    if tissue is None:
        return None
    zero = study.of(study.therapy.name)[0].start
    pairs = line.fitted.averaged.mixture(0)
    shift = line.fitted.shift_per_h
    integral = sum(a / (r + shift) for a, r in pairs)
    given = [
        (one.net.value * _kept(one, study), (one.start - zero).total_seconds() / SECONDS_PER_HOUR)
        for one in study.of(study.therapy.name)
    ]
    amount = sum(mbq for mbq, _ in given)
    parts = [(total * mbq / amount * a / integral, r + shift, start) for mbq, start in given for a, r in pairs]
    rates, decays, starts = (np.array(column) for column in zip(*parts, strict=True))
    made = effect(rates, decays, starts, tissue)
    bed = float(made.bed_gy)
    gain = 1 + 2 * (bed - total) / total
    from_ratio = (bed - total) * tissue.u_alpha_beta_gy / tissue.alpha_beta_gy
    return Biological(bed, float(np.hypot(gain * u, from_ratio)), float(made.eqd2_gy), tissue)


def _steps(study: Study, line: Line, alone: float, around: float, cross: float) -> tuple[str, ...]:
    """Why the dose is what it is, line by line."""
    fit, curve = line.fitted, line.fitted.curve
    unit = "h" if curve.unit == "MBq" else "h per mL"
    weights = ", ".join(
        f"{model.name} {100 * weight:.0f} %"
        for model, weight in zip(fit.averaged.models, fit.averaged.weights[0], strict=True)
        if weight > 0.005
    )
    said = [*curve.steps, f"{len(curve.points)} points; curve averaged over {weights}"]
    said.append(
        f"{study.therapy.name} integral per MBq injected: {fit.per_mbq:.5g} {unit} "
        f"(rates of {study.measured.name} moved by {fit.shift_per_h:.3g} per h)"
    )
    said += line.steps
    s = study.therapy.delta_gy_kg_per_mbq_h
    said.append(f"energy per decay {s:.5g} Gy kg per MBq h (mean beta energy {study.therapy.beta_mev} MeV)")
    said.append(f"self dose {1000 * alone:.4g} mGy per MBq injected")
    if around:
        said.append(f"remainder of the body adds {1000 * around:.3g} mGy per MBq injected")
    if cross:
        said.append(f"other organs add {1000 * cross:.3g} mGy per MBq injected (S values from the user's table)")
    return tuple(said)


def _limits(study: Study, doses: tuple[Dose, ...], found: list[Finding]) -> tuple[Limit, ...]:
    made = []
    for name, limit in study.limits:
        mine = [dose for dose in doses if dose.region == name and dose.chosen]
        if not mine:
            message = f"the limit of {name} ({limit:g} Gy) cannot be judged: no dose of it is computed"
            found.append(ask("RAD-LIMIT", message, "measure it; until then the answer is not known"))
        for dose in mine:
            part = float((dose.draws > limit).mean())
            made.append(Limit(name, dose.method, limit, dose.dose_gy, dose.u_gy, part))
    if not study.limits:
        message = "the protocol's dose limits are not stated: whether one would be passed is not known"
        found.append(note("RAD-LIMIT", message, "add 'limits: {red marrow: 2 Gy}' as the protocol states them"))
    return tuple(made)


def _compare(doses: tuple[Dose, ...], found: list[Finding]) -> None:
    """The two uncertainties of a dose should agree; where a bound or a skew parts them, the wider is the honest one."""
    for dose in doses:
        if dose.u_gy > 0 and not 0.75 < dose.u_drawn_gy / dose.u_gy < 1.33:
            both = f"u {dose.u_gy:.3g} Gy by propagation, {dose.u_drawn_gy:.3g} Gy by simulation"
            message = f"{dose.region} ({dose.method}): {both}"
            found.append(note("RAD-BOOTSTRAP", message, "the distribution is skewed or bounded: read the interval"))


def _own(study: Study, fitted: tuple[Fitted, ...]) -> tuple[OwnDose, ...]:
    """The measured nuclide's own dose, kept apart from the therapy's."""
    if study.measured.name == study.therapy.name:
        return ()
    rows = [row for row in study.s_values if row.nuclide == study.measured.name]
    if not rows:
        why = f"not computed, because no S values of {study.measured.name} are given (add 'S values: table.csv')"
        return (OwnDose("all regions", None, why),)
    held = {fit.curve.region.name: float(fit.averaged.integral(infusion_h=fit.infusion_h).value[0]) for fit in fitted}
    made = []
    for target in dict.fromkeys(row.target for row in rows):
        used = [row for row in rows if row.target == target and row.source in held]
        lost = sorted({row.source for row in rows if row.target == target} - set(held))
        dose = sum(held[row.source] * row.value for row in used)
        why = f"from {', '.join(row.source for row in used)}" + (f"; not measured: {', '.join(lost)}" if lost else "")
        made.append(OwnDose(target, dose if used else None, why))
    return tuple(made)

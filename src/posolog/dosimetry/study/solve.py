"""From a study to its doses: curves, lines, remainder of the body, uncertainty two ways, BED, limits."""

from __future__ import annotations

import numpy as np

from posolog.core.finding import Finding
from posolog.dosimetry.bed import effect
from posolog.dosimetry.constants import SECONDS_PER_HOUR
from posolog.dosimetry.say import ask, note
from posolog.dosimetry.study.chain import Body, body_of, cross_terms, kept, parts_of, total_of
from posolog.dosimetry.study.fits import Fitted, fit_all
from posolog.dosimetry.study.lines import Line, State, lines, relative_us
from posolog.dosimetry.study.model import Study
from posolog.dosimetry.study.quantify import curves
from posolog.dosimetry.study.result import Biological, Dose, Limit, OwnDose, Result
from posolog.dosimetry.study.review import review
from posolog.dosimetry.study.spread import compared, propagated, shared_us, simulated

DRAWS, SEED = 1000, 20_270


def solve(study: Study, *, draws: int = DRAWS, seed: int = SEED, notes: tuple[Finding, ...] = ()) -> Result:
    """All doses of a study. `draws` simulated patients give the second uncertainty, from a generator with `seed`."""
    made, faults = curves(study)
    fitted, judged = fit_all(study, made)
    listed, said = lines(study, fitted)
    found = [*notes, *faults, *judged, *said]
    body = body_of(study, fitted, listed, found)
    rel = relative_us(study, listed) | shared_us(study)
    state = simulated(fitted, rel, draws, np.random.default_rng(seed))
    doses = tuple(_dose(study, line, body, rel, state, cross_terms(study, line, fitted)) for line in listed)
    remainder = float(body.residence_h({})) if body else None
    limits = _limits(study, doses, found)
    compared(doses, found)
    found += review(study, doses)
    found += _strangers(study, doses)
    return Result(
        study, fitted, doses, limits, _own(study, fitted), remainder, tuple(dict.fromkeys(found)), draws, seed,
    )  # fmt: skip


def _dose(
    study: Study, line: Line, body: Body | None, rel: dict[str, float], state: State, cross: float
) -> Dose:  # fmt: skip
    alone, around = (float(part) for part in parts_of(study, line, body, {}))
    given = study.of(study.therapy.name)
    amounts = [one.net.value * kept(one, study) for one in given]
    total = float(total_of(study, line, body, {}, cross))
    budget, u = propagated(study, line, body, rel, cross, total)
    drawn = np.asarray(total_of(study, line, body, state, cross)) * np.ones(1)
    residence = line.fitted.per_mbq * line.per_gram * (line.mass_g or 1.0)
    return Dose(
        line.region, line.method, line.chosen, line.mass_g, line.phi, residence,
        tuple((alone + around + cross) * amount for amount in amounts), alone * sum(amounts), around * sum(amounts),
        cross * sum(amounts), u, float(drawn.std(ddof=1)) if len(drawn) > 1 else 0.0,
        (float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))),
        total / sum(one.net.value for one in given) * 1000,
        _biological(study, line, total, u), budget, _steps(study, line, alone, around, cross), drawn,
    )  # fmt: skip


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
        (one.net.value * kept(one, study), (one.start - zero).total_seconds() / SECONDS_PER_HOUR)
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


def _strangers(study: Study, doses: tuple[Dose, ...]) -> list[Finding]:
    """Tissues of the file that no dose answers to: a slip of the name would lose a BED in silence."""
    known = {dose.region for dose in doses} | {region.name for region in study.regions}
    step = "use the name of a region, or take it out"
    return [
        ask("RAD-REGION", f"tissue {name!r} is no region of this file: no BED is computed for it", step)
        for name, _ in study.tissues
        if name not in known and name != "red marrow"
    ]


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

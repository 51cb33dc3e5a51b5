"""A dosimetry result as data: complete JSON, facts for a timeline as CSV, lines for the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from posolog import __version__
from posolog.core.finding import Finding
from posolog.dosimetry.study.facts import facts
from posolog.dosimetry.study.fits import Fitted
from posolog.dosimetry.study.population import Summary, population
from posolog.dosimetry.study.result import Dose, Result
from posolog.report.data import as_data
from posolog.report.dose_words import dose_line, limit_words, methods, short, title
from posolog.report.format import spoken
from posolog.report.text import findings_text
from posolog.report.words import PURPOSE

FORMAT = "posolog dose 1"
DIGITS = 8


def dose_json(results: Sequence[Result]) -> str:
    """Everything of one result; of several, a list of them and the population."""
    made = [_document(result) for result in results]
    if len(made) == 1:
        document: Any = made[0]
    else:
        document = {"format": FORMAT, "patients": made, "population": [as_data(one) for one in population(results)]}
    return json.dumps(_rounded(document), ensure_ascii=False, indent=2) + "\n"


def facts_csv(result: Result) -> tuple[str, tuple[Finding, ...]]:
    """The facts that a gate may use, as a file of events for `posolog plan --events`; and what stays unknown."""
    known, found = facts(result)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("datetime", "event", "value", "unit", "subject"))
    for fact in known:
        writer.writerow((fact.at.isoformat(), fact.name, f"{fact.value:.4g}", fact.unit, fact.method.replace(",", ";")))
    return out.getvalue(), found


def dose_text(result: Result) -> str:
    """The doses for the terminal, findings last."""
    said = [title(result), PURPOSE, ""]
    said += [
        f"{one.ident}: {short(one.net.value, 4)} MBq{' planned' if one.planned else ''}"
        for one in result.study.injections
    ]
    said += ["", f"Absorbed dose of {result.study.therapy.name} over all injections, with one standard uncertainty:"]
    said += [f"  {dose_line(dose)}" for dose in result.doses]
    if result.limits:
        said += ["", "Limits that the protocol states:"]
        said += [f"  {limit.region}: {limit_words(limit)}  ({limit.method})" for limit in result.limits]
    said += ["", f"Own dose of {result.study.measured.name}:"] if result.own else []
    said += [
        f"  {own.region}: {'' if own.dose_mgy is None else f'{short(own.dose_mgy)} mGy, '}{own.why}"
        for own in result.own
    ]
    text = "\n".join(spoken(line) for line in said)
    return f"{text}\n\n{findings_text(result.findings)}" if result.findings else text


def population_text(results: Sequence[Result]) -> str:
    """Mean, standard deviation and range over patients."""
    said = [f"{len(results)} patients, Gy per GBq: mean, standard deviation, range"]
    said += [f"  {_summary(one)}" for one in population(results)]
    return "\n".join(spoken(line) for line in said)


def _summary(one: Summary) -> str:
    if one.sd is None:
        return f"{one.region}: {short(one.mean)} ({one.method}; 1 patient)"
    span = f"{short(one.low)} to {short(one.high)}"
    return f"{one.region}: {short(one.mean)} ± {short(one.sd)} ({span}; {one.method}; {len(one.patients)} patients)"


def _document(result: Result) -> dict[str, Any]:
    study = result.study
    return {
        "format": FORMAT, "version": __version__, "purpose": PURPOSE, "patient": study.patient, "title": study.title,
        "inputs_hash": study.inputs_hash, "measured": study.measured.name, "therapy": study.therapy.name,
        "draws": result.draws, "seed": result.seed,
        "injections": [as_data(one) for one in study.injections],
        "doses": [_dose(dose) for dose in result.doses],
        "limits": [as_data(limit) for limit in result.limits],
        "own_doses": [as_data(own) for own in result.own],
        "remainder_residence_h": result.remainder_h,
        "curves": [_curve(fit) for fit in result.fitted],
        "methods": dict(methods(study)),
        "findings": [as_data(finding) for finding in result.findings],
    }  # fmt: skip


def _dose(dose: Dose) -> dict[str, Any]:
    bio = dose.biological
    return {
        "region": dose.region, "method": dose.method, "chosen": dose.chosen, "dose_gy": dose.dose_gy,
        "u_gy": dose.u_gy, "u_simulated_gy": dose.u_drawn_gy, "interval_95_gy": list(dose.interval_gy),
        "by_injection_gy": list(dose.by_injection_gy), "self_gy": dose.self_gy, "remainder_gy": dose.remainder_gy,
        "other_organs_gy": dose.cross_gy, "gy_per_gbq": dose.gy_per_gbq, "mass_g": dose.mass_g,
        "absorbed_fraction": dose.phi, "residence_h": dose.residence_h,
        "bed_gy": bio.bed_gy if bio else None, "u_bed_gy": bio.u_bed_gy if bio else None,
        "eqd2_gy": bio.eqd2_gy if bio else None,
        "alpha_beta_gy": bio.tissue.alpha_beta_gy if bio else None,
        "repair_half_time_h": bio.tissue.repair_half_time_h if bio else None,
        "budget": [
            {"input": s.name, "rel_u": s.rel_u, "sensitivity": s.sensitivity, "percent": s.percent} for s in dose.budget
        ],
        "why": list(dose.steps),
    }  # fmt: skip


def _curve(fit: Fitted) -> dict[str, Any]:
    averaged, curve = fit.averaged, fit.curve
    models = []
    for at, model in enumerate(averaged.models):
        if averaged.weights[0, at] > 0:
            amplitudes, rates = averaged.terms(at)
            models.append({
                "model": model.name, "weight": float(averaged.weights[0, at]), "chi2": float(averaged.chi2[0, at]),
                "aic": float(averaged.aic[0, at]), "amplitudes": amplitudes[0].tolist(),
                "rates_per_h": rates[0].tolist(),
                "integral_per_mbq": float(fit.integral.by_model[0, at]) / fit.injected_mbq,
            })  # fmt: skip
    return {
        "region": curve.region.name, "unit": curve.unit, "integral_per_mbq_h": fit.per_mbq,
        "rel_u_fit": fit.rel_fit, "rel_u_models": fit.rel_spread, "trapezoid_per_mbq_h": fit.trapezoid_per_mbq,
        "recovery": curve.recovery, "models": models, "made": list(curve.steps),
        "points": [{"time_h": p.time_h, "value": p.value, "u": p.u, "source": p.source} for p in curve.points],
    }  # fmt: skip


def _rounded(value: Any) -> Any:
    """Floats to eight significant digits, so that a re-run elsewhere gives the same bytes."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value

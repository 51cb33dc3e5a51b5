"""What an amount is multiplied by: body surface, the right weight, or nothing; each by an explicit choice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.because import Because, Cited, Computed, Entered
from posolog.core.finding import Finding, Place
from posolog.course.body import FORMULAS, SOURCES, WEIGHTS, Body, dosing_weight, formula_name, missing, surface
from posolog.course.words import listed, short, stop
from posolog.protocol.model import Give, Per


@dataclass(frozen=True, slots=True)
class Size:
    """A factor with its unit in words ("1.9317 m² (Du Bois)") and its reasons."""

    value: Decimal
    words: str  # "1.9317 m² (Du Bois)" | "80 kg (actual weight)" | "flat"
    factor: str  # "1.9317 m²", as in a formula
    because: Because | None


FLAT = Size(Decimal(1), "flat", "", None)


def size_of(
    give: Give, body: Body, place: Place, *, bsa: str = "", weight: str = ""
) -> tuple[Size | None, tuple[Finding, ...]]:
    """The factor of a line, or the stop findings that forbid it. `bsa` and `weight` are the trial's choices."""
    per = give.amount.per if give.amount else Per.FLAT
    if per is Per.M2:
        return area(body, give.agent, place, bsa=bsa, cap_m2=give.bsa_cap_m2)
    if per is Per.KG:
        return kilograms(body, give.agent, place, kind=give.weight or weight)
    return FLAT, ()


def area(
    body: Body, agent: str, place: Place, *, bsa: str, cap_m2: Decimal | None = None
) -> tuple[Size | None, tuple[Finding, ...]]:
    """Body surface area by the chosen formula, held to `cap_m2` where the protocol states one."""
    name = formula_name(bsa) if bsa else None
    if name is None:
        said = f"{bsa!r} is not a known BSA formula" if bsa else "no BSA formula is settled"
        message = f"{said}: no dose of {agent} per m² is computed"
        step = f"choose bsa={listed(FORMULAS)}, or set it in the protocol file"
        return None, (stop("BSA-FORMULA-UNSTATED", message, step, place, hazard="H17"),)
    lacking = _lacking(body, agent)
    if lacking or body.height_cm is None or body.weight_kg is None:
        return None, lacking
    value = surface(name, body.height_cm, body.weight_kg)
    formula = f"{FORMULAS[name]} with {short(body.height_cm)} cm and {short(body.weight_kg)} kg = "
    because: Because = Computed(
        f"body surface area, {name}",
        f"{formula}{short(value, 6)} m²",
        (Cited(SOURCES[name]), *_measured(body)),
    )
    if cap_m2 is not None and value > cap_m2:
        said = f"{short(cap_m2)} m² (BSA cap; {name} gives {short(value)} m²)"
        because = Computed("BSA cap", f"{short(value)} m² held to {short(cap_m2)} m²", (because,))
        return Size(cap_m2, said, f"{short(cap_m2)} m²", because), ()
    return Size(value, f"{short(value)} m² ({name})", f"{short(value)} m²", because), ()


def kilograms(
    body: Body, agent: str, place: Place, *, kind: str
) -> tuple[Size | None, tuple[Finding, ...]]:
    """The weight of the chosen kind. Which weight "kg" means is never assumed (HAZARDS section 5)."""
    if kind not in WEIGHTS:
        said = f"{kind!r} is no known weight" if kind else "which weight 'kg' means is not settled"
        message = f"{said}: no dose of {agent} per kg is computed"
        step = f"choose weight={listed(WEIGHTS)}, or write it in the line"
        return None, (stop("WEIGHT-BASIS-UNSTATED", message, step, place, hazard="H9"),)
    if body.weight_kg is None:
        return None, (missing("weight", agent),)
    try:
        value = dosing_weight(kind, body)
    except ValueError as error:
        step = "complete the patient file, or choose another weight"
        return None, (stop("WEIGHT-BASIS", f"{agent}: {error}", step, place, hazard="H17"),)
    measured = _measured(body)[:1] if kind == "actual weight" else _measured(body)
    because = Computed(kind, f"{short(value)} kg", measured)
    return Size(value, f"{short(value)} kg ({kind})", f"{short(value)} kg", because), ()


def _lacking(body: Body, agent: str) -> tuple[Finding, ...]:
    known = (("height", body.height_cm), ("weight", body.weight_kg))
    return tuple(missing(what, agent) for what, value in known if value is None)


def _measured(body: Body) -> tuple[Because, ...]:
    reasons: list[Because] = []
    if body.weight_kg is not None:
        reasons.append(Entered(body.weight_from, why=f"weight {short(body.weight_kg)} kg"))
    if body.height_cm is not None:
        reasons.append(Entered(body.height_from, why=f"height {short(body.height_cm)} cm"))
    return tuple(reasons)

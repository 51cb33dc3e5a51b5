"""What is measured: target levels, laboratory values, observed doses, accepted ranges."""

from __future__ import annotations

import re

from posolog.protocol.model import Amount, Basis, Per
from posolog.reader.amounts.around import DOSE_LEVEL, Around, last_end
from posolog.reader.amounts.classes import (
    ACCEPTED,
    LABORATORY,
    OBSERVED,
    TARGET,
)
from posolog.reader.tokens.cues import in_small
from posolog.reader.tokens.token import Token

_TARGET = in_small(
    r"""(?:
            trough|target|targeted|serum
            |plasma(?!\s(?:exchange|apheresis|transfusion|cells?))
            |(?<!cord\s)(?<!peripheral\s)blood(?!\s(?:transfusion|stem|products?|exchange))
            |concentrations?|levels?|Cmax|Cmin)\s
        (?:(?!will|receiv|consist|given|administered)\w+\s){0,4}(?:of|at|between|to|above|below|>|<|≥|≤|is|was)?\s?
        [(>]?\s?$""",
    re.X,
)
_LABORATORY = in_small(
    r"""\b(?:
            creatinine|bilirubin|h(?:a)?emoglobin|\bHb\b|albumin|calcium|glucose|ferritin|cholesterol|LDL|HDL
            |triglycerides?|ANC|neutrophils?|platelets?|leukocytes?|WBC|white\sblood|AST|ALT|clearance|GFR
            |proteinuria|paraprotein|M-protein|\bPSA\b|CRP|C-reactive|lactate|INR|viral\sload|HBV\sDNA|HCV\sRNA
            |Bence\sJones|microg?lobulin|BNP|cTn[TI]|troponin|testosterone\slevels?|body\smass|D-dimer|fibrinogen
            |urine)
        \b(?![^.;]{0,12}supplement)[^.;]{0,40}$""",
    re.X,
)
_OBSERVED = in_small(
    r"""\bexpos(?:ure|ed)\sto\s(?:\w+\s){0,5}(?:doses?|amounts?)\s(?:of\s|\()?$
        |\b(?:median|mean|average)\s(?:\w+\s){0,5}(?:doses?|amount|activity)\b[^.;]{0,60}$""",
    re.X,
)
_ACCEPTED = in_small(
    r"""\((?:\w+\s){0,3}(?:acceptable|allowed|permitted|accepted)\s(?:\w+\s){0,2}(?:range|dose|deviation)s?\s
        (?:of\s|from\s)?$""",
    re.X,
)
# "lose 3 g of iron a year", "an iron excretion of 1 mg/day": what the body holds or loses
_IN_THE_BODY = in_small(
    r"""\b(?:excretion|losses|loss|loses?|stores|turnover)\s(?:
            (?:of|is|was|are|between|to|less|than|reach|about|approximately|only|up|more|daily|accounts|for)\s){0,5}
        $""",
    re.X,
)
_TAKING = in_small(
    r"""\b(?:taking|receiving|treated\swith|daily|weekly|once|twice|b\.?i\.?d)\b
        |\b(?:receive|take|given|administer)\w*\s(?=(?:calcium|glucose|albumin|fibrinogen|testosterone)\b)""",
    re.X,
)
_GIVEABLE = in_small(r"(?:calcium|glucose|albumin|fibrinogen|testosterone)\s(?:\w+\s)?\Z")


def of_measurement(around: Around) -> str | None:
    """Target levels, laboratory values, doses that were observed, what the body holds, accepted ranges."""
    lead = around.lead
    measured = lead[last_end(_TAKING, lead) :]
    if _TARGET.search(measured[-70:]) and not DOSE_LEVEL.search(lead[-50:]):
        return TARGET
    given = len(measured) < len(lead) and _GIVEABLE.match(measured.lstrip())
    if not given and _LABORATORY.search(measured) and not _of_treatment(around.token, lead):
        return LABORATORY
    if _OBSERVED.search(lead) or _IN_THE_BODY.search(lead):
        return OBSERVED
    return ACCEPTED if _ACCEPTED.search(lead) else None


def _of_treatment(token: Token, lead: str) -> bool:
    """An amount that no laboratory measures: an activity or an absorbed dose, or one per kg or m²."""
    amount = token.value
    if not isinstance(amount, Amount) or amount.unit.kind == "volume":
        return False
    daily_mass = amount.basis is Basis.DAY and amount.unit.kind == "mass"
    if daily_mass and lead.rstrip(" (").endswith(("calcium", "iron")):
        return True  # "calcium (1500 mg/day)"
    return amount.unit.kind in ("activity", "absorbed dose") or amount.per is not Per.FLAT

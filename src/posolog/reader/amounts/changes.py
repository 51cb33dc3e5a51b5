"""Steps up and down: dose reduction and escalation rules."""

from __future__ import annotations

import re

from posolog.reader.amounts.around import DOSE_LEVEL, Around
from posolog.reader.amounts.classes import (
    REDUCTION,
)
from posolog.reader.amounts.planned import planned_change
from posolog.reader.tokens.cues import holds, in_small

# One of these stands in every match of `_REDUCED`, which is tried only then.
_CHANGED = (
    "reduc", "decre", "down", "lower", "escal", "adjust", "modif", "incre", "rais", "taper", "step", "round",
)  # fmt: skip
_REDUCED = in_small(
    r"""(?:
             (?:
                  reduc(?:ed|tions?|e|ing)|decreas(?:ed?|ing)|down|lower(?:ed|ing)|de-?escalat(?:ed|e|ion)|adjusted
                  |modified|dose-reduced)\s
              (?:\w+\s){0,4}(?:to|by|from)
             |(?:increas(?:ed|ing|e)|escalat(?:ed|e)|rais(?:ed?|ing)|taper(?:ed|ing)?)\s(?:\w+\s){0,3}by
             |(?:increments?|steps?|decrements?|increases?|reductions?)\sof)\s
         (?:\w+\s)?$
        |\brounded\s(?:up\s|down\s)?(?:to|for)\b[^.;()]{0,60}$
        |\b(?:dose|dosage)\s(?:reductions?|decreases?|de-?escalations?|modifications?|adjustments?)\s?
         (?:\(|:|steps?\s|levels?\s)[^();]{0,24}$""",
    re.X,
)
_ALLOWED_TO = in_small(
    r"""\b(?:may|can|could|might)\s(?:then\s|also\s|later\s|gradually\s)?(?:be\s)?(?:\w+ly\s)?(?:
            escalat\w+|increas\w+|rais\w+|adjust\w+|titrat\w+|doubled)\s
        (?:\w+\s){0,4}(?:to|by)\s(?:\w+\s){0,2}$""",
    re.X,
)
# "escalated by 50 mg every 2 weeks up to 200 mg/day", "with titration up to 1.75 mg/kg": where it may end
_TITRATED = in_small(r"\b(?:(?:escalat|increas|titrat|rais)\w*\s(?:\w+\s)?(?:by|in)\b[^.;]{0,60}|titrat\w+\s)$")
_INCREMENT_AFTER = re.compile(
    r"""\s?(?:or\s(?:higher|greater|more)\s)?(?:
             (?:dose\s)?(?:increments?|reductions?|decrements?|increases)|steps?|intervals)\b
        |\s(?:higher|lower|less|more)\sthan\b""",
    re.I | re.X,
)


def of_change(around: Around) -> str | None:
    """Steps up and down: a rule, unless the change is planned and so a dose itself."""
    text, token, lead = around.text, around.token, around.lead
    to_most = around.said.startswith("up to")
    reduced = holds(lead, _CHANGED) and _REDUCED.search(lead) is not None
    if reduced and planned_change(text, around.start, token.start, token.end):
        return ""
    titrated = to_most and _TITRATED.search(lead) and not DOSE_LEVEL.search(lead)
    allowed = _ALLOWED_TO.search(lead + "to " if to_most else lead)
    return REDUCTION if titrated or reduced or allowed or _INCREMENT_AFTER.match(text, token.end) else None

"""Set phrases of sheets and pages."""

from __future__ import annotations

from datetime import date

from posolog.core.days import Anchor
from posolog.course.model import Plan

PURPOSE = "For research, teaching, protocol writing and second check; not a medical device."

ROUTES = {
    "IV": "intravenous",
    "PO": "by mouth",
    "SC": "subcutaneous",
    "IM": "intramuscular",
    "IT": "intrathecal",
    "IP": "intraperitoneal",
}
VINCAS = ("vincristine", "vinblastine", "vindesine", "vinorelbine")
VINCA_WARNING = "for intravenous use only: fatal if given by other routes"
VINCA_NOT_IV = "route not stated as intravenous: vinca alkaloids are fatal if given by other routes"


def shown_inputs(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The plan's inputs, less those that stand in the heading already: patient, arm, dates of the anchors."""
    said = {"patient", "arm", *(anchor.name for anchor, _ in plan.anchors)}
    return tuple(pair for pair in plan.inputs if pair[0] not in said)


def used_anchors(plan: Plan) -> tuple[tuple[Anchor, date | None], ...]:
    """The anchors from which an act of this plan counts."""
    used = {act.anchor for act in plan.acts}
    return tuple(pair for pair in plan.anchors if pair[0] in used)


def route_words(agent: str, route: str) -> str:
    """The route in words; a vinca alkaloid carries its warning (hazard H4)."""
    said = ROUTES.get(route, route) or "route not stated"
    if not any(vinca in agent.lower() for vinca in VINCAS):
        return said
    return VINCA_WARNING if route == "IV" else f"{said}; {VINCA_NOT_IV}"

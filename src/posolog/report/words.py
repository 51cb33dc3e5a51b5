"""Set phrases of sheets and pages."""

from __future__ import annotations

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


def route_words(agent: str, route: str) -> str:
    """The route in words; a vinca alkaloid carries its warning (hazard H4)."""
    said = ROUTES.get(route, route) or "route not stated"
    if not any(vinca in agent.lower() for vinca in VINCAS):
        return said
    return VINCA_WARNING if route == "IV" else f"{said}; {VINCA_NOT_IV}"

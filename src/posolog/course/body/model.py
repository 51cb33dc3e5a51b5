"""One body as it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from posolog.core.finding import Finding
from posolog.course.words import stop


@dataclass(frozen=True, slots=True)
class Body:
    """What was measured, and when: `weight_from` and `height_from` say it in words."""

    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    sex: str = ""
    weight_from: str = "patient file"
    height_from: str = "patient file"


def missing(what: str, needed_by: str) -> Finding:
    """The finding for a height or weight that is not known."""
    return stop(
        "BODY-MISSING",
        f"the {what} is not known, and {needed_by} needs it: no dose is computed",
        f"enter the {what} in the patient file",
        hazard="H17",
    )

"""Body size: surface by named formulas, ideal and adjusted weights, and whether the numbers can be true.

Nothing here has a default: a missing height or weight is a finding, never a number (hazards H6 and H17).
"""

from posolog.course.body.area import DIGITS, FORMULAS, SOURCES, formula_name, surface
from posolog.course.body.model import Body, missing
from posolog.course.body.plausibility import plausible
from posolog.course.body.weight import WEIGHTS, adjusted_weight, body_mass_index, dosing_weight, ideal_weight

__all__ = [
    "DIGITS", "FORMULAS", "SOURCES", "WEIGHTS", "Body", "adjusted_weight", "body_mass_index", "dosing_weight",
    "formula_name", "ideal_weight", "missing", "plausible", "surface",
]  # fmt: skip

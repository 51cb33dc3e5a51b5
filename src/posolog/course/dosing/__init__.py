"""From an amount and a body to a dose."""

from posolog.course.dosing.model import Dosed, Reduction, Settings
from posolog.course.dosing.order import dose
from posolog.course.dosing.rate import rate_text

__all__ = ["Dosed", "Reduction", "Settings", "dose", "rate_text"]

"""From rows as written to one activity curve a region."""

from posolog.dosimetry.study.quantify.gather import curves
from posolog.dosimetry.study.quantify.model import Curve, Factor, Point

__all__ = ["Curve", "Factor", "Point", "curves"]

"""Time-activity curves: bounded sums of exponentials, many curves at once, averaged over models."""

from posolog.dosimetry.curves.average import Averaged, Integral, fit_curves
from posolog.dosimetry.curves.models import CLEARANCE, MODELS, Bounds, Model
from posolog.dosimetry.curves.resample import resampled
from posolog.dosimetry.curves.trapezoid import Trapezoid, trapezoid

__all__ = [
    "CLEARANCE",
    "MODELS",
    "Averaged",
    "Bounds",
    "Integral",
    "Model",
    "Trapezoid",
    "fit_curves",
    "resampled",
    "trapezoid",
]

"""A phantom with exact answers: shapes, kinetics, planar views and tomograms in closed form."""

from posolog.dosimetry.grid import Grid
from posolog.dosimetry.phantom.geometry import Ellipsoid, grid_around, shares
from posolog.dosimetry.phantom.model import Organ, Phantom, Term, trunk
from posolog.dosimetry.phantom.planar import Views, views
from posolog.dosimetry.phantom.tomography import ct, regions, spect

__all__ = [
    "Ellipsoid", "Grid", "Organ", "Phantom", "Term", "Views", "ct", "grid_around", "regions", "shares", "spect",
    "trunk", "views",
]  # fmt: skip

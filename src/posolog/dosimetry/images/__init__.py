"""DICOM in and out: checked tomograms, CT and outlines; dose maps as RT Dose."""

from posolog.dosimetry.images.contours import shares
from posolog.dosimetry.images.model import Contours, Image, Study
from posolog.dosimetry.images.read import read_folder
from posolog.dosimetry.images.rtdose import rtdose

__all__ = ["Contours", "Image", "Study", "read_folder", "rtdose", "shares"]

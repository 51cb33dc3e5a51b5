"""Dose maps from activity maps: local deposition, voxel kernels, dose-volume histograms, replicates."""

from posolog.dosimetry.voxel.dose import DoseMap, dose_map, local_deposition
from posolog.dosimetry.voxel.dvh import DoseVolume, dose_volume
from posolog.dosimetry.voxel.kernel import Separable, VoxelKernel, separable, yttrium_90
from posolog.dosimetry.voxel.replicates import RegionMaps, region_maps

__all__ = [
    "DoseMap",
    "DoseVolume",
    "RegionMaps",
    "Separable",
    "VoxelKernel",
    "dose_map",
    "dose_volume",
    "local_deposition",
    "region_maps",
    "separable",
    "yttrium_90",
]

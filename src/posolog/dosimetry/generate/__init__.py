"""Makes the physics tables in `dosimetry/data`: `python -m posolog.dosimetry.generate`."""

"""What an analysis is given, checked once: times, event codes, groups, strata. Bad input is a value, no exception."""

from posolog.stats.sample.model import Bools, Floats, Ints, Problem, Sample
from posolog.stats.sample.observe import observed

__all__ = ["Bools", "Floats", "Ints", "Problem", "Sample", "observed"]

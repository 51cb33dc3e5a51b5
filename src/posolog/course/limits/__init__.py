"""The plan held against what the formulary allows."""

from posolog.course.limits.monitor import judge

__all__ = ["judge"]

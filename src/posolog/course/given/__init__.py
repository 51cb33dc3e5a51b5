"""The record held against the plan."""

from posolog.course.given.recorded import record

__all__ = ["record"]

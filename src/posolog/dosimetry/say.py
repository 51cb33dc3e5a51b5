"""Makers of this room's findings."""

from __future__ import annotations

from posolog.core.finding import Finding, Place, Severity


def stop(code: str, message: str, next_step: str, *places: Place, hazard: str = "") -> Finding:
    """No number is computed from it."""
    return Finding(code, Severity.STOP, message, next_step, places, hazard)


def ask(code: str, message: str, next_step: str, *places: Place, hazard: str = "") -> Finding:
    """A number is given, and a person should look."""
    return Finding(code, Severity.ASK, message, next_step, places, hazard)


def note(code: str, message: str, next_step: str, *places: Place) -> Finding:
    return Finding(code, Severity.NOTE, message, next_step, places)

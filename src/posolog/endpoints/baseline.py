"""The table of who the patients are at the start: medians of numbers, counts of words, what is missing."""

from __future__ import annotations

from statistics import median

from posolog.endpoints.derive import Derived
from posolog.endpoints.patients import Subject
from posolog.endpoints.results import POOLED, Table

NOTE = "Numbers: median (lowest to highest). Words: patients (%)."
HIDDEN = ("note", "comment")


def baseline(derived: Derived, *, blinded: bool) -> Table:
    """One row a number, one row a level of a word; a column an arm and one for all."""
    subjects = derived.trial.subjects
    arms = () if blinded else derived.trial.protocol.arms
    groups = [(arm, [s for s in subjects if s.arm == arm]) for arm in arms] if len(arms) > 1 else []
    groups.append((POOLED, list(subjects)))
    head = ("", *(f"{name} (n = {len(own)})" for name, own in groups))
    rows: list[tuple[str, ...]] = []
    for name, _ in subjects[0].facts if subjects else ():
        if name.casefold() not in HIDDEN:
            rows += _rows(name, [own for _, own in groups], list(subjects))
    return Table("Patients at the start", head, tuple(rows), NOTE)


def _rows(name: str, groups: list[list[Subject]], everybody: list[Subject]) -> list[tuple[str, ...]]:
    values = [subject.fact(name) for subject in everybody]
    told = [value for value in values if value]
    if told and all(_is_number(value) for value in told):
        rows = [(name, *(_middle([s.fact(name) for s in own]) for own in groups))]
    else:
        levels = sorted(set(told), key=lambda level: (-told.count(level), level))
        rows = [(name, *("" for _ in groups))]
        rows += [("  " + level, *(_share(own, name, level) for own in groups)) for level in levels]
    if len(told) < len(values):
        rows.append(("  not recorded", *(_share(own, name, "") for own in groups)))
    return rows


def _middle(values: list[str]) -> str:
    numbers = [float(value) for value in values if value]
    if not numbers:
        return "none recorded"
    return f"{median(numbers):g} ({min(numbers):g} to {max(numbers):g})"


def _share(own: list[Subject], name: str, level: str) -> str:
    count = sum(subject.fact(name) == level for subject in own)
    return f"{count} ({100 * count / len(own):.0f} %)" if own else "0"


def _is_number(words: str) -> bool:
    return words.lstrip("-").replace(".", "", 1).isdecimal()

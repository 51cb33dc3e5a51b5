"""Rows as the arrays that the estimators take, and the groups they are compared in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from posolog.endpoints.derive import Derived
from posolog.endpoints.people import AGAIN, RANDOMISED, TREATED, population_of
from posolog.endpoints.results import POOLED, Group
from posolog.endpoints.rows import Row, Rows
from posolog.protocol.model import Endpoint, Protocol
from posolog.stats import Conventions, Sample, observed
from posolog.stats.sample import Floats


@dataclass(frozen=True, slots=True)
class Compared:
    """The groups of an analysis, the reference first; one group named POOLED where nothing is compared."""

    names: tuple[str, ...]

    @property
    def pooled(self) -> bool:
        return len(self.names) < 2

    def of(self, row: Row) -> str:
        return POOLED if self.pooled else row.arm


def compared(endpoint: Endpoint, protocol: Protocol, *, blinded: bool) -> Compared:
    """By arm where the population has arms and nobody is blinded; the last arm of the file is the reference."""
    assert endpoint.define is not None
    if blinded or len(protocol.arms) < 2 or population_of(endpoint.define, protocol) == AGAIN:
        return Compared((POOLED,))
    return Compared(tuple(reversed(protocol.arms)))


def is_randomised(endpoint: Endpoint, protocol: Protocol) -> bool:
    assert endpoint.define is not None
    return population_of(endpoint.define, protocol) == RANDOMISED


def of_treated(endpoint: Endpoint, protocol: Protocol) -> bool:
    assert endpoint.define is not None
    return population_of(endpoint.define, protocol) == TREATED


def sample_of(rows: Sequence[Row], groups: Compared, *, causes: int = 1, strata: bool = False) -> Sample:
    """The known rows as a checked sample, in days, groups in their order; strata joined into one label."""
    labels = [" / ".join(row.strata) or "all" for row in rows] if strata and any(row.strata for row in rows) else None
    return observed(
        [row.time_days or 0 for row in rows], [row.code or 0 for row in rows], group=[groups.of(row) for row in rows],
        strata=labels, causes=tuple(range(1, causes + 1)), groups=groups.names,
    )  # fmt: skip


def group_counts(found: Rows, groups: Compared) -> tuple[Group, ...]:
    """Patients of each group by what their row says."""
    made = []
    for name in groups.names:
        own = [row for row in found.rows if groups.of(row) == name]
        codes = [row.code for row in own]
        rivals = sum(code is not None and code > 1 for code in codes)
        made.append(Group(name, len(own), codes.count(1), rivals, codes.count(0), codes.count(None)))
    return tuple(made)


def floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in np.asarray(values, dtype=np.float64))


def said(*conventions: Conventions) -> tuple[tuple[str, str], ...]:
    """The lines of some conventions, each once, every estimator's lines together."""
    lines: list[tuple[str, str]] = []
    for one in conventions:
        lines += [line for line in one.lines() if line not in lines]
    return tuple(lines)


def columns(
    derived: Derived, rows: Sequence[Row], names: Iterable[str]
) -> tuple[list[str], list[list[float]], tuple[str, ...]]:
    """Covariate columns of the table of patients: numbers as they are, words as one column a level but the first.

    Returns names, columns and reasons; a column with an empty cell is left out and named.
    """
    by_ident = {subject.ident: subject for subject in derived.trial.subjects}
    labels: list[str] = []
    made: list[list[float]] = []
    reasons: list[str] = []
    for name in names:
        cells = [by_ident[row.subject].fact(name) for row in rows]
        empty = sum(not cell for cell in cells)
        if empty:
            reasons.append(f"covariate {name}: {empty} of {len(cells)} patients have no value, so it is left out")
            continue
        numbers = [_number(cell) for cell in cells]
        if None not in numbers:
            labels.append(name)
            made.append([number for number in numbers if number is not None])
            continue
        for level in sorted(set(cells))[1:]:
            labels.append(f"{name}: {level} against {sorted(set(cells))[0]}")
            made.append([float(cell == level) for cell in cells])
    return labels, made, tuple(reasons)


def _number(words: str) -> float | None:
    return float(words) if words.lstrip("-").replace(".", "", 1).isdecimal() else None

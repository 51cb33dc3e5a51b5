"""Several patients: mean, standard deviation and range of the dose per injected activity, region by region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from posolog.dosimetry.study.result import Result


@dataclass(frozen=True, slots=True)
class Summary:
    """Gy per GBq of one region by one way of computing it; `sd` is None for a single patient."""

    region: str
    method: str
    patients: tuple[str, ...]
    mean: float
    sd: float | None
    low: float
    high: float


def population(results: Sequence[Result]) -> tuple[Summary, ...]:
    """Regions in the order of first appearance; marrow by blood and by image apart."""
    gathered: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for result in results:
        for dose in result.doses:
            key = (dose.region, _way(dose.method))
            gathered.setdefault(key, []).append((result.study.patient, dose.gy_per_gbq))
    return tuple(_summary(region, way, pairs) for (region, way), pairs in gathered.items())


def _way(method: str) -> str:
    """The method without the patient's own numbers: blood with an absorbed fraction, image with one, or itself."""
    for start in ("blood", "image"):
        if method.startswith(start):
            return f"{start}, {method.rsplit(', ', 1)[-1]}"
    return method


def _summary(region: str, way: str, pairs: list[tuple[str, float]]) -> Summary:
    values = [value for _, value in pairs]
    sd = stdev(values) if len(values) > 1 else None
    return Summary(region, way, tuple(name for name, _ in pairs), mean(values), sd, min(values), max(values))

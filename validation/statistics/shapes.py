"""What a reference case gives: rows, one for each number, in the shapes that recur."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sources import Missing

from posolog.stats import Sample, cumulative_incidence, fine_gray, gray_test, incidence_at
from posolog.stats.sample import Floats

# (case, found, expected, tolerance as a share of the value, the R call); found is None where the case is skipped.
Row = tuple[str, float | None, float, float, str]
Case = Callable[[str], Iterator[Row]]
DIGITS = 1e-9
PRINTED = 2e-9  # crr and coxph, run until they hardly move


def each(case: str, found: Sequence[float] | Floats, expected: Sequence[float], call: str, tolerance: float = DIGITS) -> Iterator[Row]:
    """One row for each number of a vector."""
    for k, (value, reference) in enumerate(zip(found, expected, strict=True), 1):
        yield (f"{case} {k}" if len(expected) > 1 else case, float(value), reference, tolerance, call)


def cuminc(case: str, sample: Sample, cause: int, at: Sequence[float], value: Sequence[float], variance: Sequence[float]) -> Iterator[Row]:
    """Cumulative incidence and its variance at times."""
    read = incidence_at(cumulative_incidence(sample), at, cause=cause)
    yield from each(f"{case} estimate", read.value, value, "cuminc(time, event)")
    yield from each(f"{case} variance", read.se**2, variance, "cuminc(time, event)$var")


def gray(case: str, sample: Sample, expected: Sequence[float], call: str = "cuminc$Tests", *, rho: float = 0) -> Iterator[Row]:
    """Gray's statistic for cause 1, 2, ..."""
    found = [gray_test(sample, cause=cause, rho=rho).statistic for cause, _ in enumerate(expected, 1)]
    yield from each(case, found, expected, call)


def crr(case: str, sample: Sample, x: Floats, expected: Sequence[float], call: str, *, cause: int = 1) -> Iterator[Row]:
    """Fine and Gray's coefficients, errors and log-likelihood."""
    fit = fine_gray(sample, x, cause=cause).fit
    yield from each(case, (*fit.coef, *fit.se, fit.loglik), expected, call, PRINTED)


def rows_of(cases: Sequence[Case], folder: str) -> Iterator[Row]:
    """Every case; one row with None for a data set that is not there."""
    for case in cases:
        try:
            yield from case(folder)
        except Missing as missing:
            yield (f"{(case.__doc__ or '').split(',')[0].rstrip('.')} skipped", None, float("nan"), 0.0, str(missing))

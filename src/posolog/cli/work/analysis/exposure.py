"""Landmark and exposure that begins later: the sample analysed, what the regression is given, words about both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posolog.cli.faults import stop
from posolog.cli.work.analysis.covariates import Matrix, joined
from posolog.cli.work.analysis.request import Request
from posolog.exchange.columns import Table
from posolog.stats.analysis import Regressors
from posolog.stats.sample import Floats, Ints, Sample, observed
from posolog.stats.survival.landmark import landmark, split_at_exposure

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """The sample analysed, the regressors (None: no regression), and choices in words."""

    sample: Sample
    regressors: Regressors | None
    words: Words = ()


def exposure(table: Table, given: Sample, matrix: Matrix, request: Request) -> Exposed:
    """The sample and its regressors at the landmark, or split where the exposure begins, or as they stand."""
    began = np.array(table.optional(request.exposed)) if request.exposed else None
    cluster = np.unique(np.array(table.column(request.cluster)), return_inverse=True)[1] if request.cluster else None
    if request.landmark is not None:
        return _at_landmark(given, matrix, cluster, began, request.landmark, request)
    if began is not None:
        return _time_dependent(given, matrix, cluster, began, request)
    return Exposed(given, _regressors(given, matrix, cluster))


def _regressors(given: Sample, matrix: Matrix, cluster: Ints | None) -> Regressors | None:
    return Regressors(given, matrix.values, matrix.names, cluster) if matrix.names else None


def _at_landmark(
    given: Sample, matrix: Matrix, cluster: Ints | None, began: Floats | None, at: float, request: Request
) -> Exposed:
    """Those still followed at the landmark; an exposure counts where it began before."""
    kept = landmark(given, at, began)
    if kept.sample.n == 0:
        raise stop("TABLE-LANDMARK", kept.reasons[0], "Choose an earlier landmark.", words=f"{at:g}")
    given, matrix = kept.sample, Matrix(matrix.values[kept.rows], matrix.names)
    cluster = None if cluster is None else cluster[kept.rows]
    words: Words = (("landmark", f"{at:g}: {kept.left_out} rows that ended before it are left out"),)
    if began is not None:
        known = kept.exposed[:, 0].astype(np.float64)
        matrix = joined(Matrix(known[:, None], (f"{request.exposed} before {at:g}",)), matrix)
        given = given if request.group else _grouped(given, known)
        words += (("exposure", f"{request.exposed} counts if strictly before the landmark"),)
    return Exposed(given, _regressors(given, matrix, cluster), words)


def _time_dependent(
    given: Sample, matrix: Matrix, cluster: Ints | None, began: Floats, request: Request
) -> Exposed:
    """Rows split at the exposure for the regression; the curves keep the sample as it was."""
    split = split_at_exposure(given, began)
    columns = np.column_stack((split.exposed, matrix.values[split.rows]))
    own = cluster[split.rows] if cluster is not None else split.rows if request.robust else None
    words = (("exposure", f"{request.exposed} is time-dependent: it counts only after its own day"),)
    return Exposed(given, Regressors(split.sample, columns, (f"{request.exposed} (after)", *matrix.names), own), words)


def _grouped(given: Sample, known: Floats) -> Sample:
    """Exposed or not as the groups."""
    names = np.where(known > 0, "yes", "no")
    again = observed(
        given.time, given.event, group=names, strata=np.array(given.strata)[given.stratum], start=given.start,
        groups=("no", "yes"), causes=given.causes,
    )  # fmt: skip
    assert not again.problems
    return again

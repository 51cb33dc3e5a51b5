"""Cause-specific hazards: each cause by itself, with the other causes as censorings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from numpy.typing import ArrayLike

from posolog.stats.cox import Cox, cox
from posolog.stats.cox.likelihood import Ties
from posolog.stats.sample import Sample
from posolog.stats.survival.nelson_aalen import CumulativeHazard, nelson_aalen


def cause_specific_hazards(
    given: Sample, *, variance: Literal["poisson", "binomial"] = "poisson", level: float = 0.95
) -> tuple[CumulativeHazard, ...]:
    """Nelson–Aalen for each cause, in the order of `given.causes`; they sum to the hazard of any cause.

    A cause-specific hazard is a rate among those still free of every cause; its exponential is no probability.

    *Source:* Andersen, Borgan, Gill and Keiding 1993, IV.1.
    """
    return tuple(nelson_aalen(given, variance=variance, level=level, cause=code) for code in given.causes)


def cause_specific_cox(
    given: Sample,
    covariates: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    ties: Ties = "efron",
    level: float = 0.95,
) -> tuple[Cox, ...]:
    """Cox regression for each cause, in the order of `given.causes`.

    Read all of them beside Fine–Gray: a covariate can raise the incidence of one cause by lowering another's hazard.

    *Source:* Prentice et al. 1978, Biometrics 34:541.
    """
    return tuple(cox(given, covariates, names=names, ties=ties, cause=code, level=level) for code in given.causes)

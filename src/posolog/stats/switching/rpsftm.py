"""The rank-preserving structural failure time model, by g-estimation with the log-rank test."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from posolog.stats.cox import cox
from posolog.stats.numbers import normal_quantile, two_sided_p
from posolog.stats.results import Conventions, Estimate
from posolog.stats.roots import Root, sign_changes
from posolog.stats.sample import Bools, Floats, Ints
from posolog.stats.switching.crossover import RECENSORING_WORDS, Crossover, Recensoring, as_randomised, counterfactual

NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Rpsftm:
    """`psi`: estimate and limits; exp(-psi) is the factor by which the drug stretches time, so below 0 it helps.

    `roots`, `lower_roots`, `upper_roots`: every sign change of z, z - q and z + q. `grid`, `z` (g,): the path of the
    test. `ratio`: hazard ratio, experimental to control, as if nobody had switched; its `se` is that of its logarithm.
    """

    psi: Estimate
    ratio: Estimate
    roots: tuple[Root, ...]
    lower_roots: tuple[Root, ...]
    upper_roots: tuple[Root, ...]
    grid: Floats
    z: Floats
    recensor: Recensoring


def rank_z(given: Crossover, psi: float, *, recensor: Recensoring = "auto") -> float:
    """Log-rank z of the experimental arm on the counterfactual times: below 0 where it has fewer events than expected.

    *Source:* z = U / sqrt(V), V hypergeometric, both summed over strata.
    """
    time, event = counterfactual(given, psi, recensor=recensor)
    score = variance = 0.0
    for stratum in range(len(given.sample.strata)):
        rows = given.sample.stratum == stratum
        u, v = _log_rank(time[rows], event[rows], given.arm[rows])
        score, variance = score + u, variance + v
    return score / variance**0.5 if variance > 0 else NAN


def _log_rank(time: Floats, event: Bools, arm: Ints) -> tuple[float, float]:
    """Score of arm 1 and its variance: lean, as it is called some hundred times."""
    order = np.argsort(time)
    at, happens, treated = time[order], event[order], arm[order]
    times = at[happens]
    if not times.size:
        return 0.0, 0.0
    fresh = np.concatenate(([True], times[1:] != times[:-1]))
    first = np.searchsorted(at, times[fresh], side="left")
    d = np.diff(np.append(np.flatnonzero(fresh), times.size)).astype(np.float64)
    r = (at.size - first).astype(np.float64)
    later = np.concatenate((np.cumsum(treated[::-1])[::-1], [0]))
    p = later[first] / r
    u = float(treated[happens].sum() - (d * p).sum())
    spread = d * p * (1.0 - p) * np.divide(r - d, r - 1.0, out=np.zeros_like(r), where=r > 1)
    return u, float(spread.sum())


def rpsftm(
    given: Crossover, *, recensor: Recensoring = "auto", low: float = -2.0, high: float = 2.0, step: float = 0.01,
    level: float = 0.95,
) -> Rpsftm:  # fmt: skip
    """psi at which the arms' untreated times look alike: z(psi) = 0; the limits are where z(psi) = ±1.96.

    z is a step function that need not cross once. It is evaluated from `low` to `high` by `step`; every sign change is
    enclosed to 1e-9 and reported. The estimate is the middle between the outermost changes of z; limits are the
    outermost too. Assumes that the drug multiplies time by the same factor whenever it is given.

    *Source:* Robins and Tsiatis 1991; White et al. 1999 (recensoring). R's rpsftm interpolates one root (z there is
    not 0); trtswitch leaves out the arm without switchers from recensoring ("auto" here).
    *Raises:* ValueError for an empty grid or an unknown rule.
    """
    if not low < high or not 0 < step <= high - low:
        raise ValueError(f"no grid from {low} to {high} by {step}")
    q = normal_quantile(level)
    grid = np.linspace(low, high, round((high - low) / step) + 1)
    reasons = given.reasons or _refused(given)
    z = np.full(grid.size, NAN)
    if not reasons:
        z = np.array([rank_z(given, float(psi), recensor=recensor) for psi in grid])
    found = [
        sign_changes(lambda psi, off=off: rank_z(given, psi, recensor=recensor) - off, grid, z - off)  # type: ignore[misc]
        for off in (0.0, q, -q)
    ]
    estimate = _estimate(found, recensor, (low, high, step), level, reasons)
    z0 = rank_z(given, 0.0, recensor="none") if not reasons else NAN
    estimate = replace(estimate, p=float(two_sided_p(z0)))
    ratio = adjusted_ratio(given, estimate.value, z0, recensor=recensor, level=level)
    return Rpsftm(estimate, ratio, found[0], found[1], found[2], grid, z, recensor)


def _refused(given: Crossover) -> tuple[str, ...]:
    if len(np.unique(given.arm)) < 2:
        return ("one arm has no rows",)
    if not (given.sample.event == 1).any():
        return ("there are no events",)
    share = [given.share[given.arm == arm].mean() for arm in (0, 1)]
    if abs(share[0] - share[1]) < 1e-12:
        return ("both arms had the drug for the same share of time: psi cannot be told",)
    return ()


def _estimate(
    found: list[tuple[Root, ...]], recensor: Recensoring, grid: tuple[float, float, float], level: float,
    reasons: tuple[str, ...],
) -> Estimate:  # fmt: skip
    roots, low_roots, high_roots = found
    said = list(reasons)
    if not reasons:
        span = f"between {grid[0]:g} and {grid[1]:g}"
        if not roots:
            said.append(f"the test does not change sign {span}: no estimate")
        if len(roots) > 1:
            places = ", ".join(f"{root.middle:.6g}" for root in roots)
            said.append(f"the test changes sign {len(roots)} times ({places}): the estimate is the middle")
        said += [f"no {name} limit {span}" for name, at in (("lower", low_roots), ("upper", high_roots)) if not at]
        for name, at in (("lower", low_roots), ("upper", high_roots)):
            if len(at) > 1:
                said.append(f"{len(at)} candidates for the {name} limit: the outermost is taken")
    value = (roots[0].middle + roots[-1].middle) / 2 if roots else NAN
    lower = low_roots[0].middle if low_roots else NAN
    upper = high_roots[-1].middle if high_roots else NAN
    conventions = Conventions(
        "rank-preserving structural failure time model, g-estimation", variance="none: limits by inverting the test",
        interval=f"log-rank z = ±{normal_quantile(level):.4g} ({100 * level:g} %)",
        notes=(RECENSORING_WORDS[recensor], f"searched from {grid[0]:g} to {grid[1]:g} by {grid[2]:g}"),
    )  # fmt: skip
    return Estimate(value, NAN, lower, upper, conventions, tuple(said))


def adjusted_ratio(
    given: Crossover, psi: float, z: float, *, recensor: Recensoring = "auto", level: float = 0.95
) -> Estimate:
    """Hazard ratio as if nobody had switched, with an interval that keeps the p of the randomised comparison.

    Cox (Efron) on the arms of `as_randomised`; the standard error of its logarithm is |log ratio / z| with `z` the
    log-rank z of the observed times, since switching cannot add evidence.

    *Source:* White et al. 1999, section 4; trtswitch does the same.
    """
    words = Conventions(
        "hazard ratio, experimental to control, of the counterfactual times", ties="Efron",
        variance="from the log-rank z of the observed times", interval=f"{100 * level:g} %",
        notes=(RECENSORING_WORDS[recensor],),
    )  # fmt: skip
    if not np.isfinite(psi):
        return Estimate(NAN, NAN, NAN, NAN, words, given.reasons or ("psi is not known",))
    sample = as_randomised(given, psi, recensor=recensor)
    fit = cox(sample, sample.group.astype(np.float64), names=("arm",)).fit
    log_ratio = float(fit.coef[0])
    if fit.reasons or z == 0 or not np.isfinite(z):
        return Estimate(float(np.exp(log_ratio)), NAN, NAN, NAN, words, fit.reasons or ("z is 0: no interval",))
    se = abs(log_ratio / z)
    half = normal_quantile(level) * se
    with np.errstate(over="ignore"):
        bounds = np.exp([log_ratio, log_ratio - half, log_ratio + half])
    return Estimate(float(bounds[0]), se, float(bounds[1]), float(bounds[2]), words, (), float(two_sided_p(z)))

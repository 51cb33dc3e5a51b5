"""Reference cases of estimators for patients who changed treatment: rank-preserving structural failure time, IPE.

Expected values: R 4.2.2 with rpsftm 1.2.9, trtswitch 0.2.7; the call stands with each case. The case could not be run
when it was written, for want of the data: how it prepares its rows is unverified.
"""

from __future__ import annotations

from collections.abc import Iterator

from shapes import PRINTED, Case, Row, each
from sources import data

from posolog.stats import Crossover, cox, crossover, ipe, log_rank, observed, rank_z, rpsftm

BOTH = {
    -1: 7.529582716516, -0.5: 3.658525953781, -0.2: 0.120385708926, -0.1: -1.001378577839,
    0: -1.913881326912, 0.2: -3.567877898315, 0.5: -5.874620550312, 1: -8.255321954762,
}  # fmt: skip
AUTO = {0.0023: -1.963547068175, 0.2: -3.702020707296, 0.5: -6.248521584021}


def immdef(folder: str) -> Iterator[Row]:
    """V7: rpsftm::immdef."""
    d = data(folder, "rpsftm", "immdef")
    plain = observed(d["progyrs"], d["prog"], group=d["imm"])
    fit = cox(plain, d["imm"]).fit
    case = "V7 immdef, as randomised:"
    yield from each(f"{case} Cox", (fit.coef[0], fit.se[0]), (-0.217134779935, 0.113675000351), "coxph(Surv(progyrs, prog) ~ imm)", PRINTED)
    yield from each(f"{case} log-rank", [log_rank(plain).statistic], (3.6629417335,), "survdiff", PRINTED)
    given: Crossover = crossover(d["progyrs"], d["prog"], d["imm"], 1 - d["xoyrs"] / d["progyrs"], d["censyrs"])
    call = "log-rank z of U(psi)"
    yield from each("V7 immdef z, both recensored", [rank_z(given, psi, recensor="both") for psi in BOTH], tuple(BOTH.values()), call)
    yield from each("V7 immdef z, auto", [rank_z(given, psi) for psi in AUTO], tuple(AUTO.values()), call)
    found = rpsftm(given, low=-1, high=1)
    limits = (found.psi.value, found.psi.lower, found.psi.upper)
    yield from each("V7 immdef psi, limits", limits, (-0.18117795, -0.34965535, 0.0020479), "sign changes on a grid of .0005", 1e-4)
    upper = rpsftm(given, recensor="both", low=-1, high=1).psi.upper
    yield from each("V7 immdef psi upper, both", [upper], (0.010335,), "sign changes", 2e-4)
    ratio = (found.ratio.value, found.ratio.lower, found.ratio.upper)
    expected = (0.761099218066, 0.575476880485, 1.006594772761)
    yield from each("V7 immdef hazard ratio", ratio, expected, "trtswitch::rpsftm(gridsearch = FALSE)", 1e-4)
    iterated = ipe(given)
    both = (iterated.psi.value, iterated.ratio.value)
    yield from each("V7 immdef IPE", both, (-0.182931048781, 0.765789818926), 'trtswitch::ipe(aft_dist = "weibull")', 1e-4)


CASES: tuple[Case, ...] = (immdef,)

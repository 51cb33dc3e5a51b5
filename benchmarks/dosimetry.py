"""Curve fits: speed against a limit, and how far integrals go wrong beside a peer's rule. `make bench-dosimetry`.

The peer's rule, re-implemented: unweighted least squares with one to min(n//2, 3) exponentials, rates >= 0, started at
1 per h, the number chosen by AIC with unknown sigma (N ln(RSS/N) + 2k; within 2 the smaller). Noise 7 %.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
from scipy.optimize import least_squares

from posolog.dosimetry.constants import LN2, NUCLIDES
from posolog.dosimetry.curves import CLEARANCE, MODELS, fit_curves

PHYSICAL = NUCLIDES["111In"].rate_per_h
NOISE = 0.07
MONO = ((1.0, LN2 / 45),)
BLOOD = ((0.35, LN2 / 8), (0.55, LN2 / 45))
SIX, FIVE = (1, 24, 48, 96, 144, 168.0), (1, 24, 48, 96, 168.0)
CASES = (
    ("mono 45 h, 5 points", MONO, FIVE, MODELS),
    ("mono 45 h, 6 points", MONO, SIX, MODELS),
    ("bi 8 + 45 h, 6 points, any region", BLOOD, SIX, MODELS),
    ("bi 8 + 45 h, 6 points, blood", BLOOD, SIX, CLEARANCE),
)
PEER_DRAWS, OWN_DRAWS = 60, 1000


def main() -> int:
    rows = [speed()]
    for case in CASES:
        rows += study(*case)
    width = max(len(name) for name, *_ in rows)
    print(f"{'figure':{width}}  {'measured':>34}  {'limit':>22}")
    for name, value, limit, met in rows:
        print(f"{name:{width}}  {value:>34}  {limit:>22}  {'' if met is None else 'met' if met else 'NOT MET'}")
    return 0 if all(met is not False for *_, met in rows) else 1


def speed() -> tuple[str, str, str, bool | None]:
    """A thousand curves of six points, every candidate fitted and averaged, in CPU seconds of one core."""
    times, values = drawn(BLOOD, SIX, 1000, np.random.default_rng(1))
    fit_curves(times[:8], values[:8], NOISE * values[:8], physical_per_h=PHYSICAL)
    before = time.process_time()
    fit_curves(times, values, NOISE * values, physical_per_h=PHYSICAL).integral()
    used = time.process_time() - before
    return "1,000 curves fitted and averaged", f"{used:.2f} s", "<= 2 s", used <= 2


def study(name: str, truth: Any, at: tuple[float, ...], models: Any) -> list[tuple[str, str, str, bool | None]]:
    """Median error, 95th percentile and worst of the integral: ours, and the peer's rule."""
    whole = sum(a / r for a, r in truth)
    times, values = drawn(truth, at, OWN_DRAWS, np.random.default_rng(2))
    made = fit_curves(times, values, NOISE * values, physical_per_h=PHYSICAL, models=models).integral()
    errors = made.value / whole - 1
    covered = float((np.abs(made.value - whole) < 1.96 * made.u).mean())
    worst = float(np.abs(errors).max())
    peer = np.array([peer_integral(np.array(at), row) / whole - 1 for row in values[:PEER_DRAWS]])
    ok = worst < 1 and float(np.quantile(np.abs(errors), 0.95)) < 0.15
    return [
        (f"{name}: ours", words(errors), "P95 < 15 %, worst < 100 %", ok),
        (f"{name}: ours, 95 % intervals that hold", f"{100 * covered:.1f} %", "90 to 99 %", 0.90 <= covered <= 0.99),
        (f"{name}: the peer's rule ({PEER_DRAWS} draws)", words(peer), "", None),
    ]


def words(errors: Any) -> str:
    median, high, worst = np.median(errors), np.quantile(np.abs(errors), 0.95), np.abs(errors).max()
    return f"median {100 * median:+.1f}, P95 {100 * high:.3g}, worst {100 * worst:.3g} %"


def drawn(truth: Any, at: tuple[float, ...], many: int, generator: Any) -> tuple[Any, Any]:
    times = np.array(at)
    clean = sum(a * np.exp(-r * times) for a, r in truth)
    return np.tile(times, (many, 1)), clean * (1 + NOISE * generator.standard_normal((many, len(times))))


def peer_integral(times: Any, values: Any) -> float:
    kept: tuple[float, float] | None = None
    for terms in range(1, min(len(times) // 2, 3) + 1):

        def rest(p: Any, terms: int = terms) -> Any:
            return np.exp(-times[:, None] * p[terms:]) @ p[:terms] - values

        low = np.concatenate([np.full(terms, -np.inf), np.zeros(terms)])
        start = np.concatenate([np.full(terms, values.max()), 1.0 / 3.0 ** np.arange(terms)])
        found = least_squares(rest, start, bounds=(low, np.inf), max_nfev=4000)
        score = len(times) * np.log(max(2 * found.cost, 1e-300) / len(times)) + 4 * terms
        rates = np.maximum(found.x[terms:], 1e-9)
        if kept is None or score < kept[0] - 2:
            kept = (score, float((found.x[:terms] / rates).sum()))
    assert kept is not None
    return kept[1]


if __name__ == "__main__":
    sys.exit(main())

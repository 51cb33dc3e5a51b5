"""Blood counts under a falling dose rate: proliferation, three steps of maturation, circulation, feedback.

With time t in h, activity A(t) in GBq in the body, and k = 4/MTT:

    dP/dt  = k P ((1 - s A(t)) (C0/C)^gamma - 1)          proliferating cells, hit by the dose rate
    dT1/dt = k (P - T1), dT2/dt = k (T1 - T2), dT3/dt = k (T2 - T3)
    dC/dt  = k (T3 - C)                                    circulating cells, what is counted
    A(t)   = sum of A_i 2^(-(t - t_i)/T_eff) over the injections with t_i <= t

Before the first injection every compartment holds C0. Only proliferating cells are hit, as in shen1998.

*Source:* structure friberg2002 (abstract), with the dose rate in place of a drug's concentration; research label.
*Different from friberg2002:* the drive is an activity that falls with the effective half-life, not a measured
concentration, so that `slope` (s) is per GBq and holds for one nuclide and carrier only.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NAMES = ("circ0", "slope", "mtt_h", "gamma")
FLOOR = 1e-3  # of the baseline: fewer circulating cells do not drive the feedback further
RTOL, ATOL = 1e-7, 1e-9


@dataclass(frozen=True, slots=True)
class Injections:
    """`times_h` (h from the first injection, which is 0) and `activities_gbq`, with the effective half-life in h."""

    times_h: tuple[float, ...]
    activities_gbq: tuple[float, ...]
    half_life_h: float

    def activity_gbq(self, time_h: float) -> float:
        """Activity in the body in GBq at `time_h`, an injection at that very time included."""
        return sum(
            a * float(2.0 ** (-(time_h - t) / self.half_life_h))
            for t, a in zip(self.times_h, self.activities_gbq, strict=True)
            if t <= time_h
        )


def counts_at(times_h: Array, parameters: Array, injections: Injections) -> Array:
    """Circulating counts, shape (sets, times), for several sets of parameters in one integration.

    `times_h`: shape (times,), in h from the first injection, ascending; before it the count is the baseline.
    `parameters`: shape (sets, 4), the columns `NAMES`, all positive (circ0 in the counts' own unit, slope per GBq,
    mtt_h in h, gamma without unit). *Raises:* ValueError for shapes or signs that do not fit, ArithmeticError where
    the equations could not be integrated.
    """
    import numpy as np

    sets = np.atleast_2d(np.asarray(parameters, dtype=float))
    times = np.asarray(times_h, dtype=float)
    if sets.shape[1] != len(NAMES) or not np.all(np.isfinite(sets)) or np.any(sets <= 0):
        raise ValueError("parameters must be positive, one row of circ0, slope, mtt_h and gamma a set")
    if times.ndim != 1 or np.any(np.diff(times) < 0):
        raise ValueError("times must be one ascending row")
    found = np.repeat(sets[:, :1], len(times), axis=1)
    state = np.ones((5, len(sets)))
    edges = [*injections.times_h, float("inf")]
    for start, end in pairwise(edges):
        last = min(end, float(times[-1])) if len(times) else start
        if last <= start:
            break
        inside = (times > start) & (times <= last)
        asked = np.unique(np.append(times[inside], last))
        path = _integrate(state, start, asked, sets, injections)
        found[:, inside] = (path[:, 4, :].T * sets[:, :1])[:, np.searchsorted(asked, times[inside])]
        state = path[-1]
    return found


def _integrate(state: Any, start: float, asked: Any, sets: Any, injections: Injections) -> Any:
    """States of shape (times, 5, sets) relative to the baseline, from one injection to the next."""
    import numpy as np
    from scipy.integrate import solve_ivp

    _, slope, mtt_h, gamma = sets.T
    k = 4.0 / mtt_h

    def slopes(time: float, flat: Any) -> Any:
        p, t1, t2, t3, c = cells = flat.reshape(5, -1)
        feedback = np.maximum(c, FLOOR) ** -gamma
        born = p * ((1.0 - slope * injections.activity_gbq(time)) * feedback - 1.0)
        moved = np.empty_like(cells)
        moved[0] = k * born
        moved[1], moved[2], moved[3], moved[4] = k * (p - t1), k * (t1 - t2), k * (t2 - t3), k * (t3 - c)
        return moved.ravel()

    with np.errstate(over="ignore", invalid="ignore"):  # a step that fails is taken again, shorter
        done = solve_ivp(
            slopes, (start, float(asked[-1])), state.ravel(), method="DOP853", t_eval=asked, rtol=RTOL, atol=ATOL
        )
    if not done.success:
        raise ArithmeticError("no course of the model comes near these counts")
    return done.y.T.reshape(len(asked), 5, -1)

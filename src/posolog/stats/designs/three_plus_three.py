"""The 3+3 design: what to do next from the counts so far, and its exact operating characteristics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from posolog.stats.results import Conventions
from posolog.stats.sample import Floats

Variant = Literal["escalate-only", "step-down"]
Action = Literal["escalate", "treat", "expand", "wait", "declare", "stop", "undefined"]
VARIANT_WORDS = {
    "escalate-only": "the maximum tolerated dose is the level below the first with 2 toxicities, without more patients",
    "step-down": "a level is declared only with 6 patients and at most 1 toxicity; fewer patients are made up to 6",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rule says. `level`: where the next cohort is treated, or the level declared (1 the lowest), else None.

    `declare` names the maximum tolerated dose, `stop` says that the lowest level is too toxic, `wait` that a cohort is
    not complete; `undefined` that the counts cannot arise under the rule, with `reason` saying why.
    """

    action: Action
    level: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """Patients treated at one level (1 the lowest), and how many of them had a dose-limiting toxicity."""

    level: int
    treated: int
    toxic: int


@dataclass(frozen=True, slots=True)
class Step:
    """A cohort in the order of treatment, the rule's decision after it, and a departure from the decision before it."""

    cohort: Cohort
    then: Decision
    departure: str = ""


def decide(treated: Sequence[int], toxic: Sequence[int], *, variant: Variant) -> Decision:
    """The rule's decision from the counts by level, lowest first.

    Of 3 patients: 0 toxicities, escalate; 1, treat 3 more, and escalate if these have none; 2 or more, the level is too
    toxic. `variant` says how the level is declared (`VARIANT_WORDS`): texts that say "3+3" mean one or the other.

    *Source:* Storer 1989 (traditional designs); Le Tourneau, Lee and Siu 2009.

    >>> decide([3, 3, 0], [0, 1, 0], variant="escalate-only")
    Decision(action='expand', level=2, reason='1 of 3 at level 2: treat 3 more there')
    """
    if variant not in VARIANT_WORDS:
        raise ValueError(f"variant {variant!r} is neither {' nor '.join(VARIANT_WORDS)}")
    n, y = list(treated), list(toxic)
    if fault := _fault(n, y):
        return Decision("undefined", None, fault)
    too_toxic = [j for j in range(len(n)) if y[j] >= 2]
    if too_toxic:
        return _downwards(n, y, too_toxic[0], variant)
    tried = [j for j in range(len(n)) if n[j]]
    if not tried:
        return Decision("treat", 1, "nobody is treated yet: treat 3 at level 1")
    return _upwards(n, y, tried[-1], variant)


def _fault(n: list[int], y: list[int]) -> str:
    """Why the counts cannot arise under the rule."""
    if not n or len(n) != len(y):
        return "treated and toxic must be of one length"
    for j, (m, k) in enumerate(zip(n, y, strict=True), 1):
        if m != int(m) or k != int(k) or not 0 <= k <= m:
            return f"level {j}: {k} toxicities of {m} patients are not possible"
        if m > 6:
            return f"level {j}: {m} patients, and the rule treats at most 6"
        if m and any(not lower for lower in n[: j - 1]):
            return f"level {j} was treated before every lower level was"
    return ""


def _upwards(n: list[int], y: list[int], j: int, variant: Variant) -> Decision:
    """No level is too toxic; j is the highest tried (from 0)."""
    for lower in range(j):
        if n[lower] < 3 or (n[lower] in (4, 5)) or (n[lower] == 3 and y[lower] == 1):
            what = f"level {lower + 1} has {y[lower]} of {n[lower]}: it was left before the rule allowed"
            return Decision("undefined", None, what)
    seen = f"{y[j]} of {n[j]} at level {j + 1}"
    if n[j] not in (3, 6):
        left = (3 if n[j] < 3 else 6) - n[j]
        return Decision("wait", j + 1, f"{seen}: the cohort lacks {left}")
    if n[j] == 3 and y[j] == 1:
        return Decision("expand", j + 1, f"{seen}: treat 3 more there")
    if j + 1 < len(n):
        return Decision("escalate", j + 2, f"{seen}: treat 3 at level {j + 2}")
    if variant == "step-down" and n[j] == 3:
        return Decision("expand", j + 1, f"{seen}, the highest level: treat 3 more there before it is declared")
    return Decision("declare", j + 1, f"{seen}, the highest level: it is the maximum tolerated dose of those tried")


def _downwards(n: list[int], y: list[int], toxic: int, variant: Variant) -> Decision:
    """Level `toxic` (from 0) is too toxic: the one below is the candidate."""
    seen = f"{y[toxic]} of {n[toxic]} at level {toxic + 1}"
    if toxic == 0:
        return Decision("stop", None, f"{seen}, the lowest: no level is tolerated")
    j = toxic - 1
    below = f"{y[j]} of {n[j]} at level {j + 1}"
    if n[j] < 3:
        return Decision("undefined", None, f"{seen}, but level {j + 1} has only {n[j]} patients")
    if variant == "escalate-only" or n[j] == 6:
        return Decision("declare", j + 1, f"{seen} is too toxic; {below} is the maximum tolerated dose")
    if n[j] > 3:
        return Decision("wait", j + 1, f"{below}: the cohort lacks {6 - n[j]}")
    return Decision("expand", j + 1, f"{seen} is too toxic; {below}: treat 3 more there")


def replay(cohorts: Sequence[Cohort], levels: int, *, variant: Variant) -> tuple[Step, ...]:
    """Each cohort in turn, the decision after it, and where the next cohort departs from that decision.

    `levels`: how many the protocol has. *Raises:* ValueError for a cohort outside 1 to `levels`.
    """
    n, y = [0] * levels, [0] * levels
    due = decide(n, y, variant=variant)
    steps = []
    for cohort in cohorts:
        if not 1 <= cohort.level <= levels:
            raise ValueError(f"level {cohort.level} is not one of 1 to {levels}")
        departure = ""
        if due.level != cohort.level or due.action in ("declare", "stop", "undefined"):
            departure = f"treated at level {cohort.level}; the rule said: {due.action}, {due.reason}"
        n[cohort.level - 1] += cohort.treated
        y[cohort.level - 1] += cohort.toxic
        due = decide(n, y, variant=variant)
        steps.append(Step(cohort, due, departure))
    return tuple(steps)


@dataclass(frozen=True, slots=True, eq=False)
class Characteristics:
    """Exact values: `none`, the probability that no level is declared; `declared` (J,), that of each level;
    `treated` and `toxic` (J,), expected numbers of patients and of toxicities.
    """

    none: float
    declared: Floats
    treated: Floats
    toxic: Floats
    conventions: Conventions
    reasons: tuple[str, ...] = ()


def exact_three_plus_three(probabilities: ArrayLike, *, variant: Variant) -> Characteristics:
    """Operating characteristics for true toxicity `probabilities` (J,), without simulation.

    Level j is passed with 0 of 3, or with 1 of 3 and 0 of 3 more. Coming down, a level passed with 3 patients is
    accepted if the 3 more have at most 1 toxicity (step-down).

    *Source:* Lin and Shih 2001 (exact recursion).
    """
    if variant not in VARIANT_WORDS:
        raise ValueError(f"variant {variant!r} is neither {' nor '.join(VARIANT_WORDS)}")
    p = np.atleast_1d(np.asarray(probabilities, dtype=np.float64))
    conventions = Conventions("3+3, exact", times="", notes=(VARIANT_WORDS[variant],))
    if p.ndim != 1 or not p.size or not ((p >= 0) & (p <= 1)).all():
        nothing, why = np.zeros(0), "probabilities must be between 0 and 1"
        return Characteristics(np.nan, nothing, nothing, nothing, conventions, (why,))
    q = 1 - p
    clean, mended = q**3, 3 * p * q**2 * q**3
    passed, expanded = clean + mended, 3 * p * q**2
    reached = np.concatenate(([1.0], np.cumprod(passed)))
    treated = reached[:-1] * (3 + 3 * expanded)
    stopped = reached[:-1] * (1 - passed)
    candidate = np.append(stopped[1:], reached[-1])
    none, declared = float(stopped[0]), candidate.copy()
    if variant == "step-down":
        three = np.divide(clean, passed, out=np.zeros_like(p), where=passed > 0)
        none, declared, more = _coming_down(none, candidate, three, q**3 + 3 * p * q**2)
        treated = treated + more
    return Characteristics(none, declared, treated, treated * p, conventions)


def _coming_down(none: float, candidate: Floats, three: Floats, accepted: Floats) -> tuple[float, Floats, Floats]:
    """From the top: with probability `three` a candidate has 3 patients and is tried on 3 more."""
    declared, more = np.zeros_like(candidate), np.zeros_like(candidate)
    falling = 0.0
    for j in range(candidate.size - 1, -1, -1):
        here = float(candidate[j]) + falling
        more[j] = 3 * here * three[j]
        falling = float(here * three[j] * (1 - accepted[j]))
        declared[j] = here - falling
    return none + falling, declared, more

"""Made-up samples for the tests of `stats`: drawn by a generator of our own, so that they never change."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np


class Tied(NamedTuple):
    """Whole days with many ties: arrays (n,). event 0 censored, 1 and 2 the causes; three groups, two strata."""

    time: np.ndarray
    event: np.ndarray
    group: np.ndarray
    stratum: np.ndarray
    age: np.ndarray


class Draws:
    """The minimal standard generator (Park and Miller 1988): x <- 16807 x mod 2^31 - 1."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def uniform(self) -> float:
        self.state = 16807 * self.state % 2147483647
        return self.state / 2147483647

    def days(self, mean: float) -> int:
        return max(1, math.ceil(-mean * math.log(self.uniform())))

    def below(self, limit: int) -> int:
        return int(self.uniform() * limit)


def tied(n: int, seed: int = 1988) -> Tied:
    """n rows; about two thirds of them with an event, on fewer than 60 distinct days."""
    draws, rows = Draws(seed), []
    for _ in range(n):
        group, stratum, age = draws.below(3), draws.below(2), 20 + draws.below(50)
        own, other = draws.days(40 / (1 + 0.5 * group)), draws.days(60 / (1 + 0.3 * stratum + 0.01 * age))
        censored = 5 + draws.below(55)
        first = min(own, other, censored)
        event = 1 if own == first else 2 if other == first else 0
        rows.append((first, event, group, stratum, age))
    return Tied(*(np.array(column) for column in zip(*rows, strict=True)))


def simulated(n: int = 1000, seed: int = 21260) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Continuous times of a thousand rows, two causes: time (n,), event (n,), covariates (n, 3): arm, age, sex."""
    draw = np.random.default_rng(seed)
    arm, age = draw.integers(0, 2, n), draw.normal(size=n)
    sex, _centre = draw.integers(0, 2, n), draw.integers(1, 5, n)
    relapse = draw.exponential(1 / (0.0009 * np.exp(-0.35 * arm + 0.2 * age)))
    other = draw.exponential(1 / (0.0006 * np.exp(0.25 * arm + 0.3 * age + 0.1 * sex)))
    censored = np.minimum(draw.uniform(365, 1460, n), draw.exponential(10000, n))
    time = np.minimum(np.minimum(relapse, other), censored)
    event = np.where(censored == time, 0, np.where(relapse == time, 1, 2))
    return time, event, np.column_stack([arm, age, sex]).astype(np.float64)


def spell_rows(persons: int, seed: int = 1978) -> list[tuple[int, int, int, str, str | None]]:
    """(person, start, stop, state, next state or None): well <-> ill -> dead, in whole days, censored from day 150 on."""
    draws, rows = Draws(seed), []
    for person in range(persons):
        state, day, end = ("well" if draws.uniform() < 0.8 else "ill"), 0, 150 + draws.below(250)
        while state != "dead":
            other = "ill" if state == "well" else "well"
            turn, death = day + draws.days(90), day + draws.days(400 if state == "well" else 150)
            if min(turn, death) > end:
                rows.append((person, day, end, state, None))
                break
            went = other if turn <= death else "dead"
            rows.append((person, day, min(turn, death), state, went))
            day, state = min(turn, death), went
            if day >= end:
                break
    return rows


class Crossed(NamedTuple):
    """A trial with switching after progression: arrays (n,); NaN for never."""

    time: np.ndarray
    event: np.ndarray
    arm: np.ndarray
    share: np.ndarray
    follow_up: np.ndarray
    progressed: np.ndarray
    switched: np.ndarray
    risk: np.ndarray


def crossed(n: int, psi: float = -0.5, seed: int = 1991, switch: float = 0.6) -> Crossed:
    """The drug stretches time by exp(-psi) from when it is taken; control patients may switch at progression, those
    at higher risk less often. Times are not rounded."""
    draws, rows, never = Draws(seed), [], math.nan
    stretch = math.exp(-psi)
    for _ in range(n):
        arm, risk = draws.below(2), draws.uniform()
        untreated = -300 * math.exp(-0.6 * risk) * math.log(draws.uniform())
        rest = -250 * math.exp(-0.6 * risk) * math.log(draws.uniform())
        end, wants = 700 + 500 * draws.uniform(), draws.uniform() < switch * (1.3 - 0.6 * risk)
        progression = untreated * (stretch if arm else 1)
        moved = arm == 0 and wants
        death = progression + rest * (stretch if arm or moved else 1)
        time, event = min(death, end), int(death <= end)
        seen = progression < time
        share = 1.0 if arm else 1 - progression / time if moved and seen else 0.0
        switched = progression if moved and seen else never
        rows.append((time, event, arm, share, end, progression if seen else never, switched, risk))
    return Crossed(*(np.array(column) for column in zip(*rows, strict=True)))


def visit_rows(n: int, seed: int = 2000) -> dict[str, np.ndarray]:
    """Rows of 30 days with a marker that rises, switches in the control arm that follow the marker, and deaths."""
    draws, rows = Draws(seed), []
    for person in range(n):
        arm, age, marker = draws.below(2), draws.below(40), draws.uniform()
        for visit in range(12):
            start = 30 * visit
            marker += draws.uniform() - 0.4
            death = start + draws.days(420 * math.exp(-0.5 * marker + 0.4 * arm - 0.01 * age))
            stop, event = min(death, start + 30), int(death <= start + 30)
            able = int(visit >= 1 and arm == 0)
            switch = int(able and not event and draws.uniform() < 0.08 + 0.12 * marker)
            rows.append((person, start, stop, event, switch, arm, age, marker, able))
            if event or switch:
                break
    names = ("person", "start", "stop", "event", "switch", "arm", "age", "marker", "able")
    return dict(zip(names, (np.array(column) for column in zip(*rows, strict=True)), strict=True))

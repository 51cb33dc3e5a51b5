"""Spells of a multi-state record, checked once: who was in which state from when to when, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posolog.stats.sample import Bools, Floats, Ints, Problem

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """n checked spells, each (start, stop] in state `origin`, left at stop for state `target` (-1: not left).

    `subject`: numbers of persons; `origin`, `target`: places in `states`. Sorted by subject and start; the spells of a
    person do not overlap and each begins where the last one went. Where there are `problems`, n is 0.
    """

    subject: Ints
    start: Floats
    stop: Floats
    origin: Ints
    target: Ints
    states: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why every estimate is NaN; empty where the spells can be analysed."""
        return tuple(problem.message for problem in self.problems)

    def take(self, rows: Bools) -> Spells:
        """Some of the spells."""
        return Spells(
            self.subject[rows], self.start[rows], self.stop[rows], self.origin[rows], self.target[rows],
            self.states, self.problems,
        )  # fmt: skip


def spells(
    subject: ArrayLike, start: ArrayLike, stop: ArrayLike, origin: ArrayLike, target: ArrayLike, *,
    states: Sequence[str] | None = None,
) -> Spells:  # fmt: skip
    """Check spells; all arguments have shape (n,).

    `origin`, `target`: names of states; a target that is None, NaN or "" (or equal to the origin) means that the
    state was not left then: the spell was cut, or observation ended. `states`: the order of the states, else sorted.
    Any transition is allowed, also back. A gap between two spells of a person is time not observed; after it the
    person may be in any state.

    Never raises for bad data: `problems` says what is wrong in which rows.

    >>> spells([1, 1, 2], [0, 4, 0], [4, 9, 6], ["well", "ill", "well"], ["ill", "dead", None]).states
    ('dead', 'ill', 'well')
    """
    who, begin, end, problems = _columns(subject, start, stop)
    came, went = (_names(given) for given in (origin, target))
    if not problems and not len(came) == len(went) == begin.size:
        problems = (_problem("length", "origin", f"{len(came)} origins and {len(went)} targets for {begin.size} rows"),)
    if not problems:
        problems = _order(begin, end, came)
    known = tuple(states) if states is not None else tuple(sorted({name for name in (*came, *went) if name}))
    if not problems and (unknown := sorted({name for name in (*came, *went) if name} - set(known))):
        problems = (_problem("unknown-state", "states", f"{', '.join(unknown)} is not one of {', '.join(known)}"),)
    if problems:
        return _none(known, problems)
    place = {name: k for k, name in enumerate(known)} | {"": -1}
    origins, targets = (np.array([place[name] for name in column], dtype=np.intp) for column in (came, went))
    targets = np.where(targets == origins, -1, targets)
    order = np.lexsort((begin, who))
    made = Spells(who[order], begin[order], end[order], origins[order], targets[order], known)
    problems = _chains(made, order)
    return _none(known, problems) if problems else made


def _none(states: tuple[str, ...], problems: tuple[Problem, ...]) -> Spells:
    whole, real = np.zeros(0, dtype=np.intp), np.zeros(0)
    return Spells(whole, real, real, whole, whole, states, problems)


def _problem(code: str, argument: str, words: str, bad: Bools | None = None) -> Problem:
    rows = np.flatnonzero(bad) if bad is not None else np.zeros(0, dtype=np.intp)
    count = f" ({rows.size} rows)" if rows.size else ""
    return Problem(code, argument, f"{argument}: {words}{count}", tuple(int(r) for r in rows[:ROWS_SHOWN]), rows.size)


def _columns(subject: ArrayLike, start: ArrayLike, stop: ArrayLike) -> tuple[Ints, Floats, Floats, tuple[Problem, ...]]:
    labels = _names(subject)
    _, who = np.unique(np.array(labels or [""]), return_inverse=True)
    try:
        begin, end = np.asarray(start, dtype=np.float64), np.asarray(stop, dtype=np.float64)
    except (TypeError, ValueError):
        return who, np.zeros(0), np.zeros(0), (_problem("not-numbers", "start", "start and stop must be numbers"),)
    if begin.ndim != 1 or begin.shape != end.shape or begin.size != len(labels):
        return who, begin, end, (_problem("length", "start", "subject, start and stop differ in length"),)
    if begin.size == 0:
        return who, begin, end, (_problem("no-rows", "start", "there are no spells"),)
    if "" in labels:
        blank = np.array([label == "" for label in labels])
        return who, begin, end, (_problem("missing", "subject", "missing", blank),)
    return who.astype(np.intp), begin, end, ()


def _order(begin: Floats, end: Floats, came: list[str]) -> tuple[Problem, ...]:
    for code, argument, words, bad in (
        ("missing", "start", "start or stop missing or infinite", ~(np.isfinite(begin) & np.isfinite(end))),
        ("negative", "start", "below zero", begin < 0),
        ("empty-spell", "stop", "not after start", ~(end > begin)),
        ("missing", "origin", "missing", np.array([name == "" for name in came])),
    ):
        if bad.any():
            return (_problem(code, argument, words, bad),)
    return ()


def _chains(made: Spells, order: Ints) -> tuple[Problem, ...]:
    """Spells of a person overlap, or one begins in another state than the last went to at that time."""
    follows = made.subject[1:] == made.subject[:-1]
    overlap = follows & (made.start[1:] < made.stop[:-1])
    touches = follows & (made.start[1:] == made.stop[:-1])
    arrived = np.where(made.target[:-1] >= 0, made.target[:-1], made.origin[:-1])
    jump = touches & (made.origin[1:] != arrived)
    for code, argument, words, found in (
        ("overlap", "start", "overlaps the person's spell before", overlap),
        ("broken-chain", "origin", "not the state that the person's spell before went to", jump),
    ):
        if found.any():
            bad = np.zeros(made.start.size, dtype=np.bool_)
            bad[order[1:][found]] = True
            return (_problem(code, argument, words, bad),)
    return ()


def _names(given: ArrayLike) -> list[str]:
    """Labels as words; "" for None, NaN and blanks, 3 for 3.0."""
    raw: NDArray[Any] = np.asarray(given, dtype=object)
    return [_name(value) for value in np.atleast_1d(raw).ravel().tolist()]


def _name(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()

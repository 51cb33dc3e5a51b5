"""Three-valued answers. An unknown state answers *not known yet*, never yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "not known yet"


@dataclass(frozen=True, slots=True)
class Guard:
    """An answer, the facts that settled it, and the facts still missing."""

    answer: Answer
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def all_of(guards: Iterable[Guard]) -> Guard:
    """Kleene conjunction: one no is a no, else one unknown is unknown, else yes."""
    return _join(tuple(guards), settles=Answer.NO, otherwise=Answer.YES)


def any_of(guards: Iterable[Guard]) -> Guard:
    """Kleene disjunction: one yes is a yes, else one unknown is unknown, else no."""
    return _join(tuple(guards), settles=Answer.YES, otherwise=Answer.NO)


def _join(guards: tuple[Guard, ...], *, settles: Answer, otherwise: Answer) -> Guard:
    reasons = tuple(reason for guard in guards for reason in guard.reasons)
    settled = [guard for guard in guards if guard.answer is settles]
    if settled:
        return Guard(settles, tuple(reason for guard in settled for reason in guard.reasons))
    missing = tuple(fact for guard in guards for fact in guard.missing)
    unknown = any(guard.answer is Answer.UNKNOWN for guard in guards)
    return Guard(Answer.UNKNOWN if unknown else otherwise, reasons, missing)

"""Whether a record is one of the events that a definition counts: yes, no, or not known yet with what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from posolog.core.guard import Answer, Guard
from posolog.core.timeline import Event
from posolog.course.guards import UNSAID, grade_of, occurred
from posolog.protocol.definition import Outcome

THERAPY = "systemic therapy"  # its subject is the disease treated


def names_of(event: Event) -> frozenset[str]:
    """The names by which a definition may call a record: its kind, or kind and subject in either order."""
    return _names(event.kind, event.subject)


@lru_cache(maxsize=4096)
def _names(kind: str, subject: str) -> frozenset[str]:
    kind, subject = kind.casefold(), subject.casefold()
    return frozenset({kind, f"{kind} {subject}", f"{subject} {kind}"} if subject else {kind})


def is_named(event: Event, name: str) -> bool:
    return name.casefold() in names_of(event)


def any_named(event: Event, names: Iterable[str]) -> bool:
    own = names_of(event)
    return any(name.casefold() in own for name in names)


def happened(event: Event) -> Answer:
    """Whether the record says that it happened: a value such as "none" says no, "not done" says nothing."""
    if event.value.strip().casefold() in UNSAID - {""}:
        return Answer.UNKNOWN
    return Answer.YES if occurred(event) else Answer.NO


def qualifies(event: Event, outcome: Outcome) -> Guard:
    """Whether the record itself (not what came before it) is the outcome.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2027, 1, 1, tzinfo=UTC)
    >>> qualifies(Event("1", "acute GVHD", now, now, "II"), Outcome("acute GVHD", grade="III")).answer.value
    'no'
    """
    if not is_named(event, outcome.event):
        return Guard(Answer.NO)
    value = event.value.strip()
    if outcome.values:
        if not value or value.casefold() in UNSAID:
            return Guard(Answer.UNKNOWN, (), (f"the value of {event.kind}",))
        return Guard(Answer.YES if value.casefold() in map(str.casefold, outcome.values) else Answer.NO)
    if outcome.grade:
        grade, least = grade_of(value), grade_of(outcome.grade)
        if grade is None or least is None:
            said = f" (recorded: {value!r})" if value else ""
            return Guard(Answer.UNKNOWN, (), (f"the grade of {event.kind}{said}",))
        return Guard(Answer.YES if grade >= least else Answer.NO)
    answer = happened(event)
    missing = (f"whether {event.kind} happened (recorded: {value!r})",) if answer is Answer.UNKNOWN else ()
    return Guard(answer, (), missing)


def treated(event: Event, disease: str) -> Answer | None:
    """What a record says of systemic therapy of that disease; None where it says nothing of it."""
    if event.kind.casefold() != THERAPY or event.subject.casefold() != disease.casefold():
        return None
    return happened(event)

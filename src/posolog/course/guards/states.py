"""Conditions on a graded state: not active now, never above a grade."""

from __future__ import annotations

import re

from posolog.core.guard import Guard
from posolog.core.timeline import Event
from posolog.course.guards.known import NO_WORDS, UNSAID, Known, day_of, missing_fact, yes_no
from posolog.protocol.condition import NeverAbove, NoActive

_GRADE = re.compile(r"(?:grade\s*)?(iv|iii|ii|i|0|1|2|3|4)\s*[a-d]?", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def grade_of(words: str) -> int | None:
    """A grade from 0 to 4, roman or arabic, or None where the words are none of them.

    >>> [grade_of(words) for words in ("II", "grade 3", "none", "moderate")]
    [2, 3, 0, None]
    """
    text = words.strip().casefold()
    if text in NO_WORDS:
        return 0
    found = _GRADE.fullmatch(text)
    if found is None:
        return None
    digit = found[1].casefold()
    return _ROMAN.get(digit) or int(digit)


def no_active(condition: NoActive, known: Known) -> Guard:
    """Kinds of a state count with it: "acute GVHD" II is active GVHD until a later record ends it."""
    state = condition.state
    own = known.timeline.last(state)
    kinds = {event.kind.casefold() for event in known.timeline.events}
    family = sorted(kind for kind in kinds if kind.endswith(f" {state.casefold()}"))
    for event in [own, *(known.timeline.last(kind) for kind in family)]:
        if event and _active(event) and not (own and own.at > event.at and not _active(own)):
            return yes_no(False, f"{event.kind} {event.value} on {day_of(event, known)}".replace("  ", " "))
    if own is None or own.value.strip().casefold() in UNSAID:
        return missing_fact(f"whether {state} is active")
    return yes_no(True, f"{own.kind} {own.value} on {day_of(own, known)}")


def _active(event: Event) -> bool:
    words = event.value.strip().casefold()
    return words not in NO_WORDS and words not in UNSAID and grade_of(words) != 0


def never_above(condition: NeverAbove, known: Known) -> Guard:
    """Whether every record of a state is at most of this grade; a grade that cannot be read leaves it open."""
    limit = grade_of(condition.grade)
    if limit is None:
        return missing_fact(f"what grade {condition.grade!r} is")
    records = known.timeline.named(condition.state)
    unread = []
    for event in records:
        grade = grade_of(event.value)
        if grade is None:
            unread.append(f"grade of {condition.state} on {day_of(event, known)} (recorded: {event.value!r})")
        elif grade > limit:
            return yes_no(False, f"{condition.state} {event.value} on {day_of(event, known)}")
    if not records:
        return missing_fact(f"highest grade of {condition.state} so far")
    if unread:
        return missing_fact(*unread)
    return yes_no(True, f"{condition.state} never above {condition.grade} in {len(records)} records")

"""Answer a condition from what is known: yes, no, or not known yet with what is missing in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import singledispatch
from operator import ge, gt, le, lt
from zoneinfo import ZoneInfo

from posolog.core.days import add_months
from posolog.core.guard import Answer, Guard, all_of, any_of
from posolog.core.timeline import Event, Timeline
from posolog.course.model import Patient
from posolog.course.moments import DEFAULT_ZONE, local_date
from posolog.course.words import listed, short
from posolog.protocol.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Happened,
    Is,
    NeverAbove,
    NoActive,
    Stated,
    StoppedFor,
    Within,
)

NO_WORDS = frozenset({"no", "none", "0", "absent", "false", "resolved", "never"})
UNSAID = frozenset({"", "unknown", "not known", "not done", "not evaluated", "not assessed", "nk", "nd"})
_GRADE = re.compile(r"(?:grade\s*)?(iv|iii|ii|i|0|1|2|3|4)\s*[a-d]?", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}
_ENTRY = ("inclusion", "enrolment", "randomisation")


@dataclass(frozen=True, slots=True)
class Known:
    """What an answer may rest on: the patient file, and the events that have happened and are known."""

    patient: Patient
    timeline: Timeline  # only events happened and known at `now`
    today: date
    anchors: Mapping[str, date]
    zone: ZoneInfo
    may_wait: bool


def answer(
    condition: Condition,
    patient: Patient,
    timeline: Timeline,
    now: datetime,
    anchors: Mapping[str, date] | None = None,
    *,
    may_wait: bool = False,
    zone: str = DEFAULT_ZONE,
) -> Guard:
    """The answer at `now`, with its reasons, or the facts still missing.

    `anchors` gives dates by event name for events that are hoped for but not recorded. With `may_wait`
    (the act lies ahead) a time that has not run out yet answers *not known yet* instead of no.
    Absence of a record is never an answer: "never above grade II" without any assessment is not known yet.

    >>> from datetime import UTC
    >>> patient = Patient("P1", age_years=60)
    >>> answer(Compare("age", ">", Decimal(60), "years"), patient, Timeline(), datetime.now(UTC)).answer.value
    'no'
    """
    where = ZoneInfo(zone)
    known = Known(patient, happened(timeline, now), local_date(now, where), anchors or {}, where, may_wait)
    return _answer(condition, known)


def happened(timeline: Timeline, now: datetime) -> Timeline:
    """What was known at `now` and had happened by then."""
    return Timeline(tuple(event for event in timeline.as_known(now).events if event.at <= now))


def occurred(event: Event) -> bool:
    """Whether a record says that it happened (a value "no" says that it did not)."""
    return event.value.strip().casefold() not in NO_WORDS | (UNSAID - {""})


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


def fact(name: str, known: Known) -> str | None:
    """A fact's value as text: the last recorded event of that name, else the patient file; None if unknown."""
    event = known.timeline.last(name)
    if event is not None and event.value.strip().casefold() not in UNSAID:
        return event.value.strip()
    wanted = name.casefold()
    patient = known.patient
    own = {"site": patient.site, "sex": patient.sex}
    if own.get(wanted):
        return own[wanted]
    if wanted in ("enrolment rank at site", "rank at site", "rank") and patient.rank_at_site is not None:
        return str(patient.rank_at_site)
    numbers = {"weight": patient.weight_kg, "height": patient.height_cm}
    if numbers.get(wanted) is not None:
        return str(numbers[wanted])
    return next((value for key, value in patient.facts if key.casefold() == wanted), None)


def age_of(known: Known) -> tuple[int, str] | None:
    """Age in completed years at inclusion where it is recorded, else today; as stated where no birth date is."""
    patient = known.patient
    if patient.birth is None:
        return (patient.age_years, "as entered") if patient.age_years is not None else None
    entry = next((event for kind in _ENTRY if (event := known.timeline.first(kind))), None)
    day = local_date(entry.at, known.zone) if entry else known.today
    birth = patient.birth
    years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return years, f"on {day.isoformat()}"


def after(start: date, number: int, unit: str) -> date:
    """`number` days, weeks, calendar months or years after `start` (a month too short ends on its last day)."""
    if unit == "month":
        return add_months(start, number)
    if unit == "year":
        return add_months(start, 12 * number)
    return start + timedelta(days=number * (7 if unit == "week" else 1))


def span_words(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")


def _yes_no(yes: bool, reason: str) -> Guard:
    return Guard(Answer.YES if yes else Answer.NO, (reason,))


def _missing(*facts: str) -> Guard:
    return Guard(Answer.UNKNOWN, (), facts)


@singledispatch
def _answer(condition: object, known: Known) -> Guard:
    raise TypeError(f"{condition!r} is no condition")


@_answer.register
def _(condition: All, known: Known) -> Guard:
    return all_of([_answer(part, known) for part in condition.of])


@_answer.register
def _(condition: AnyOf, known: Known) -> Guard:
    return any_of([_answer(part, known) for part in condition.of])


@_answer.register
def _(condition: Compare, known: Known) -> Guard:
    asked = f"{condition.fact} {condition.op} {short(condition.value)} {condition.unit}".strip()
    if condition.fact.casefold() == "age":
        age = age_of(known)
        if age is None:
            return _missing("age")
        value, said = Decimal(age[0]), f"age {age[0]} {age[1]}"
    else:
        words = fact(condition.fact, known)
        if words is None:
            return _missing(condition.fact)
        digits = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\D*", words)
        if digits is None:
            return _missing(f"{condition.fact} as a number (recorded: {words!r})")
        value, said = Decimal(digits[1]), f"{condition.fact} {words}"
    yes = _COMPARE[condition.op](value, condition.value)
    return _yes_no(yes, f"{said}: {asked} is {'true' if yes else 'not true'}")


@_answer.register
def _(condition: Is, known: Known) -> Guard:
    words = fact(condition.fact, known)
    if words is None:
        return _missing(condition.fact)
    yes = words.casefold() in {value.casefold() for value in condition.values}
    return _yes_no(yes, f"{condition.fact} is {words}")


@_answer.register
def _(condition: Happened, known: Known) -> Guard:
    return _recorded(condition.event, known, f"whether {condition.event} has happened")


@_answer.register
def _(condition: Stated, known: Known) -> Guard:
    return _recorded(condition.words, known, f"a person's answer to: {condition.words}")


def _recorded(kind: str, known: Known, missing: str) -> Guard:
    event = known.timeline.last(kind)
    words = event.value.strip().casefold() if event else ""
    if event is None or words in UNSAID - {""}:
        return _missing(missing)
    return _yes_no(occurred(event), f"{kind}: {event.value or 'recorded'} on {_on(event, known)}")


@_answer.register
def _(condition: Within, known: Known) -> Guard:
    start = _date(condition.of, known)
    if start is None:
        return _missing(f"date of {condition.of}")
    end = after(start, condition.number, condition.unit)
    for kind in condition.events:
        for event in known.timeline.named(kind):
            if occurred(event) and start <= local_date(event.at, known.zone) <= end:
                said = f"within {span_words(condition.number, condition.unit)} of {condition.of}"
                return _yes_no(True, f"{kind} on {_on(event, known)}, {said} ({start} to {end} included)")
    return _not_within(condition, known, end)


def _not_within(condition: Within, known: Known, end: date) -> Guard:
    """No only where each event is recorded as after the end, or as not happened on or after it."""
    open_events = [kind for kind in condition.events if not _settled(kind, known, end)]
    if open_events:
        return _missing(f"whether {listed(open_events)} happened by {end}")
    return _yes_no(False, f"no {listed(condition.events)} by {end}")


def _settled(kind: str, known: Known, end: date) -> bool:
    events = known.timeline.named(kind)
    return any(local_date(event.at, known.zone) >= end for event in events)


@_answer.register
def _(condition: StoppedFor, known: Known) -> Guard:
    state = condition.state
    stops = [e for e in known.timeline.named(f"{state} stopped") if occurred(e)]
    starts = [
        event
        for word in ("started", "restarted", "resumed")
        for event in known.timeline.named(f"{state} {word}")
        if occurred(event)
    ]
    if not stops:
        return _missing(f"date when {state} stopped")
    stopped = stops[-1]
    again = [event for event in starts if event.at >= stopped.at]
    if again:
        return _yes_no(False, f"{state} started again on {_on(again[-1], known)}")
    return _long_enough(condition, known, local_date(stopped.at, known.zone))


def _long_enough(condition: StoppedFor, known: Known, since: date) -> Guard:
    until = after(since, condition.number, condition.unit)
    span = span_words(condition.number, condition.unit)
    said = f"{condition.state} stopped on {since}; {span} are complete on {until}"
    if until <= known.today:
        return _yes_no(True, said)
    if known.may_wait:
        return Guard(Answer.UNKNOWN, (said,), (f"{condition.state} still stopped on {until}",))
    return _yes_no(False, said)


@_answer.register
def _(condition: NoActive, known: Known) -> Guard:
    """Kinds of a state count with it: "acute GVHD" II is active GVHD until a later record ends it."""
    state = condition.state
    own = known.timeline.last(state)
    kinds = {event.kind.casefold() for event in known.timeline.events}
    family = sorted(kind for kind in kinds if kind.endswith(f" {state.casefold()}"))
    for event in [own, *(known.timeline.last(kind) for kind in family)]:
        if event and _active(event) and not (own and own.at > event.at and not _active(own)):
            return _yes_no(False, f"{event.kind} {event.value} on {_on(event, known)}".replace("  ", " "))
    if own is None or own.value.strip().casefold() in UNSAID:
        return _missing(f"whether {state} is active")
    return _yes_no(True, f"{own.kind} {own.value} on {_on(own, known)}")


def _active(event: Event) -> bool:
    words = event.value.strip().casefold()
    return words not in NO_WORDS and words not in UNSAID and grade_of(words) != 0


@_answer.register
def _(condition: NeverAbove, known: Known) -> Guard:
    limit = grade_of(condition.grade)
    if limit is None:
        return _missing(f"what grade {condition.grade!r} is")
    records = known.timeline.named(condition.state)
    unread = []
    for event in records:
        grade = grade_of(event.value)
        if grade is None:
            unread.append(f"grade of {condition.state} on {_on(event, known)} (recorded: {event.value!r})")
        elif grade > limit:
            return _yes_no(False, f"{condition.state} {event.value} on {_on(event, known)}")
    if not records:
        return _missing(f"highest grade of {condition.state} so far")
    if unread:
        return _missing(*unread)
    return _yes_no(True, f"{condition.state} never above {condition.grade} in {len(records)} records")


def _on(event: Event, known: Known) -> str:
    return local_date(event.at, known.zone).isoformat()


def _date(kind: str, known: Known) -> date | None:
    event = next((event for event in known.timeline.named(kind) if occurred(event)), None)
    if event is not None:
        return local_date(event.at, known.zone)
    return next((day for name, day in known.anchors.items() if name.casefold() == kind.casefold()), None)

"""What an answer may rest on: the patient file, and the events that have happened and are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from posolog.core.guard import Answer, Guard
from posolog.core.timeline import Event, Timeline
from posolog.course.model import Patient
from posolog.course.moments import local_date

NO_WORDS = frozenset({"no", "none", "0", "absent", "false", "resolved", "never"})
UNSAID = frozenset({"", "unknown", "not known", "not done", "not evaluated", "not assessed", "nk", "nd"})
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


def happened(timeline: Timeline, now: datetime) -> Timeline:
    """What was known at `now` and had happened by then."""
    return Timeline(tuple(event for event in timeline.as_known(now).events if event.at <= now))


def occurred(event: Event) -> bool:
    """Whether a record says that it happened (a value "no" says that it did not)."""
    return event.value.strip().casefold() not in NO_WORDS | (UNSAID - {""})


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


def yes_no(yes: bool, reason: str) -> Guard:
    """An answer that is known, with its reason."""
    return Guard(Answer.YES if yes else Answer.NO, (reason,))


def missing_fact(*facts: str) -> Guard:
    """Not known yet: what is missing, in words."""
    return Guard(Answer.UNKNOWN, (), facts)


def day_of(event: Event, known: Known) -> str:
    """The day of an event, local."""
    return local_date(event.at, known.zone).isoformat()

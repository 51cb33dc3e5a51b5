"""Answer a condition: each kind by its own rule, several together by all or any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from posolog.core.guard import Guard, all_of, any_of
from posolog.core.timeline import Timeline
from posolog.course.guards.facts import compared, is_one_of, recorded
from posolog.course.guards.known import Known, happened
from posolog.course.guards.periods import stopped_for, within
from posolog.course.guards.states import never_above, no_active
from posolog.course.model import Patient
from posolog.course.moments import DEFAULT_ZONE, local_date
from posolog.protocol import condition as kinds
from posolog.protocol.condition import Condition


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
    >>> from decimal import Decimal
    >>> from posolog.protocol.condition import Compare
    >>> patient = Patient("P1", age_years=60)
    >>> answer(Compare("age", ">", Decimal(60), "years"), patient, Timeline(), datetime.now(UTC)).answer.value
    'no'
    """
    where = ZoneInfo(zone)
    known = Known(patient, happened(timeline, now), local_date(now, where), anchors or {}, where, may_wait)
    return _answer(condition, known)


def _answer(condition: Condition, known: Known) -> Guard:
    match condition:
        case kinds.All():
            return all_of([_answer(part, known) for part in condition.of])
        case kinds.AnyOf():
            return any_of([_answer(part, known) for part in condition.of])
        case kinds.Compare():
            return compared(condition, known)
        case kinds.Is():
            return is_one_of(condition, known)
        case kinds.Happened():
            return recorded(condition.event, known, f"whether {condition.event} has happened")
        case kinds.Stated():
            return recorded(condition.words, known, f"a person's answer to: {condition.words}")
        case kinds.Within():
            return within(condition, known)
        case kinds.StoppedFor():
            return stopped_for(condition, known)
        case kinds.NoActive():
            return no_active(condition, known)
        case kinds.NeverAbove():
            return never_above(condition, known)
        case _:
            raise TypeError(f"{condition!r} is no condition")

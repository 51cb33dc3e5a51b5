"""Dates and times as people write them, on one clock: local days in a named zone, elapsed hours in UTC.

A time of exactly 00:00 local means that the day is known and the hour is not.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from posolog.core.finding import Refusal
from posolog.course.words import stop

DEFAULT_ZONE = "Europe/Paris"
Moment = date | datetime


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that IANA name. *Raises:* Refusal (ZONE-UNKNOWN)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        step = "write an IANA name such as Europe/Paris"
        raise Refusal(stop("ZONE-UNKNOWN", f"there is no time zone {name!r}", step)) from None


def read_moment(text: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """An ISO date or datetime as an aware datetime, and whether an hour was written.

    A datetime without zone is local to `zone`; one that falls in the hour skipped or repeated by a clock
    change is refused, because it names no instant or two. *Raises:* ValueError in words.
    """
    words = text.strip()
    try:
        if "T" not in words and " " not in words:
            return datetime.combine(date.fromisoformat(words), time(), zone), False
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise ValueError(f"{words!r} is not an ISO date or time (2027-01-14 or 2027-01-14T09:00)") from None
    return (moment if moment.tzinfo else _localised(moment, zone)), True


def _localised(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.replace(tzinfo=zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValueError(f"{moment.isoformat()} falls in a clock change of {zone.key}: write its UTC offset")
    return local


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def hour_of(moment: Moment, zone: ZoneInfo) -> time | None:
    """The local hour of a moment, None for a plain date or midnight (no hour known)."""
    if not isinstance(moment, datetime):
        return None
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return local.time() if local.time() != time() else None


def at_hour(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone)


def later(start: datetime, hours: Decimal, zone: ZoneInfo) -> datetime:
    """`hours` of elapsed time after `start`, shown in `zone`: also right across a clock change.

    >>> paris = ZoneInfo("Europe/Paris")
    >>> later(datetime(2026, 3, 28, 20, tzinfo=paris), Decimal(12), paris).hour
    9
    """
    seconds = round(hours * 3600)
    return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)


def elapsed_hours(first: datetime, second: datetime) -> Decimal:
    """Elapsed hours from `first` to `second`, both aware; negative when `second` is earlier."""
    gap = second.astimezone(UTC) - first.astimezone(UTC)
    seconds = Decimal(gap.days * 86400 + gap.seconds) + Decimal(gap.microseconds) / 1_000_000
    return seconds / 3600

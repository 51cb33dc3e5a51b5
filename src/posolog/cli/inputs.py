"""What is typed after an option, and what stands in the named files, as values; faults are refusals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from posolog.cli.faults import stop
from posolog.core.finding import Finding, Refusal, Severity
from posolog.core.timeline import Timeline

if TYPE_CHECKING:
    from posolog.course.model import Patient


def anchors(given: Iterable[str], zone: str) -> dict[str, date | datetime]:
    """`D0=2027-01-14` or `D0=2027-01-14T10:00`, each anchor once."""
    found: dict[str, date | datetime] = {}
    for words in given:
        name, value = _pair(words, "--anchor", "D0=2027-01-14")
        moment = _moment(value, zone, words)
        if name in found and found[name] != moment:
            message = f"{name} has two dates: {found[name].isoformat()} and {moment.isoformat()}"
            raise stop("ANCHOR-TWICE", message, "Give each anchor one date.", words=words)
        found[name] = moment
    return found


def choices(given: Iterable[str]) -> dict[str, str]:
    """`regimen=FLAG`, each key once."""
    found: dict[str, str] = {}
    for words in given:
        key, value = _pair(words, "--choose", "regimen=FLAG")
        if found.get(key, value) != value:
            raise stop(
                "CHOICE-TWICE", f"{key!r} is chosen twice: {found[key]} and {value}", "Choose once.", words=words
            )
        found[key] = value
    return found


def _pair(words: str, option: str, example: str) -> tuple[str, str]:
    key, equals, value = (piece.strip() for piece in words.partition("="))
    if not (key and equals and value):
        raise stop(
            "OPTION-VALUE",
            f"{option} {words!r} is not of the form NAME=VALUE",
            f"Write {option} {example}.",
            words=words,
        )
    return key, value


def now(words: str | None, zone: str) -> datetime | None:
    """`--now`; a plain date means that whole day is known. None: this moment, or the last recorded one if later."""
    from datetime import time

    from posolog.course.moments import zone_of

    if words is None:
        return None
    moment = _moment(words, zone, words)
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(23, 59, 59), zone_of(zone))


def _moment(text: str, zone: str, words: str) -> date | datetime:
    from posolog.course.moments import read_moment, zone_of

    where = zone_of(zone)
    try:
        moment, timed = read_moment(text, where)
    except ValueError as error:
        message = str(error).partition(" (2027")[0]
        raise stop("DATE-UNREADABLE", message, "Write the date as 2027-01-14, the year first.", words=words) from None
    return moment if timed else moment.astimezone(where).date()


def patient(path: str, zone: str) -> tuple[Patient, tuple[Finding, ...]]:
    """The patient of a file; a stop finding in it refuses the whole file."""
    from posolog.course.patient import load

    found, findings = load(path, zone=zone)
    _refuse_stops(findings)
    if found is None:
        raise Refusal(*findings)
    return found, findings


def events(path: str | None, zone: str) -> tuple[Timeline, tuple[Finding, ...]]:
    """The timeline of a file of events, empty where none is named."""
    from posolog.course.events import load

    if path is None:
        return Timeline(), ()
    timeline, findings = load(path, zone=zone)
    _refuse_stops(findings)
    return timeline, findings


def _refuse_stops(findings: tuple[Finding, ...]) -> None:
    stops = [finding for finding in findings if finding.severity is Severity.STOP]
    if stops:
        raise Refusal(*stops)

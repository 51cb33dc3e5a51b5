"""Read and write a patient's events: CSV, one event a row, on two clocks (happened, known)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from posolog.core.because import Entered
from posolog.core.finding import Finding, Place
from posolog.core.timeline import Event, Timeline
from posolog.course.moments import DEFAULT_ZONE, hour_of, local_date, read_moment, zone_of
from posolog.course.numbers import amount, measure, number
from posolog.course.patient import read_text
from posolog.course.words import ask, stop

COLUMNS = ("datetime", "event", "value", "unit", "subject", "known", "ident", "corrects")
PATIENT = "patient"  # a further column, where one file holds the events of a whole trial
MEASURED = {"weight": "kg", "weight confirmed": "kg", "height": "cm"}
Row = dict[str, str]


def load(path: str | Path, *, zone: str = DEFAULT_ZONE) -> tuple[Timeline, tuple[Finding, ...]]:
    """The timeline of a CSV file, and a finding with its line for every row that cannot be read.

    Columns: date or datetime (ISO; without an offset it is local to `zone`), event, value, unit, subject,
    known (when it became known; as happened where absent), ident, corrects (the ident of another row).
    Commas or semicolons separate. No row is dropped in silence: a bad one is quoted in its finding.
    """
    text, findings = read_text(path)
    if text is None:
        return Timeline(), findings
    return parse(text, name=str(path), zone=zone)


def parse(
    text: str, *, name: str = "events", zone: str = DEFAULT_ZONE
) -> tuple[Timeline, tuple[Finding, ...]]:
    """As `load`, from the text itself; `name` is the file named in findings."""
    table, findings = _table(text, name, COLUMNS)
    if table is None:
        return Timeline(), findings
    return _events(table[1], table[0], name, zone_of(zone))


def load_many(path: str | Path, *, zone: str = DEFAULT_ZONE) -> tuple[dict[str, Timeline], tuple[Finding, ...]]:
    """The timelines of a trial: as `load`, with a column `patient`; an ident is one patient's own."""
    text, findings = read_text(path)
    if text is None:
        return {}, findings
    return parse_many(text, name=str(path), zone=zone)


def parse_many(
    text: str, *, name: str = "events", zone: str = DEFAULT_ZONE
) -> tuple[dict[str, Timeline], tuple[Finding, ...]]:
    """As `load_many`, from the text itself."""
    table, findings = _table(text, name, (PATIENT, *COLUMNS))
    if table is None:
        return {}, findings
    columns, rows = table
    if PATIENT not in columns:
        place = Place("line", ",".join(columns), name, 1)
        message, step = f"{name}, line 1: the columns are wrong: no {PATIENT}", "say whose event each row is"
        return {}, (stop("EVENTS-COLUMNS", message, step, place),)
    at, found = columns.index(PATIENT), list[Finding]()
    own: dict[str, list[tuple[int, list[str]]]] = {}
    for line, cells in rows:
        whose = cells[at].strip() if len(cells) > at else ""
        if whose:
            own.setdefault(whose, []).append((line, [*cells[:at], *cells[at + 1 :]]))
        elif any(cell.strip() for cell in cells):
            place = Place("line", ",".join(cells), name, line)
            found.append(stop("EVENT-ROW", f"{name}, line {line}: the row names no patient", "name the patient", place))
    timelines = {}
    for whose, theirs in own.items():
        timelines[whose], faults = _events(theirs, [*columns[:at], *columns[at + 1 :]], name, zone_of(zone))
        found += faults
    return timelines, tuple(found)


def _table(
    text: str, name: str, known: tuple[str, ...]
) -> tuple[tuple[list[str], list[tuple[int, list[str]]]] | None, tuple[Finding, ...]]:
    """The columns of line 1 and the rows under them, each with its line."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        place = Place("file", where=name, line=reader.line_num)
        return None, (stop("EVENTS-CSV", f"{name} is not CSV: {error}", "correct that line", place),)
    if not rows:
        place = Place("file", where=name)
        return None, (stop("EVENTS-CSV", f"{name} is empty", "write the columns in line 1", place),)
    columns = [cell.strip().casefold() for cell in rows[0][1]]
    faults = _columns(columns, name, known)
    return (None, faults) if faults else ((columns, rows[1:]), ())


def _columns(columns: list[str], name: str, known: tuple[str, ...]) -> tuple[Finding, ...]:
    strange = [column for column in columns if column not in {*known, "date"}]
    lacking = [] if {"date", "datetime"} & set(columns) else ["date or datetime"]
    lacking += [] if "event" in columns else ["event"]
    twice = len(set(columns)) != len(columns)
    if not strange and not lacking and not twice:
        return ()
    said = [f"unknown {column!r}" for column in strange] + [f"no {column}" for column in lacking]
    said += ["a column stands twice"] if twice else []
    message = f"{name}, line 1: the columns are wrong: {', '.join(said)}"
    step = f"use the columns {', '.join(known)}"
    return (stop("EVENTS-COLUMNS", message, step, Place("line", ",".join(columns), name, 1)),)


def _events(
    rows: list[tuple[int, list[str]]], columns: list[str], name: str, zone: ZoneInfo
) -> tuple[Timeline, tuple[Finding, ...]]:
    events: dict[str, Event] = {}
    findings: list[Finding] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        place = Place("line", ",".join(cells), name, line)
        try:
            event = _event(_row(cells, columns), line, name, zone)
            if event.ident in events:
                raise ValueError(f"the ident {event.ident!r} stands twice")
        except ValueError as error:
            step = "correct the row: it is left out of the timeline"
            findings.append(stop("EVENT-ROW", f"{name}, line {line}: {error}", step, place))
            continue
        events[event.ident] = event
        if event.known < event.at:
            message = f"{name}, line {line}: {event.kind} is known before it happened"
            findings.append(ask("EVENT-KNOWN-BEFORE", message, "correct the date or the known date", place))
    findings += _corrections(events, name)
    return Timeline.of(events.values()), tuple(findings)


def _row(cells: list[str], columns: list[str]) -> Row:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise ValueError(f"{len(cells)} cells under {len(columns)} columns (a comma in a value?)")
    return dict(zip(columns, (cell.strip() for cell in cells), strict=False))


def _event(row: Row, line: int, name: str, zone: ZoneInfo) -> Event:
    kind = " ".join(row.get("event", "").split())
    if not kind:
        raise ValueError("the event has no name")
    written = row.get("datetime") or row.get("date") or ""
    if not written:
        raise ValueError(f"{kind} has no date")
    happened, _ = read_moment(written, zone)
    known = read_moment(row["known"], zone)[0] if row.get("known") else happened
    value, unit, subject = row.get("value", ""), row.get("unit", ""), row.get("subject", "")
    _check(kind, value, unit, subject)
    ident = row.get("ident") or f"row {line}"
    because = Entered(name, written, f"line {line}")
    return Event(ident, kind, happened, known, value, unit, subject, row.get("corrects", ""), because)


def _check(kind: str, value: str, unit: str, subject: str) -> None:
    """What the dosing rules read must be readable here, where the line is known."""
    low = kind.casefold()
    if low in MEASURED:
        if not unit and not value.rstrip().endswith(MEASURED[low]):
            raise ValueError(f"{kind} {value!r} has no unit: write {MEASURED[low]}")
        if measure(f"{value} {unit}", MEASURED[low]) <= 0:
            raise ValueError(f"{kind} {value!r} is not above zero")
    elif low == "given":
        if not subject:
            raise ValueError("given needs the agent in the column subject")
        if value and amount(f"{value} {unit}").value <= 0:
            raise ValueError(f"given {value!r} is not above zero")
    elif low == "dose reduction":
        if not subject:
            raise ValueError("dose reduction needs the agent in the column subject")
        if not 0 <= number(value.removesuffix("%")) <= 100:
            raise ValueError(f"dose reduction {value!r} is not a percentage of 0 to 100")


def _corrections(events: dict[str, Event], name: str) -> list[Finding]:
    step = "write the ident of the row that it corrects"
    return [
        stop(
            "EVENT-CORRECTS",
            f"{name}: {event.kind} ({event.ident}) corrects {event.corrects!r}, which is not in the file",
            step,
            Place("line", event.corrects, name),
        )
        for event in events.values()
        if event.corrects and event.corrects not in events
    ]


def write(timeline: Timeline, path: str | Path, *, zone: str = DEFAULT_ZONE) -> None:
    """Write every event, corrected ones too, in the form that `load` reads back to the same timeline."""
    Path(path).write_text(text_of(timeline.events, zone=zone), encoding="utf-8")


def text_of(events: Iterable[Event], *, zone: str = DEFAULT_ZONE) -> str:
    """The CSV text of some events; an event with no known hour is written as a plain date."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    where = zone_of(zone)
    for event in events:
        known = "" if event.known == event.at else _written(event, where, known=True)
        cells = (event.value, event.unit, event.subject, known, event.ident, event.corrects)
        writer.writerow((_written(event, where), event.kind, *cells))
    return out.getvalue()


def _written(event: Event, zone: ZoneInfo, *, known: bool = False) -> str:
    moment = event.known if known else event.at
    if hour_of(moment, zone) is None:
        return local_date(moment, zone).isoformat()
    return moment.astimezone(zone).isoformat()

"""A trial as it is analysed: a protocol, a table of patients, and everybody's events up to a data cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.core.timeline import Timeline
from posolog.course.events import load_many
from posolog.course.moments import DEFAULT_ZONE, local_date, read_moment, zone_of
from posolog.course.words import ask, note, stop
from posolog.endpoints.decide import Dated, dated
from posolog.endpoints.patients import Subject, load_patients
from posolog.protocol.collect import Collector
from posolog.protocol.files import load as load_protocol
from posolog.protocol.files import read_text
from posolog.protocol.model import Protocol
from posolog.protocol.tree import Tree, broken_line, read_tree

FILE = "trial.yaml"
KEYS = ("trial", "protocol", "patients", "events", "cut", "zone", "note")


@dataclass(frozen=True, slots=True)
class Trial:
    """`timelines` by patient, whole; `cut` is the last day whose knowledge counts (None: everything)."""

    name: str
    protocol: Protocol
    subjects: tuple[Subject, ...]
    timelines: Mapping[str, Timeline] = field(default_factory=dict)
    cut: date | None = None
    zone: str = DEFAULT_ZONE
    note: str = ""
    _seen: dict[str, tuple[Dated, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def known(self, ident: str) -> Timeline:
        """What was known of a patient at the end of the cut day, and had happened by then."""
        whole = self.timelines.get(ident, Timeline())
        now = cut_moment(self.cut, self.zone)
        seen = whole.as_known(now) if now else whole.as_known(datetime.max.replace(tzinfo=ZoneInfo("UTC")))
        return Timeline(tuple(event for event in seen.events if now is None or event.at <= now))

    def seen(self, ident: str) -> tuple[Dated, ...]:
        """The same by local day; worked out once."""
        found = self._seen.get(ident)
        if found is None:
            found = self._seen[ident] = dated(self.known(ident).events, zone_of(self.zone))
        return found

    def last_day(self) -> date | None:
        """The cut, or the last day on which anything is recorded."""
        if self.cut is not None:
            return self.cut
        last = max((event.at for line in self.timelines.values() for event in line.events[-1:]), default=None)
        return local_date(last, zone_of(self.zone)) if last else None


def cut_moment(cut: date | None, zone: str) -> datetime | None:
    """The last moment of the cut day."""
    return datetime.combine(cut, time(23, 59, 59), zone_of(zone)) if cut else None


def load_trial(folder: str | Path, *, cut: date | None = None) -> tuple[Trial, tuple[Finding, ...]]:
    """The trial of a folder that holds trial.yaml, and what its files leave open.

    trial.yaml names the protocol, the table of patients and the events, each relative to the folder; `cut` here
    replaces the one written there. *Raises:* Refusal where a file cannot be read, or has a row that cannot.
    """
    path = Path(folder) / FILE if Path(folder).is_dir() else Path(folder)
    base = path.parent
    values, day, zone = _frame(path)
    loaded = load_protocol(base / values["protocol"])
    subjects, found = load_patients(base / values["patients"], arms=loaded.protocol.arms)
    timelines, faults = load_many(base / values["events"], zone=zone)
    stops = [finding for finding in (*found, *faults) if finding.severity is Severity.STOP]
    if stops:
        raise Refusal(*stops)
    trial = Trial(values["trial"], loaded.protocol, subjects, timelines, cut or day, zone, values.get("note", ""))
    kept = [finding for finding in loaded.findings if finding.severity is not Severity.NOTE]
    return trial, (*kept, *found, *faults, *_strangers(trial, str(base / values["events"])))


def _frame(path: Path) -> tuple[dict[str, str], date | None, str]:
    """The values of trial.yaml, its cut and its zone."""
    if path.suffix not in (".yaml", ".yml") or not path.is_file():
        where = Place("file", where=str(path))
        step = f"Name a folder that holds {FILE}: the protocol, the patients and the events of a trial."
        raise Refusal(stop("TRIAL-MISSING", f"there is no {FILE} at {str(path)!r}", step, where))
    collect = Collector(str(path))
    try:
        tree: Tree = read_tree(read_text(path))
    except Refusal as refused:
        collect.adopt(refused, broken_line(refused) if refused.findings[0].code == "YAML-BROKEN" else None)
        raise Refusal(*collect.findings) from refused
    table = collect.table(tree, FILE, KEYS)
    values = {key: collect.text(value, key) for key, value in table.items()}
    for key in KEYS[:4]:
        collect.required(table, key, FILE, tree.line)
    zone = values.get("zone", DEFAULT_ZONE)
    day = None
    if values.get("cut"):
        day = _cut(collect, values["cut"], table["cut"].line, zone)
    if collect.stopped():
        raise Refusal(*collect.findings)
    return values, day, zone


def _cut(collect: Collector, words: str, line: int, zone: str) -> date | None:
    try:
        return local_date(read_moment(words, zone_of(zone))[0], zone_of(zone))
    except ValueError as error:
        collect.add("DATE-UNREADABLE", f"cut: {error}", "Write the date as 2030-01-14.", line, words=words)
        return None


def _strangers(trial: Trial, events: str) -> tuple[Finding, ...]:
    """Events of patients who are not in the table, and patients of whom nothing is recorded."""
    known = {subject.ident for subject in trial.subjects}
    found: list[Finding] = []
    strange = [ident for ident in trial.timelines if ident not in known]
    if strange:
        places = tuple(Place("patient", ident, events) for ident in strange[:20])
        message = f"{len(strange)} patients have events and no row in the table of patients: {', '.join(strange[:5])}"
        found.append(ask("TRIAL-STRANGER", message, "add them to the table, or correct the ident", *places))
    silent = [subject.ident for subject in trial.subjects if not trial.known(subject.ident).events]
    if silent:
        message = f"nothing is recorded of {len(silent)} patients: {', '.join(silent[:5])}"
        places = tuple(Place("patient", ident, events) for ident in silent[:20])
        found.append(note("TRIAL-SILENT", message, "record at least what starts their follow-up", *places))
    return tuple(found)


def at_cut(trial: Trial, cut: date) -> Trial:
    """The trial as it was known at the end of that day."""
    return replace(trial, cut=cut)

"""The verbs of posolog as functions: read, check, plan, explain. Every surface calls these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posolog.core.finding import Finding, Place, Refusal, Severity
from posolog.core.timeline import Timeline

if TYPE_CHECKING:
    from posolog.course.model import Patient, Plan, Planned
    from posolog.dosimetry.images.absorbed import ImageDose
    from posolog.dosimetry.images.model import Study
    from posolog.dosimetry.study.result import Result
    from posolog.endpoints.derive import Derived
    from posolog.endpoints.results import Report
    from posolog.protocol.model import Line, Protocol
    from posolog.reader.model import ReadResult
    from posolog.reader.record import RecordRead

PROTOCOL_SUFFIXES = (".yaml", ".yml")
# A request that names what the protocol does not have: nothing is planned from it.
REQUEST_CODES = (
    *("ANCHOR-UNKNOWN", "ANCHOR-CONTRADICTORY", "ANCHOR-MISSING"),
    *("ARM-UNKNOWN", "ARM-MISSING", "CHOICE-UNKNOWN", "CHOICE-VALUE", "ZONE-UNKNOWN"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A protocol from a protocol file, or a draft read from prose, with every finding so far."""

    protocol: Protocol
    findings: tuple[Finding, ...]
    draft: ReadResult | None = None


def read(path: str | Path) -> ReadResult:
    """Read a text file's prose. *Raises:* Refusal when the file cannot be read as text."""
    from posolog.reader import read as read_prose

    text = _text(path)
    result = read_prose(text, name=Path(path).stem, document=str(path))
    return result.revised(lambda drafted: replace(drafted, findings=with_lines(drafted.findings, text)))


def read_record(path: str | Path) -> RecordRead:
    """Read a registry record: "NCT00000000.json", or "studies.jsonl#NCT00000000". *Raises:* Refusal."""
    from posolog.reader.record import read_record as read_fields
    from posolog.records import documents, pick

    record, findings = pick(path)
    result = read_fields(record, document=str(path), findings=findings)
    texts = {f"{path}, {passage.field}": passage.text for passage in documents(record)}
    return replace(result, findings=with_lines(result.findings, texts))


def with_lines(findings: Iterable[Finding], text: str | Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings on a text, or on several by their names, with the line number of every span that has none."""

    def numbered(place: Place) -> Place:
        if place.line is not None or place.span is None:
            return place
        words = text if isinstance(text, str) else text.get(place.span.document, "")
        return replace(place, line=words.count("\n", 0, place.span.start) + 1)

    return tuple(replace(finding, places=tuple(map(numbered, finding.places))) for finding in findings)


def _text(path: str | Path) -> str:
    from posolog.protocol.files import read_text

    text = read_text(path)
    if not text.strip():
        raise Refusal(_stop("FILE-EMPTY", f"{str(path)!r} is empty", "Name a file that holds text.", str(path)))
    if "\0" in text:
        step = "Save the document as plain UTF-8 text."
        raise Refusal(_stop("FILE-NOT-TEXT", f"{str(path)!r} is not a text file", step, str(path)))
    return text


def open_protocol(path: str | Path) -> Opened:
    """A `.yaml` or `.yml` file is a protocol file; a registry record or prose is read. *Raises:* Refusal."""
    from posolog.checks import check as check_protocol
    from posolog.records import is_record

    if Path(path).suffix.lower() in PROTOCOL_SUFFIXES:
        from posolog.protocol.files import load

        loaded = load(path)
        found = (*loaded.findings, *check_protocol(loaded.protocol))
        return Opened(loaded.protocol, _each_once(_own_references(loaded.protocol, Path(path), found)))
    if is_record(path):
        record = read_record(path)
        return Opened(record.protocol, _each_once((*record.findings, *check_protocol(record.protocol))))
    draft = read(path)
    found = with_lines((*draft.findings, *check_protocol(draft.protocol)), _text(path))
    return Opened(draft.protocol, _each_once(found), draft)


def _own_references(protocol: Protocol, path: Path, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings without those on keys that the protocol's own libraries hold. *Raises:* Refusal."""
    if not protocol.references:
        return found
    from posolog.evidence.files import load

    keys = {
        one.key
        for name in protocol.references
        for one in load(_text(path.parent / name), where=name, suffix=Path(name).suffix.lower()).references
    }
    return tuple(f for f in found if f.code != "CITE-UNKNOWN" or f.message.split('"')[1] not in keys)


def check(path: str | Path) -> tuple[Finding, ...]:
    """All findings of a protocol file or of a text, stops first. *Raises:* Refusal when it cannot be read."""
    return open_protocol(path).findings


def plan(
    opened: Opened, patient: Patient, *, anchors: Mapping[str, date | datetime], timeline: Timeline | None = None,
    arm: str = "", choices: Mapping[str, str] | None = None, now: datetime | None = None, zone: str = "Europe/Paris",
) -> Plan:  # fmt: skip
    """A patient's plan. Lines that a stop finding of the protocol names get no dose.

    *Raises:* Refusal when an anchor, arm or choice is not one of the protocol's.
    """
    from posolog.course.plan import plan as make

    made = make(
        opened.protocol, patient, anchors=dict(anchors), timeline=timeline or Timeline(), arm=arm,
        choices=dict(choices or {}), now=now, zone=zone,
    )  # fmt: skip
    faults = [
        finding for finding in made.findings if finding.code in REQUEST_CODES and finding.severity is Severity.STOP
    ]
    if faults:
        raise Refusal(*faults)
    return withhold(made, opened)


def explain(plan: Plan, words: str) -> list[str]:
    """Why a value of the plan is what it is, line by line: "busulfan D-5". *Raises:* Refusal."""
    from posolog.course.explain import explain as say_why

    return list(say_why(plan, words))


def calendar_file(plan: Plan, *, before: bytes | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """The plan as an iCalendar file, and the acts that it cannot hold; `before` is the file that it replaces."""
    from posolog.exchange.ics import to_ics
    from posolog.report.agenda import agenda

    entries, losses = agenda(plan)
    name = f"{plan.protocol}, patient {plan.patient.ident}"
    return to_ics(entries, name=name, now=plan.now, before=before), losses


def endpoint_rows(folder: str | Path, *, cut: date | None = None) -> Derived:
    """The analysis rows of a trial's folder, as known at the end of the day `cut`. *Raises:* Refusal."""
    from posolog.endpoints.derive import derive
    from posolog.endpoints.trial import load_trial

    trial, findings = load_trial(folder, cut=cut)
    return derive(trial, findings)


def endpoint_report(found: Derived, *, blinded: bool = False) -> Report:
    """The estimates of every defined endpoint, by arm or blinded. Needs the extra `statistics`."""
    from posolog.endpoints.analyse import analyse

    return analyse(found, blinded=blinded)
def dose(path: str | Path, *, draws: int = 1000, seed: int = 20_270) -> Result:
    """Absorbed doses of a patient's dosimetry file, with uncertainty, BED and limits. *Raises:* Refusal."""
    from posolog.dosimetry.study.head import read_study
    from posolog.dosimetry.study.solve import solve

    study, notes = read_study(path)
    return solve(study, draws=draws, seed=seed, notes=notes)


def image_dose(result: Result, folder: str | Path) -> tuple[ImageDose | None, tuple[Finding, ...]]:
    """The dose map of all therapy injections of a dosimetry file, from the tomograms below a folder.

    Clock and activity of the injection measured come from the file; the uncertainty of an activity is the largest of
    its calibrations, 10 % where none is stated.
    """
    from posolog.dosimetry.images import read_folder
    from posolog.dosimetry.images.absorbed import image_dose as make

    study, (first, *_) = result.study, result.study.of(result.study.measured.name)
    found_study, found = read_folder(folder)
    made, faults = make(
        found_study, therapy_mbq=sum(one.net.value for one in study.of(study.therapy.name)),
        u_percent=100 * max((u for _, u in study.cameras), default=0.1), seed=result.seed,
        injected=first.start.replace(tzinfo=None), injected_mbq=first.net.value,
    )  # fmt: skip
    return made, (*found, *faults)


def images(folder: str | Path, *, decay: str | None = None) -> tuple[Study, tuple[Finding, ...]]:
    """The usable DICOM images below a folder, and why others are not. `decay` is for files that do not state it."""
    from posolog.dosimetry.images import read_folder

    return read_folder(folder, decay=decay)  # type: ignore[arg-type]


def phantom(
    folder: str | Path, *, times_h: Sequence[float] = (1, 24, 48, 96, 144), activity_mbq: float = 185,
    edge_mm: float = 4.42, fwhm_mm: float = 0, counts_per_mbq: float | None = None, seed: int = 1,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the phantom's images and its exact answers below a folder; returns the paths."""
    from posolog.dosimetry.phantom import trunk
    from posolog.dosimetry.phantom.write import write_phantom

    return write_phantom(
        trunk(), Path(folder), times_h=times_h, activity_mbq=activity_mbq, edge_mm=edge_mm, fwhm_mm=fwhm_mm,
        counts_per_mbq=counts_per_mbq, seed=seed,
    )  # fmt: skip


def withhold(plan: Plan, opened: Opened) -> Plan:
    """The plan with the protocol's findings, and without the doses that its stop findings forbid."""
    stops = [finding for finding in opened.findings if finding.severity is Severity.STOP]
    known = {line.ident: line for part in opened.protocol.parts for line in part.lines}
    refused: dict[str, str] = {}
    for finding in stops:
        named = [ident for ident, line in known.items() if any(_concerns(place, line) for place in finding.places)]
        for ident in named or known:
            refused.setdefault(ident, finding.code)
    acts = tuple(_without_dose(act, refused[act.line]) if act.line in refused else act for act in plan.acts)
    planned = {act.line for act in plan.acts}
    said = {finding.code for finding in plan.findings}
    added = [f for f in opened.findings if _touches(f, known, planned) and _new(f, said)]
    findings = _each_once((*plan.findings, *added))
    return replace(plan, acts=acts, findings=findings)


def _touches(finding: Finding, known: Mapping[str, Line], planned: set[str]) -> bool:
    """Whether a finding names a line of this plan, or no line at all (other arms' and choices' lines are left out)."""
    named = {ident for ident, line in known.items() if any(_concerns(place, line) for place in finding.places)}
    return not named or bool(named & planned)


def _new(finding: Finding, said: set[str]) -> bool:
    """Notes stay with `check`; a question that the plan asks already is not asked twice."""
    return finding.severity is Severity.STOP or (finding.severity is Severity.ASK and finding.code not in said)


def _concerns(place: Place, line: Line) -> bool:
    """Whether a place names the line, or lies in the words that the line was read from."""
    if place.where == line.ident:
        return True
    span = place.span
    return span is not None and any(
        quote.start >= 0 and quote.start < span.end and span.start < quote.end for quote in line.sources
    )


def _without_dose(act: Planned, code: str) -> Planned:
    from posolog.course.model import Status

    if act.kind != "give" or act.status is Status.GIVEN:
        return act
    return replace(act, dose=None, status=Status.REFUSED, note=f"no dose until {code} is settled")


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: order[finding.severity]))


def _stop(code: str, message: str, next_step: str, where: str) -> Finding:
    return Finding(code, Severity.STOP, message, next_step, (Place("file", where=where),))

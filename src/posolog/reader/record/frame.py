"""The form of a record beside its prose: allocation, endpoints, eligibility, and what is only noted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from posolog.core.finding import Finding, Place, Severity
from posolog.protocol.model import Allocation, Criterion, Endpoint, Note, Source, TimePoint
from posolog.reader.purpose.timepoints import read_points
from posolog.reader.record.fields import FieldRead
from posolog.reader.tokens.blocks import split_blocks
from posolog.records import Outcome, Passage, Record
from posolog.records.documents import design_text, entry_text

_HEAD = re.compile(
    r"\W*(?:key\s+|main\s+|major\s+)?(?P<kind>inclusion|exclusion)\s+criteria(?:\s+[^:]{0,60})?\W*\Z", re.I
)
_LENGTH = re.compile(r"(?P<n>\d{1,4})\s+(?P<unit>day|week|month|year)s?\Z", re.I)


def allocation_of(
    record: Record, fields: Iterable[FieldRead], document: str
) -> tuple[Allocation | None, list[Finding]]:
    """The record's own statement, with ratio and strata from the prose; the two may contradict each other."""
    said = record.design.allocation.lower()
    prose = [(f, a) for f in fields if (a := f.result.protocol.allocation) is not None]
    ratio = next((a.ratio for _, a in prose if a.ratio), "")
    strata = next((a.strata for _, a in prose if a.strata), ())
    more = tuple(source for _, a in prose for source in a.sources)
    if said not in ("randomized", "non-randomized"):
        return (Allocation(prose[0][1].randomised, ratio, strata, more) if prose else None), []
    words = f"Allocation: {record.design.allocation}"
    own = Source(words, f"{document}, design" if document else "design", 0, len(words))
    found = Allocation(said == "randomized", ratio, strata, (own, *more))
    against = [(f, a) for f, a in prose if a.randomised and said == "non-randomized"]
    return found, [_allocation_disagrees(words, f, a) for f, a in against[:1]]


def _allocation_disagrees(words: str, field: FieldRead, allocation: Allocation) -> Finding:
    quote = allocation.sources[0].words if allocation.sources else ""
    return Finding(
        "RECORD-DISAGREES",
        Severity.ASK,
        "The record's design says that patients are not randomised, and its prose that they are.",
        "Settle how patients come to their arms and correct allocation in the draft.",
        (Place("design", words, field.document("design")), Place(field.passage.field, " ".join(quote.split()))),
        "H14",
    )


def endpoints_of(
    record: Record, fields: Iterable[FieldRead], passages: Mapping[str, Passage], document: str
) -> tuple[Endpoint, ...]:
    """The outcomes of the record; where it lists none, the endpoints of its prose."""
    found, counts = [], {"primary": 0, "secondary": 0, "other": 0}
    for outcome in record.outcomes:
        counts[outcome.rank] += 1
        field = f"{outcome.rank} outcome {counts[outcome.rank]}"
        if outcome.rank != "other" and field in passages:
            found.append(_endpoint(outcome, f"{document}, {field}" if document else field))
    if found:
        return tuple(found)
    return tuple(dict.fromkeys(one for field in fields for one in field.result.protocol.endpoints))


def _endpoint(outcome: Outcome, document: str) -> Endpoint:
    frame = " ".join(outcome.time_frame.split())
    at, after = _points(frame)
    words = [outcome.measure, outcome.time_frame] if frame else [outcome.measure]
    quote = "\n".join(words)
    source = Source(quote, document, 0, len(quote))
    because = "" if at or not frame else f"the time frame {frame!r} names no time points"
    name = " ".join(outcome.measure.split())
    return Endpoint(f"{outcome.rank} endpoint", name, at, after, sources=(source,), because=because)


def _points(frame: str) -> tuple[tuple[TimePoint, ...], str]:
    """Time points of a time frame: "2 years" is the time point itself, "up to 2 years" is none."""
    if length := _LENGTH.match(frame):
        return (TimePoint(int(length["n"]), length["unit"].lower()),), ""
    found = read_points(frame)
    after = next((points.after for points in found if points.after), "")
    at = tuple(dict.fromkeys(point for points in found for point in points.at))
    return tuple(point if point.number else TimePoint(0, "baseline") for point in at), after


def criteria_of(record: Record) -> tuple[Criterion, ...]:
    """Ages and sex as the form states them, then the criteria, item by item."""
    kind = "criterion"
    found = [Criterion("inclusion", line) for line in entry_text(record).splitlines() if not line.endswith(": All")]
    for block in split_blocks(record.criteria):
        if head := _HEAD.match(block.text):
            kind = head["kind"].lower()
        elif block.text.strip(" -*:."):
            found.append(Criterion(kind, block.text))
    return tuple(found)


def notes_of(record: Record) -> tuple[Note, ...]:
    """What the form says and no line of a protocol holds: masking, the model, exploratory outcomes, procedures."""
    design = [Note(line, "design of the trial") for line in design_text(record).splitlines()[1:]]
    others = [Note(one.measure, "exploratory outcome") for one in record.outcomes if one.rank == "other"]
    return tuple(note for note in (*design, *others) if note.words.strip())

"""A registry record -> one draft protocol: every field is read by itself, and every quote names its field.

Arms, interventions, outcomes, eligibility and allocation are taken from the record's own form; the doses are read in
the prose of its fields. A line that several fields state is one line with several quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from posolog.core.finding import Finding
from posolog.protocol.model import Note, Protocol
from posolog.reader import read
from posolog.reader.model import Drafted, Mark, ReadResult, State
from posolog.reader.record.counts import counts_disagree, cutoffs_disagree
from posolog.reader.record.doses import doses_disagree
from posolog.reader.record.fields import FieldRead
from posolog.reader.record.frame import allocation_of, criteria_of, endpoints_of, notes_of
from posolog.reader.record.parts import joined_parts
from posolog.records import Passage, Record, documents

FORM = ("title", "design", "eligibility", "eligibility criteria")  # fields that hold no treatment


@dataclass(frozen=True, slots=True)
class RecordRead:
    """The draft, each prose field as it was read, and all findings (those of a field name it as their document)."""

    record: Record
    protocol: Protocol
    fields: tuple[FieldRead, ...]
    findings: tuple[Finding, ...]
    own: tuple[Finding, ...] = ()  # those of the record as a whole: its form, and fields that disagree

    @property
    def size(self) -> int:
        """Administrations read, in all fields."""
        return sum(len(field.result.statements) for field in self.fields)


def read_record(record: Record, *, document: str = "", findings: tuple[Finding, ...] = ()) -> RecordRead:
    """Read a record; `document` is the file that quotes refer to, `findings` those of parsing it."""
    fields = tuple(read_fields(record, document=document))
    passages = {passage.field: passage for passage in documents(record)}
    parts = joined_parts(record, fields, document)
    allocation, faults = allocation_of(record, fields, document)
    protocol = Protocol(
        name=record.ident,
        documents=(document,) if document else (),
        anchors=parts.anchors,
        arms=parts.arms,
        parts=parts.parts,
        visits=parts.visits,
        endpoints=endpoints_of(record, fields, passages, document),
        allocation=allocation,
        notes=_each_once((*notes_of(record), *(note for field in fields for note in field.result.protocol.notes))),
        eligibility=criteria_of(record),
    )
    own = (
        *findings,
        *parts.findings,
        *faults,
        *doses_disagree(record, fields),
        *counts_disagree(record, protocol, passages.values(), document),
        *cutoffs_disagree(passages.values(), document),
    )
    found = (*own, *(finding for field in fields for finding in field.result.findings))
    return RecordRead(record, protocol, fields, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(own)))


def read_fields(record: Record, *, document: str = "") -> Iterator[FieldRead]:
    """The fields that may hold treatment, each read by itself."""
    for passage in documents(record):
        if passage.field not in FORM and "outcome" not in passage.field.split(" "):
            yield FieldRead(passage, _read(passage, record, document), _arms(record, passage))


def _read(passage: Passage, record: Record, document: str) -> ReadResult:
    name = f"{document}, {passage.field}" if document else passage.field
    result = read(passage.text, name=record.ident, document=name)
    kind, _, _ = passage.field.partition(": ")
    label = passage.text.partition("\n")[0]
    if kind not in ("arm", "intervention"):
        return result
    return result.revised(lambda drafted: _named(drafted, kind, len(label)))


def _named(drafted: Drafted, kind: str, end: int) -> Drafted:
    marks = tuple(_labelled(mark, kind, end) for mark in drafted.coverage)
    found = tuple(finding for finding in drafted.findings if not _of_label(finding, end))
    return replace(drafted, findings=found, coverage=marks)


def _labelled(mark: Mark, kind: str, end: int) -> Mark:
    """The label of an arm or intervention names it, and asks for nothing."""
    return replace(mark, state=State.READ, reason=f"names the {kind}") if _unread_label(mark, end) else mark


def _unread_label(mark: Mark, end: int) -> bool:
    return mark.state is State.UNREAD and mark.end <= end


def _of_label(finding: Finding, end: int) -> bool:
    spans = [place.span for place in finding.places]
    return finding.code == "NOT-UNDERSTOOD" and all(span is not None and span.end <= end for span in spans)


def _arms(record: Record, passage: Passage) -> tuple[str, ...]:
    """The arms that a field is about; none where it is about all of them or does not say."""
    if passage.field.startswith("arm: "):
        return tuple(arm.label for arm in record.arms if passage.text.startswith(arm.label))[:1]
    if passage.field.startswith("intervention: "):
        names = {arm.label for arm in record.arms}
        for one in record.interventions:
            if passage.field.removeprefix("intervention: ").startswith(one.name):
                mine = tuple(label for label in one.arms if label in names)
                return () if set(mine) == names else mine
    return ()


def _each_once(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes))

"""One raw item -> a record, or findings that say what is wrong with it."""

from __future__ import annotations

from pathlib import PurePath

from posolog.core.finding import Finding, Place, Severity
from posolog.records.classic import from_classic
from posolog.records.current import from_current
from posolog.records.items import Item, as_object
from posolog.records.model import Passage, Record
from posolog.records.values import Values
from posolog.records.xml import read_xml

Parsed = tuple[Record | None, tuple[Finding, ...]]


def parse(item: Item) -> Parsed:
    """The record of an item. A part of the wrong type is left out with a RECORD-VALUE finding; never an exception."""
    try:
        if item.kind == "text":
            return _from_text(item)
        if item.kind == "xml":
            return _from_xml(item)
        return _from_json(item)
    except ValueError as error:
        return None, (_unreadable(item.where, str(error)),)


def _from_text(item: Item) -> Parsed:
    try:
        text = item.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1})") from None
    if "\0" in text:
        raise ValueError("it is not a text file")
    if not text.strip():
        raise ValueError("it is empty")
    return Record(_stem(item.where), passages=(Passage("text", text),)), ()


def _from_xml(item: Item) -> Parsed:
    root = read_xml(item.data)
    if root.tag != "clinical_study":
        raise ValueError(f"its root is <{root.tag}>, where <clinical_study> is expected")
    return _whole(from_classic(root, name=_stem(item.where)), item.where, ())


def _from_json(item: Item) -> Parsed:
    found = as_object(item.data)
    if not isinstance(found, dict):
        raise ValueError(f"it is {_kind(found)}, where an object is expected")
    values = Values(found, item.where)
    if "protocolSection" in found:
        record = from_current(values, name=_stem(item.where))
    elif "text" in found:
        record = _from_line(values, item.where)
    else:
        raise ValueError('it has neither "protocolSection" nor "text"')
    return _whole(record, item.where, tuple(values.findings))


def _from_line(values: Values, where: str) -> Record:
    """A generic line: `id`, `nct_id`, `field`, `text`; only `text` is needed."""
    trial, ident = values.words("nct_id"), values.words("id")
    passage = Passage(values.words("field") or "text", values.words("text"), ident or where)
    return Record(trial or ident or _stem(where), passages=(passage,))


def _whole(record: Record, where: str, findings: tuple[Finding, ...]) -> Parsed:
    """A record without any words is told."""
    from posolog.records.documents import documents

    if documents(record):
        return record, findings
    message = f"the record of {record.ident} holds no words to read"
    place = Place("record", record.ident, where)
    return record, (*findings, Finding("RECORD-EMPTY", Severity.ASK, message, "Look it up in the registry.", (place,)))


def _unreadable(where: str, reason: str) -> Finding:
    step = "Fetch the record again, or correct the file; the other records are read without it."
    message = f"the record in {where!r} cannot be read: {reason}"
    return Finding("RECORD-UNREADABLE", Severity.STOP, message, step, (Place("record", where=where),))


def _stem(where: str) -> str:
    """NCT00000000 from folder/NCT00000000.xml.gz; the line number of a list stays."""
    name, _, line = where.rpartition(":")
    if not (name and line.isdigit()):
        name, line = where, ""
    stem = PurePath(name.replace("\\", "/")).name
    for suffix in (".gz", ".jsonl", ".ndjson", ".json", ".xml", ".txt"):
        stem = stem.removesuffix(suffix)
    return f"{stem}:{line}" if line else stem


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "a yes or no", type(None): "null"}
    return names.get(type(value), "something else")

"""Registry records as plain data and as named texts: ClinicalTrials.gov JSON and XML, JSON lines, plain text."""

from posolog.records.documents import documents
from posolog.records.items import Item, items
from posolog.records.model import Arm, Design, Intervention, Outcome, Passage, Record
from posolog.records.parse import parse
from posolog.records.pick import RECORD_SUFFIXES, is_record, pick

__all__ = [
    "RECORD_SUFFIXES",
    "Arm",
    "Design",
    "Intervention",
    "Item",
    "Outcome",
    "Passage",
    "Record",
    "documents",
    "is_record",
    "items",
    "parse",
    "pick",
]

"""The clauses of a give line: how each starts, and how it is read into the fields of a Give."""

from posolog.protocol.clauses.dose import in_unit_of, read_weight
from posolog.protocol.clauses.fields import Fields
from posolog.protocol.clauses.schedule import read_in_cycles
from posolog.protocol.clauses.table import LEADS, read_clause, read_words, starts_clause

__all__ = [
    "LEADS", "Fields", "in_unit_of", "read_clause", "read_in_cycles", "read_weight", "read_words", "starts_clause",
]  # fmt: skip

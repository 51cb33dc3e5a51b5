"""The verbs of posolog as functions: read, check, plan, explain. Every surface calls these.

Each verb imports its room only when it runs: `from posolog import api` is quick.
"""

from __future__ import annotations

from posolog.api.doses import dose, image_dose, images, phantom
from posolog.api.planning import REQUEST_CODES, calendar_file, explain, plan
from posolog.api.protocols import PROTOCOL_SUFFIXES, Opened, check, open_protocol
from posolog.api.reading import read, read_record, text_of, with_lines
from posolog.api.trials import endpoint_report, endpoint_rows
from posolog.api.withholding import withhold

__all__ = [
    "PROTOCOL_SUFFIXES", "REQUEST_CODES", "Opened", "calendar_file", "check", "dose", "endpoint_report",
    "endpoint_rows", "explain", "image_dose", "images", "open_protocol", "phantom", "plan", "read", "read_record",
    "text_of", "with_lines", "withhold",
]  # fmt: skip

"""Bibliography: garbled reference lists -> clean, keyed references that protocol lines can cite.

The program asks no server: what a text does not hold stays open, and is marked.
"""

from __future__ import annotations

from posolog.evidence.library import Library, read
from posolog.evidence.model import Name, Reference, Repair

__all__ = ["Library", "Name", "Reference", "Repair", "read"]

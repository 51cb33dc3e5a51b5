"""Which phase of the treatment a sentence is about.

"Consolidation is repeated every 28 days" says nothing of the lines of the induction.
"""

from __future__ import annotations

import re

from posolog.reader.settle.told import Told

_PHASE = r"(?:induction|consolidation|maintenance|intensification|salvage|conditioning|mobili[sz]ation)"
_ANY = re.compile(rf"(?<!post-)(?<!pre-)(?<!re)(?<!re-)\b{_PHASE}\b", re.I)
_SUBJECT = re.compile(rf"\W{{0,4}}(?:the\s|this\s)?(?P<phase>{_PHASE})\b(?!\s(?:and|or)\b)", re.I)


def subject_phase(one: Told) -> str:
    """The phase that the sentence opens with, "" without one."""
    match = _SUBJECT.match(one.words)
    return match["phase"].lower() if match else ""


def phases_of(one: Told) -> set[str]:
    """The phases that the sentence or its label names."""
    return {match[0].lower() for match in _ANY.finditer(f"{one.label} {one.words}")}


def of_other_phase(there: Told, one: Told) -> bool:
    """What `there` says of its phase is not said of the lines of `one`, which is about other phases."""
    subject = subject_phase(there)
    mine = phases_of(one)
    return there is not one and bool(subject and mine) and subject not in mine

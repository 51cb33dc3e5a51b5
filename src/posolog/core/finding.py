"""A Finding is a user's problem as a value: what, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posolog.core.because import Span


class Severity(StrEnum):
    """`stop`: nothing is computed from it until settled; `ask`: a person should settle it; `note`: worth knowing."""

    STOP = "stop"
    ASK = "ask"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A labelled place. `where` is a file, line or part name, `words` stand as quoted, `line` counts from 1."""

    label: str
    words: str = ""
    where: str = ""
    line: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is stable and has a page docs/findings/<code>.md; `hazard` names an accident of HAZARDS (H1 to H20)."""

    code: str
    severity: Severity
    message: str
    next_step: str
    places: tuple[Place, ...] = ()
    hazard: str = ""


class Refusal(Exception):
    """Carries findings out of a deep call to the command or API boundary, where they are shown (exit status 2)."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings
